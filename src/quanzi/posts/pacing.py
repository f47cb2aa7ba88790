"""Holding a post to the pace of its circle: `circles/pace.py` reckons, this knows what else is out.

What is planned counts like what is out, so that nobody takes the room of a post that has been
planned. Two at once would both be the last: they wait for each other at the circle's row.
"""

from datetime import datetime, timedelta

from quanzi.circles import pace
from quanzi.circles.access import Place
from quanzi.circles.pace import Broken, Rule
from quanzi.db.engine import database_now, rows
from quanzi.errors import Invalid
from quanzi.posts import policy

BEFORE, AFTER = timedelta(days=2), timedelta(days=60)

# What is looked at first counts from when it was written, or a second could come out with it. What
# the partner's people post counts together; of the others each for themselves. They plan nothing.
OTHERS = """
    select published_at as at from post
    where circle_id = $1 and state = 'published' and id <> $2 and published_at between $4 and $5
      and case when $3::bigint is null then by_staff else author_id = $3 end
    union all
    select created_at from post
    where circle_id = $1 and state = 'held' and publish_at is null and waits_for = '' and id <> $2
      and created_at between $4 and $5
      and case when $3::bigint is null then by_staff else author_id = $3 end
    union all
    select p.publish_at from plan n join post p on p.circle_id = n.circle_id and p.id = n.post_id
    where n.circle_id = $1 and not n.over and p.state in ('scheduled', 'held') and p.id <> $2
      and p.publish_at between $4 and $5 and $6 and $3::bigint is null
"""


async def ask(
    place: Place, at: datetime | None, *, beside: int = 0, author_id: int | None = None
) -> None:
    """At that time, or now; in the transaction that writes the post. `beside`: the post that is moved
    there, which is held to what is asked of its author. Raises Invalid by the field in which another
    time can be chosen.
    """
    rule = await rule_of(place, author_id)
    if not rule:
        return
    await wait_for_others(place, rule)
    found = await breaks(place, rule, at, beside=beside)
    if found is not None:
        field = "publish_at" if policy.can_plan(place) else "body"
        raise Invalid(**{field: found.sentence(rule, place.circle.time_zone)})


async def rule_of(place: Place, author_id: int | None) -> Rule:
    """Of who asks; or of somebody else, in whose name it comes out. Who is no longer on the staff is
    bound by what binds everybody: their post does not come out at all.
    """
    if author_id in {None, place.member_id}:
        return pace.rule_for(place)
    found = await rows(
        "select role from staff where partner_id = $1 and member_id = $2",
        place.circle.partner_id,
        author_id,
    )
    return place.circle.pace.of(found[0]["role"] if found else "")


async def rule_of_post(place: Place, post_id: int) -> Rule:
    """Of the author of a post that is there already; without one, of who asks."""
    found = await rows(
        "select author_id from post where circle_id = $1 and id = $2", place.circle.id, post_id
    )
    return await rule_of(place, found[0]["author_id"] if found else None)


async def wait_for_others(place: Place, rule: Rule) -> None:
    if rule.counts:
        await rows("select 1 from circle where id = $1 for no key update", place.circle.id)


async def breaks(
    place: Place, rule: Rule, at: datetime | None, *, beside: int = 0, planned: bool = True
) -> Broken | None:
    """`planned`: whether what has been planned counts as well."""
    if not rule:
        return None
    moment = at or await database_now()
    others = await _others(place, moment, beside, planned=planned) if rule.counts else []
    return pace.broken(rule, moment, others, place.circle.time_zone)


async def _others(place: Place, at: datetime, beside: int, *, planned: bool) -> list[datetime]:
    found = await rows(
        OTHERS,
        place.circle.id,
        beside,
        None if policy.can_plan(place) else place.member_id,
        at - BEFORE,
        at + AFTER,
        planned,
    )
    return [line["at"] for line in found]
