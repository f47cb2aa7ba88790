"""What members have asked for, at the desk: of one circle, and of all circles of a partner."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Stream

from quanzi import clock
from quanzi.circles import partners
from quanzi.circles.access import Place
from quanzi.circles.routes.desk import place_at_desk, place_for_deed
from quanzi.errors import Conflict, Invalid, NotFound, Said
from quanzi.offering import answering, inbox, policy, reading, sheet
from quanzi.offering.inbox import Wanted
from quanzi.offering.wording import REQUEST_STATES
from quanzi.web import cursors, forms, i18n, limits, sessions
from quanzi.web.forms import SMALL_FORM, Form
from quanzi.web.responses import page, see

type_of_request = Request[Any, Any, Any]

HERE = "/c/{circle:str}/manage/services/requests"
ONE = HERE + "/{service_request_id:int}"


@get(HERE)
async def show_inbox(request: type_of_request, circle: FromPath[str]) -> Response[bytes]:
    """`?state=new&service=5`"""
    place = await place_at_desk(request, circle, policy.can_manage)
    wanted = _wanted(request)
    found = await inbox.of_circle(place, wanted)
    shown, more = cursors.page(found, inbox.PAGE, lambda each: each.key)
    return await page(
        request,
        "offering/inbox.html",
        place=place,
        here=None,
        services=await reading.at_desk(place.circle.id),
        requests=shown,
        wanted=wanted,
        more=more,
    )


@get("/partners/{partner:str}/manage/requests")
async def show_partners_inbox(request: type_of_request, partner: FromPath[str]) -> Response[bytes]:
    here = await partners.counter(partner, await sessions.viewer(request))
    if not policy.can_manage(here):
        raise NotFound
    wanted = _wanted(request)
    found = await inbox.of_partner(here, wanted)
    shown, more = cursors.page(found, inbox.PAGE, lambda each: each.key)
    return await page(
        request,
        "offering/inbox.html",
        place=None,
        here=here,
        services=[],
        requests=shown,
        wanted=wanted,
        more=more,
    )


@get(ONE)
async def show_request(
    request: type_of_request, circle: FromPath[str], service_request_id: FromPath[int]
) -> Response[bytes]:
    place = await place_at_desk(request, circle, policy.can_manage)
    return await _one(request, place, service_request_id, Form({}, {}))


@post(ONE, request_max_body_size=SMALL_FORM)
async def answer_request(
    request: type_of_request, circle: FromPath[str], service_request_id: FromPath[int]
) -> Response[bytes]:
    """`state`: 'accepted', 'declined' or 'done'; `note`: to the member."""
    place = await place_for_deed(request, circle, policy.can_manage)
    form = await forms.read(request)
    try:
        await answering.answer(place, service_request_id, form["state"], note=form["note"])
    except Invalid as wrong:
        return await _one(request, place, service_request_id, form, wrong.fields)
    except Conflict as faster:
        # As it stands now, with what was typed: another answer may be what is left to say.
        errors = {"state": faster.sentence}
        return await _one(request, place, service_request_id, form, errors, status=409)
    return see(f"/c/{circle}/manage/services/requests/{service_request_id}")


@post(f"{HERE}/export", request_max_body_size=SMALL_FORM)
async def export_requests(request: type_of_request, circle: FromPath[str]) -> Stream:
    """A deed and no reading, since the log says who took it."""
    place = await place_at_desk(request, circle, policy.can_manage)
    await limits.hold(limits.EXPORTING, place.member_id)
    form = await forms.read(request)
    wanted = Wanted(_known(form["state"]), form.number("service") or 0)
    lines = await sheet.take(place, wanted, i18n.language_of(request))
    return Stream(
        lines,
        status_code=200,
        media_type="text/csv",
        headers={
            "content-disposition": f'attachment; filename="requests-{circle}-{clock.now():%Y%m%d}.csv"',
            "cache-control": "no-store",
        },
    )


async def _one(
    request: type_of_request,
    place: Place,
    request_id: int,
    form: Form,
    errors: dict[str, Said] | None = None,
    *,
    status: int = 422,
) -> Response[bytes]:
    return await page(
        request,
        "offering/request.html",
        status=status if errors else 200,
        place=place,
        asked=await inbox.one(place, request_id),
        form=form,
        errors=errors or {},
    )


def _wanted(request: type_of_request) -> Wanted:
    asked = request.query_params
    return Wanted(
        _known(asked.get("state", "")),
        forms.whole(asked.get("service", "")) or 0,
        cursors.asked(request, "before"),
    )


def _known(state: str) -> str:
    return state if state in REQUEST_STATES else ""
