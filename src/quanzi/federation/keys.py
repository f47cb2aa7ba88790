"""The key that a circle signs with: RSA, since that is what everybody there can verify."""

from functools import lru_cache

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

BITS = 2048
# A key with more of them takes long to verify with, and is nobody's.
MOST_BITS = 8192


def made() -> bytes:
    """PEM."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=BITS)
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


@lru_cache(maxsize=200)
def private(pem: bytes) -> rsa.RSAPrivateKey:
    key = load_pem_private_key(pem, None)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise TypeError("a circle's key is no RSA key")
    return key


def public_of(pem: bytes) -> str:
    """As its document shows it."""
    shown = private(pem).public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return shown.decode()


def public(pem: str) -> rsa.RSAPublicKey | None:
    """Somebody else's; None for what is none, or is too weak or too large to use."""
    try:
        key = load_pem_public_key(pem.encode())
    except (ValueError, TypeError, UnicodeError):
        return None
    except Exception as why:  # what cryptography does not know it raises as it likes
        if type(why).__name__ == "UnsupportedAlgorithm":
            return None
        raise
    fits = isinstance(key, rsa.RSAPublicKey) and BITS <= key.key_size <= MOST_BITS
    return key if fits and isinstance(key, rsa.RSAPublicKey) else None
