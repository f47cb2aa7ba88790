"""Saying that a decision was wrong, and what somebody else makes of it."""

import json

from quanzi.activity.concerning import concern
from quanzi.audit import writing as audit
from quanzi.circles.access import Place
from quanzi.credit import ledger
from quanzi.credit.ledger import Cause
from quanzi.db.engine import rows
from quanzi.db.transaction import transaction
from quanzi.errors import Conflict, Invalid, NotAllowed, said
from quanzi.identity.sessions import Viewer
from quanzi.moderation import acting, cases, decisions, measuring, opening, policy
from quanzi.moderation.decisions import Decided

LONGEST = 1000
REASON_LONGEST = 500


async def appeal(viewer: Viewer, decision_id: int, words: str) -> None:
    """Raises NotFound, NotAllowed, Invalid. A second press changes nothing."""
    if not 1 <= len(words.strip()) <= LONGEST:
        raise Invalid(words=said("请说说为什么，最多 %(most)d 个字。", most=LONGEST))
    async with transaction():
        decision = await decisions.own_one(viewer, decision_id)
        if decision.appeal:
            return
        if not policy.can_appeal(viewer, decision):
            raise NotAllowed
        await rows(
            """insert into decision_appeal (circle_id, decision_id, member_id, words)
               values ($1, $2, $3, $4) on conflict do nothing""",
            decision.circle_id,
            decision_id,
            viewer.member_id,
            words.strip(),
        )
        await opening.ring(decision.circle_id)


async def answer(place: Place, decision_id: int, *, overturn: bool, reason: str) -> None:
    """Raises NotFound; NotAllowed for who was in it before; Invalid without a reason; Conflict for who
    comes second.
    """
    reason = reason.strip()
    if not 1 <= len(reason) <= REASON_LONGEST:
        raise Invalid(reason=said("请写明理由，最多 %(most)d 个字。", most=REASON_LONGEST))
    state = "overturned" if overturn else "upheld"
    async with transaction():
        case_id = (await decisions.one(place, decision_id)).case_id
        # The case before the decision, as the second look does.
        await cases.standing_still(place, case_id)
        await rows(
            "select 1 from decision where circle_id = $1 and id = $2 for update",
            place.circle.id,
            decision_id,
        )
        decision = await decisions.one(place, decision_id)
        if not policy.can_answer(place, decision):
            raise NotAllowed(said("申诉要由没有参与过的人来处理。"))
        if decision.appeal != "open":
            raise Conflict(said("这份申诉已经有人处理过了。"))
        await rows(
            """update decision_appeal set state = $3, reason = $4, decided_by = $5,
                      decided_at = now() where circle_id = $1 and decision_id = $2""",
            place.circle.id,
            decision_id,
            state,
            reason,
            place.member_id,
        )
        await ledger.lock({decision.author_id})
        if overturn:
            await _take_back(place, decision)
        await concern(
            decision.author_id,
            f"decision.{state}",
            actor_id=None,
            circle_id=place.circle.id,
            note=json.dumps({"decision": decision_id}),
        )
        await opening.ring(place.circle.id)
        await audit.write(
            f"appeal.{state}",
            actor_id=place.member_id,
            circle_id=place.circle.id,
            about=f"decision:{place.circle.id}:{decision_id}",
            member_id=decision.author_id,
            detail={"reason": reason},
        )
        if overturn and decision.kind != "edit":
            case = await cases.one(place, decision.case_id)
            if decision.action == "remove":
                await acting.undo(case, place.member_id)
            elif decision.action == "mask":
                await acting.unmask(case)


async def _take_back(place: Place, decision: Decided) -> None:
    """What it cost, and what it kept them from. A ban that still waited for a second look is over."""
    await rows(
        """update decision set state = 'overturned',
                  second = case when second = 'wanted' then 'declined' else second end
           where circle_id = $1 and id = $2""",
        place.circle.id,
        decision.id,
    )
    await rows(
        """update review_case set state = 'decided', decided_at = coalesce(decided_at, now())
           where circle_id = $1 and id = $2""",
        place.circle.id,
        decision.case_id,
    )
    if decision.measure:
        await measuring.end(decision.author_id, place.circle.id, decision.measure)
    await ledger.reverse_lost(Cause("decision", place.circle.id, decision.id))
