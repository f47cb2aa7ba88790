"""Finding collections, and not finding those that are not for one."""

import re

from quanzi.collections import making, searching
from quanzi.db.engine import rows
from tests.collections.shelf import made, says
from tests.people import CIRCLE


async def found(client, typed: str, kind: str = "collections", **more: str) -> list[int]:
    page = await client.get("/discover", params={"q": typed, "kind": kind} | more)
    return [int(n) for n in re.findall(rf'href="/c/{CIRCLE}/collections/(\d+)"', page.text)]


async def test_one_is_found_by_its_title_and_by_what_its_editor_says(editor, xiaolan, visitor):
    written = await xiaolan.posts("江边一圈")
    collection_id = await made(editor, "热门跑步路线", written.post_id)

    assert await found(visitor, "跑步路线") == [collection_id]
    assert await found(visitor, "跑步路线", "all") == [collection_id]
    assert await found(visitor, "星海音乐厅") == []
    await says(editor, collection_id, written.post_id, start="星海音乐厅南门")
    assert await found(visitor, "星海音乐厅") == [collection_id]


async def test_neither_a_draft_nor_what_was_taken_back_or_deleted_is_found(
    editor, xiaolan, visitor
):
    written = await xiaolan.posts()
    first = await made(editor, "秘密路线", written.post_id, out=False)
    second = await made(editor, "秘密线路", written.post_id)
    place = await editor.place()

    assert await found(visitor, "秘密") == [second]
    assert await found(editor.client, "秘密") == [second]
    await making.withdraw(place, second)
    assert await found(visitor, "秘密") == []
    await making.publish(place, first)
    assert await found(visitor, "秘密") == [first]
    await making.delete(place, first)
    assert await found(visitor, "秘密") == []
    assert await rows("select 1 from collection_search") == []


async def test_what_one_may_not_read_one_does_not_find(cast, editor, xiaolan, visitor):
    collection_id = await made(editor, "内部路线", (await xiaolan.posts()).post_id)
    await rows(
        """update circle set thresholds = '{"read": {"verified": true}}' where id = $1""",
        cast.circle_id,
    )
    assert await found(visitor, "内部路线") == []
    assert await found(xiaolan.client, "内部路线") == []
    assert await found(editor.client, "内部路线") == [collection_id]

    await rows("update circle set thresholds = '{}', hidden = true where id = $1", cast.circle_id)
    assert await found(visitor, "内部路线") == []
    assert await found(cast.moderator.client, "内部路线") == [collection_id]


async def test_finds_are_read_in_pages_to_their_end(editor, xiaolan, visitor):
    written = await xiaolan.posts()
    all_of_them = {
        await made(editor, "跑步路线", written.post_id) for _ in range(searching.PAGE + 2)
    }

    first = await visitor.get("/discover", params={"q": "跑步路线", "kind": "collections"})
    after = re.search(r"after=([^\"&]+)", first.text)
    assert after
    rest = await found(visitor, "跑步路线", after=after[1])
    assert len(rest) == 2
    assert {*await found(visitor, "跑步路线"), *rest} == all_of_them
