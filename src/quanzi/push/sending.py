"""Send what is due, some at once, each by itself.

A message is taken by a commit of its own with a lease; who dies holding it lets it go again. Sent
twice it replaces itself in the browser: both carry one topic and one tag.
"""

import asyncio
import json
import random
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import structlog
from prometheus_client import Counter

from quanzi.db.engine import rows
from quanzi.db.transaction import transaction
from quanzi.outbound.posting import NotReached, Outbound
from quanzi.push import keys, sealing

log = structlog.get_logger()

AT_ONCE = 20
LEASE = "2 minutes"
IS_DUE = "push_message where due_at <= now()"
MOST_TRIES = 6
FIRST_PAUSE, LONGEST_PAUSE = 20.0, 3600.0
# After a day nobody wants to hear it any more.
KEPT_SECONDS = 24 * 3600
GONE = {404, 410}
PUSHED = Counter("quanzi_pushes_total", "Messages to push services", ["outcome"])


@dataclass(frozen=True, slots=True)
class Message:
    id: int
    notice_id: int
    topic: str
    tries: int
    subscription_id: int
    member_id: int
    endpoint: str
    p256dh: bytes
    auth: bytes
    signed_in: bool


# What a message says, by notice: None when it is not to be told any more.
Words = Callable[[Sequence[Message]], Awaitable[Mapping[int, Mapping[str, Any] | None]]]


class Sender:
    def __init__(self, outbound: Outbound, words: Words) -> None:
        self._outbound = outbound
        self._words = words

    async def send_due(self) -> int:
        """How many were sent, put off or given up."""
        taken = await _take()
        if not taken:
            return 0
        words = await self._words(taken)
        async with asyncio.TaskGroup() as group:
            for message in taken:
                group.create_task(self._send(message, words.get(message.id)))
        return len(taken)

    async def _send(self, message: Message, words: Mapping[str, Any] | None) -> None:
        if not message.signed_in:
            await _let_go(message)
            return
        if words is None:
            await _forget(message, "untold")
            return
        try:
            answer = await self._outbound.post(
                message.endpoint,
                {
                    "content-encoding": "aes128gcm",
                    "content-type": "application/octet-stream",
                    "ttl": str(KEPT_SECONDS),
                    "topic": message.topic,
                    "urgency": "normal",
                    "authorization": keys.authorization(message.endpoint),
                },
                sealing.sealed(_short(words), message.p256dh, message.auth),
            )
        except (NotReached, ValueError) as why:
            await _put_off(message, str(why), 0.0)
            return
        if answer.status in GONE:
            await _let_go(message)
        elif 200 <= answer.status < 300:  # noqa: PLR2004
            await _reached(message)
        elif answer.status == 429 or answer.status >= 500:  # noqa: PLR2004
            await _put_off(message, str(answer.status), _seconds(answer.headers))
        else:
            # What it will never take.
            log.warning("push.refused", status=answer.status, subscription=message.subscription_id)
            await _forget(message, "refused")


async def _take() -> Sequence[Message]:
    async with transaction():
        found = await rows(
            f"""with due as (
                    select id from {IS_DUE} order by due_at
                    limit {AT_ONCE} for update skip locked)
                update push_message p set due_at = now() + interval '{LEASE}', tries = tries + 1
                from due, push_subscription s where p.id = due.id and s.id = p.subscription_id
                returning p.id, p.notice_id, p.topic, p.tries, s.id, s.member_id, s.endpoint,
                          s.p256dh, s.auth,
                          (select z.ends_at > now() and z.idle_until > now() from session z
                           where z.id = s.session_id)"""
        )
    return [Message(*line) for line in found]


def _short(words: Mapping[str, Any]) -> bytes:
    """As JSON that fits: what is too long loses the end of its text."""
    written = json.dumps(words, ensure_ascii=False).encode()
    if len(written) > sealing.MOST:
        written = json.dumps({**words, "body": ""}, ensure_ascii=False).encode()
    return written


def _seconds(headers: Mapping[str, str]) -> float:
    asked = headers.get("retry-after", "")
    return min(float(asked), LONGEST_PAUSE) if asked.isdecimal() and len(asked) < 6 else 0.0  # noqa: PLR2004


async def _reached(message: Message) -> None:
    PUSHED.labels("sent").inc()
    async with transaction():
        await rows("delete from push_message where id = $1", message.id)
        await rows(
            "update push_subscription set reached_at = now() where id = $1",
            message.subscription_id,
        )


async def _let_go(message: Message) -> None:
    """The browser no longer wants to hear; its messages go with it."""
    PUSHED.labels("gone").inc()
    await rows("delete from push_subscription where id = $1", message.subscription_id)


async def _forget(message: Message, outcome: str) -> None:
    PUSHED.labels(outcome).inc()
    await rows("delete from push_message where id = $1", message.id)


async def _put_off(message: Message, why: str, asked: float) -> None:
    if message.tries >= MOST_TRIES:
        await _forget(message, "given up")
        return
    PUSHED.labels("put off").inc()
    pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (message.tries - 1))
    log.info("push.put_off", subscription=message.subscription_id, tries=message.tries, why=why)
    await rows(
        "update push_message set due_at = now() + $2 * interval '1 second' where id = $1",
        message.id,
        max(asked, pause * random.uniform(0.8, 1.2)),  # noqa: S311 - spread only
    )
