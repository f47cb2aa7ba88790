"""One click and no more letters of a kind, without signing in (RFC 8058).

The address in the letter is the right to do this one thing: it names the member and proves by an
HMAC that this site wrote it. It opens nothing else and does not end, for letters are kept for years.
"""

import hashlib
import hmac
from dataclasses import dataclass

from quanzi.errors import NotFound
from quanzi.settings import settings

LONGEST_ID = 18


@dataclass(frozen=True, slots=True)
class Letters:
    """`kind`: which letters; addresses of one kind end no others. `folder`: where they begin."""

    kind: str
    folder: str

    def path(self, member_id: int) -> str:
        return f"{self.folder}/{member_id}-{self._proof(member_id)}"

    def member_of(self, token: str) -> int:
        """Raises NotFound for what this site has not written."""
        number, _, proof = token.partition("-")
        if not (number.isascii() and number.isdecimal() and len(number) <= LONGEST_ID):
            raise NotFound
        member_id = int(number)
        if not hmac.compare_digest(proof.encode(), self._proof(member_id).encode()):
            raise NotFound
        return member_id

    def _proof(self, member_id: int) -> str:
        return hmac.new(
            settings().secret, f"unsubscribe:{self.kind}:{member_id}".encode(), hashlib.sha256
        ).hexdigest()[:40]


DIGESTS = Letters("digest", "/unsubscribe")
