"""`quanzi search rebuild`: what was there before there was a search becomes findable."""

from quanzi.commands import indexing
from quanzi.db import engine
from quanzi.db.engine import rows
from tests.collections.shelf import made


async def test_what_was_there_before_becomes_findable_and_nothing_else_changes(
    cast, owner, editor, visitor, monkeypatch
):
    async def nothing(*_) -> None:
        """The tests' own pool goes on."""

    monkeypatch.setattr(engine, "open_pool", nothing)
    monkeypatch.setattr(engine, "close_pool", nothing)
    written = await owner.posts("很久以前的猫粮")
    await made(editor, "喂养入门", written.post_id)
    for table in ("post_search", "circle_search", "member_search", "collection_search"):
        await rows(f"delete from {table}")

    await indexing._rebuild(everything=False)
    page = (await visitor.get("/discover", params={"q": "猫粮"})).text
    assert f"/p/{written.post_id}" in page
    assert "喂养入门" in (await visitor.get("/discover", params={"q": "喂养"})).text
    before = await rows("select count(*) from post_search")
    await indexing._rebuild(everything=True)
    assert await rows("select count(*) from post_search") == before
