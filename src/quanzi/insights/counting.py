"""Views are written down: what this process has counted since the last time, by the hour."""

from quanzi.activity import seeing
from quanzi.activity.seeing import Seen
from quanzi.curation import brought
from quanzi.db.engine import rows
from quanzi.db.transaction import transaction

# A ticker comes again at once while something was done; every few seconds is meant.
EVERY = 5.0


async def write_down() -> int:
    """Always 0: there is never more to do at once. What fails is counted with what comes next."""
    seen = seeing.taken()
    if not seen:
        return 0
    try:
        async with transaction():
            await _hours(seen)
            await _people(seen)
            await brought.add(seen)
    except BaseException:
        seeing.put_back(seen)
        raise
    return 0


async def _hours(seen: Seen) -> None:
    """In the order of the key, as every process writes them."""
    shown = dict(seen.shown) | {(circle_id, 0): n for circle_id, n in seen.pages.items()}
    keys = sorted(shown.keys() | seen.opened.keys())
    await rows(
        """insert into seen_hour (circle_id, hour, post_id, shown, opens)
           select circle_id, date_trunc('hour', now()), post_id, shown, opens
           from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[])
                as s(circle_id, post_id, shown, opens)
           on conflict (circle_id, hour, post_id) do update
               set shown = seen_hour.shown + excluded.shown,
                   opens = seen_hour.opens + excluded.opens""",
        [circle_id for circle_id, _ in keys],
        [post_id for _, post_id in keys],
        [shown.get(key, 0) for key in keys],
        [seen.opened.get(key, 0) for key in keys],
    )


async def _people(seen: Seen) -> None:
    """Their first coming of the day stays; who has been erased meanwhile leaves nothing."""
    people = sorted(seen.people)
    await rows(
        """insert into active_day (circle_id, day, member_id)
           select p.circle_id, (now() at time zone c.time_zone)::date, p.member_id
           from unnest($1::bigint[], $2::bigint[]) as p(circle_id, member_id)
           join circle c on c.id = p.circle_id
           join member m on m.id = p.member_id and m.suspended_at is null
           order by 1, 2, 3 on conflict do nothing""",
        [circle_id for circle_id, _ in people],
        [member_id for _, member_id in people],
    )
