"""A log with something in it, and somebody who owns the database and tampers with it."""

from contextlib import asynccontextmanager, suppress

from quanzi.audit import chain, writing
from quanzi.audit.anchors import Anchor
from quanzi.db.engine import row, rows
from quanzi.db.transaction import transaction

# In this order: a hash is made of what stands before it.
REHASH = """
    update audit_entry e set before = $2, hash = sha256(audit_canonical(
        'quanzi-audit-1', e.seq::text, trunc(extract(epoch from e.at) * 1000000)::text,
        e.actor_id::text, e.deed, e.circle_id::text, e.about, e.member_id::text,
        encode(e.detail_hash, 'hex'), encode($2, 'hex')))
    where seq = $1 returning hash
"""


async def written(count: int, *, actor_id: int = 1, member_id: int = 2) -> None:
    for number in range(count):
        await writing.write(
            "case.decided",
            actor_id=actor_id,
            circle_id=3,
            about=f"post:3:{number}",
            member_id=member_id,
            detail={"reason": f"第 {number} 次广告", "note": "内部"},
        )


async def anchor(seq: int) -> Anchor:
    found = await row("select hash, now() as at from audit_entry where seq = $1", seq)
    return Anchor(seq, found["hash"], found["at"])


class Over(Exception):
    """What was tampered with is as it was."""


@asynccontextmanager
async def tampering():
    """As the owner, whom nothing that the table itself has against it stops; until the block ends."""
    with suppress(Over):
        async with transaction():
            await rows("alter table audit_entry disable trigger all")
            await rows("alter table audit_entry drop constraint audit_entry_before_key")
            yield
            raise Over


async def chained_anew(first: int) -> None:
    """From this entry on, as somebody would who has the program."""
    known = await row("select hash from audit_entry where seq = $1", first - 1)
    before = known["hash"] if known else chain.START
    for line in await rows("select seq from audit_entry where seq >= $1 order by seq", first):
        [made] = await rows(REHASH, line["seq"], before)
        before = made["hash"]
