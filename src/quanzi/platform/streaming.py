"""Server-sent events: a circle's log as it grows, for a program that stays.

The same promises as a page's: the program's own place decides what it is told, so that after any
interruption it misses nothing and is told nothing twice; who may no longer read is told no more.
"""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace

import msgspec
from litestar.response.sse import ServerSentEventMessage

from quanzi.circles import access
from quanzi.errors import Refusal, TooMany, said
from quanzi.live.station import Station
from quanzi.platform import happened
from quanzi.platform.bearing import Bearer, still_good

# How soon news are seen, and how soon a right that has ended is.
LOOK, ASK_AGAIN = 0.1, 1.5
HEARTBEAT = 20.0
AT_ONCE = 100
# Of one key, on this process.
MOST = 8
RETRY_MS = 2_000

_open: Counter[str] = Counter()


@dataclass(frozen=True, slots=True)
class Reader:
    """`place`: after what they want to be told, `epoch:seq`."""

    bearer: Bearer
    slug: str
    circle_id: int
    place: str


def let_in(bearer: Bearer) -> None:
    """Raises TooMany."""
    if _open[bearer.key] >= MOST:
        raise TooMany(30, said("一个密钥最多同时听 %(most)d 路。", most=MOST))


async def told(station: Station, reader: Reader) -> AsyncIterator[ServerSentEventMessage]:
    """Until they may no longer read it, or the site goes."""
    _open[reader.bearer.key] += 1
    try:
        async for message in _told(station, reader):
            yield message
    finally:
        _open[reader.bearer.key] -= 1


async def _told(station: Station, reader: Reader) -> AsyncIterator[ServerSentEventMessage]:
    yield ServerSentEventMessage(data=None, comment="hello", retry=RETRY_MS)
    told_at, asked_at, seen = time.monotonic(), time.monotonic(), -1
    while not station.hub.leaving:
        now = time.monotonic()
        if now - asked_at > ASK_AGAIN:
            asked_at = now
            if not await _may(reader):
                return
        head = (await station.hub.stream(reader.circle_id)).head
        if head != seen:
            seen = head
            messages, reader = await _news(reader)
            for message in messages:
                yield message
                told_at = now
        if now - told_at > HEARTBEAT:
            yield ServerSentEventMessage(data=None, comment="here")
            told_at = now
        await asyncio.sleep(LOOK)


async def _news(reader: Reader) -> tuple[list[ServerSentEventMessage], Reader]:
    """All that came after their place."""
    messages: list[ServerSentEventMessage] = []
    while True:
        found = await happened.after(reader.circle_id, reader.place, AT_ONCE)
        if found.reset:
            messages.append(_message("reset", found.next, {"head": found.head}))
        messages += [_message(each.op, f"{found.epoch}:{each.seq}", each) for each in found.events]
        reader = replace(reader, place=found.next)
        if len(found.events) < AT_ONCE:
            return messages, reader


def _message(op: str, place: str, data: object) -> ServerSentEventMessage:
    return ServerSentEventMessage(event=op, id=place, data=msgspec.json.encode(data).decode())


async def _may(reader: Reader) -> bool:
    """Whether the key still opens this, and its person may still read the circle."""
    try:
        await access.place(reader.slug, reader.bearer.viewer)
    except Refusal:
        return False
    return await still_good(reader.bearer)
