"""Saying that something should not count, and what the platform answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from quanzi.activity.concerning import concern
from quanzi.audit import writing as audit
from quanzi.credit import ledger
from quanzi.db.engine import row, rows
from quanzi.db.transaction import transaction
from quanzi.errors import Conflict, Invalid, NotAllowed, NotFound, said
from quanzi.identity.sessions import Viewer
from quanzi.standing import policy, statement
from quanzi.standing.statement import Entry, Key

LONGEST = 1000
REASON_LONGEST = 500
PAGE = 20


@dataclass(frozen=True, slots=True)
class Appeal:
    id: int
    entry_id: int
    member_id: int
    handle: str
    name: str
    words: str
    state: str
    reason: str
    created_at: datetime
    decided_at: datetime | None


APPEAL = """
    select a.id, a.entry_id, a.member_id, m.handle, m.name, a.words, a.state, a.reason,
           a.created_at, a.decided_at
    from credit_appeal a join member m on m.id = a.member_id
"""


async def appeal(viewer: Viewer, entry_id: int, words: str) -> None:
    """Raises NotFound, NotAllowed, Invalid. A second press changes nothing."""
    if not 1 <= len(words.strip()) <= LONGEST:
        raise Invalid(words=said("请说说为什么，最多 %(most)d 个字。", most=LONGEST))
    async with transaction():
        entry = await statement.entry(viewer.member_id, entry_id)
        if entry.appeal:
            return
        if not policy.can_appeal(entry):
            raise NotAllowed
        await rows(
            """insert into credit_appeal (entry_id, member_id, words) values ($1, $2, $3)
               on conflict do nothing""",
            entry_id,
            viewer.member_id,
            words.strip(),
        )


async def decide(viewer: Viewer, appeal_id: int, *, overturn: bool, reason: str) -> None:
    """Raises NotFound, NotAllowed, Invalid without a reason, Conflict for who comes second."""
    if not policy.can_see_appeals(viewer):
        raise NotFound
    if not 1 <= len(reason.strip()) <= REASON_LONGEST:
        raise Invalid(reason=said("请写明理由，最多 %(most)d 个字。", most=REASON_LONGEST))
    async with transaction():
        await rows("select 1 from credit_appeal where id = $1 for update", appeal_id)
        found = await one(appeal_id)
        if not policy.can_decide(viewer, found.member_id):
            raise NotAllowed(said("自己的申诉要由别人来处理。"))
        if found.state != "open":
            raise Conflict(said("这份申诉已经有人处理过了。"))
        state = "overturned" if overturn else "upheld"
        await rows(
            """update credit_appeal set state = $2, reason = $3, decided_by = $4, decided_at = now()
               where id = $1""",
            appeal_id,
            state,
            reason.strip(),
            viewer.member_id,
        )
        if overturn:
            await ledger.reverse(found.entry_id, "overturned")
        await concern(
            found.member_id,
            f"appeal.{state}",
            actor_id=viewer.member_id,
            note=reason.strip(),
        )
        await audit.write(
            f"credit.{state}",
            actor_id=viewer.member_id,
            about=f"entry:0:{found.entry_id}",
            member_id=found.member_id,
            detail={"reason": reason.strip()},
        )


async def one(appeal_id: int) -> Appeal:
    found = await row(f"{APPEAL} where a.id = $1", appeal_id)
    if found is None:
        raise NotFound
    return Appeal(*found)


async def own(viewer: Viewer, before: Key | None) -> Sequence[tuple[Appeal, Entry]]:
    """The latest first, each with what it is against; one more than a page when there are more."""
    found = await rows(
        f"""{APPEAL} where a.member_id = $1
              and ($2::timestamptz is null or (a.created_at, a.id) < ($2, $3))
            order by a.created_at desc, a.id desc limit {PAGE + 1}""",
        viewer.member_id,
        *(before or (None, 0)),
    )
    return await _with_entries([Appeal(*line) for line in found])


async def queue(after: Key | None) -> Sequence[tuple[Appeal, Entry]]:
    """What waits, the oldest first; one more than a page when there are more."""
    found = await rows(
        f"""{APPEAL} where a.state = 'open'
              and ($1::timestamptz is null or (a.created_at, a.id) > ($1, $2))
            order by a.created_at, a.id limit {PAGE + 1}""",
        *(after or (None, 0)),
    )
    return await _with_entries([Appeal(*line) for line in found])


def key(pair: tuple[Appeal, Entry]) -> Key:
    """To page on with."""
    return pair[0].created_at, pair[0].id


async def _with_entries(appeals: Sequence[Appeal]) -> list[tuple[Appeal, Entry]]:
    found = await rows(
        f"{statement.ENTRY} where e.id = any($1::bigint[])", [each.entry_id for each in appeals]
    )
    entries = {line["id"]: Entry(*line) for line in found}
    return [(each, entries[each.entry_id]) for each in appeals]
