"""HTTP signatures as Mastodon and Lemmy speak them: draft-cavage-http-signatures-12, rsa-sha256.

What libraries there are bring a fetcher of their own, which would go past `outbound/`, or a heap of
others for signatures that are not asked for here; what is needed is these few lines.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from urllib.parse import urlsplit

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256

from quanzi import clock

# Clocks differ, and a queue may hold on to what it has signed for a little while.
SKEW = 3600.0
KIND = "application/activity+json"
TARGET = "(request-target)"
_PART = re.compile(r'([a-zA-Z]+)=(?:"([^"]*)"|(\d+))')


class Unsigned(Exception):
    """It does not prove whom it is from; with the reason, for who tries to."""


@dataclass(frozen=True, slots=True)
class Received:
    """A request as it came. `target`: its path and query. `headers`: lower-case names."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Signature:
    key_id: str
    names: tuple[str, ...]
    bytes: bytes
    created: str


def signed(
    method: str, url: str, body: bytes | None, key_id: str, key: rsa.RSAPrivateKey
) -> dict[str, str]:
    """The headers to send with it."""
    parts = urlsplit(url)
    headers = {
        "host": parts.netloc,
        "date": format_datetime(clock.now().astimezone(UTC), usegmt=True),
    }
    if body is not None:
        headers |= {"digest": digest(body), "content-type": KIND}
    else:
        headers["accept"] = KIND
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    names = (TARGET, *headers)
    text = _text(names, Received(method, target, headers, body or b""), "")
    written = base64.b64encode(key.sign(text, padding.PKCS1v15(), SHA256())).decode()
    headers["signature"] = (
        f'keyId="{key_id}",algorithm="rsa-sha256",headers="{" ".join(names)}",signature="{written}"'
    )
    return headers


def read(request: Received) -> Signature:
    """What it says of itself, looked at as far as that goes without the key. Raises Unsigned."""
    given = {
        name: quoted or number
        for name, quoted, number in _PART.findall(request.headers.get("signature", ""))
    }
    names = tuple(given.get("headers", "date").lower().split())
    try:
        found = base64.b64decode(given.get("signature", ""), validate=True)
    except (binascii.Error, ValueError):
        found = b""
    if not found or not given.get("keyId"):
        raise Unsigned("no signature")
    if given.get("algorithm", "hs2019") not in {"rsa-sha256", "hs2019"}:
        raise Unsigned("another algorithm than rsa-sha256")
    lacking = {TARGET, "host"} - set(names)
    if request.body or request.method == "POST":
        lacking |= {"digest"} - set(names)
    if lacking or not {"date", "(created)"} & set(names):
        raise Unsigned("what matters is not signed: (request-target), host, date, digest")
    _look_at_time(request, names, given)
    if "digest" in names:
        _look_at_digest(request)
    return Signature(given["keyId"], names, found, given.get("created", ""))


def fits(request: Received, signature: Signature, key: rsa.RSAPublicKey) -> bool:
    try:
        text = _text(signature.names, request, signature.created)
        key.verify(signature.bytes, text, padding.PKCS1v15(), SHA256())
    except (InvalidSignature, KeyError):
        return False
    return True


def digest(body: bytes) -> str:
    return "SHA-256=" + base64.b64encode(hashlib.sha256(body).digest()).decode()


def _text(names: tuple[str, ...], request: Received, created: str) -> bytes:
    """Raises KeyError for a header that is signed and was not sent."""
    special = {TARGET: f"{request.method.lower()} {request.target}"}
    if created:
        special["(created)"] = created
    lines = (f"{name}: {special.get(name) or request.headers[name]}" for name in names)
    return "\n".join(lines).encode("latin-1", "replace")


def _look_at_time(request: Received, names: tuple[str, ...], given: Mapping[str, str]) -> None:
    try:
        if "date" in names:
            at = parsedate_to_datetime(request.headers.get("date", ""))
        else:
            at = datetime.fromtimestamp(int(given.get("created", "")), UTC)
        away = (clock.now() - (at if at.tzinfo else at.replace(tzinfo=UTC))).total_seconds()
    except (ValueError, OverflowError, OSError):
        raise Unsigned("no date") from None
    if abs(away) > SKEW:
        raise Unsigned("signed at another time")


def _look_at_digest(request: Received) -> None:
    ours = digest(request.body).partition("=")[2]
    for each in request.headers.get("digest", "").split(","):
        kind, _, value = each.strip().partition("=")
        if kind.lower() == "sha-256" and value == ours:
            return
    raise Unsigned("the digest is of another body")
