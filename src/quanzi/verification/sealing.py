"""Envelopes: every person has a key of their own, wrapped by the site's, which is not in the database.

Without the person's key what was sealed with it is noise, wherever a copy of it still lies; so to
erase the key is to erase the data. AES-256-GCM; what is sealed is bound to whose it is and what.

The site's keys stand in `QUANZI_VAR/identity-keys`, one to a line; the last wraps, all unwrap. Adding
a line is rotation: what is wrapped anew uses it.
"""

import hmac
import os
import secrets
from dataclasses import dataclass

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from quanzi.settings import kept, settings

NONCE = 12


@dataclass(frozen=True, slots=True)
class Envelope:
    """`wrapped`: the person's key, as the database keeps it. `version`: which of ours wrapped it."""

    member_id: int
    wrapped: bytes
    version: int

    def seal(self, what: str, text: bytes) -> bytes:
        return _sealed(self._key(), text, self._bound(what))

    def open(self, what: str, sealed: bytes) -> bytes:
        return _opened(self._key(), sealed, self._bound(what))

    def _key(self) -> bytes:
        return _opened(_ours()[self.version - 1], self.wrapped, self._bound("key"))

    def _bound(self, what: str) -> bytes:
        return f"quanzi identity {self.member_id} {what}".encode()


def new(member_id: int) -> Envelope:
    ours = _ours()
    empty = Envelope(member_id, b"", len(ours))
    wrapped = _sealed(ours[-1], secrets.token_bytes(32), empty._bound("key"))  # noqa: SLF001 - its own
    return Envelope(member_id, wrapped, len(ours))


def fingerprint(kind: str, number: str) -> bytes:
    """One person, one fingerprint; with the pepper elsewhere a dump's cannot be tried out."""
    return hmac.digest(settings().pepper, f"{kind}:{number}".encode(), "sha256")


def _sealed(key: bytes, text: bytes, bound: bytes) -> bytes:
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, text, bound)


def _opened(key: bytes, sealed: bytes, bound: bytes) -> bytes:
    return AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], bound)


def _ours() -> list[bytes]:
    lines = kept(settings().var / "identity-keys", lambda: secrets.token_hex(32).encode())
    return [bytes.fromhex(line) for line in lines.decode().split()]
