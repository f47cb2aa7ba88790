"""The queue: a circle's own, and the platform's of all circles. One list, one order."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from quanzi.circles import access
from quanzi.circles.access import Place
from quanzi.circles.routes.desk import place_at_desk, place_for_deed
from quanzi.moderation import cases, claiming, policy
from quanzi.web import cursors, limits
from quanzi.web.doors import let_in
from quanzi.web.forms import SMALL_FORM
from quanzi.web.responses import page, see

type_of_request = Request[Any, Any, Any]


@get("/review")
async def show_all(request: type_of_request) -> Response[bytes]:
    await let_in(request, policy.can_see_platform_queue)
    return await _shown(request, None)


@get("/c/{circle:str}/manage/review")
async def show_queue(request: type_of_request, circle: FromPath[str]) -> Response[bytes]:
    return await _shown(request, await place_at_desk(request, circle, policy.can_review))


@post("/review/next", request_max_body_size=SMALL_FORM)
async def take_next_of_all(request: type_of_request) -> Response[bytes]:
    viewer = await let_in(request, policy.can_see_platform_queue)
    await limits.hold(limits.DEEDS, viewer.member_id)
    case = await claiming.next_for(viewer.member_id, viewer.platform_role, None)
    if case is None:
        return see("/review")
    await claiming.claim(await access.front(case.slug, viewer), case.id)
    return see(f"/c/{case.slug}/manage/review/{case.id}")


@post("/c/{circle:str}/manage/review/next", request_max_body_size=SMALL_FORM)
async def take_next(request: type_of_request, circle: FromPath[str]) -> Response[bytes]:
    """The most urgent that nobody is looking at, claimed by who presses."""
    place = await place_for_deed(request, circle, policy.can_review)
    case = await claiming.next_for(place.member_id or 0, place.platform_role, place)
    here = f"/c/{circle}/manage/review"
    if case is None:
        return see(here)
    await claiming.claim(place, case.id)
    return see(f"{here}/{case.id}")


async def _shown(request: type_of_request, place: Place | None) -> Response[bytes]:
    found = await cases.queue(place.circle.id if place else None, cursors.asked(request, "after"))
    shown, more = cursors.page(found.cases, cases.PAGE, lambda each: each.key)
    return await page(
        request,
        "moderation/queue.html",
        place=place,
        here=f"/c/{place.circle.slug}/manage/review" if place else "/review",
        queue=found,
        cases=shown,
        more=more,
    )
