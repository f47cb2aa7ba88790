"""Entering what counts, once, and taking it back. Nothing else writes entries or totals.

An entry and the total it changes are written in one transaction, under the lock of the account's
row; so the total is the sum of the entries whenever anybody looks.
"""

import json
from dataclasses import dataclass
from datetime import datetime

import asyncpg

from quanzi.activity.concerning import concern
from quanzi.credit import rulebook, rules
from quanzi.credit.bands import band_of, held
from quanzi.db.engine import row, rows
from quanzi.db.transaction import transaction
from quanzi.identity.sessions import revoke

# A day of the caps, by the clock that most members live by.
DAY = (
    "(date_trunc('day', $3::timestamptz at time zone 'Asia/Shanghai') at time zone 'Asia/Shanghai')"
)


@dataclass(frozen=True, slots=True)
class Cause:
    """What it was for: `Cause("post", 3, 17)`."""

    kind: str
    circle_id: int = 0
    id: int = 0


async def enter(
    member_id: int,
    rule: str,
    cause: Cause,
    *,
    detail: str = "",
    note: str = "",
    at: datetime | None = None,
) -> int:
    """The points that counted; 0 when it counted before, or does not count.

    What is earned counts only for who has a verified name; what is lost counts for everybody.
    """
    async with transaction():
        book = await rulebook.current()
        asked = book.rules.get(rule)
        worth = asked.worth(detail) if asked else 0
        if asked is None or worth == 0:
            return 0
        before = await _locked(member_id)
        if worth > 0 and rule != "verified" and not await _is_verified(member_id):
            return 0
        points = await _granted(member_id, rule, asked, worth, at)
        if points == 0:
            return 0
        made = await rows(
            """insert into credit_entry (member_id, rule, detail, points, cause, circle_id, cause_id,
                                         rule_version, note, at, expires_at)
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9, coalesce($10::timestamptz, now()),
                       coalesce($10::timestamptz, now()) + nullif($11::int, 0) * interval '1 day')
               on conflict do nothing returning id, expires_at""",
            member_id,
            rule,
            detail,
            points,
            cause.kind,
            cause.circle_id,
            cause.id,
            book.version,
            note,
            at,
            asked.expires_days,
        )
        if not made:
            return 0
        if made[0]["expires_at"] is not None:
            await rows(
                "insert into credit_expiry (entry_id, at) values ($1, $2)",
                made[0]["id"],
                made[0]["expires_at"],
            )
        await _added(member_id, points, before, made[0]["id"], told=points < 0)
    return points


async def reverse(entry_id: int, why: str, note: str = "") -> bool:
    """Whether it counted until now. `why`: 'expired', 'removed', 'overturned'."""
    async with transaction():
        entry = await row("select * from credit_entry where id = $1", entry_id)
        if entry is None or (entry["reverses"] is not None and why != "overturned"):
            return False
        before = await _locked(entry["member_id"])
        made = await rows(
            """insert into credit_entry (member_id, rule, detail, points, cause, circle_id, cause_id,
                                         rule_version, reverses, note)
               values ($1, $2, $3, $4, 'entry', 0, $5, $6, $5, $7)
               on conflict do nothing returning id""",
            entry["member_id"],
            why,
            entry["rule"],
            -entry["points"],
            entry_id,
            entry["rule_version"],
            note,
        )
        if not made:
            return False
        await rows("delete from credit_expiry where entry_id = $1", entry_id)
        told = entry["points"] > 0 and why != "expired"
        await _added(entry["member_id"], -entry["points"], before, made[0]["id"], told=told)
    return True


async def reverse_earned(cause: Cause, why: str) -> None:
    """What was earned by something that is gone no longer counts."""
    found = await rows(
        """select id from credit_entry where cause = $1 and circle_id = $2 and cause_id = $3
                                         and points > 0 order by member_id, id""",
        cause.kind,
        cause.circle_id,
        cause.id,
    )
    for line in found:
        await reverse(line["id"], why)


async def _locked(member_id: int) -> int:
    """The total before; nobody else changes it until the commit."""
    await rows(
        "insert into credit_account (member_id) values ($1) on conflict do nothing", member_id
    )
    found = await rows(
        "select total from credit_account where member_id = $1 for no key update", member_id
    )
    return int(found[0]["total"])


async def _is_verified(member_id: int) -> bool:
    found = await row("select verified_at is not null from member where id = $1", member_id)
    return bool(found and found[0])


async def _granted(
    member_id: int, name: str, rule: rules.Rule, worth: int, at: datetime | None
) -> int:
    if worth < 0 or not (rule.per_day or rule.most):
        return worth
    # What was earned and taken back again was still earned today.
    found: asyncpg.Record = (
        await rows(
            f"""select coalesce(sum(points) filter (
                           where at >= {DAY} and at < {DAY} + interval '1 day'), 0)::int as today,
                       coalesce(sum(points), 0)::int as in_all
                from credit_entry where member_id = $1 and rule = $2""",
            member_id,
            name,
            at or await _now(),
        )
    )[0]
    return rules.granted(worth, today=found["today"], in_all=found["in_all"], rule=rule)


async def _now() -> datetime:
    found = await rows("select now() as now")
    moment: datetime = found[0]["now"]
    return moment


async def _added(member_id: int, points: int, before: int, entry_id: int, *, told: bool) -> None:
    """`told`: they hear of this by itself; otherwise only when they come into another band."""
    after = await rows(
        "update credit_account set total = total + $2 where member_id = $1 returning score",
        member_id,
        points,
    )
    score = int(after[0]["score"])
    old, new = band_of(held(before)), band_of(score)
    if points < 0:
        # A circle may ask its readers for more than they have now.
        await revoke("member", str(member_id))
    if told or old != new:
        note = json.dumps({"entry": entry_id, "points": points, "band": new.slug})
        await concern(member_id, "credit.lost" if told else "credit.band", actor_id=None, note=note)
