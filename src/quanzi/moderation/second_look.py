"""The second look at a ban: somebody else confirms it, or leaves it at what has been done."""

import json
from datetime import datetime

from quanzi.activity.concerning import concern
from quanzi.audit import writing as audit
from quanzi.circles import banning
from quanzi.circles.access import Place
from quanzi.credit import ledger
from quanzi.credit.ledger import Cause
from quanzi.db.engine import rows
from quanzi.db.transaction import transaction
from quanzi.errors import Conflict, NotAllowed, said
from quanzi.moderation import cases, measuring, opening, policy
from quanzi.moderation.cases import Case


async def look(place: Place, case_id: int, *, confirm: bool) -> None:
    """Raises NotFound; NotAllowed, also for who looked first; Conflict when it is over."""
    async with transaction():
        case = await cases.locked(place, case_id)
        if case.state != "second":
            raise Conflict(said("这件事已经有人处理了。"))
        if not policy.can_confirm(place, case):
            raise NotAllowed(said("复核要由另一个人来做。"))
        [decision] = await rows(
            """update decision set second = $3, second_by = $4, second_at = now()
               where circle_id = $1 and case_id = $2 and second = 'wanted' returning *""",
            case.circle_id,
            case_id,
            "confirmed" if confirm else "declined",
            place.member_id,
        )
        await rows(
            """update review_case set state = 'decided', decided_at = now()
               where circle_id = $1 and id = $2""",
            case.circle_id,
            case_id,
        )
        # The mute of the meantime is over; what others decided still holds.
        await measuring.end(case.author_id, case.circle_id, decision["measure"])
        await _answer_late_reports(case, decision["at"])
        if confirm:
            await banning.ban(
                case.author_id,
                measuring.scope(decision["measure"], case.circle_id),
                "ban",
                decision["until"],
                reason=decision["reason"],
                by=place.member_id,
            )
            cause = Cause("decision", case.circle_id, decision["id"])
            if decision["credit"]:
                await ledger.enter(case.author_id, "banned", cause)
        await concern(
            case.author_id,
            "decision.confirmed" if confirm else "decision.declined",
            actor_id=None,
            circle_id=case.circle_id,
            note=json.dumps({"decision": decision["id"]}),
        )
        await opening.ring(case.circle_id)
        await audit.write(
            "ban.confirmed" if confirm else "ban.declined",
            actor_id=place.member_id,
            circle_id=case.circle_id,
            about=f"decision:{case.circle_id}:{decision['id']}",
            member_id=case.author_id,
            detail={"measure": decision["measure"], "reason": decision["reason"]},
        )


async def _answer_late_reports(case: Case, decided_at: datetime) -> None:
    """Who reported it after the first had decided hears now."""
    late = await rows(
        "select reporter_id from report where circle_id = $1 and case_id = $2 and at > $3",
        case.circle_id,
        case.id,
        decided_at,
    )
    for line in late:
        await concern(
            line["reporter_id"], "report.confirmed", actor_id=None, circle_id=case.circle_id
        )
