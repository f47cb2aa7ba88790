"""One circle on this process: its recent events, drawn once, and the pages that listen."""

import asyncio
import time
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from quanzi.live import frames
from quanzi.live.listener import Listener
from quanzi.live.log import Drawn

KEPT = 256


@dataclass(slots=True)
class Entry:
    seq: int
    op: str
    subject: str
    drawn: Drawn

    def said(self, language: str) -> bytes:
        """The JSON that pages of this language are told."""
        return frames.event(self.seq, self.op, self.drawn, language)


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
        self.listeners: defaultdict[str, set[Listener]] = defaultdict(set)
        self._told: dict[str, list[Listener]] = {}
        self._entries: list[Entry] = []
        self._batches: dict[tuple[int, str], bytes] = {}

    def touch(self) -> None:
        """Somebody wants this circle; it stays followed."""
        self.wanted_at = time.monotonic()

    def everyone(self) -> list[Listener]:
        return [listener for group in self.listeners.values() for listener in group]

    def add(self, listener: Listener) -> None:
        self.listeners[listener.language].add(listener)
        self._told = {}

    def drop(self, listener: Listener) -> None:
        self.listeners[listener.language].discard(listener)
        self._told = {}

    def told(self) -> dict[str, list[Listener]]:
        """Who listens in which language, in lists that pages coming and going do not change."""
        if not self._told:
            self._told = {tongue: list(group) for tongue, group in self.listeners.items() if group}
        return self._told

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

    def batch_after(self, seq: int, language: str) -> bytes:
        """Everything kept after `seq`, as one payload; built once for all who ask the same."""
        made = self._batches.get((seq, language))
        if made is None:
            first = bisect_right(self._entries, seq, key=lambda entry: entry.seq)
            made = frames.batch(
                seq + 1,
                self.head,
                [entry.said(language) for entry in self._entries[first:]],
            )
            self._batches[(seq, language)] = made
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
