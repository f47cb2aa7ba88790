"""Entering what counts, once, and taking it back. Nothing else writes entries or totals.

An entry and the total it changes are written in one transaction, under the lock of the account's
row; so the total is the sum of the entries whenever anybody looks.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import asyncpg

from quanzi.activity.concerning import concern
from quanzi.credit import rulebook, rules
from quanzi.credit.bands import band_of, held
from quanzi.db.engine import row, rows
from quanzi.db.transaction import transaction
from quanzi.identity.sessions import revoke


def day_of(moment: str) -> str:
    """In SQL, where the day of a moment begins, by the clock that most members live by."""
    return (
        f"(date_trunc('day', {moment} at time zone 'Asia/Shanghai') at time zone 'Asia/Shanghai')"
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
        await _lock(member_id)
        if worth > 0 and rule != "verified" and not await _is_verified(member_id):
            return 0
        points = await _granted(member_id, rule, asked, worth, at)
        if points == 0:
            return 0
        made = await rows(
            """insert into credit_entry (member_id, rule, detail, points, cause, circle_id, cause_id,
                                         rule_version, at, expires_at)
               values ($1, $2, $3, $4, $5, $6, $7, $8, coalesce($9::timestamptz, now()),
                       coalesce($9::timestamptz, now()) + nullif($10::int, 0) * interval '1 day')
               on conflict do nothing returning id, expires_at""",
            member_id,
            rule,
            detail,
            points,
            cause.kind,
            cause.circle_id,
            cause.id,
            book.version,
            at,
            asked.expires_days,
        )
        if not made:
            return 0
        await _ends(made[0])
        await _added(member_id, points, made[0]["id"], told=points < 0)
    return points


async def reverse(entry_id: int, why: str) -> bool:
    """Whether it counted until now. `why`: 'expired', 'removed', 'withdrawn', 'overturned'."""
    async with transaction():
        entry = await row("select * from credit_entry where id = $1", entry_id)
        if entry is None or (entry["reverses"] is not None and not _counts_again(entry, why)):
            return False
        await _lock(entry["member_id"])
        made = await rows(
            """insert into credit_entry (member_id, rule, detail, points, cause, circle_id, cause_id,
                                         rule_version, reverses, expires_at)
               values ($1, $2, $3, $4, 'entry', 0, $5, $6, $5,
                       -- what counts again ends when it would have
                       (select e.expires_at from credit_entry e where e.id = $7))
               on conflict do nothing returning id, expires_at""",
            entry["member_id"],
            why,
            entry["rule"],
            -entry["points"],
            entry_id,
            entry["rule_version"],
            entry["reverses"],
        )
        if not made:
            return False
        await rows("delete from credit_expiry where entry_id = $1", entry_id)
        await _ends(made[0])
        told = entry["points"] > 0 and why != "expired"
        await _added(entry["member_id"], -entry["points"], made[0]["id"], told=told)
    return True


async def reverse_earned(cause: Cause, why: str) -> None:
    """What was earned by something that is gone no longer counts."""
    for entry_id in await _standing(cause, "e.points > 0"):
        await reverse(entry_id, why)


async def reverse_lost(cause: Cause) -> None:
    """What somebody decided was wrong, and costs nothing any more."""
    for entry_id in await _standing(cause, "e.points < 0 and e.reverses is null"):
        await reverse(entry_id, "overturned")


async def give_back(cause: Cause) -> None:
    """The thing is back, and what was taken back when it went counts again."""
    for entry_id in await _standing(cause, "e.points < 0 and e.rule = 'removed'"):
        await reverse(entry_id, "overturned")


async def _standing(cause: Cause, which: str) -> list[int]:
    """Of each entry for this cause, the last word on it: itself, or what took it back or gave it back."""
    found = await rows(
        f"""with recursive said as (
                select * from credit_entry where cause = $1 and circle_id = $2 and cause_id = $3
                union all
                select r.* from credit_entry r join said on r.reverses = said.id)
            select e.id from said e where {which}
              and not exists (select 1 from credit_entry r where r.reverses = e.id)
            order by e.member_id, e.id""",
        cause.kind,
        cause.circle_id,
        cause.id,
    )
    return [line["id"] for line in found]


def _counts_again(reversal: asyncpg.Record, why: str) -> bool:
    """What took something back is itself only overturned; what gave it back can be taken again."""
    return why == "overturned" or reversal["rule"] == "overturned"


async def _ends(made: asyncpg.Record) -> None:
    if made["expires_at"] is not None:
        await rows(
            "insert into credit_expiry (entry_id, at) values ($1, $2)",
            made["id"],
            made["expires_at"],
        )


async def lock(member_ids: Collection[int]) -> None:
    """Nobody else changes these totals until the commit. In the order in which everybody locks them."""
    for member_id in sorted(member_ids):
        await _lock(member_id)


async def _lock(member_id: int) -> None:
    """Nobody else changes their total until the commit."""
    await rows(
        "insert into credit_account (member_id) values ($1) on conflict do nothing", member_id
    )
    await rows("select 1 from credit_account where member_id = $1 for no key update", member_id)


async def _is_verified(member_id: int) -> bool:
    found = await row("select verified_at is not null from member where id = $1", member_id)
    return bool(found and found[0])


async def _granted(
    member_id: int, name: str, rule: rules.Rule, worth: int, at: datetime | None
) -> int:
    if worth < 0 or not (rule.per_day or rule.most):
        return worth
    # What was earned and taken back again was still earned today.
    day = day_of("coalesce($3::timestamptz, now())")
    found = await rows(
        f"""select coalesce(sum(points) filter (
                       where at >= {day} and at < {day} + interval '1 day'), 0)::int as today,
                   coalesce(sum(points), 0)::int as in_all
            from credit_entry where member_id = $1 and rule = $2""",
        member_id,
        name,
        at,
    )
    return rules.granted(worth, today=found[0]["today"], in_all=found[0]["in_all"], rule=rule)


async def _added(member_id: int, points: int, entry_id: int, *, told: bool) -> None:
    """`told`: they hear of this by itself; otherwise only when they come into another band."""
    [account] = await rows(
        """update credit_account set total = total + $2 where member_id = $1
           returning total, score""",
        member_id,
        points,
    )
    old, new = band_of(held(account["total"] - points)), band_of(account["score"])
    if points < 0:
        # A circle may ask its readers for more than they have now.
        await revoke("member", str(member_id))
    if told or old != new:
        note = json.dumps({"entry": entry_id, "points": points, "band": new.slug})
        await concern(member_id, "credit.lost" if told else "credit.band", actor_id=None, note=note)
