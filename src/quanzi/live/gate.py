"""How many live pages may come, and how fast. A herd is spread, not served first come first."""

import ipaddress
import random
import time
from collections import Counter
from typing import Any

# Universities and mobile carriers put thousands of people behind one address.
PER_ADDRESS = 500
PER_MEMBER = 20
# Resumes a second that one process takes while it goes on serving pages well.
ARRIVALS = 150.0
BURST = 300.0
LONGEST_WAIT_MS = 15_000
# When something has failed that is over soon, pages come back spread over this time.
BACK_AFTER_MS = 500, 3000


class Gate:
    def __init__(self) -> None:
        self._by_address: Counter[str] = Counter()
        self._by_member: Counter[int] = Counter()
        self._tokens = BURST
        self._filled = time.monotonic()
        self._turned_back = 0.0

    def enter(self, address: str, member_id: int | None) -> bool:
        """Count this page in; False when this address or member has too many open already."""
        if not _is_loopback(address) and self._by_address[address] >= PER_ADDRESS:
            return False
        if member_id is not None and self._by_member[member_id] >= PER_MEMBER:
            return False
        self._by_address[address] += 1
        if member_id is not None:
            self._by_member[member_id] += 1
        return True

    def leave(self, address: str, member_id: int | None) -> None:
        _less(self._by_address, address)
        if member_id is not None:
            _less(self._by_member, member_id)

    def wait_ms(self) -> int:
        """0: come in. Otherwise come back then; those sent back are spread over what they need."""
        now = time.monotonic()
        passed, self._filled = now - self._filled, now
        self._tokens = min(BURST, self._tokens + passed * ARRIVALS)
        self._turned_back = max(0.0, self._turned_back - passed * ARRIVALS)
        if self._tokens >= 1:
            self._tokens -= 1
            return 0
        self._turned_back += 1
        most = min(LONGEST_WAIT_MS, 1000 + 1000 * self._turned_back / ARRIVALS)
        return int(random.uniform(500, most))  # noqa: S311 - spread only


def back_after_ms() -> int:
    """When a page for which something has failed comes back."""
    return random.randint(*BACK_AFTER_MS)  # noqa: S311 - spread only


def _less(counter: Counter[Any], key: object) -> None:
    counter[key] -= 1
    if counter[key] <= 0:
        del counter[key]


def _is_loopback(address: str) -> bool:
    """The operator's own machine is not held to a figure; a proxy passes real addresses on."""
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return True  # a unix socket
