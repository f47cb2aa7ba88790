"""What posts are found by, also those that were there before there was a search."""

import asyncio
from contextvars import Context

import pytest

from quanzi.db.engine import rows
from quanzi.db.transaction import transaction
from quanzi.posts import editing, indexing, removing


async def words_of(post_id: int) -> str:
    return "".join(
        line[0] for line in await rows("select words from post_search where post_id = $1", post_id)
    )


async def test_what_was_missing_is_written_with_its_chosen_topics(owner):
    written = await owner.posts("随便写写", topics="理财")
    before = await words_of(written.post_id)
    await rows("delete from post_search")

    assert await indexing.write_missing() == 1
    assert await indexing.write_missing() == 0
    assert "理财" in before
    assert await words_of(written.post_id) == before


async def test_who_edits_a_post_while_it_is_being_made_findable_has_the_last_word(owner):
    written = await owner.posts("猫粮")
    place = await owner.place()
    await rows("delete from post_search")
    async with transaction():
        await rows("update post set body = '狗粮' where id = $1", written.post_id)
        # From another task, and so on a connection of its own.
        filling = asyncio.create_task(_elsewhere(indexing.write_missing))
        await asyncio.sleep(0.2)
        assert not filling.done()
        await indexing.write(place.circle.id, written.post_id)
    await filling

    assert "狗粮" in await words_of(written.post_id)
    assert "猫粮" not in await words_of(written.post_id)


async def test_a_post_removed_while_it_is_being_made_findable_is_not_found(owner):
    written = await owner.posts("猫粮")
    place = await owner.place()
    await rows("delete from post_search")
    async with transaction():
        await removing.remove(place, written.post_id)
        filling = asyncio.create_task(_elsewhere(indexing.write_missing))
        await asyncio.sleep(0.2)
    await filling

    assert await words_of(written.post_id) == ""


async def test_a_failed_edit_leaves_the_words_as_they_were(owner, monkeypatch):
    """They are written in the edit's own transaction."""
    written = await owner.posts("猫粮")
    place = await owner.place()
    before = await words_of(written.post_id)

    async def fails(*_: object) -> int:
        raise LookupError

    monkeypatch.setattr(editing, "record", fails)
    with pytest.raises(LookupError):
        await editing.edit(place, written.post_id, "狗粮", 1)

    assert await words_of(written.post_id) == before


async def _elsewhere(deed) -> int:
    """Outside of the transaction that this task was born in."""
    return await asyncio.create_task(deed(), context=Context())
