"""Signatures by which a program knows that a message is ours: https://www.standardwebhooks.com."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterable

PREFIX = "whsec_"
LENGTH = 32


def new_secret() -> bytes:
    return secrets.token_bytes(LENGTH)


def shown(secret: bytes) -> str:
    """As it is given to who verifies."""
    return PREFIX + base64.b64encode(secret).decode()


def headers(message: str, at: int, body: bytes, keys: Iterable[bytes]) -> dict[str, str]:
    """`at`: seconds since 1970. One signature by each key: who has any of them can verify."""
    signed = f"{message}.{at}.".encode() + body
    return {
        "webhook-id": message,
        "webhook-timestamp": str(at),
        "webhook-signature": " ".join(_signature(key, signed) for key in keys),
    }


def _signature(key: bytes, signed: bytes) -> str:
    return "v1," + base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()
