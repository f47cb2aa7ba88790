"""What a webhook is to be sent next: from what its owners ask for, what waits, or the circle's log.

The log is taken over into deliveries a piece at a time, and the place in it moves on in the same
transaction: nothing is lost, and each thing has one webhook-id however often it is tried. Only when
nothing waits is more taken over, so one that does not answer costs a piece and no more.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import asyncpg
import msgspec

from quanzi import clock
from quanzi.activity import reading as log
from quanzi.circles import access
from quanzi.db.engine import row, rows
from quanzi.db.transaction import transaction
from quanzi.errors import Refusal
from quanzi.identity.sessions import absent
from quanzi.platform import happened, policy, stopping

PIECE = 50
# A turn and the last request in it fit in easily; who died with it in hand is waited for that long.
TAKEN = "45 seconds"
_HAS = """exists (select 1 from webhook_delivery d where d.circle_id = w.circle_id
                 and d.webhook_id = w.id and d.state ="""
IS_DUE = f"""webhook w left join circle_head h on h.circle_id = w.circle_id
             where (w.taken_until is null or w.taken_until < now()) and (
                 (w.state = 'on' and w.due_at <= now() and (
                     h.head <> w.seq or w.epoch <> (select quanzi_epoch()) or {_HAS} 'waiting')))
                 or (w.state <> 'ended' and {_HAS} 'asked')))"""


@dataclass(frozen=True, slots=True)
class Claim:
    """`token`: until when it is ours; another process has another."""

    circle_id: int
    webhook_id: int
    token: datetime


@dataclass(frozen=True, slots=True)
class Message:
    """`keys`: the secrets that sign it, the present one first. `tries`: how often the webhook has
    failed, one time after the other.
    """

    id: int
    message: str
    body: str
    asked: bool
    url: str
    keys: Sequence[bytes]
    tries: int


async def claimed(most: int) -> list[Claim]:
    """Those that have something to be sent, the longest due first, for nobody else to send."""
    found = await rows(
        f"""update webhook set taken_until = now() + interval '{TAKEN}'
            where (circle_id, id) in (
                select w.circle_id, w.id from {IS_DUE}
                order by w.due_at limit $1 for update of w skip locked)
            returning circle_id, id, taken_until""",
        most,
    )
    return [Claim(*line) for line in found]


async def next_of(claim: Claim) -> Message | None:
    """None when there is nothing more to be sent now, or it is no longer ours to send."""
    async with transaction():
        hook = await held(claim)
        if hook is None or hook["state"] == "ended":
            return None
        found = await _first(hook, "asked")
        if found is None and hook["state"] == "on" and hook["due"]:
            if not await _may_read(hook):
                await stopping.stop(hook, "paused", "unowned")
                return None
            found = await _first(hook, "waiting")
            if found is None:
                await _take_over(hook)
                found = await _first(hook, "waiting")
        return _message(hook, found) if found else None


async def held(claim: Claim) -> asyncpg.Record | None:
    """Against others; None when another process has it, or it was removed."""
    return await row(
        """select w.*, c.slug, w.due_at <= now() as due,
                  case when w.former_until > now() then w.former_secret end as former
           from webhook w join circle c on c.id = w.circle_id
           where w.circle_id = $1 and w.id = $2 and w.taken_until = $3 for update of w""",
        claim.circle_id,
        claim.webhook_id,
        claim.token,
    )


async def release(claim: Claim) -> None:
    """After its turn it is the last of those that are due."""
    await rows(
        """update webhook set taken_until = null, due_at = greatest(due_at, now())
           where circle_id = $1 and id = $2 and taken_until = $3""",
        claim.circle_id,
        claim.webhook_id,
        claim.token,
    )


def body_of(op: str, at: datetime, slug: str, place: str, data: Any) -> str:
    """`data`: as the server-sent events have it. `place`: what `after` goes on from."""
    told = {"type": op, "timestamp": at, "circle": slug, "place": place, "data": data}
    return msgspec.json.encode(told).decode()


async def _take_over(hook: asyncpg.Record) -> None:
    found = await happened.after(hook["circle_id"], f"{hook['epoch']}:{hook['seq']}", PIECE)
    if found.reset:
        data = {"head": found.head}
        await _put(hook, found.next, "reset", clock.now(), data)
    times = await log.times(hook["circle_id"], [each.seq for each in found.events])
    for each in found.events:
        await _put(hook, f"{found.epoch}:{each.seq}", each.op, times[each.seq], each)
    await rows(
        "update webhook set epoch = $3, seq = $4 where circle_id = $1 and id = $2",
        hook["circle_id"],
        hook["id"],
        found.epoch,
        int(found.next.rpartition(":")[2]),
    )


async def _put(hook: asyncpg.Record, place: str, op: str, at: datetime, data: Any) -> None:
    """Once for each place, whatever stands there: what is read anew after a reset is no news."""
    kind = "reset" if op == "reset" else "evt"
    await rows(
        """insert into webhook_delivery (circle_id, webhook_id, message, op, body)
           values ($1, $2, $3, $4, $5) on conflict do nothing""",
        hook["circle_id"],
        hook["id"],
        f"{kind}_{hook['id']}_{place.replace(':', '_')}",
        op,
        body_of(op, at, hook["slug"], place, data),
    )


async def _first(hook: asyncpg.Record, state: str) -> asyncpg.Record | None:
    return await row(
        """select id, message, body, state from webhook_delivery
           where circle_id = $1 and webhook_id = $2 and state = $3 order by id limit 1""",
        hook["circle_id"],
        hook["id"],
        state,
    )


def _message(hook: asyncpg.Record, found: asyncpg.Record) -> Message:
    return Message(
        id=found["id"],
        message=found["message"],
        body=found["body"],
        asked=found["state"] == "asked",
        url=hook["url"],
        keys=[key for key in (hook["secret"], hook["former"]) if key],
        tries=hook["tries"],
    )


async def _may_read(hook: asyncpg.Record) -> bool:
    """Whether who it belongs to is still an owner, here, and lets it hear what they read."""
    here = await row(
        """select 1 from member m where m.id = $1 and m.suspended_at is null
           and not exists (select 1 from leaving l where l.member_id = m.id)""",
        hook["member_id"],
    )
    try:
        place = await access.place(hook["slug"], absent(hook["member_id"]))
    except Refusal:
        return False
    return here is not None and policy.can_hook(place)
