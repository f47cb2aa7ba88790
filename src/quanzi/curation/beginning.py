"""The first steps of a circle, for who runs it: what is done is seen from what there is, not noted.

They are shown until all are done, or until the circle has so much in it that nobody needs them.
"""

from dataclasses import dataclass

from quanzi.circles import policy
from quanzi.circles.access import Place
from quanzi.db.engine import row

# With so many posts it is no beginning any more.
MANY = 20


@dataclass(frozen=True, slots=True)
class Step:
    """`name`: what the template says of it."""

    name: str
    done: bool


async def steps(place: Place) -> tuple[Step, ...]:
    """None for who does not run the circle, and none when they are done."""
    if not policy.can_edit(place):
        return ()
    circle_id = place.circle.id
    found = await row(
        f"""select (select count(*) from (select 1 from post where circle_id = $1
                        and state = 'published' limit {MANY}) p) as posts,
               exists (select 1 from pin where circle_id = $1) as pinned,
               exists (select 1 from follow f where f.circle_id = $1 and not exists (
                   select 1 from staff s where s.partner_id = $2 and s.member_id = f.member_id)
               ) as followed""",
        circle_id,
        place.circle.partner_id,
    )
    if found is None or found["posts"] >= MANY:
        return ()
    made = (
        [Step("face", bool(place.circle.cover and place.circle.intro))]
        if policy.can_change(place)
        else []
    )
    made += [
        Step("post", found["posts"] > 0 and found["pinned"]),
        Step("follower", found["followed"]),
    ]
    return () if all(step.done for step in made) else tuple(made)
