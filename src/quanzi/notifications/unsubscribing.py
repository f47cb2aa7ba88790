"""One click and no more digests, without signing in (RFC 8058).

The address in the letter is the right to do this one thing: it names the member and proves by an
HMAC that this site wrote it. It opens nothing else and does not end, for letters are kept for years.
"""

import hashlib
import hmac

from quanzi.errors import NotFound
from quanzi.notifications import digest
from quanzi.settings import settings

LONGEST_ID = 18


def path(member_id: int) -> str:
    return f"/unsubscribe/{member_id}-{_proof(member_id)}"


def member_of(token: str) -> int:
    """Raises NotFound for what this site has not written."""
    number, _, proof = token.partition("-")
    if not (number.isascii() and number.isdecimal() and len(number) <= LONGEST_ID):
        raise NotFound
    member_id = int(number)
    if not hmac.compare_digest(proof.encode(), _proof(member_id).encode()):
        raise NotFound
    return member_id


async def unsubscribe(token: str) -> None:
    """Again is as good as once. Raises NotFound."""
    await digest.end(member_of(token))


def _proof(member_id: int) -> str:
    return hmac.new(
        settings().secret, f"unsubscribe:digest:{member_id}".encode(), hashlib.sha256
    ).hexdigest()[:40]
