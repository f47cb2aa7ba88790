"""Frames: encoded once, and the same bytes written to every socket of a language."""

import asyncio
import json
import os
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from quanzi.live import ring
from quanzi.live.listener import Listener
from quanzi.live.log import Drawn

# Writing to this many sockets takes about a millisecond; then pages get their turn.
SOCKETS_PER_TURN = ring.ENTRIES
# To fewer it is as quick to write to each.
FEW = 4


def text_frame(payload: bytes) -> bytes:
    """A whole, unmasked websocket text frame (RFC 6455 §5.2), as a server sends it."""
    length = len(payload)
    if length < 126:  # noqa: PLR2004 - the RFC's figures
        return bytes((0x81, length)) + payload
    if length < 1 << 16:
        return b"\x81\x7e" + length.to_bytes(2) + payload
    return b"\x81\x7f" + length.to_bytes(8) + payload


def frame(kind: str, **fields: Any) -> bytes:
    return text_frame(payload(kind, **fields))


def payload(kind: str, **fields: Any) -> bytes:
    return _json({"kind": kind, **fields})


def event(seq: int, op: str, drawn: Drawn, language: str, *, whole: bool = True) -> bytes:
    """The JSON of one event; a batch joins several of these. Without `whole`: that it happened."""
    said = {
        "kind": "event",
        "seq": seq,
        "op": drawn.instead.get(op, op),
        "id": drawn.id,
        "version": drawn.version,
        "content": drawn.content[language] if whole else "",
    }
    return _json(said | {"post": drawn.within} if drawn.within else said)


def batch(start: int, end: int, events: Iterable[bytes]) -> bytes:
    head = b'{"kind":"batch","from":%d,"to":%d,"events":[' % (start, end)
    return head + b",".join(events) + b"]}"


async def write_to_all(listeners: Iterable[Listener], data: bytes) -> int:
    """Write the same bytes to each. A page that cannot take them is closed; nobody waits for it."""
    rest, count = iter(listeners), 0
    while turn := tuple(islice(rest, SOCKETS_PER_TURN)):
        _write_now(turn, data)
        count += len(turn)
        if len(turn) == SOCKETS_PER_TURN:
            await asyncio.sleep(0)
    return count


def _write_now(turn: Sequence[Listener], data: bytes) -> None:
    """To the descriptors; what does not go there now waits in the transports.

    What is done here is done ten thousand times for one post, and counts beside the kernel's part:
    nothing of a page is looked at but this number as long as it takes what it is given.
    """
    shared = ring.mine() if len(turn) >= FEW and len(data) <= ring.LARGEST else None
    send = shared.send if shared else _one_by_one
    for position, taken in send([listener.descriptor for listener in turn], data):
        turn[position].write(data[taken:])


def _one_by_one(descriptors: Sequence[int], data: bytes) -> list[tuple[int, int]]:
    """As `Ring.send`, by a call for each."""
    write, size, short = os.write, len(data), []
    for position, descriptor in enumerate(descriptors):
        try:
            taken = write(descriptor, data)
        except OSError:
            taken = 0
        if taken != size:
            short.append((position, taken))
    return short


def _json(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
