"""A message that only one browser can read: RFC 8291 on RFC 8188 (aes128gcm), one record.

Written out here since the library for it has no wheel and has not moved for two years; the primitives
are `cryptography`'s, and a test compares with the example of the RFC byte by byte.
"""

import os

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

RECORD = 4096
# What push services take, less what sealing adds.
MOST = 3900
LAST = b"\x02"
POINT, AUTH = 65, 16


class NotAKey(ValueError):
    """What should be a browser's key is none."""


def checked(p256dh: bytes, auth: bytes) -> ec.EllipticCurvePublicKey:
    """Raises NotAKey."""
    if len(p256dh) != POINT or len(auth) != AUTH:
        raise NotAKey
    try:
        return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), p256dh)
    except ValueError as why:
        raise NotAKey from why


def sealed(
    text: bytes,
    p256dh: bytes,
    auth: bytes,
    *,
    salt: bytes | None = None,
    once: ec.EllipticCurvePrivateKey | None = None,
) -> bytes:
    """`salt`, `once`: for the RFC's example; otherwise new for every message. Raises NotAKey."""
    if len(text) > MOST:
        raise ValueError("too long for one record")
    theirs = checked(p256dh, auth)
    salt = salt or os.urandom(16)
    once = once or ec.generate_private_key(ec.SECP256R1())
    ours = once.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    shared = _hkdf(auth, once.exchange(ec.ECDH(), theirs), b"WebPush: info\0" + p256dh + ours, 32)
    key = _hkdf(salt, shared, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _hkdf(salt, shared, b"Content-Encoding: nonce\0", 12)
    head = salt + RECORD.to_bytes(4, "big") + len(ours).to_bytes(1, "big") + ours
    return head + AESGCM(key).encrypt(nonce, text + LAST, None)


def _hkdf(salt: bytes, secret: bytes, info: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, info).derive(secret)
