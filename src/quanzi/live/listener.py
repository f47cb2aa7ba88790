"""One live page, as the hub sees it: what it may hear, and a bound on what waits for it."""

import time
from typing import Protocol

from quanzi.live.log import Audience
from quanzi.live.measures import CLOSED_SLOW

# What may wait for one page: a few posts' worth. Beyond it the page comes back by its own number.
MOST_WAITING = 256 * 1024
# A page that has not read anything for so long is slow, even when little waits for it.
LONGEST_STALL = 10.0
SLOW = 1013


class Wire(Protocol):
    """The little of a websocket protocol that writing to many needs; see `protocol.py`."""

    paused_since: float | None

    def write(self, data: bytes) -> None: ...
    def waiting(self) -> int: ...
    def lend(self, to: "Listener") -> int: ...
    def leave(self, code: int, reason: str) -> None: ...


class Listener:
    """A page, from when it has been let in until it is `gone`.

    `descriptor`: to which a whole frame may be written now, below 0 when it may not; see `protocol.py`.
    """

    __slots__ = (
        "asked", "audience", "circle_id", "descriptor", "gone", "member_id", "session", "wire",
    )  # fmt: skip

    def __init__(
        self,
        wire: Wire,
        circle_id: int,
        audience: Audience,
        session: bytes | None,
        member_id: int | None = None,
    ) -> None:
        self.wire = wire
        self.circle_id = circle_id
        self.audience = audience
        self.session = session
        self.member_id = member_id
        self.gone = False
        self.descriptor = -1
        # The revocations after which its right has been asked about again.
        self.asked: frozenset[int] = frozenset()

    def write(self, data: bytes) -> None:
        wire = self.wire
        if wire.paused_since is not None and wire.waiting() + len(data) > MOST_WAITING:
            self.close_slow()
            return
        wire.write(data)
        self.descriptor = wire.lend(self)

    def close_slow(self) -> None:
        CLOSED_SLOW.inc()
        self.close(SLOW, "too slow")

    def close(self, code: int, reason: str) -> None:
        if not self.gone:
            self.gone = True
            self.wire.leave(code, reason)

    def stalled(self) -> bool:
        since = self.wire.paused_since
        return since is not None and time.monotonic() - since > LONGEST_STALL
