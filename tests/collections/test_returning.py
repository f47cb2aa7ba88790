"""A post comes back while an editor changes a collection that it stands in: neither waits in vain."""

import asyncio
from collections.abc import Coroutine
from contextvars import Context

from quanzi.curation import removing, undoing
from quanzi.db.engine import rows
from quanzi.db.transaction import transaction
from quanzi.moderation import appealing
from tests.collections.shelf import made, order
from tests.locks import waits_for_a_lock


async def while_an_editor_changes_it(
    coming_back: Coroutine, collection_id: int, post_id: int
) -> None:
    """They hold the collection and then want the post, as who puts it into one does."""
    async with transaction():
        await rows("select 1 from collection where id = $1 for update", collection_id)
        task = asyncio.create_task(coming_back, context=Context())
        await waits_for_a_lock(task)
        await rows("select 1 from post where id = $1 for update nowait", post_id)
    await task


async def test_who_takes_a_removal_back_waits_for_the_collection_before_they_hold_the_post(
    site, editor, xiaolan
):
    await site.tickers_rest()
    post_id = (await xiaolan.posts("江边夜跑")).post_id
    collection_id = await made(editor, "路线", post_id)
    await removing.remove(await xiaolan.place(), post_id)

    back = undoing.restore(await xiaolan.place(), post_id)
    await while_an_editor_changes_it(back, collection_id, post_id)

    assert await order(editor, collection_id) == [[post_id]]
    await site.tickers_work()


async def test_an_appeal_waits_for_the_collection_before_it_holds_the_post(
    site, editor, reviewer, xiaolan
):
    await site.tickers_rest()
    post_id = (await xiaolan.posts("江边夜跑")).post_id
    collection_id = await made(editor, "路线", post_id)
    decision = await reviewer.decides(post_id)
    await appealing.appeal(xiaolan.viewer, decision, "没有骂人")

    back = appealing.answer(await editor.place(), decision, overturn=True, reason="看错了")
    await while_an_editor_changes_it(back, collection_id, post_id)

    assert await order(editor, collection_id) == [[post_id]]
    await site.tickers_work()
