"""create_app(): the only module that knows every domain. It wires what must look up."""

from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
from litestar import Litestar
from litestar.connection import ASGIConnection
from litestar.exceptions import HTTPException
from litestar.handlers import BaseRouteHandler

from quanzi.activity import reading as activity
from quanzi.activity import tallying
from quanzi.applying import policy as applying_policy
from quanzi.applying.routes import ROUTES as APPLYING
from quanzi.audit import anchoring
from quanzi.circles import access, banning, rising, thresholds
from quanzi.circles import live as circles_live
from quanzi.circles import policy as circles_policy
from quanzi.circles.routes import ROUTES as CIRCLES
from quanzi.curation import due as curation_due
from quanzi.curation import live as curation_live
from quanzi.curation import policy as curation_policy
from quanzi.curation.routes import ROUTES as CURATION
from quanzi.db.engine import close_pool, open_pool, rows
from quanzi.discovery.routes import ROUTES as DISCOVERY
from quanzi.errors import Refusal
from quanzi.home.routes import ROUTES as HOME
from quanzi.identity import devices
from quanzi.identity import sessions as identity_sessions
from quanzi.identity.routes import ROUTES as IDENTITY
from quanzi.jobs.ticker import Ticker
from quanzi.live import bell
from quanzi.live.drawing import Drawers
from quanzi.live.station import Station
from quanzi.mail import sending
from quanzi.moderation import cases as queue
from quanzi.moderation import closing, evidence, opening
from quanzi.moderation import policy as moderation_policy
from quanzi.moderation import wording as moderation_words
from quanzi.moderation.routes import ROUTES as MODERATION
from quanzi.notifications import counting, digest, pushing, telling, trimming, wording
from quanzi.notifications.routes import ROUTES as NOTIFICATIONS
from quanzi.outbound.posting import Outbound
from quanzi.people import policy as people_policy
from quanzi.people.routes import ROUTES as PEOPLE
from quanzi.posts import due as posts_due
from quanzi.posts import feed, looking, prose, purging, talking
from quanzi.posts import live as posts_live
from quanzi.posts import policy as posts_policy
from quanzi.posts.routes import ROUTES as POSTS
from quanzi.privacy import due as privacy_due
from quanzi.privacy.routes import ROUTES as PRIVACY
from quanzi.push import subscribing
from quanzi.push.sending import Sender
from quanzi.screening import pictures, prints
from quanzi.standing import due as standing_due
from quanzi.standing import policy as standing_policy
from quanzi.standing import wording as credit_words
from quanzi.standing.routes import ROUTES as STANDING
from quanzi.verification import barring, openid
from quanzi.verification.routes import ROUTES as VERIFICATION
from quanzi.web import cursors, health, refusals, templates
from quanzi.web.assets import show_asset
from quanzi.web.csrf import no_forgery
from quanzi.web.doors import can_be_meant, closed_unless_open

# What the database says when it is away, restarting, full or too busy: it is over soon.
DATABASE_FAULTS: tuple[type[BaseException], ...] = (
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.InterfaceError,
    # Said of a connection whose server has just hung up.
    asyncpg.InternalClientError,
    ConnectionError,
    FileNotFoundError,
    TimeoutError,
)


def create_app() -> Litestar:
    _prepare_templates()
    app = Litestar(
        route_handlers=[
            *IDENTITY,
            *CIRCLES,
            *POSTS,
            *CURATION,
            *MODERATION,
            *DISCOVERY,
            *HOME,
            *PEOPLE,
            *PRIVACY,
            *APPLYING,
            *STANDING,
            *VERIFICATION,
            *NOTIFICATIONS,
            show_asset,
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
    app.state.station = Station(_Log(), drawers(), _Rights(), _Figures(), _Own())
    app.state.identify = identity_sessions.viewer_of
    app.state.unseen = counting.unseen
    app.state.database_faults = DATABASE_FAULTS
    app.state.outbound = Outbound()
    app.state.tickers = _tickers(Sender(app.state.outbound, pushing.words))
    return app


async def _at_every_door(
    connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler
) -> None:
    """One guard and not two: the framework copies the handler for each, at every request."""
    can_be_meant(connection)
    await closed_unless_open(connection, handler)
    await no_forgery(connection, handler)


def drawers() -> Drawers:
    """Who draws which kind of event."""
    made = Drawers()
    made.draw_with("post", posts_live.drawer, *posts_live.OPS)
    made.draw_with("comment", talking.drawer, *talking.OPS)
    made.draw_with("pins", curation_live.drawer, *curation_live.OPS)
    made.draw_with("circle", circles_live.drawer, *circles_live.OPS)
    return made


def _tickers(sender: Sender) -> list[Ticker]:
    """Apart, so that a slow mail server or a flood of likes never holds up a planned post."""
    return [
        Ticker(
            {
                "posts": posts_due.publish_due,
                "pins": curation_due.turn_due,
                "rising": rising.count_due,
            }
        ),
        Ticker({"notices": telling.tell_due}, every=0.4),
        Ticker({"cases": opening.open_due}, every=0.4),
        Ticker({"cases.moot": closing.close_moot}, every=5.0),
        Ticker({"pictures": looking.look_due}),
        Ticker({"bans.over": banning.lift_due, "withheld.old": purging.purge_due}, every=5.0),
        Ticker({"prints.old": prints.trim, "barred.over": barring.forget_due}, every=60.0),
        Ticker({"digests": digest.write_due, "letters": sending.send_due}),
        Ticker({"pushes": sender.send_due}),
        Ticker({"notices.old": trimming.trim_old}, every=60.0),
        Ticker({"audit.anchors": anchoring.anchor_due}, every=60.0),
        *standing_due.tickers(),
        *privacy_due.tickers(),
    ]


@asynccontextmanager
async def _alive(app: Litestar) -> AsyncIterator[None]:
    await open_pool()
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
        await close_pool()


def _prepare_templates() -> None:
    templates.offer(
        cursor=cursors.cursor,
        applying_policy=applying_policy,
        circles_policy=circles_policy,
        posts_policy=posts_policy,
        thresholds=thresholds,
        curation_policy=curation_policy,
        moderation_policy=moderation_policy,
        moderation_words=moderation_words,
        people_policy=people_policy,
        notice_words=wording,
        standing_policy=standing_policy,
        credit_words=credit_words,
        openid_name=openid.provider_name,
    )
    templates.filters(
        prose=prose.prose,
        topic_link=prose.topic_link,
        device=devices.label,
        fingerprint=subscribing.fingerprint,
        evidence=evidence.marked,
    )


class _Log:
    """`live.log.Log`, by activity."""

    heads = staticmethod(activity.heads)
    after = staticmethod(activity.after)
    epoch = staticmethod(activity.epoch)


class _Figures:
    """`live.log.Figures`, by activity and posts."""

    read = staticmethod(tallying.read)
    on_page = staticmethod(feed.figures_on_page)


class _Own:
    """`live.tidings.Own`, by notifications and moderation."""

    async def read(self, member_ids: Collection[int]) -> dict[int, dict[str, int]]:
        unseen = await counting.unseen_of(member_ids)
        cases = await queue.open_for(list(member_ids))
        return {
            member_id: {"notices": n} | cases.get(member_id, {}) for member_id, n in unseen.items()
        }


class _Rights:
    """`live.log.Rights`, by circles and identity."""

    turned_away = staticmethod(access.turned_away)

    async def revoked(self) -> Sequence[tuple[int, str, str]]:
        found = await rows(
            "select id, kind, subject from revocation where at > now() - interval '20 seconds'"
        )
        return [tuple(line) for line in found]
