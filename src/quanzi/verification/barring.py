"""Whoever was suspended does not come back under another account: their number's fingerprint is kept
for as long as that lasts, also when they withdraw their consent or have themselves erased. It names
nobody, and goes by itself.
"""

from datetime import datetime

from quanzi.db.engine import row, rows


async def bar(member_id: int, until: datetime) -> None:
    """Who has never verified a number leaves nothing to be known by."""
    await rows(
        """insert into barred_person (fingerprint, until)
           select fingerprint, $2 from verified where member_id = $1 and fingerprint is not null
           on conflict (fingerprint)
           do update set until = greatest(barred_person.until, excluded.until)""",
        member_id,
        until,
    )


async def unbar(member_id: int) -> None:
    await rows(
        """delete from barred_person where fingerprint in (
               select fingerprint from verified where member_id = $1)""",
        member_id,
    )


async def is_barred(fingerprint: bytes | None) -> bool:
    found = await row(
        "select 1 from barred_person where fingerprint = $1 and until > now()", fingerprint
    )
    return found is not None


async def forget_due() -> int:
    """How many are let go, since their time is over."""
    return len(await rows("delete from barred_person where until <= now() returning 1"))
