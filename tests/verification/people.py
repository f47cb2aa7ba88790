"""Numbers that nobody has: the region 999999 was never given out."""

from quanzi.verification.numbers import CHECKS, WEIGHTS


def resident(born: str = "19900307", serial: str = "001") -> str:
    """A number with a good checksum."""
    first = f"999999{born}{serial}"
    return first + CHECKS[sum(w * int(c) for w, c in zip(WEIGHTS, first, strict=True)) % 11]
