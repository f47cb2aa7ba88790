"""What is known of a planned post beside the post: who planned it, who has to say yes, what went
wrong. Called in the transaction of the verb that plans.
"""

from quanzi.activity.concerning import concern
from quanzi.circles.access import Place
from quanzi.db.engine import row, rows
from quanzi.posts import policy

# Its time is chosen anew: what went wrong before does not count any more.
WRITE = """
    insert into plan (circle_id, post_id, planned_by) values ($1, $2, $3)
    on conflict (circle_id, post_id) do update set planned_by = excluded.planned_by,
        note = '', missed_at = null, missed_for = null, missed_why = ''
"""


async def note(place: Place, post_id: int) -> None:
    await rows(WRITE, place.circle.id, post_id, place.member_id)


async def wait_for_owner(place: Place, post_id: int) -> bool:
    """Whether it does, since who plans is not the one who decides; the owners hear of it."""
    if not policy.needs_approval(place):
        return False
    await rows(
        "update post set waits_for = 'approval' where circle_id = $1 and id = $2",
        place.circle.id,
        post_id,
    )
    await ask_owners(place, post_id)
    return True


async def ask_owners(place: Place, post_id: int) -> None:
    owners = await rows(
        "select member_id from staff where partner_id = $1 and role = 'owner' order by member_id",
        place.circle.partner_id,
    )
    for line in owners:
        await concern(
            line["member_id"],
            "plan.asked",
            actor_id=place.member_id,
            circle_id=place.circle.id,
            post_id=post_id,
        )


async def planners(circle_id: int, post_id: int) -> set[int]:
    """Whom it concerns what becomes of it: its author, and who chose its time."""
    found = await row(
        """select p.author_id, n.planned_by from post p
           left join plan n on n.circle_id = p.circle_id and n.post_id = p.id
           where p.circle_id = $1 and p.id = $2""",
        circle_id,
        post_id,
    )
    return {each for each in found.values() if each is not None} if found else set()
