"""Argon2id, away from the event loop, since one hash takes tens of milliseconds on purpose."""

import asyncio

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from quanzi.errors import said

# RFC 9106's second choice (64 MiB, 3 passes), which argon2-cffi takes as its defaults.
_hasher = PasswordHasher()
_one_at_a_time = asyncio.Semaphore(2)  # 64 MiB each: a burst of sign-ins must not eat the memory

SHORTEST = 8
LONGEST = 200
TOO_SHORT = said("密码至少 %(least)d 个字符。", least=SHORTEST)


def is_long_enough(password: str) -> bool:
    return SHORTEST <= len(password) <= LONGEST


async def hashed(password: str) -> str:
    async with _one_at_a_time:
        return await asyncio.to_thread(_hasher.hash, password)


async def matches(password: str, stored: str | None) -> bool:
    """With nothing stored it takes as long, so that a handle cannot be probed by the clock."""
    async with _one_at_a_time:
        return await asyncio.to_thread(_verify, stored or _NOBODY, password) and stored is not None


def _verify(stored: str, password: str) -> bool:
    try:
        return _hasher.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False


_NOBODY = _hasher.hash("nobody has this password")
