"""What the partner says to a request: one press. Who comes second is told."""

import json

from quanzi.activity.concerning import concern
from quanzi.circles.access import Place
from quanzi.db.engine import rows
from quanzi.db.transaction import transaction
from quanzi.errors import Conflict, Invalid, NotAllowed, said
from quanzi.offering import inbox, policy
from quanzi.offering.inbox import Request
from quanzi.posts.drafts import clean
from quanzi.screening import pages

NOTE_LONGEST = 300


async def answer(place: Place, request_id: int, state: str, *, note: str = "") -> None:
    """`state`: 'accepted', 'declined' or 'done'. Twice the same is once. Raises NotFound, NotAllowed,
    Invalid, Conflict.
    """
    if not policy.can_manage(place):
        raise NotAllowed
    note = clean(note)
    if state not in policy.NEXT:
        raise Invalid(state=said("请选一个列出的选项。"))
    if len(note) > NOTE_LONGEST:
        raise Invalid(note=said("最多 %(most)d 个字。", most=NOTE_LONGEST))
    await pages.check(of_partner=True, note=note)
    async with transaction():
        found = await inbox.one(place, request_id, lock=True)
        if found.state == state:
            return
        if not policy.may_become(found, state):
            raise Conflict(said("这份预约已经有人处理过，或者被撤回了，请看看最新的状态。"))
        # What has been erased stays empty.
        await rows(
            """update service_request set state = $3, decided_by = $4, decided_at = now(),
                      note = case when erased_at is null then coalesce(nullif($5, ''), note)
                                  else '' end
               where circle_id = $1 and id = $2""",
            place.circle.id,
            request_id,
            state,
            place.member_id,
            note,
        )
        await _tell(place, found, state)


async def _tell(place: Place, found: Request, state: str) -> None:
    """`note`: which request, and what the service is called; nothing of what was written."""
    await concern(
        found.member_id,
        f"request.{state}",
        actor_id=place.member_id,
        circle_id=place.circle.id,
        note=json.dumps({"request": found.id, "service": found.title}, ensure_ascii=False),
    )
