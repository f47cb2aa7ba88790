"""What a check of `quanzi doctor` answers: whether all is well, and one line for a person."""

from collections.abc import Awaitable, Callable

Finding = tuple[bool, str]
Check = Callable[[], Awaitable[Finding]]


class DatabaseAway(Exception):
    """Nothing else can be said of what lies in it."""
