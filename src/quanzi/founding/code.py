"""The code that opens the set-up: made by `quanzi serve`, said on its terminal and kept in a file that
only the site's user can read, so that a stranger who comes first cannot take the site.
"""

import hmac
import secrets
from pathlib import Path

from quanzi.settings import kept, settings

# Without letters and figures that look like others.
SIGNS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
PARTS, EACH = 3, 4


def file() -> Path:
    return settings().var / "setup-code"


def made() -> str:
    """The one that there is, or a new one; the same for all processes."""
    return kept(file(), _fresh).decode().strip()


def fits(typed: str) -> bool:
    """However it is spaced and cased. Nothing fits when there is no code."""
    try:
        good = _bare(file().read_text())
    except OSError:
        return False
    return bool(good) and hmac.compare_digest(_bare(typed).encode(), good.encode())


def forget() -> None:
    file().unlink(missing_ok=True)


def _fresh() -> bytes:
    parts = ("".join(secrets.choice(SIGNS) for _ in range(EACH)) for _ in range(PARTS))
    return "-".join(parts).encode()


def _bare(typed: str) -> str:
    return "".join(sign for sign in typed.upper() if sign.isalnum())
