"""The order in a collection: its sections, and the posts in each."""

from quanzi.circles.access import Place
from quanzi.collections import changing
from quanzi.db.engine import rows
from quanzi.db.transaction import transaction
from quanzi.errors import NotFound

# Section → its posts, both in their order.
Order = dict[int, list[int]]


async def step(place: Place, collection_id: int, post_id: int, by: int) -> int:
    """One up (-1) or down (1), into the next section where one ends. The number of the event, 0 when
    nothing changes or nobody is told. Raises NotAllowed, NotFound.
    """
    async with transaction():
        await changing.lock(place, collection_id)
        order = await read(place.circle.id, collection_id)
        return await _write(place, collection_id, order, stepped(order, post_id, by))


async def move(
    place: Place, collection_id: int, post_id: int, section_id: int, before: int | None
) -> int:
    """Into this section, before this post, or at its end. As `step`."""
    async with transaction():
        await changing.lock(place, collection_id)
        order = await read(place.circle.id, collection_id)
        return await _write(place, collection_id, order, moved(order, post_id, section_id, before))


async def step_section(place: Place, collection_id: int, section_id: int, by: int) -> int:
    """One up (-1) or down (1). As `step`."""
    async with transaction():
        await changing.lock(place, collection_id)
        order = await read(place.circle.id, collection_id)
        if section_id not in order:
            raise NotFound
        sections = list(order)
        at = sections.index(section_id)
        to = min(max(at + by, 0), len(sections) - 1)
        sections.insert(to, sections.pop(at))
        return await _write(
            place, collection_id, order, {number: order[number] for number in sections}
        )


async def read(circle_id: int, collection_id: int) -> Order:
    """With posts that are away at present: they keep their places. The collection must be locked."""
    sections = await rows(
        """select id from collection_section where circle_id = $1 and collection_id = $2
           order by place, id""",
        circle_id,
        collection_id,
    )
    order: Order = {line["id"]: [] for line in sections}
    entries = await rows(
        """select section_id, post_id from collection_entry
           where circle_id = $1 and collection_id = $2 order by place, post_id""",
        circle_id,
        collection_id,
    )
    for line in entries:
        order[line["section_id"]].append(line["post_id"])
    return order


async def write(circle_id: int, collection_id: int, order: Order) -> None:
    await rows(
        """update collection_section s set place = n.place - 1
           from unnest($2::bigint[]) with ordinality as n(id, place)
           where s.circle_id = $1 and s.id = n.id""",
        circle_id,
        list(order),
    )
    placed = [(post, section) for section, posts in order.items() for post in posts]
    await rows(
        """update collection_entry e set section_id = n.section_id, place = n.place - 1
           from unnest($3::bigint[], $4::bigint[]) with ordinality as n(post_id, section_id, place)
           where e.circle_id = $1 and e.collection_id = $2 and e.post_id = n.post_id""",
        circle_id,
        collection_id,
        [post for post, _ in placed],
        [section for _, section in placed],
    )


def stepped(order: Order, post_id: int, by: int) -> Order:
    """Raises NotFound."""
    section = _section_of(order, post_id)
    sections, at = list(order), order[section].index(post_id)
    if 0 <= at + by < len(order[section]):
        others = [post for post in order[section] if post != post_id]
        before = others[at + by] if at + by < len(others) else None
        return moved(order, post_id, section, before)
    beyond = sections.index(section) + by
    if not 0 <= beyond < len(sections):
        return order
    into = order[sections[beyond]]
    return moved(order, post_id, sections[beyond], into[0] if by > 0 and into else None)


def moved(order: Order, post_id: int, section_id: int, before: int | None) -> Order:
    """Before what is no longer in the section: at its end. Raises NotFound."""
    _section_of(order, post_id)
    if section_id not in order:
        raise NotFound
    made = {number: [post for post in posts if post != post_id] for number, posts in order.items()}
    into = made[section_id]
    into.insert(into.index(before) if before in into else len(into), post_id)
    return made


def _section_of(order: Order, post_id: int) -> int:
    for section, posts in order.items():
        if post_id in posts:
            return section
    raise NotFound


async def _write(place: Place, collection_id: int, before: Order, after: Order) -> int:
    if list(after.items()) == list(before.items()):
        return 0
    await write(place.circle.id, collection_id, after)
    return await changing.changed(place.circle.id, collection_id, place.member_id)
