"""Pictures that people removed are known again, also a little changed.

Like is what differs in at most NEAR of 64 bits. Reading every hash for that would take too long, so
each quarter of a hash, 16 bits, has an index: where at most six bits differ, one quarter at least
differs in at most one, so it is one of 17 that can be looked up.
"""

from quanzi.db.engine import row, rows
from quanzi.screening.hashing import PLAIN

NEAR = 6
QUARTER = 16

ALIKE = """
    (hash & 65535 = any($2::bigint[]) or hash >> 16 & 65535 = any($3::bigint[])
     or hash >> 32 & 65535 = any($4::bigint[]) or hash >> 48 & 65535 = any($5::bigint[]))
    and bit_count((hash # $1::bigint)::bit(64)) <= 6
"""


async def known(hash: int) -> str | None:  # noqa: A002 - nothing else is hashed here
    """For what the picture most like this one was removed."""
    if hash == PLAIN:
        return None
    found = await row(
        f"""select category from screening_picture where {ALIKE}
            order by bit_count((hash # $1::bigint)::bit(64)), decided_at desc limit 1""",
        hash,
        *_near_quarters(hash),
    )
    return found["category"] if found else None


async def remember(hash: int, category: str, by: int) -> None:  # noqa: A002 - as above
    """A plain picture is not kept: it would be taken for many others."""
    if hash != PLAIN:
        await rows(
            """insert into screening_picture (hash, category, decided_by) values ($1, $2, $3)
               on conflict (hash) do update set category = excluded.category,
                   decided_by = excluded.decided_by, decided_at = excluded.decided_at""",
            hash,
            category,
            by,
        )


async def forget(hash: int) -> None:  # noqa: A002 - as above
    """It was right after all, and with it whatever is so like it that it would be held for that."""
    await rows(f"delete from screening_picture where {ALIKE}", hash, *_near_quarters(hash))


def _near_quarters(bits: int) -> list[list[int]]:
    """Of each quarter the values that differ in at most NEAR // 4 bits, which is one."""
    quarters = [(bits >> place) & (2**QUARTER - 1) for place in range(0, 64, QUARTER)]
    return [[each, *(each ^ (1 << n) for n in range(QUARTER))] for each in quarters]
