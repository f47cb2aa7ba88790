"""Members' own pages that count what is new in many circles, without hearing what it is."""

from collections import defaultdict
from collections.abc import Sequence

from quanzi.live import frames
from quanzi.live.listener import Listener

COUNTED = "post.published"


class Watcher:
    """One such page: how many posts came out in its circles since it was drawn."""

    __slots__ = ("_told", "circles", "listener", "new")

    def __init__(self, listener: Listener, circles: Sequence[int]) -> None:
        self.listener = listener
        self.circles = circles
        self.new = 0
        self._told = 0

    def tell(self) -> None:
        if self.new != self._told and not self.listener.gone:
            self._told = self.new
            self.listener.write(frames.frame("now", counts={"new": self.new}))


class Watching:
    """All of them on this process."""

    def __init__(self) -> None:
        self._by_circle: defaultdict[int, set[Watcher]] = defaultdict(set)
        self._grown: set[Watcher] = set()

    def add(self, watcher: Watcher) -> None:
        for circle_id in watcher.circles:
            self._by_circle[circle_id].add(watcher)

    def remove(self, watcher: Watcher) -> None:
        for circle_id in watcher.circles:
            self._by_circle[circle_id].discard(watcher)
            if not self._by_circle[circle_id]:
                del self._by_circle[circle_id]
        self._grown.discard(watcher)

    def forget(self, circle_id: int) -> None:
        """Who may read it has changed: nobody counts it until they come again."""
        self._by_circle.pop(circle_id, None)

    def wants(self, circle_id: int) -> bool:
        return circle_id in self._by_circle

    def happened(self, circle_id: int, op: str) -> None:
        if op == COUNTED and circle_id in self._by_circle:
            for watcher in self._by_circle[circle_id]:
                watcher.new += 1
                self._grown.add(watcher)

    def tell(self) -> None:
        """Once a second, however much has come out."""
        grown, self._grown = self._grown, set()
        for watcher in grown:
            watcher.tell()
