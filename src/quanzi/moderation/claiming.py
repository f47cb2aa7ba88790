"""Taking a case up, so that nobody else decides it meanwhile, and letting it go."""

from quanzi.circles.access import Place
from quanzi.db.engine import row, rows
from quanzi.db.transaction import transaction
from quanzi.errors import Conflict, NotAllowed, said
from quanzi.moderation import cases, opening, policy
from quanzi.moderation.cases import Case

MINUTES = 10


async def claim(place: Place, case_id: int) -> None:
    """For ten minutes. Raises NotFound, NotAllowed, Conflict when somebody else holds it."""
    async with transaction():
        case = await cases.locked(place, case_id)
        await ask(place, case)
        if case.state == "decided":
            raise Conflict(said("这件事已经有人处理了。"))
        ask_free(place, case)
        await rows(
            f"""update review_case set claimed_by = $3,
                       claimed_until = now() + interval '{MINUTES} minutes'
                where circle_id = $1 and id = $2""",
            place.circle.id,
            case_id,
            place.member_id,
        )
        await opening.ring(place.circle.id)


async def ask(place: Place, case: Case) -> None:
    """Raises NotAllowed for who may not decide it, and for who has reported it."""
    if not policy.can_decide(place, case) or await cases.has_reported(case, place.member_id):
        raise NotAllowed(said("这件事要由别人来处理。"))


def ask_free(place: Place, case: Case) -> None:
    """Raises Conflict, with the name of who holds it."""
    if case.claimed_by not in {None, place.member_id}:
        raise Conflict(said("%(name)s 正在处理这件事。", name=case.claimer))


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


async def next_for(member_id: int, rank: str, place: Place | None) -> Case | None:
    """What is most urgent, nobody else is looking at, and this member may decide; None: anywhere."""
    found = await row(
        f"""{cases.CASE} where ($1::bigint is null or k.circle_id = $1) and k.state = 'open'
              and k.author_id <> $2 and (m.platform_role = '' or $3 = 'admin')
              and (s.role is null or $4)
              and not exists (select 1 from report r where r.circle_id = k.circle_id
                              and r.case_id = k.id and r.reporter_id = $2)
              and (k.claimed_until is null or k.claimed_until <= now() or k.claimed_by = $2)
            order by k.due_at, k.id limit 1""",
        place.circle.id if place else None,
        member_id,
        rank,
        bool(rank) or (place is not None and place.role == "owner"),
    )
    return Case(*found) if found else None
