"""One circle on this process: its recent events, drawn once, and the pages that listen."""

import asyncio
import time
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from quanzi.live import frames
from quanzi.live.figures import Figures
from quanzi.live.listener import Listener
from quanzi.live.log import Audience, Drawn

KEPT = 256
# What was missed is handed over in pieces of about so many bytes: a page on a narrow line has got
# somewhere with each, and is not taken for one that does not read.
PIECE = 32 * 1024


@dataclass(slots=True)
class Entry:
    seq: int
    op: str
    subject: str
    drawn: Drawn

    def concerns(self, audience: Audience) -> bool:
        """Whether these pages show it; the others are told only that it happened."""
        return self.drawn.within in {0, audience.post_id} and self.drawn.collection in {
            0,
            audience.collection_id,
        }

    def said(self, audience: Audience) -> bytes:
        """The JSON that these pages are told."""
        whole = self.concerns(audience)
        return frames.event(self.seq, self.op, self.drawn, audience.language, whole=whole)


class Stream:
    """`head`: every event up to it was drawn and handed to the listeners.

    `known`: the head as the database last said it, which is what pages are told.
    """

    def __init__(self, circle_id: int, head: int, floor: int) -> None:
        self.circle_id = circle_id
        self.head = head
        self.known = head
        self.floor = floor
        self.wanted_at = 0.0
        self.failures = 0
        self.filling = asyncio.Lock()
        self.listeners: defaultdict[Audience, set[Listener]] = defaultdict(set)
        self.figures = Figures()
        self._told: dict[Audience, list[Listener]] = {}
        self._entries: list[Entry] = []
        self._batches: dict[tuple[int, Audience, int], tuple[bytes, int]] = {}

    def touch(self) -> None:
        """Somebody wants this circle; it stays followed."""
        self.wanted_at = time.monotonic()

    def everyone(self) -> list[Listener]:
        return [listener for group in self.listeners.values() for listener in group]

    def add(self, listener: Listener) -> None:
        self.listeners[listener.audience].add(listener)
        self._told = {}

    def drop(self, listener: Listener) -> None:
        group = self.listeners[listener.audience]
        group.discard(listener)
        if not group:
            del self.listeners[listener.audience]
        self._told = {}

    def told(self) -> dict[Audience, list[Listener]]:
        """Who listens as which audience, in lists that pages coming and going do not change."""
        if not self._told:
            self._told = {who: list(group) for who, group in self.listeners.items() if group}
        return self._told

    def frames_of(self, entry: Entry) -> list[tuple[list[Listener], bytes]]:
        """Who is told which bytes; most audiences of a language are told the same."""
        made: dict[tuple[str, bool], bytes] = {}
        told = []
        for audience, listeners in self.told().items():
            key = audience.language, entry.concerns(audience)
            if key not in made:
                made[key] = frames.text_frame(entry.said(audience))
            told.append((listeners, made[key]))
        return told

    def append(self, entry: Entry) -> None:
        """The next event. What is kept of its subject shows from now on what it shows."""
        self._redraw(entry)
        self._entries.append(entry)
        del self._entries[:-KEPT]
        self.head = entry.seq
        self._batches.clear()

    def prepend(self, entries: Sequence[Entry]) -> None:
        """Older events, drawn just now; where a newer event of a subject is kept, that drawing."""
        room = KEPT - len(self._entries)
        older = list(entries)[-room:] if room > 0 else []
        newest = {entry.subject: entry.drawn for entry in self._entries}
        for entry in older:
            entry.drawn = newest.get(entry.subject, entry.drawn)
        self._entries[:0] = older
        self._batches.clear()

    def forget(self) -> None:
        self._entries.clear()
        self._batches.clear()

    @property
    def kept_from(self) -> int:
        """The first number that is kept; one above the head when nothing is."""
        return self._entries[0].seq if self._entries else self.head + 1

    def covers(self, seq: int) -> bool:
        """Whether all that came after `seq` is kept."""
        return seq + 1 >= self.kept_from

    def batch_after(self, seq: int, audience: Audience, most: int) -> tuple[bytes, int]:
        """What is kept after `seq`, as one payload of about `most` bytes; and its last number.

        Built once for all who ask the same.
        """
        made = self._batches.get((seq, audience, most))
        if made is None:
            first = bisect_right(self._entries, seq, key=lambda entry: entry.seq)
            said, size, last = [], 0, seq
            for entry in self._entries[first:]:
                if size >= most:
                    break
                said.append(entry.said(audience))
                size += len(said[-1])
                last = entry.seq
            made = frames.batch(seq + 1, last, said), last
            self._batches[(seq, audience, most)] = made
        return made

    def _redraw(self, fresh: Entry) -> None:
        # A resume must never show the text from before an edit or a removal (P7).
        stale = 0
        for place, entry in enumerate(self._entries, start=1):
            if entry.subject == fresh.subject:
                entry.drawn = fresh.drawn
            elif fresh.subject in entry.drawn.shows:
                stale = place
        # Who needs what is dropped here has it read and drawn anew.
        del self._entries[:stale]
