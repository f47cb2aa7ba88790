"""What the site is called: kept by every process, looked up every few seconds."""

from quanzi.db.engine import row, rows
from quanzi.db.transaction import after_commit
from quanzi.errors import Invalid, said

LONGEST = 30

_known = ""


def known() -> str:
    """'' while nobody has given it a name."""
    return _known


async def look() -> int:
    """0: nothing is left to do, as a ticker asks it."""
    global _known  # noqa: PLW0603 - what this process knows
    found = await row("select name from site")
    _known = found["name"] if found else ""
    return 0


def checked(typed: str) -> str:
    """Raises Invalid under `site_name`."""
    name = " ".join(typed.split())
    if not name or len(name) > LONGEST or not name.isprintable():
        raise Invalid(site_name=said("网站名称为 1–%(most)d 个字。", most=LONGEST))
    return name


async def call(name: str) -> None:
    """In the transaction of the deed; `name` has been checked."""
    await rows(
        "insert into site (name) values ($1) on conflict (single) do update set name = $1", name
    )
    after_commit(_look_again)


async def _look_again() -> None:
    await look()
