"""Taking a case up, so that nobody else decides it meanwhile, and letting it go."""

from quanzi.circles.access import Place
from quanzi.db.engine import rows
from quanzi.db.transaction import transaction
from quanzi.errors import Conflict, NotAllowed, said
from quanzi.moderation import cases, opening, policy

MINUTES = 10


async def claim(place: Place, case_id: int) -> None:
    """For ten minutes. Raises NotFound, NotAllowed, Conflict when somebody else holds it."""
    async with transaction():
        case = await cases.locked(place, case_id)
        if not policy.can_decide(place, case):
            raise NotAllowed
        if case.state == "decided":
            raise Conflict(said("这件事已经有人处理了。"))
        if case.claimed_by not in {None, place.member_id}:
            raise Conflict(said("%(name)s 正在处理这件事。", name=case.claimer))
        await rows(
            f"""update review_case set claimed_by = $3,
                       claimed_until = now() + interval '{MINUTES} minutes'
                where circle_id = $1 and id = $2""",
            place.circle.id,
            case_id,
            place.member_id,
        )
        await opening.ring(place.circle.id)


async def let_go(place: Place, case_id: int) -> None:
    """Only one's own. Raises NotFound."""
    async with transaction():
        await cases.locked(place, case_id)
        await rows(
            """update review_case set claimed_by = null, claimed_until = null
               where circle_id = $1 and id = $2 and claimed_by = $3""",
            place.circle.id,
            case_id,
            place.member_id,
        )
        await opening.ring(place.circle.id)
