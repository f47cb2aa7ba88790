"""A circle's newest page, kept: drawn once per number, language and way of standing, filled in for each.

What differs between two people who stand alike is never drawn: in its place stands a mark, at which
each answer puts its own. The marks are this process's secret, since somebody who knew them could
write one into a post and have every reader's token put into a link.

The number comes from the hub, which hears of every change.
"""

import hashlib
import re
import secrets
import time
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from quanzi.circles.access import Shown as Circle
from quanzi.curation.showing import Shown
from quanzi.live.station import Station
from quanzi.live.stream import Stream
from quanzi.web import packing

MOST_ISSUES, MOST_EDITIONS = 500, 40
_SECRET = secrets.token_hex(12)
_SLOT = re.compile(f"{_SECRET}-([a-z]+)-".encode())


def slot(name: str) -> str:
    """The mark at which `filled` puts the value of this name."""
    return f"{_SECRET}-{name}-"


@dataclass(frozen=True)
class Edition:
    """The page for one way of standing. `parts`: HTML; between each two the value of a slot."""

    parts: tuple[bytes, ...]
    slots: tuple[bytes, ...]
    etag: str
    drawn_at: float

    @cached_property
    def packed(self) -> tuple[bytes, ...]:
        return packing.parts(self.parts)

    def filled(self, values: Mapping[bytes, bytes], *, pack: bool) -> bytes:
        """`values`: HTML by the slot's name."""
        words = [values[name] for name in self.slots]
        pieces = [b""] * (len(self.parts) + len(words))
        pieces[::2], pieces[1::2] = self.parts, words
        body = b"".join(pieces)
        return packing.joined(self.packed, words, body) if pack else body


@dataclass(frozen=True, slots=True)
class Issue:
    """The circle's page as of one number, in one language."""

    stream: Stream
    circle: Circle
    seq: int
    epoch: str
    post_ids: tuple[int, ...]
    editions: dict[object, Edition] = field(default_factory=dict)

    def edition(self, standing: object, oldest: float) -> Edition | None:
        """`oldest`: seconds for which its figures may stand."""
        found = self.editions.get(standing)
        if found is None or time.monotonic() - found.drawn_at > oldest:
            return None
        return found

    def keep(self, standing: object, html: str) -> Edition:
        pieces = tuple(_SLOT.split(html.encode()))
        # What is the same in every process.
        etag = hashlib.sha256(bytes(1).join(pieces)).hexdigest()[:20]
        made = Edition(pieces[::2], pieces[1::2], f'"{etag}"', time.monotonic())
        # The latest stands last.
        self.editions.pop(standing, None)
        self.editions[standing] = made
        if len(self.editions) > MOST_EDITIONS:
            del self.editions[next(iter(self.editions))]
        return made


_issues: OrderedDict[tuple[str, str], Issue] = OrderedDict()


def issue(station: Station, slug: str, language: str) -> Issue | None:
    """The newest, if it is still what a fresh drawing would be as far as this process has heard."""
    found = _issues.get((slug, language))
    if found is None:
        return None
    if not station.still_shows(found.stream, found.seq, found.epoch):
        del _issues[(slug, language)]
        return None
    return found


async def opened(station: Station, circle: Circle, language: str, shown: Shown) -> Issue:
    """The issue of this number. It may be ahead of the hub for a moment: then it is kept once the hub
    has caught up.
    """
    stream = await station.hub.stream(circle.id)
    same = _issues.get((circle.slug, language))
    if same and (same.stream, same.seq, same.circle) == (stream, shown.seq, circle):
        return same
    made = Issue(stream, circle, shown.seq, station.hub.epoch, shown.post_ids)
    _issues[(circle.slug, language)] = made
    while len(_issues) > MOST_ISSUES:
        _issues.popitem(last=False)
    return made
