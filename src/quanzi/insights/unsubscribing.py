"""One click and no more weekly letters, without signing in (RFC 8058): see
`notifications/unsubscribing.py`, whose addresses end other letters and never these.
"""

import hashlib
import hmac

from quanzi.errors import NotFound
from quanzi.settings import settings

LONGEST_ID = 18


def path(member_id: int) -> str:
    return f"/unsubscribe/insights/{member_id}-{_proof(member_id)}"


def member_of(token: str) -> int:
    """Raises NotFound for what this site has not written."""
    number, _, proof = token.partition("-")
    if not (number.isascii() and number.isdecimal() and len(number) <= LONGEST_ID):
        raise NotFound
    member_id = int(number)
    if not hmac.compare_digest(proof.encode(), _proof(member_id).encode()):
        raise NotFound
    return member_id


def _proof(member_id: int) -> str:
    return hmac.new(
        settings().secret, f"unsubscribe:insights:{member_id}".encode(), hashlib.sha256
    ).hexdigest()[:40]
