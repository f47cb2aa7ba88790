"""The bell: Valkey says "look at circle 7", and no more. Losing it costs time, never content.

Hints go over sharded pub/sub, one channel per circle, so that a cluster spreads them. Only the
circles that are open on this process are listened to. Everything here may fail at any time; the
tail then looks more often (`up` is False), and the listening is taken up again for ever.
"""

import asyncio
import contextlib
from collections.abc import Callable, Collection, Iterable

import structlog

from quanzi.ending import end
from quanzi.live import lines
from quanzi.live.lines import FAULTS, Client, Line, connect
from quanzi.live.measures import HINTS, HINTS_FAILED
from quanzi.settings import settings

log = structlog.get_logger()

REVOKED = "quanzi:revoked"
MEMBERS = "quanzi:members"
# So many ids go into one message; more are said in several.
MEMBERS_AT_ONCE = 500
# The request that rings has been answered in its mind already: it waits no longer than this.
RING_SECONDS = 0.2
# How long one wait for a hint lasts; then new circles are subscribed to.
TURN_SECONDS = 0.1
# A stopped Valkey keeps its sockets open, so after this many silent turns it is asked for an
# answer, and after twice as many it is taken for dead.
SILENT_TURNS = 8
BACK_OFF = (0.1, 0.2, 0.5, 1.0)

_local: list[Callable[[int | None], None]] = []
_local_members: list[Callable[[Collection[int]], None]] = []
_ringer: Client | None = None


async def ring(circle_id: int, seq: int) -> None:
    """Say that a circle's log has grown to `seq`. Never fails, never waits long."""
    for listen in _local:
        listen(circle_id)
    await _publish(_channel(circle_id), str(seq))


async def say(circle_id: int, *words: str) -> None:
    """Pass words on to the other processes that have this circle open. As `ring`, it never fails."""
    await _publish(_channel(circle_id), " ".join(words))


async def ring_revoked() -> None:
    """Say that somebody lost a right."""
    for listen in _local:
        listen(None)
    await _publish(REVOKED, "")


async def ring_members(member_ids: Collection[int]) -> None:
    """Say that something is new for these members. As `ring`, it never fails."""
    for listen in _local_members:
        listen(member_ids)
    ids = list(map(str, member_ids))
    for start in range(0, len(ids), MEMBERS_AT_ONCE):
        await _publish(MEMBERS, " ".join(ids[start : start + MEMBERS_AT_ONCE]))


async def _publish(channel: str, message: str) -> None:
    if not settings().valkey_url:
        return
    try:
        async with asyncio.timeout(RING_SECONDS):
            await lines.publish(ringer(), channel, message)
    except FAULTS as fault:
        HINTS_FAILED.inc()
        if settings().valkey_url.startswith(lines.CLUSTER):
            await let_go()  # it may have other nodes now: the next client asks
        log.debug("bell.not_rung", channel=channel, fault=str(fault))


def ringer() -> Client:
    """The client that publishes; also lent to the limits."""
    global _ringer  # noqa: PLW0603 - one per process, made when first needed
    if _ringer is None:
        _ringer = connect()
    return _ringer


async def let_go() -> None:
    """Close the publishing client; it is made again when next needed."""
    global _ringer
    ringing, _ringer = _ringer, None
    if ringing is not None:
        with contextlib.suppress(*FAULTS):
            await ringing.aclose()


class Bell:
    """Listens for this process. `heard` is called with a circle's id, or None for a lost right;

    `told` with a circle's id and the words that were said; `called` with members for whom something
    is new.
    """

    def __init__(
        self,
        heard: Callable[[int | None], None],
        told: Callable[[int, list[str]], None],
        called: Callable[[Collection[int]], None],
    ) -> None:
        self.up = False
        self._heard = heard
        self._told = told
        self._called = called
        self._wanted: set[int] = set()
        # Of a cluster's nodes, those that have not been heard yet; the bell is up when all have.
        self._silent: set[int] = set()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        # Rung in this process, it is heard in this process, Valkey or not.
        _local.append(self._heard)
        _local_members.append(self._called)
        if settings().valkey_url:
            self._task = asyncio.create_task(self._listen_for_ever(), name="bell")

    async def stop(self) -> None:
        _local.remove(self._heard)
        _local_members.remove(self._called)
        await end(self._task)

    def listen_to(self, circle_ids: Iterable[int]) -> None:
        self._wanted = set(circle_ids)

    async def _listen_for_ever(self) -> None:
        tries = 0
        while True:
            try:
                async with lines.lines() as opened, asyncio.TaskGroup() as group:
                    self._silent = set(range(len(opened)))
                    for number, line in enumerate(opened):
                        group.create_task(self._listen(line, number))
            except* FAULTS as faults:
                if self.up:
                    fault = faults.exceptions[0]
                    log.warning("bell.lost", fault=str(fault) or type(fault).__name__)
                    tries = 0
            except* Exception:
                # Whatever it is: a bell that has stopped listening would not be missed for hours.
                log.exception("bell.failed")
            finally:
                self.up = False
            await asyncio.sleep(BACK_OFF[min(tries, len(BACK_OFF) - 1)])
            tries += 1

    async def _listen(self, line: Line, number: int) -> None:
        joined: set[str] = set()
        turns = 0
        while True:
            joined = await self._follow(line, joined)
            said = await line.connection.read_response(timeout=TURN_SECONDS)
            if said is not None:
                turns = 0
                self._silent.discard(number)
                self.up = not self._silent
                # Where nothing is listened to, an answer to PING is no message.
                if isinstance(said, list):
                    if said[0] == b"sunsubscribe" and said[1].decode() in joined:
                        raise ConnectionError("a channel has moved to another node")
                    self._hear(*said)
                continue
            turns += 1
            if turns == SILENT_TURNS:
                await line.connection.send_command("PING", check_health=False)
            elif turns > 2 * SILENT_TURNS:
                raise TimeoutError("Valkey does not answer")

    def _hear(self, kind: bytes, channel: bytes, message: object = None) -> None:
        if kind not in {b"smessage", b"ssubscribe"}:
            return
        if channel == MEMBERS.encode():
            self._called(_ids(message) if kind == b"smessage" else ())
            return
        circle_id = _circle_of(channel)
        if kind == b"smessage":
            HINTS.inc()
            words = message.decode().split(" ") if isinstance(message, bytes) else []
            if circle_id is not None and len(words) > 1:
                self._told(circle_id, words)
                return
        # What happened before the subscription rang for nobody here: look once more.
        self._heard(circle_id)

    async def _follow(self, line: Line, joined: set[str]) -> set[str]:
        wanted = {
            channel
            for channel in (REVOKED, MEMBERS, *map(_channel, self._wanted))
            if line.has(channel)
        }
        for channel in wanted - joined:
            await line.connection.send_command("SSUBSCRIBE", channel, check_health=False)
        for channel in joined - wanted:
            await line.connection.send_command("SUNSUBSCRIBE", channel, check_health=False)
        return wanted


def _channel(circle_id: int) -> str:
    return f"quanzi:circle:{circle_id}"


def _circle_of(channel: bytes) -> int | None:
    name = channel.decode()
    return None if name == REVOKED else int(name.rpartition(":")[2])


def _ids(message: object) -> list[int]:
    words = message.decode().split(" ") if isinstance(message, bytes) else []
    return [int(word) for word in words if word.isdecimal()]
