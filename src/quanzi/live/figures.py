"""Figures of one circle that are true only now: likes, comments, followers, who is here.

They are named as the page names them: "followers", "online", "likes:5". They take no numbers in the
log, since a thousand likes a second would queue there: they are read again and told as they are.
"""

import time

from quanzi.live import frames
from quanzi.live.listener import Listener

# What a page that just came is told: about as much as it shows.
MOST_KEPT = 400
# What another process said of who is there is believed for so long.
BELIEVED = 60.0
# Fewer than this, and every coming and going is told; of more, what people would notice.
FEW = 50


class Figures:
    def __init__(self) -> None:
        self.now: dict[str, int] = {}
        self.loaded = False
        self._elsewhere: dict[str, tuple[float, int]] = {}
        self._frame = b""

    def tell(self, listener: Listener) -> None:
        """To a page that just came: its own figures may be as old as the page."""
        if self.now:
            self._frame = self._frame or frames.frame("now", counts=self.now)
            listener.write(self._frame)

    def learn(self, found: dict[str, int]) -> dict[str, int]:
        """Those of these that have changed."""
        news = {name: n for name, n in found.items() if self.now.get(name) != n}
        for name, n in news.items():
            self.now.pop(name, None)
            self.now[name] = n
        while len(self.now) > MOST_KEPT:
            del self.now[next(iter(self.now))]
        if news:
            self._frame = b""
        return news

    def heard_from(self, process: str, people: int) -> None:
        self._elsewhere[process] = time.monotonic(), people

    def online(self, here: int) -> dict[str, int]:
        """Who is here, on all processes; empty when it is much as was told."""
        oldest = time.monotonic() - BELIEVED
        self._elsewhere = {who: said for who, said in self._elsewhere.items() if said[0] > oldest}
        people = here + sum(count for _, count in self._elsewhere.values())
        told = self.now.get("online", -1)
        same = told == people if min(told, people) < FEW else abs(people - told) * FEW < people
        return {} if same else {"online": people}
