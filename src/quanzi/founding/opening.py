"""Whether the site still waits for whose it will be."""

from quanzi.db.engine import row
from quanzi.founding import code


async def is_open() -> bool:
    """Nobody has set it up, nobody is its admin, and there is nothing in it."""
    found = await row(
        """select exists (select from site where founded_at is not null)
                  or exists (select from member where platform_role = 'admin')
                  or exists (select from circle)"""
    )
    return found is not None and not found[0]


class Door:
    """Asked at every page. Shut for good when there was no code at the start, which costs nothing;
    and from when somebody has set the site up.
    """

    def __init__(self) -> None:
        self._shut = not code.file().exists()

    async def is_open(self) -> bool:
        if not self._shut and not await is_open():
            self._shut = True
        return not self._shut
