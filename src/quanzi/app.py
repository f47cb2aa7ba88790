"""create_app(): the only module that knows every domain. It wires what must look up."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from litestar import Litestar, Request
from litestar.connection import ASGIConnection
from litestar.exceptions import HTTPException
from litestar.handlers import BaseRouteHandler

from quanzi import hearing
from quanzi.admin import policy as admin_policy
from quanzi.admin.routes import ROUTES as ADMIN
from quanzi.applying import policy as applying_policy
from quanzi.applying.routes import ROUTES as APPLYING
from quanzi.circles import arriving, thresholds
from quanzi.circles import live as circles_live
from quanzi.circles import policy as circles_policy
from quanzi.circles.routes import ROUTES as CIRCLES
from quanzi.collections import live as collections_live
from quanzi.collections import policy as collections_policy
from quanzi.collections.routes import ROUTES as COLLECTIONS
from quanzi.curation import live as curation_live
from quanzi.curation import policy as curation_policy
from quanzi.curation.routes import ROUTES as CURATION
from quanzi.db import replica
from quanzi.db.faults import DATABASE_FAULTS
from quanzi.discovery.routes import ROUTES as DISCOVERY
from quanzi.errors import Refusal, SetUpFirst
from quanzi.fans import policy as fans_policy
from quanzi.fans.routes import ROUTES as FANS
from quanzi.fans.wording import BAND_NAMES
from quanzi.federation import policy as federation_policy
from quanzi.federation.routes import ROUTES as FEDERATION
from quanzi.federation.routes.asking import not_for_a_document
from quanzi.founding.opening import Door
from quanzi.founding.routes import ROUTES as FOUNDING
from quanzi.gallery.routes import ROUTES as GALLERY
from quanzi.home.routes import ROUTES as HOME
from quanzi.identity import devices
from quanzi.identity import sessions as identity_sessions
from quanzi.identity.routes import ROUTES as IDENTITY
from quanzi.importing import policy as importing_policy
from quanzi.importing.routes import ROUTES as IMPORTING
from quanzi.insights import charts, rhythm
from quanzi.insights import policy as insights_policy
from quanzi.insights.routes import ROUTES as INSIGHTS
from quanzi.live import bell
from quanzi.live.drawing import Drawers
from quanzi.live.station import Station
from quanzi.moderation import evidence
from quanzi.moderation import policy as moderation_policy
from quanzi.moderation import wording as moderation_words
from quanzi.moderation.routes import ROUTES as MODERATION
from quanzi.notifications import counting, wording
from quanzi.notifications.routes import ROUTES as NOTIFICATIONS
from quanzi.offering import live as offering_live
from quanzi.offering import policy as offering_policy
from quanzi.offering import segment
from quanzi.offering import wording as offering_words
from quanzi.offering.routes import ROUTES as OFFERING
from quanzi.outbound.posting import Outbound
from quanzi.people import policy as people_policy
from quanzi.people.routes import ROUTES as PEOPLE
from quanzi.planning import policy as planning_policy
from quanzi.planning.routes import ROUTES as PLANNING
from quanzi.platform import feeds, structured
from quanzi.platform import policy as platform_policy
from quanzi.platform.doors import by_key
from quanzi.platform.routes import ROUTES as PLATFORM
from quanzi.posts import live as posts_live
from quanzi.posts import policy as posts_policy
from quanzi.posts import prose, talking
from quanzi.posts.routes import ROUTES as POSTS
from quanzi.privacy.routes import ROUTES as PRIVACY
from quanzi.push import subscribing
from quanzi.reaching import policy as reaching_policy
from quanzi.reaching.routes import ROUTES as REACHING
from quanzi.screening import pictures
from quanzi.site import naming
from quanzi.standing import policy as standing_policy
from quanzi.standing import wording as credit_words
from quanzi.standing.routes import ROUTES as STANDING
from quanzi.ticking import tickers
from quanzi.verification import openid
from quanzi.verification.routes import ROUTES as VERIFICATION
from quanzi.web import cursors, health, installing, refusals, templates
from quanzi.web.assets import show_asset
from quanzi.web.csrf import no_forgery
from quanzi.web.doors import can_be_meant, closed_unless_open
from quanzi.web.origins import own_origin
from quanzi.web.problems import is_program


def create_app() -> Litestar:
    _prepare_templates()
    app = Litestar(
        route_handlers=[
            *IDENTITY,
            *CIRCLES,
            *POSTS,
            *COLLECTIONS,
            *CURATION,
            *PLANNING,
            *IMPORTING,
            *FANS,
            *OFFERING,
            *MODERATION,
            *DISCOVERY,
            *HOME,
            *PEOPLE,
            *PRIVACY,
            *APPLYING,
            *STANDING,
            *VERIFICATION,
            *NOTIFICATIONS,
            *REACHING,
            *PLATFORM,
            *FEDERATION,
            *INSIGHTS,
            *FOUNDING,
            *ADMIN,
            *GALLERY,
            show_asset,
            installing.show_manifest,
            installing.show_offline,
            health.healthz,
            health.readyz,
            health.metrics,
        ],
        guards=[_at_every_door],
        exception_handlers={
            Refusal: refusals.refuse,
            HTTPException: refusals.refuse_for_framework,
            Exception: refusals.apologise,
        },
        lifespan=[_alive],
        openapi_config=None,
        request_max_body_size=1024 * 1024,
    )
    app.state.station = Station(
        hearing.Log(), drawers(), hearing.Rights(), hearing.Figures(), hearing.Own()
    )
    app.state.identify = identity_sessions.viewer_of
    app.state.unseen = counting.unseen
    app.state.unseen_sql = counting.waiting
    app.state.database_faults = DATABASE_FAULTS
    app.state.founding = Door()
    app.state.outbound = Outbound()
    app.state.tickers = tickers(app.state.outbound)
    return app


async def _at_every_door(
    connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler
) -> None:
    """One guard and not two: the framework copies the handler for each, at every request."""
    can_be_meant(connection)
    not_for_a_document(connection)
    if await connection.app.state.founding.is_open() and _leads_to_set_up(connection, handler):
        raise SetUpFirst
    if "scope" in handler.opt:
        await by_key(connection, handler)
        return
    await closed_unless_open(connection, handler)
    await no_forgery(connection, handler)


def _leads_to_set_up(
    connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler
) -> bool:
    """A page for people, and no program, monitor or stylesheet that asks for it."""
    asks = isinstance(connection, Request) and not is_program(connection)
    return asks and "scope" not in handler.opt and not handler.opt.get("unfounded")


def drawers() -> Drawers:
    """Who draws which kind of event."""
    made = Drawers()
    made.draw_with("post", posts_live.drawer, *posts_live.OPS)
    made.draw_with("comment", talking.drawer, *talking.OPS)
    made.draw_with("pins", curation_live.drawer, *curation_live.OPS)
    made.draw_with("collection", collections_live.drawer, *collections_live.OPS)
    made.draw_with("services", offering_live.drawer, *offering_live.OPS)
    made.draw_with("circle", circles_live.drawer, *circles_live.OPS)
    return made


@asynccontextmanager
async def _alive(app: Litestar) -> AsyncIterator[None]:
    async with replica.pools():
        await naming.look()
        app.state.station.start()
        for ticker in app.state.tickers:
            ticker.start()
        try:
            yield
        finally:
            for ticker in app.state.tickers:
                await ticker.stop()
            await app.state.station.stop()
            await bell.let_go()
            await app.state.outbound.close()
            await pictures.close()


def _prepare_templates() -> None:
    templates.offer(
        cursor=cursors.cursor,
        admin_policy=admin_policy,
        applying_policy=applying_policy,
        circles_policy=circles_policy,
        posts_policy=posts_policy,
        thresholds=thresholds,
        came_from=arriving.source,
        insights_policy=insights_policy,
        middle=charts.middle,
        step=rhythm.step,
        collections_policy=collections_policy,
        curation_policy=curation_policy,
        planning_policy=planning_policy,
        importing_policy=importing_policy,
        fans_policy=fans_policy,
        band_names=BAND_NAMES,
        offering_policy=offering_policy,
        offering_words=offering_words,
        segments=segment,
        moderation_policy=moderation_policy,
        moderation_words=moderation_words,
        people_policy=people_policy,
        reaching_policy=reaching_policy,
        platform_policy=platform_policy,
        federation_policy=federation_policy,
        notice_words=wording,
        standing_policy=standing_policy,
        credit_words=credit_words,
        openid_name=openid.provider_name,
        own_origin=own_origin,
        structured=structured.of_post,
    )
    templates.filters(
        prose=prose.prose,
        topic_link=prose.topic_link,
        device=devices.label,
        fingerprint=subscribing.fingerprint,
        evidence=evidence.marked,
        xml=feeds.xml,
    )
