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


async def wait_for_owner(place: Place, post_id: int, *, one_of_many: bool = False) -> bool:
    """Whether it does, since who plans is not the one who decides; the owners hear of it."""
    if not policy.needs_approval(place):
        return False
    kind = "import.asked" if one_of_many else "plan.asked"
    await _ask_owners(place.circle.id, post_id, place.member_id, kind)
    return True


async def reworded_by(circle_id: int, post_id: int, editor_id: int) -> None:
    """A post that waits has got the words of somebody who is not here to ask: as `wait_for_owner`."""
    asks = await row(
        """select 1 from circle c join staff s on s.partner_id = c.partner_id
           where c.id = $1 and s.member_id = $2 and s.role = 'editor'
             and (c.pace ->> 'approval')::bool""",
        circle_id,
        editor_id,
    )
    if asks:
        await _ask_owners(circle_id, post_id, editor_id)


async def _ask_owners(
    circle_id: int, post_id: int, asks: int | None, kind: str = "plan.asked"
) -> None:
    await rows(
        "update post set waits_for = 'approval' where circle_id = $1 and id = $2",
        circle_id,
        post_id,
    )
    # One that was held and had no time stands on no calendar yet, where it is agreed to.
    await rows(
        """insert into plan (circle_id, post_id, planned_by) values ($1, $2, $3)
           on conflict do nothing""",
        circle_id,
        post_id,
        asks,
    )
    # Of many that come together they hear once, and of none by name.
    await tell_owners(circle_id, kind, asks, post_id if kind == "plan.asked" else 0)


async def tell_owners(
    circle_id: int, kind: str, asks: int | None, post_id: int = 0, note: str = ""
) -> None:
    """That something waits for their word."""
    owners = await rows(
        """select s.member_id from circle c join staff s on s.partner_id = c.partner_id
           where c.id = $1 and s.role = 'owner' order by s.member_id""",
        circle_id,
    )
    for line in owners:
        await concern(
            line["member_id"],
            kind,
            actor_id=asks,
            circle_id=circle_id,
            post_id=post_id,
            note=note,
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
