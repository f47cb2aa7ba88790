"""A password that was typed on a form which comes back: its hash goes along, sealed, so that nobody
types it twice and no page ever says it.
"""

import base64
import hashlib
import hmac
from datetime import timedelta

from quanzi import clock
from quanzi.settings import settings

WITHIN = timedelta(hours=1)


def sealed(stored: str) -> str:
    until = int((clock.now() + WITHIN).timestamp())
    return f"{until}.{base64.urlsafe_b64encode(stored.encode()).decode()}.{_seal(stored, until)}"


def opened(kept: str) -> str:
    """The hash, or '' for what is false or too old."""
    until, _, rest = kept.partition(".")
    encoded, _, seal = rest.partition(".")
    if not (until.isascii() and until.isdecimal() and int(until) > clock.now().timestamp()):
        return ""
    try:
        stored = base64.urlsafe_b64decode(encoded.encode()).decode()
    except ValueError:
        return ""
    good = _seal(stored, int(until))
    return stored if hmac.compare_digest(seal.encode(), good.encode()) else ""


def _seal(stored: str, until: int) -> str:
    said_of = f"founding:{until}:{stored}"
    return hmac.new(settings().secret, said_of.encode(), hashlib.sha256).hexdigest()
