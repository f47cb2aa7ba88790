"""What was counted, of one circle and of all circles of a partner: as a page and as a sheet."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from quanzi.circles import partners
from quanzi.circles.partners import Counter
from quanzi.circles.routes.desk import place_at_desk
from quanzi.errors import NotFound
from quanzi.insights import daily, letter, policy, report, scope, sheet
from quanzi.insights.scope import Scope
from quanzi.web import forms, i18n, limits, sessions
from quanzi.web.forms import SMALL_FORM
from quanzi.web.responses import page, see

type_of_request = Request[Any, Any, Any]

OF_CIRCLE = "/c/{circle:str}/manage/insights"
OF_PARTNER = "/partners/{partner:str}/manage/insights"


@get(OF_CIRCLE)
async def show_insights(request: type_of_request, circle: FromPath[str]) -> Response[bytes]:
    """`?days=7`, 28 or 91"""
    place = await place_at_desk(request, circle, policy.can_see)
    asked = scope.of_circle(place, _days(request))
    return await _page(request, asked, place=place, here=None, letters=False)


@get(OF_PARTNER)
async def show_partners_insights(
    request: type_of_request, partner: FromPath[str]
) -> Response[bytes]:
    here = await _here(request, partner)
    asked = await scope.of_partner(here, _days(request))
    wants = policy.gets_letters(here) and await letter.wants(here)
    return await _page(request, asked, place=None, here=here, letters=wants)


@get(f"{OF_CIRCLE}/export")
async def export_insights(request: type_of_request, circle: FromPath[str]) -> Response[bytes]:
    place = await place_at_desk(request, circle, policy.can_see)
    return await _sheet(request, scope.of_circle(place, _days(request)), circle)


@get(f"{OF_PARTNER}/export")
async def export_partners_insights(
    request: type_of_request, partner: FromPath[str]
) -> Response[bytes]:
    here = await _here(request, partner)
    return await _sheet(request, await scope.of_partner(here, _days(request)), partner)


@post(f"{OF_PARTNER}/letter", request_max_body_size=SMALL_FORM)
async def choose_letter(request: type_of_request, partner: FromPath[str]) -> Response[bytes]:
    """`wanted`: whether the weekly letter comes."""
    here = await _here(request, partner)
    await limits.hold(limits.DEEDS, here.member_id)
    await letter.choose(here, wanted=(await forms.read(request)).ticked("wanted"))
    return see(f"/partners/{partner}/manage/insights")


async def _here(request: type_of_request, partner: str) -> Counter:
    here = await partners.counter(partner, await sessions.viewer(request))
    if not policy.can_see(here):
        raise NotFound
    return here


async def _page(request: type_of_request, asked: Scope, **context: Any) -> Response[bytes]:
    station = request.app.state.station
    return await page(
        request,
        "insights/page.html",
        report=await report.read(asked),
        online=sum(station.online(circle_id) for circle_id in asked.circle_ids),
        lengths=scope.LENGTHS,
        **context,
    )


async def _sheet(request: type_of_request, asked: Scope, name: str) -> Response[bytes]:
    return Response(
        sheet.written(await daily.read(asked), i18n.language_of(request)),
        media_type="text/csv",
        headers={
            "content-disposition": f'attachment; filename="insights-{name}-{asked.last:%Y%m%d}.csv"',
            "cache-control": "no-store",
        },
    )


def _days(request: type_of_request) -> int:
    return scope.length(request.query_params.get("days", ""))
