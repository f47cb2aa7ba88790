"""Rights are asked again while a page is open: on every revocation, and of everyone in turn.

A revocation is a row (written with the deed that caused it) and a ring. Rows are read at every
pass of the tail, so it bites within two seconds even when the ring is lost; every ten seconds
everyone who listens is asked about, in case a row was overlooked.
"""

import time
from collections.abc import Sequence

import structlog

from quanzi.live import frames
from quanzi.live.hub import Hub
from quanzi.live.listener import Listener
from quanzi.live.log import Rights
from quanzi.live.measures import TURNED_AWAY

log = structlog.get_logger()

ENDED = 1008
EVERYONE_EVERY = 10.0
ASKED_AT_ONCE = 2000
# With a pass at least every two seconds, asking once a second finds a row within two.
OFTEN = 1.0


class Guard:
    def __init__(self, rights: Rights) -> None:
        self.hurried = False
        self._rights = rights
        self._next_round = 0.0
        self._watched = 0.0

    def hurry(self) -> None:
        self.hurried = True

    async def watch(self, hub: Hub) -> None:
        """Close every page whose right has gone. Called at every pass, often for other reasons."""
        if not self.hurried and time.monotonic() - self._watched < OFTEN:
            return
        self.hurried = False
        self._watched = time.monotonic()
        recent = await self._rights.revoked()
        due = time.monotonic() >= self._next_round
        if not recent and not due:
            return
        for _, kind, subject in recent:
            if kind == "circle":
                hub.watching.forget(int(subject))
        present = list(hub.present)
        await self._close_turned_away(
            present if due else [one for one in present if _concerns(one, recent)]
        )
        # Noted for each page and not once for all: a page may have been let in by what was read
        # just before the revocation, and have come here just after it.
        ids = frozenset(line[0] for line in recent)
        for listener in present:
            listener.asked = ids
        if due:
            self._next_round = time.monotonic() + EVERYONE_EVERY

    async def _close_turned_away(self, asked: Sequence[Listener]) -> None:
        for start in range(0, len(asked), ASKED_AT_ONCE):
            some = asked[start : start + ASKED_AT_ONCE]
            pairs = [(listener.session, listener.circle_id) for listener in some]
            for index in await self._rights.turned_away(pairs):
                listener = some[index]
                listener.write(frames.frame("bye", retry_ms=None, reason="not allowed"))
                listener.close(ENDED, "no longer allowed")
                TURNED_AWAY.inc()


def _concerns(listener: Listener, recent: Sequence[tuple[int, str, str]]) -> bool:
    """Whether one of these that it was not asked about may touch it; too often does no harm."""
    return any(
        str(listener.circle_id) == subject if kind == "circle" else listener.session is not None
        for number, kind, subject in recent
        if number not in listener.asked
    )
