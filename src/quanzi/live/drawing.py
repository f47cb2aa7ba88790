"""Which room draws which kind of event. A kind without a drawer does not start."""

from collections.abc import Sequence

from quanzi.live.log import Drawer, Drawn, Logged
from quanzi.live.stream import Entry


class Drawers:
    """`ops` → (what the subject is called, who draws it). Subjects are told apart by both."""

    def __init__(self) -> None:
        self._drawers: dict[str, tuple[str, Drawer]] = {}

    def draw_with(self, subject: str, drawer: Drawer, *ops: str) -> None:
        for op in ops:
            self._drawers[op] = (subject, drawer)

    @property
    def ops(self) -> frozenset[str]:
        return frozenset(self._drawers)

    async def draw(self, circle_id: int, events: Sequence[Logged]) -> list[Entry]:
        """As they are now, each subject's drawer asked once."""
        by_drawer: dict[Drawer, list[Logged]] = {}
        for event in events:
            by_drawer.setdefault(self._drawers[event.op][1], []).append(event)
        drawn: dict[int, Drawn] = {}
        for drawer, group in by_drawer.items():
            for event, thing in zip(group, await drawer(circle_id, group), strict=True):
                drawn[event.seq] = thing
        return [
            Entry(e.seq, e.op, f"{self._drawers[e.op][0]}:{e.subject_id}", drawn[e.seq])
            for e in events
        ]
