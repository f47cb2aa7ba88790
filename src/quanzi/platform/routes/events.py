"""A circle's numbered log, for programs: what happened after a number."""

from litestar import Response, get
from litestar.params import FromPath

from quanzi.activity import reading as log
from quanzi.errors import Invalid, said
from quanzi.live.log import Logged
from quanzi.platform import answers, places, shapes
from quanzi.platform.answers import type_of_request
from quanzi.platform.asked import LIMIT, Cursor, Size
from quanzi.platform.documented import LISTED
from quanzi.web import forms


@get(
    "/circles/{circle:str}/events",
    opt={"scope": "circles:read"},
    summary="What happened after a number, in order",
    **LISTED,
)
async def list_events(
    request: type_of_request,
    circle: FromPath[str],
    after: Cursor = "",
    limit: Size = LIMIT,
) -> Response[shapes.Events]:
    """`after`: the `next` of the last answer; without it the newest. `reset`: read all again."""
    place = await places.place(request, circle)
    epoch = await log.epoch()
    head = (await log.heads([place.circle.id]))[place.circle.id]
    known, seq = _position(after, epoch, head.seq)
    reset = known != epoch or seq < head.floor or seq > head.seq
    found: list[Logged] = []
    if not reset:
        found = await log.after(place.circle.id, seq, limit)
    last = found[-1].seq if found else head.seq if reset else seq
    return answers.thing(
        request,
        shapes.Events(
            epoch=epoch,
            head=head.seq,
            next=f"{epoch}:{last}",
            reset=reset,
            events=[
                shapes.Event(seq=each.seq, op=each.op, id=each.subject_id, version=each.version)
                for each in found
            ],
        ),
    )


def _position(typed: str, epoch: str, head: int) -> tuple[str, int]:
    if not typed:
        return epoch, head
    known, _, number = typed.rpartition(":")
    seq = forms.whole(number)
    if seq is None:
        raise Invalid(after=said("after 要用上一次回答里的 next。"))
    return known, seq
