"""Keys to page on with, where a list is ordered by moment and id: `20261123T214500123456-17`."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar

from litestar import Request

MOMENT = "%Y%m%dT%H%M%S%f"
LONGEST_ID = 18

Key = tuple[datetime, int]
Item = TypeVar("Item")


def page(
    found: Sequence[Item], size: int, key: Callable[[Item], Key]
) -> tuple[Sequence[Item], str | None]:
    """A page of what was found, and the cursor to page on with: None when no more was found than
    a page. `found`: one more than a page when there are more.
    """
    shown = found[:size]
    return shown, cursor(key(shown[-1])) if len(found) > size else None


def cursor(key: Key) -> str:
    moment, number = key
    return f"{moment.astimezone(UTC):{MOMENT}}-{number}"


def read(typed: str) -> Key | None:
    """None for what is not a cursor: a list then begins at its beginning."""
    moment, _, number = typed.partition("-")
    try:
        at = datetime.strptime(moment, MOMENT).replace(tzinfo=UTC)
    except ValueError:
        return None
    known = number.isascii() and number.isdecimal() and len(number) <= LONGEST_ID
    return (at, int(number)) if known else None


def asked(request: Request[Any, Any, Any], name: str) -> Key | None:
    return read(request.query_params.get(name, ""))
