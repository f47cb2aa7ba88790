"""What a page is given after a password was right, for who has no session: that it was them, for a
quarter of an hour, for one purpose.
"""

import hashlib
import hmac
from datetime import timedelta

from quanzi import clock
from quanzi.errors import NotFound
from quanzi.settings import settings

WITHIN = timedelta(minutes=15)
LONGEST = 200


def give(purpose: str, member_id: int) -> str:
    until = int((clock.now() + WITHIN).timestamp())
    return f"{member_id}.{until}.{_sealed(purpose, member_id, until)}"


def claimed(proof: str) -> int:
    """Whose it says it is; nothing has been checked. Raises NotFound for what is no proof."""
    member_id = proof.partition(".")[0]
    if not (member_id.isascii() and member_id.isdecimal() and len(proof) < LONGEST):
        raise NotFound
    return int(member_id[:18])


def check(proof: str, purpose: str) -> int:
    """Whose it is. Raises NotFound for one that is false, for something else, or too late."""
    member_id = claimed(proof)
    until, _, seal = proof.partition(".")[2].partition(".")
    if not (until.isascii() and until.isdecimal() and int(until) > clock.now().timestamp()):
        raise NotFound
    if not hmac.compare_digest(seal.encode(), _sealed(purpose, member_id, int(until)).encode()):
        raise NotFound
    return member_id


def _sealed(purpose: str, member_id: int, until: int) -> str:
    said_of = f"{purpose}:{member_id}:{until}"
    return hmac.new(settings().secret, said_of.encode(), hashlib.sha256).hexdigest()
