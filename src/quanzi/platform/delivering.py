"""Sending what webhooks are to be sent: some at once, each in its order, none waiting for another.

A message is asked for, sent outside of any transaction, and what came of it is written down. Killed
in between it is sent again, with the same webhook-id: at least once, and told apart by that.
"""

import asyncio
import random
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import structlog
from prometheus_client import Counter

from quanzi import clock
from quanzi.db.engine import rows
from quanzi.db.transaction import transaction
from quanzi.ending import end
from quanzi.jobs.ticker import Ticker
from quanzi.outbound.posting import Answer, NotReached, Outbound
from quanzi.platform import queueing, signing, stopping, trimming
from quanzi.platform.queueing import Claim, Message

log = structlog.get_logger()

AT_ONCE = 12
# For so long one goes on, before others that are due get their turn.
TURN = 8.0
SECONDS = 10.0
PAUSES = (5, 30, 120, 900, 3_600, 21_600, 86_400)
LONGEST = 86_400.0
# With nothing but failure for so long it is paused.
PATIENCE = "3 days"
GONE = 410
# What is said of the message and not of the way to it. One that is refused so often, for hours, is left
# out, since otherwise all that comes after it waits for what will never be.
REFUSES = frozenset({400, 409, 413, 415, 422})
REFUSALS = len(PAUSES)
SENT = Counter("quanzi_webhooks_total", "Messages to webhooks", ["outcome"])


def tickers(outbound: Outbound) -> list[Ticker]:
    return [Couriers(outbound), Ticker({"webhooks.old": trimming.trim_old}, every=60.0)]


class Couriers(Ticker):
    """One for each webhook that has something to be sent, up to so many; none is waited for."""

    def __init__(self, outbound: Outbound) -> None:
        super().__init__({"webhooks": self.send_due}, every=0.5)
        self._outbound = outbound
        self._running: set[asyncio.Task[None]] = set()

    async def send_due(self) -> int:
        """How many have set out."""
        room = AT_ONCE - len(self._running)
        claims = await queueing.claimed(room) if room else []
        for claim in claims:
            task = asyncio.create_task(_logged(self._outbound, claim), name="courier")
            self._running.add(task)
            task.add_done_callback(self._running.discard)
        return len(claims)

    async def stop(self) -> None:
        await super().stop()
        for task in list(self._running):
            await end(task)


async def deliver(outbound: Outbound, claim: Claim) -> None:
    """All that is to be sent now, until it fails or its turn is over."""
    over = time.monotonic() + TURN
    while time.monotonic() < over:
        message = await queueing.next_of(claim)
        if message is None:
            break
        answer = await _post(outbound, message)
        await note(claim, message, answer)
    await queueing.release(claim)


async def note(claim: Claim, message: Message, answer: Answer | None) -> None:
    """What came of it; nothing when another process has it by now."""
    status = answer.status if answer else 0
    arrived = 200 <= status < 300  # noqa: PLR2004
    SENT.labels("arrived" if arrived else "failed").inc()
    async with transaction():
        hook = await queueing.held(claim)
        if hook is None:
            return
        written = await rows(
            f"""update webhook_delivery
                set attempts = attempts + 1, status = $3, tried_at = now(),
                    state = case when $4 then 'delivered' when state = 'asked' then 'failed'
                                 when $5 and attempts + 1 >= {REFUSALS} then 'failed' else state end
                where circle_id = $1 and id = $2 returning state = 'failed' as given_up""",
            claim.circle_id,
            message.id,
            status,
            arrived,
            status in REFUSES,
        )
        if status == GONE:
            await stopping.stop(hook, "ended", "gone")
        elif arrived:
            await _goes_well(hook)
        elif not message.asked:
            await _put_off(hook, message.tries, answer.headers if answer else {})
            if written and written[0]["given_up"]:
                await _go_on(hook)


def asked_pause(headers: Mapping[str, str]) -> float:
    """Seconds, of a Retry-After in either of its forms; 0 for none that can be read."""
    asked = headers.get("retry-after", "").strip()
    if asked.isascii() and asked.isdecimal():
        return min(float(asked), LONGEST)
    try:
        at = parsedate_to_datetime(asked)
    except ValueError:
        return 0.0
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return max(0.0, min(_seconds_until(at), LONGEST))


def _seconds_until(at: datetime) -> float:
    return (at - clock.now()).total_seconds()


async def _logged(outbound: Outbound, claim: Claim) -> None:
    """Whatever fails here is tried again when its time with us is over."""
    try:
        await deliver(outbound, claim)
    except Exception:
        log.exception("webhook.failed", circle=claim.circle_id, webhook=claim.webhook_id)


async def _post(outbound: Outbound, message: Message) -> Answer | None:
    """None: it was not reached, or not in time."""
    body = message.body.encode()
    at = int(clock.now().timestamp())
    headers = {
        "content-type": "application/json",
        "user-agent": "Quanzi-Webhooks/1",
        **signing.headers(message.message, at, body, message.keys),
    }
    try:
        return await outbound.post(message.url, headers, body, seconds=SECONDS, whole=False)
    except NotReached as why:
        log.info("webhook.not_reached", message=message.message, why=str(why))
        return None


async def _goes_well(hook: Mapping[str, Any]) -> None:
    """What waits for it to answer again need wait no longer."""
    await rows(
        """update webhook set tries = 0, failing_since = null, due_at = least(due_at, now())
           where circle_id = $1 and id = $2""",
        hook["circle_id"],
        hook["id"],
    )


async def _go_on(hook: Mapping[str, Any]) -> None:
    """Whether it takes the next one is seen at once. If not, its failing goes on from where it began."""
    await rows(
        "update webhook set due_at = now() where circle_id = $1 and id = $2",
        hook["circle_id"],
        hook["id"],
    )


async def _put_off(hook: Mapping[str, Any], tries: int, headers: Mapping[str, str]) -> None:
    pause = PAUSES[min(tries, len(PAUSES) - 1)] * random.uniform(0.9, 1.1)  # noqa: S311 - spread only
    [now] = await rows(
        f"""update webhook
            set tries = tries + 1, failing_since = coalesce(failing_since, now()),
                due_at = now() + $3 * interval '1 second'
            where circle_id = $1 and id = $2
            returning failing_since < now() - interval '{PATIENCE}' as too_long""",
        hook["circle_id"],
        hook["id"],
        max(pause, asked_pause(headers)),
    )
    if now["too_long"]:
        await stopping.stop(hook, "paused", "failing")
