"""Keys to page on with, where a list is ordered by moment and id: `20261123T214500123456-17`."""

from datetime import UTC, datetime
from typing import Any

from litestar import Request

MOMENT = "%Y%m%dT%H%M%S%f"
LONGEST_ID = 18


def cursor(key: tuple[datetime, int]) -> str:
    moment, number = key
    return f"{moment.astimezone(UTC):{MOMENT}}-{number}"


def read(typed: str) -> tuple[datetime, int] | None:
    """None for what is not a cursor: a list then begins at its beginning."""
    moment, _, number = typed.partition("-")
    try:
        at = datetime.strptime(moment, MOMENT).replace(tzinfo=UTC)
    except ValueError:
        return None
    known = number.isascii() and number.isdecimal() and len(number) <= LONGEST_ID
    return (at, int(number)) if known else None


def asked(request: Request[Any, Any, Any], name: str) -> tuple[datetime, int] | None:
    return read(request.query_params.get(name, ""))
