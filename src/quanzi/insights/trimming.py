"""What is too fine to be kept goes: who was there on which day, after half a year; hours and steps,
after a bit more than one. Days and weeks stay.
"""

from quanzi.db.engine import rows

AT_ONCE = 5_000
OLD = (
    ("active_day", "day < current_date - 183"),
    ("seen_hour", "hour < now() - interval '400 days'"),
    ("follow_step", "at < now() - interval '400 days'"),
)


async def trim() -> int:
    """How many rows have gone."""
    gone = 0
    for table, old in OLD:
        gone += len(
            await rows(
                f"""delete from {table} where ctid = any(array(
                        select ctid from {table} where {old} limit {AT_ONCE})) returning 1"""
            )
        )
    return gone
