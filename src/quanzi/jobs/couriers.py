"""Some things that are to be sent, on their way at once: each in its own turn, none waiting for another."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

import structlog

from quanzi.ending import end
from quanzi.jobs.watch import Due, Watched

log = structlog.get_logger()

AT_ONCE = 12

Claim = TypeVar("Claim")


class Couriers(Watched, Generic[Claim]):
    """One for each that has something to be sent, up to so many; none is waited for.

    `asks`: a line when some are due. `claimed`: up to so many of them, for nobody else to send.
    """

    def __init__(
        self,
        name: str,
        asks: str,
        claimed: Callable[[int], Awaitable[Sequence[Claim]]],
        deliver: Callable[[Claim], Awaitable[None]],
    ) -> None:
        super().__init__({name: Due(asks, self.send_due)})
        self._name = name
        self._claimed = claimed
        self._deliver = deliver
        self._running: set[asyncio.Task[None]] = set()

    async def send_due(self) -> int:
        """How many have set out."""
        room = AT_ONCE - len(self._running)
        claims = await self._claimed(room) if room else []
        for claim in claims:
            task = asyncio.create_task(self._logged(claim), name="courier")
            self._running.add(task)
            task.add_done_callback(self._running.discard)
        return len(claims)

    async def stop(self) -> None:
        await super().stop()
        for task in list(self._running):
            await end(task)

    async def _logged(self, claim: Claim) -> None:
        """Whatever fails here is tried again when its time with us is over."""
        try:
            await self._deliver(claim)
        except Exception:
            log.exception("courier.failed", what=self._name, claim=str(claim))
