"""Sending what webhooks are to be sent: some at once, each in its order, none waiting for another.

A message is asked for, sent outside of any transaction, and what came of it is written down. Killed
in between it is sent again, with the same webhook-id: at least once, and told apart by that.
"""

import time
from collections.abc import Mapping
from functools import partial
from typing import Any

import structlog
from prometheus_client import Counter

from quanzi import clock
from quanzi.db.engine import rows
from quanzi.db.transaction import transaction
from quanzi.jobs.couriers import Couriers
from quanzi.jobs.ticker import Ticker
from quanzi.outbound import pausing
from quanzi.outbound.posting import Answer, NotReached, Outbound
from quanzi.platform import queueing, signing, stopping, trimming
from quanzi.platform.queueing import Claim, Message

log = structlog.get_logger()

# For so long one goes on, before others that are due get their turn.
TURN = 8.0
SECONDS = 10.0
# With nothing but failure for so long it is paused.
PATIENCE = "3 days"
GONE = 410
# What is said of the message and not of the way to it. One that is refused so often, for hours, is left
# out, since otherwise all that comes after it waits for what will never be.
REFUSES = frozenset({400, 409, 413, 415, 422})
REFUSALS = len(pausing.PAUSES)
SENT = Counter("quanzi_webhooks_total", "Messages to webhooks", ["outcome"])


def tickers(outbound: Outbound) -> list[Ticker]:
    couriers = Couriers(
        "webhooks", f"select from {queueing.IS_DUE}", queueing.claimed, partial(deliver, outbound)
    )
    return [couriers, Ticker({"webhooks.old": trimming.trim_old}, every=60.0)]


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
    [now] = await rows(
        f"""update webhook
            set tries = tries + 1, failing_since = coalesce(failing_since, now()),
                due_at = now() + $3 * interval '1 second'
            where circle_id = $1 and id = $2
            returning failing_since < now() - interval '{PATIENCE}' as too_long""",
        hook["circle_id"],
        hook["id"],
        pausing.pause(tries, headers),
    )
    if now["too_long"]:
        await stopping.stop(hook, "paused", "failing")
