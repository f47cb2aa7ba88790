"""The pins at the desk: their order, what waits, how they stood and what they brought."""

from contextlib import suppress
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from quanzi.circles.routes.desk import place_at_desk, place_for_deed
from quanzi.curation import arranging, policy
from quanzi.errors import Conflict
from quanzi.web import cursors, forms
from quanzi.web.forms import SMALL_FORM
from quanzi.web.responses import page, see_or_tell

type_of_request = Request[Any, Any, Any]


@get("/c/{circle:str}/manage/pins")
async def show_pins(request: type_of_request, circle: FromPath[str]) -> Response[bytes]:
    place = await place_at_desk(request, circle, policy.can_pin)
    ended = await arranging.history(place.circle.id, cursors.asked(request, "after"))
    shown, more = cursors.page(ended, arranging.PAGE, lambda pin: pin.key)
    return await page(
        request,
        "planning/pins.html",
        place=place,
        pins=await arranging.standing(place.circle.id),
        ended=shown,
        more=more,
    )


@post("/c/{circle:str}/manage/pins/order", request_max_body_size=SMALL_FORM)
async def arrange_pins(request: type_of_request, circle: FromPath[str]) -> Response[bytes]:
    """`moved`: a post that is pinned, `to`: its place among them; or `up` or `down`: one, by one step."""
    place = await place_for_deed(request, circle, policy.can_pin)
    form = await forms.read(request)
    pins = await arranging.standing(place.circle.id)
    order = [pin.post_id for pin in pins if pin.state == "shown"]
    moved = form.number("moved") or form.number("up") or form.number("down")
    seq = 0
    if moved in order:
        at = order.index(moved)
        step = -1 if form["up"] else 1
        to = form.number("to") if form["moved"] else max(at + step, 0)
        order.insert(to if to is not None else at, order.pop(at))
        # Somebody else has changed them: the page shows how they stand.
        with suppress(Conflict):
            seq = await arranging.arrange(place, order)
    return see_or_tell(request, f"/c/{circle}/manage/pins", seq)
