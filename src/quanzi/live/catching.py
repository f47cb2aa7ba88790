"""What a page missed, then what happens next, with no gap between the two."""

import asyncio
from dataclasses import dataclass
from datetime import datetime

from quanzi.live import frames
from quanzi.live.hub import HEARTBEAT, READ_AT_ONCE, Hub
from quanzi.live.listener import Listener
from quanzi.live.log import Audience
from quanzi.live.measures import RESUMES
from quanzi.live.stream import PIECE, Stream

PROTO = 1
# A page on a narrow line is looked at so often, whether it has read what it was given.
READ_EVERY = 0.05
ALL = 2**31


@dataclass(frozen=True, slots=True)
class Position:
    """Up to which event of which history a page is current."""

    epoch: str
    seq: int


@dataclass(frozen=True, slots=True)
class Missed:
    """The payload to hand over, and where the page stands with it; or why it must start over."""

    payload: bytes
    seq: int
    reset: str = ""


async def greet(hub: Hub, listener: Listener, until: datetime | None) -> None:
    """Say hello, with the head as the database last said it."""
    stream = await hub.stream(listener.circle_id)
    ends = until.isoformat() if until else None
    listener.write(
        frames.frame(
            "hello",
            proto=PROTO,
            epoch=hub.epoch,
            seq=stream.known,
            heartbeat=HEARTBEAT,
            until=ends,
        )
    )


async def join(hub: Hub, listener: Listener, position: Position | None) -> None:
    """Hand over what was missed, and add the page to those that are told what happens next."""
    stream = await hub.stream(listener.circle_id)
    stream.drop(listener)
    seq = stream.head if position is None else position.seq
    while not listener.gone:
        if listener.wire.paused_since is not None:
            await asyncio.sleep(READ_EVERY)
            continue
        if position is not None and position.epoch != hub.epoch:
            missed = Missed(b"", seq, "epoch")
        else:
            missed = await missed_after(hub, stream, seq, listener.audience, PIECE)
        if missed.reset:
            RESUMES.labels("reset").inc()
            listener.write(frames.frame("reset", reason=missed.reset))
            stream.add(listener)
            return
        if missed.payload:
            listener.write(frames.text_frame(missed.payload))
        seq = missed.seq
        # Nothing is awaited between this look and the adding: nothing can happen in between.
        if seq >= stream.head and hub.streams.get(listener.circle_id) is stream:
            if not listener.gone:
                stream.add(listener)
                stream.figures.tell(listener)
                RESUMES.labels("joined").inc()
            return
        stream = await hub.stream(listener.circle_id)


async def as_request(hub: Hub, stream: Stream, epoch: str, seq: int, audience: Audience) -> bytes:
    """The same, once, for a page without a websocket: the JSON of a `batch` or a `reset`."""
    if epoch != hub.epoch or seq < 0:
        return frames.payload("reset", reason="epoch")
    missed = await missed_after(hub, stream, seq, audience, ALL)
    if missed.reset:
        return frames.payload("reset", reason=missed.reset)
    return missed.payload or frames.batch(seq + 1, seq, [])


async def missed_after(hub: Hub, stream: Stream, seq: int, audience: Audience, most: int) -> Missed:
    """About `most` bytes of it, from the cache: a storm of reconnects costs the database nothing."""
    if seq > stream.head:
        # A page may know more than this process, for a moment. From the future, it may not.
        await hub.advance(stream)
        if seq > stream.head:
            return Missed(b"", seq, "ahead")
    if seq == stream.head:
        return Missed(b"", seq)
    if seq < stream.floor or stream.head - seq > READ_AT_ONCE:
        return Missed(b"", seq, "behind")
    if not stream.covers(seq):
        await _fill(hub, stream, seq)
        if not stream.covers(seq):
            return Missed(b"", seq, "behind")
    return Missed(*stream.batch_after(seq, audience, most))


async def _fill(hub: Hub, stream: Stream, seq: int) -> None:
    """Read and draw what is older than the cache. One at a time, so that the next finds it done."""
    async with stream.filling:
        if stream.covers(seq):
            return
        wanted = stream.kept_from - 1 - seq
        events = await hub.log.after(stream.circle_id, seq, wanted)
        if len(events) == wanted and events[0].seq == seq + 1:
            stream.prepend(await hub.drawers.draw(stream.circle_id, events))
