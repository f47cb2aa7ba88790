"""Frames, kept: what stands in one is the same for everybody, so it is drawn once per number and
language, and handed out as long as nothing has happened in its circle.

The number comes from the hub, which hears of every change: a kept frame asks the database nothing. What
differs between two answers is their nonce, whose mark is this process's secret: who knew it could
write it into a post.
"""

import hashlib
import secrets
import time
from collections import OrderedDict
from dataclasses import dataclass

from quanzi.live.station import Station
from quanzi.live.stream import Stream

MOST = 500
# Its figures are told once it is open; for who has no script they are not older than this.
OLDEST = 10.0
NONCE = f"{secrets.token_hex(12)}-nonce"


@dataclass(frozen=True, slots=True)
class Frame:
    """`parts`: HTML, between which each answer's own nonce goes."""

    stream: Stream
    seq: int
    epoch: str
    parts: tuple[bytes, ...]
    etag: str
    drawn_at: float
    post_ids: tuple[int, ...]

    def body(self, nonce: str) -> bytes:
        return nonce.encode().join(self.parts)


Key = tuple[str, str, str]
_kept: OrderedDict[Key, Frame] = OrderedDict()


def kept(station: Station, key: Key) -> Frame | None:
    """`key`: the circle, what of it, and the language. None for what has changed as far as this process
    has heard, or may have without its hearing.
    """
    found = _kept.get(key)
    if found is None:
        return None
    old = time.monotonic() - found.drawn_at > OLDEST
    if old or not station.still_shows(found.stream, found.seq, found.epoch):
        del _kept[key]
        return None
    return found


def keep(
    station: Station, stream: Stream, key: Key, *, seq: int, html: str, post_ids: tuple[int, ...]
) -> Frame:
    """`seq` may be ahead of the hub for a moment; then it is kept once the hub has caught up."""
    parts = tuple(html.encode().split(NONCE.encode()))
    # Of what is the same in every process.
    etag = f'"{hashlib.sha256(bytes(1).join(parts)).hexdigest()[:20]}"'
    made = Frame(stream, seq, station.hub.epoch, parts, etag, time.monotonic(), post_ids)
    _kept[key] = made
    while len(_kept) > MOST:
        _kept.popitem(last=False)
    return made
