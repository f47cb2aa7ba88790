"""What a check of `quanzi doctor` answers: whether all is well, and one line for a person."""

from collections.abc import Awaitable, Callable

Finding = tuple[bool, str]
Check = Callable[[], Awaitable[Finding]]


def said_of(fault: BaseException) -> str:
    """In one line."""
    return f"{type(fault).__name__}: {' '.join(str(fault).split())}"


class DatabaseAway(Exception):
    """Nothing else can be said of what lies in it."""
