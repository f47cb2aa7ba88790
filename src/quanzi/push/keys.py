"""The site's own key, by which push services know who sends (VAPID, RFC 8292).

Made once and kept under `QUANZI_VAR`; browsers bind their subscription to it, so who loses it loses
all subscriptions.
"""

import base64
import time
from functools import cache
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from joserfc import jwt
from joserfc.jwk import ECKey

from quanzi.settings import kept, settings

HOURS = 12
RENEWED_BEFORE = 3600

_tokens: dict[str, tuple[float, str]] = {}


def public() -> str:
    """As browsers take it: base64url of the uncompressed point."""
    point = _private().public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return base64.urlsafe_b64encode(point).rstrip(b"=").decode()


def authorization(endpoint: str) -> str:
    """The header for this push service; one token serves for half a day."""
    parts = urlsplit(endpoint)
    origin = f"{parts.scheme}://{parts.netloc}"
    until, token = _tokens.get(origin, (0.0, ""))
    if until - time.time() < RENEWED_BEFORE:
        until = time.time() + HOURS * 3600
        claims = {"aud": origin, "exp": int(until), "sub": _contact()}
        token = jwt.encode({"alg": "ES256"}, claims, ECKey.import_key(_pem()))
        _tokens[origin] = (until, token)
    return f"vapid t={token}, k={public()}"


def _contact() -> str:
    """Whom a push service can write to about us."""
    return settings().push_contact or settings().url or "mailto:operator@localhost.invalid"


@cache
def _private() -> ec.EllipticCurvePrivateKey:
    key = load_pem_private_key(_pem(), None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise TypeError("the push key is no P-256 key")
    return key


def _pem() -> bytes:
    return kept(settings().var / "push-key.pem", _made)


def _made() -> bytes:
    return ec.generate_private_key(ec.SECP256R1()).private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )
