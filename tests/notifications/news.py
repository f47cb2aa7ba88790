"""What the tests of notices say again and again."""

from typing import Any

from quanzi.activity.concerning import concern
from quanzi.db.engine import rows
from quanzi.db.transaction import transaction
from quanzi.notifications import reading, telling
from tests.people import Person


async def happens(to: Person, kind: str, by: Person | None = None, **about: Any) -> None:
    async with transaction():
        await concern(to.member_id, kind, actor_id=by.member_id if by else None, **about)


async def told() -> None:
    """All that has happened has been told, as the ticker does it."""
    while await telling.tell_due():
        pass


async def tray(person: Person) -> tuple[reading.Notice, ...]:
    return (await reading.page(person.member_id, None)).notices


async def left() -> int:
    return len(await rows("select 1 from concern"))
