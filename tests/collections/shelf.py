"""Collections of the circle `night-run`, made by its editor."""

import uuid

from quanzi.collections import collecting, making, reading, sectioning
from quanzi.db.engine import rows

TYPED = {"title": "", "note": "", "km": "", "start": "", "link": ""}


async def made(editor, title: str = "热门跑步路线", *post_ids: int, out: bool = True) -> int:
    """Published, unless it is to stay a draft or nothing stands in it."""
    place = await editor.place()
    collection_id, _ = await making.make(place, title=title, key=uuid.uuid4())
    for post_id in post_ids:
        await collecting.add(place, collection_id, post_id)
    if out and post_ids:
        await making.publish(place, collection_id)
    return collection_id


async def says(editor, collection_id: int, post_id: int, **typed: str) -> int:
    return await collecting.describe(await editor.place(), collection_id, post_id, TYPED | typed)


async def sections(editor, collection_id: int, *titles: str) -> list[int]:
    """The ids of all, with these added."""
    for title in titles:
        await sectioning.add(await editor.place(), collection_id, title)
    found = await reading.one(await editor.place(), collection_id)
    return [section.id for section in found.sections]


async def order(editor, collection_id: int) -> list[list[int]]:
    """Section by section, the posts as they are shown."""
    found = await reading.one(await editor.place(), collection_id)
    return [[item.post_id for item in section.items] for section in found.sections]


async def head(cast) -> int:
    found = await rows("select head from circle_head where circle_id = $1", cast.circle_id)
    return int(found[0]["head"])
