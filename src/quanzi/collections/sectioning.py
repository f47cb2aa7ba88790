"""A collection's sections: adding one, calling it otherwise, and dissolving it."""

from quanzi.circles.access import Place
from quanzi.collections import arranging, changing, policy, wording
from quanzi.db.engine import rows
from quanzi.db.transaction import transaction
from quanzi.errors import Conflict, Invalid, NotAllowed, NotFound, said

MOST = 20


async def add(place: Place, collection_id: int, title: str) -> int:
    """At the end. The number of the event, 0 when nobody is told. Raises NotAllowed, NotFound, Invalid."""
    if not policy.can_collect(place):
        raise NotAllowed
    title = await wording.section(title)
    async with transaction():
        await changing.lock(place, collection_id)
        order = await arranging.read(place.circle.id, collection_id)
        if len(order) >= MOST:
            raise Invalid(section=said("一个合集最多 %(most)d 个分节。", most=MOST))
        await rows(
            """insert into collection_section (circle_id, collection_id, place, title)
               values ($1, $2, $3, $4)""",
            place.circle.id,
            collection_id,
            len(order),
            title,
        )
        return await changing.changed(place.circle.id, collection_id, place.member_id)


async def rename(place: Place, collection_id: int, section_id: int, title: str) -> int:
    """As `add`."""
    if not policy.can_collect(place):
        raise NotAllowed
    title = await wording.section(title)
    async with transaction():
        await changing.lock(place, collection_id)
        found = await rows(
            """update collection_section set title = $4
               where circle_id = $1 and collection_id = $2 and id = $3 returning 1""",
            place.circle.id,
            collection_id,
            section_id,
            title,
        )
        if not found:
            raise NotFound
        return await changing.changed(place.circle.id, collection_id, place.member_id)


async def dissolve(place: Place, collection_id: int, section_id: int) -> int:
    """What stands in it goes to the section before it. Raises Conflict for the last one."""
    circle_id = place.circle.id
    async with transaction():
        await changing.lock(place, collection_id)
        order = await arranging.read(circle_id, collection_id)
        if section_id not in order:
            raise NotFound
        if len(order) == 1:
            raise Conflict(said("合集至少要有一个分节。"))
        sections = list(order)
        at = sections.index(section_id)
        into = sections[at - 1] if at else sections[1]
        posts = order.pop(section_id)
        order[into] = order[into] + posts if at else posts + order[into]
        await arranging.write(circle_id, collection_id, order)
        await rows(
            "delete from collection_section where circle_id = $1 and id = $2",
            circle_id,
            section_id,
        )
        return await changing.changed(circle_id, collection_id, place.member_id)
