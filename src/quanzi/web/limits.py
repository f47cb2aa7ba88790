"""Not too fast: GCRA in Valkey, by Valkey's own clock; without Valkey in this process, at half.

A limit never opens because something is missing. One integer is kept per key: the time at which
the next request of a perfectly even series would arrive; never further away than a whole burst, in
case a server whose clock was fast has left it.
"""

import asyncio
import hashlib
import math
import time
from collections import OrderedDict, defaultdict
from dataclasses import dataclass
from typing import Any

import structlog

from quanzi.errors import TooMany
from quanzi.live import bell
from quanzi.live.lines import FAULTS
from quanzi.settings import settings
from quanzi.web.measures import LIMIT_ALONE, LIMITED

log = structlog.get_logger()

SECONDS_FOR_VALKEY = 0.2
# After a failure Valkey is not asked for a moment: a limit must not slow every request down.
PAUSE = 1.0
# Of each limit, so that a flood of one pushes nobody out of another.
MOST_KEYS = 20_000

SCRIPT = """
local t = server.call('TIME')
local now = t[1] * 1000000 + t[2]
local gap, burst = tonumber(ARGV[1]), tonumber(ARGV[2])
local due = math.max(tonumber(server.call('GET', KEYS[1]) or '0'), now)
local most = now + gap * burst
if due > most then
  due = most
  server.call('SET', KEYS[1], string.format('%.0f', due), 'PX', math.ceil(gap * burst / 1000) + 1)
end
local early = due - now - gap * (burst - 1)
if early > 0 then return early end
local ms = math.ceil((due + gap - now) / 1000) + 1
server.call('SET', KEYS[1], string.format('%.0f', due + gap), 'PX', ms)
return -math.floor((most - due) / gap - 1)
"""


@dataclass(frozen=True, slots=True)
class Limit:
    """`burst` at once, then `times` in `seconds`."""

    name: str
    times: int
    seconds: float
    burst: int

    def seconds_until_full(self, left: int) -> int:
        """Until a whole burst is free again, where so much of it is."""
        return math.ceil((self.burst - left) * self.seconds / self.times)


SIGN_IN_ACCOUNT = Limit("sign-in-account", 10, 300, 10)
SIGN_IN_ADDRESS = Limit("sign-in-address", 60, 300, 30)
SIGN_UP_ADDRESS = Limit("sign-up-address", 20, 3600, 10)
SETTING_UP = Limit("setting-up", 20, 300, 10)
PASSWORD_CHANGE = Limit("password-change", 10, 300, 5)
LETTERS_OF_MEMBER = Limit("letters-of-member", 10, 3600, 5)
LETTERS_TO_ADDRESS = Limit("letters-to-address", 5, 3600, 3)
POSTING = Limit("posting", 20, 60, 20)
COMMENTING = Limit("commenting", 30, 60, 15)
SEARCHING = Limit("searching", 60, 60, 20)
NAMES = Limit("names", 120, 60, 40)
REQUESTING = Limit("requesting", 20, 3600, 10)
EXPORTING = Limit("exporting", 20, 3600, 10)
DEEDS = Limit("deeds", 120, 60, 60)
SUGGESTING = Limit("suggesting", 20, 3600, 10)

_alone: defaultdict[str, OrderedDict[str, float]] = defaultdict(OrderedDict)
_pause_until = 0.0


async def hold(limit: Limit, subject: object) -> int:
    """How many more may follow at once. Raises TooMany when this subject has to wait."""
    early = await _early(limit, f"quanzi:limit:{limit.name}:{_short(subject)}")
    if early > 0:
        LIMITED.labels(limit.name).inc()
        raise TooMany(retry_after=early / 1e6)
    return -round(early)


async def _early(limit: Limit, key: str) -> float:
    """Microseconds by which this request is too early. Otherwise it is counted, and the number of
    those that may follow at once comes back, below zero.
    """
    global _pause_until  # noqa: PLW0603 - what this process knows of Valkey's health
    if settings().valkey_url and time.monotonic() >= _pause_until:
        try:
            async with asyncio.timeout(SECONDS_FOR_VALKEY):
                gap = str(int(limit.seconds * 1e6 / limit.times))
                early: Any = bell.ringer().eval(SCRIPT, 1, key, gap, str(limit.burst))
                return float(await early)
        except FAULTS as fault:
            _pause_until = time.monotonic() + PAUSE
            log.warning("limits.alone", fault=str(fault) or type(fault).__name__)
    LIMIT_ALONE.inc()
    return _early_alone(limit, key)


def _early_alone(limit: Limit, key: str) -> float:
    """The same sum in this process, at half: other processes count for themselves."""
    now = time.monotonic()
    gap = limit.seconds / limit.times * 2
    burst = max(1, limit.burst // 2)
    known = _alone[limit.name]
    due = max(known.pop(key, 0.0), now)
    early = due - now - gap * (burst - 1)
    known[key] = due if early > 0 else due + gap
    while len(known) > MOST_KEYS:
        known.popitem(last=False)
    return early * 1e6 if early > 0 else float(-math.floor(-early / gap + 1e-9))


def _short(subject: object) -> str:
    return hashlib.sha256(str(subject).encode()).hexdigest()[:24]
