"""Where the circle wants it so: an editor plans a notice, an owner says yes or no."""

from quanzi.activity.concerning import concern
from quanzi.circles.access import Place
from quanzi.db.engine import database_now
from quanzi.db.transaction import transaction
from quanzi.errors import Conflict, NotAllowed, said
from quanzi.reaching import policy, reading, sending
from quanzi.reaching.reading import Notice

ANSWERED = said("已经有人答复过了。")


async def approve(place: Place, notice_id: int, *, version: int | None) -> None:
    """It goes at its time, or now when that is over. `version`: the one that was read. Raises
    NotFound, NotAllowed, Conflict, and Invalid as `sending.plan` does.
    """
    async with transaction():
        before = await _asked(place, await sending.held(place, notice_id), version)
        late = before.send_at is None or before.send_at <= await database_now()
        await sending.start(place, before, None if late else before.send_at)
        await _answer(place, before, "notice.approved")


async def decline(place: Place, notice_id: int, *, version: int | None) -> None:
    """It becomes a draft again. Raises as `approve` does."""
    async with transaction():
        before = await _asked(place, await reading.locked(place, notice_id), version)
        await sending.put(place, before, "draft", None)
        await _answer(place, before, "notice.declined")


async def _asked(place: Place, notice: Notice, version: int | None) -> Notice:
    if not policy.can_approve(place):
        raise NotAllowed
    if notice.state != "asked" or version not in {None, notice.version}:
        raise Conflict(ANSWERED)
    return notice


async def _answer(place: Place, notice: Notice, kind: str) -> None:
    await concern(
        notice.author_id,
        kind,
        actor_id=place.member_id,
        circle_id=place.circle.id,
        note=str(notice.id),
    )
