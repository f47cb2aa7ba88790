"""A visitor's page is the same for everyone: drawn once per number and language, then handed out.

The number comes from the hub, which hears of every change, so that a kept page asks the database
nothing. It may be a moment old; it knows its number, and its live connection brings the rest.
"""

import hashlib
import time
from collections import OrderedDict
from dataclasses import dataclass

from quanzi.live.station import Station
from quanzi.live.stream import Stream
from quanzi.live.tail import STALE
from quanzi.web import packing

MOST_KEPT = 500
# Its figures are told once it is open; for who has no script they are not older than this.
OLDEST = 10.0
# Stands in the kept page where each answer's own nonce goes.
NONCE = "__nonce__"


@dataclass(frozen=True, slots=True)
class Kept:
    stream: Stream
    seq: int
    epoch: str
    parts: tuple[bytes, ...]
    packed: tuple[bytes, ...]
    etag: str
    drawn_at: float
    post_ids: tuple[int, ...]

    def body(self, nonce: str) -> bytes:
        return nonce.encode().join(self.parts)

    def packed_body(self, nonce: str) -> bytes:
        """There is nobody's secret in it, so that its length may tell what it will."""
        return packing.joined(self.packed, nonce.encode(), self.body(nonce))


_kept: OrderedDict[tuple[str, str], Kept] = OrderedDict()


def kept(station: Station, slug: str, language: str) -> Kept | None:
    """The page, if it is still what a fresh drawing would be as far as this process has heard."""
    found = _kept.get((slug, language))
    if found is None:
        return None
    hub = station.hub
    same = found.stream.head == found.seq and found.epoch == hub.epoch
    if (
        not same
        or station.tail.age > STALE
        or time.monotonic() - found.drawn_at > OLDEST
        or hub.streams.get(found.stream.circle_id) is not found.stream
    ):
        del _kept[(slug, language)]
        return None
    found.stream.touch()
    return found


def keep(
    station: Station,
    stream: Stream,
    slug: str,
    language: str,
    *,
    seq: int,
    html: str,
    post_ids: tuple[int, ...],
) -> Kept:
    """`seq` may be ahead of the hub for a moment; then it is kept once the hub has caught up."""
    parts = tuple(html.encode().split(NONCE.encode()))
    made = Kept(
        stream,
        seq,
        station.hub.epoch,
        parts,
        packing.parts(parts),
        f'"{hashlib.sha256(html.encode()).hexdigest()[:20]}"',
        time.monotonic(),
        post_ids,
    )
    _kept[(slug, language)] = made
    while len(_kept) > MOST_KEPT:
        _kept.popitem(last=False)
    return made
