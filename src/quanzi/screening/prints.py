"""Whether the same was lately said by the same person or by others. Keeps numbers, never the text."""

from typing import NamedTuple

from quanzi.db.engine import row, rows
from quanzi.screening.finding import Finding
from quanzi.screening.likeness import BITS, bands, likeness

WITHIN, KEPT = "1 day", "7 days"
# Of 64 bits. Copies that differ in three or less are always found, since four bands cannot all
# differ; up to here most are. Texts that have nothing in common differ in fifteen and more.
DIFFERENT = 6
# So many copies before this one are too many.
SAME_AUTHOR, OTHER_AUTHORS = 3, 2
FLOOD, NEAR_DUPLICATE, EACH_MORE, MOST = 0.55, 0.6, 0.05, 0.95
AT_ONCE = 5000


class Alike(NamedTuple):
    """How often its author said so within a day, and how many others did."""

    same_author: int
    other_authors: int


async def alike(text: str, member_id: int) -> Alike:
    simhash = likeness(text)
    if simhash is None:
        return Alike(0, 0)
    found = await row(
        f"""select count(*) filter (where member_id = $1) as same_author,
                   count(distinct member_id) filter (where member_id <> $1) as other_authors
            from screening_print
            where bands && $2::int[] and at > now() - interval '{WITHIN}'
              and bit_count((simhash # $3::bigint)::bit(64)) <= {DIFFERENT}""",
        member_id,
        bands(simhash),
        _signed(simhash),
    )
    return Alike(found["same_author"], found["other_authors"]) if found else Alike(0, 0)


async def keep(text: str, member_id: int) -> None:
    """In the transaction that is open, so that what was not written was not said."""
    simhash = likeness(text)
    if simhash is not None:
        await rows(
            "insert into screening_print (member_id, bands, simhash) values ($1, $2, $3)",
            member_id,
            bands(simhash),
            _signed(simhash),
        )


def said_often(text: str, said: Alike) -> Finding | None:
    """What follows from it for the text that is being written."""
    if said.other_authors >= OTHER_AUTHORS:
        score = NEAR_DUPLICATE + EACH_MORE * (said.other_authors - OTHER_AUTHORS)
        return Finding("advertising", min(score, MOST), 0, len(text), "near-duplicate")
    if said.same_author >= SAME_AUTHOR:
        score = FLOOD + EACH_MORE * (said.same_author - SAME_AUTHOR)
        return Finding("advertising", min(score, MOST), 0, len(text), "flood")
    return None


async def trim() -> int:
    """How many were too old and are gone; call again while it is AT_ONCE."""
    gone = await rows(
        f"""delete from screening_print where id in (
                select id from screening_print where at < now() - interval '{KEPT}'
                order by at limit {AT_ONCE})
            returning 1"""
    )
    return len(gone)


def _signed(simhash: int) -> int:
    return simhash - (1 << BITS) if simhash >> (BITS - 1) else simhash
