"""What happened in a circle after a place in its log, for programs."""

from quanzi.activity import reading as log
from quanzi.errors import Invalid, said
from quanzi.live.log import Logged
from quanzi.platform import shapes
from quanzi.web import forms


async def after(circle_id: int, place: str, limit: int) -> shapes.Events:
    """`place`: `epoch:seq`, the `next` of the last answer; '' for now. Raises Invalid."""
    epoch = await log.epoch()
    head = (await log.heads([circle_id]))[circle_id]
    known, seq = _read(place) if place else (epoch, head.seq)
    reset = known != epoch or not head.floor <= seq <= head.seq
    found: list[Logged] = []
    if not reset:
        found = await log.after(circle_id, seq, limit)
    last = found[-1].seq if found else head.seq if reset else seq
    return shapes.Events(
        epoch=epoch,
        head=head.seq,
        next=f"{epoch}:{last}",
        reset=reset,
        events=[
            shapes.Event(seq=each.seq, op=each.op, id=each.subject_id, version=each.version)
            for each in found
        ],
    )


def _read(place: str) -> tuple[str, int]:
    epoch, _, number = place.rpartition(":")
    seq = forms.whole(number)
    if seq is None:
        raise Invalid(after=said("after 要用上一次回答里的 next。"))
    return epoch, seq
