"""What members would put into a collection, and what its editors say."""

import pytest

from quanzi.circles import banning
from quanzi.collections import making, suggesting
from quanzi.db.engine import rows
from quanzi.errors import Barred, Conflict, Invalid, NotAllowed, NotFound
from quanzi.moderation import ruling
from quanzi.notifications import telling
from tests.collections.shelf import made, order
from tests.people import CIRCLE

HOME = f"/c/{CIRCLE}"
DESK = f"{HOME}/manage/collections"


@pytest.fixture
async def shelf(editor, xiaolan):
    """A collection with one post; and another post that is in none."""
    inside, outside = await xiaolan.posts("在里面"), await xiaolan.posts("新路线")
    return await made(editor, "热门跑步路线", inside.post_id), inside.post_id, outside.post_id


async def waiting(editor) -> list[int]:
    return [line["id"] for line in await suggesting.waiting(await editor.place(), None)]


async def test_a_member_suggests_from_the_menu_and_hears_when_it_was_put_in(
    site, editor, aqiang, shelf
):
    collection_id, inside, outside = shelf
    assert "推荐到合集" in (await aqiang.sees(f"{HOME}/p/{outside}/controls")).text
    answer = await aqiang.sends(
        f"{HOME}/p/{outside}/suggest", collection_id=str(collection_id), reason="路灯亮，适合新手"
    )
    assert "谢谢你的推荐" in answer.text
    desk = (await editor.sees(f"{DESK}/suggestions")).text
    assert "路灯亮，适合新手" in desk and "新路线" in desk
    assert "路灯亮，适合新手" in (await editor.sees(f"{DESK}/{collection_id}")).text

    [suggestion] = await waiting(editor)
    await editor.sends(f"{DESK}/suggestions/{suggestion}/accept")

    assert await order(editor, collection_id) == [[inside, outside]]
    assert await waiting(editor) == []
    await site.tickers_rest()
    await telling.tell_due()
    tray = (await aqiang.sees("/me/notices")).text
    assert "你推荐的帖子被收进了合集" in tray
    assert f"{HOME}/collections/{collection_id}" in tray
    await site.tickers_work()


async def test_when_the_collection_was_withdrawn_meanwhile_the_notice_leads_to_the_post(
    site, editor, aqiang, shelf
):
    collection_id, _, outside = shelf
    await suggesting.suggest(await aqiang.place(), outside, collection_id, "好看")
    [suggestion] = await waiting(editor)
    await suggesting.accept(await editor.place(), suggestion)
    await site.tickers_rest()
    await telling.tell_due()

    await making.withdraw(await editor.place(), collection_id)

    tray = (await aqiang.sees("/me/notices")).text
    assert f"{HOME}/collections/{collection_id}" not in tray
    assert f'{HOME}/p/{outside}"' in tray
    await site.tickers_work()


async def test_declined_it_is_gone_and_nobody_is_told(editor, aqiang, shelf):
    collection_id, inside, outside = shelf
    await suggesting.suggest(await aqiang.place(), outside, collection_id, "好看")
    [suggestion] = await waiting(editor)

    await editor.sends(f"{DESK}/suggestions/{suggestion}/decline", collection_id=str(collection_id))

    assert await waiting(editor) == []
    assert await order(editor, collection_id) == [[inside]]
    assert await rows("select 1 from concern where kind like 'suggestion%'") == []
    with pytest.raises(NotFound):
        await suggesting.accept(await editor.place(), suggestion)


async def test_each_post_once_the_same_again_is_as_good_as_once(editor, aqiang, shelf, xiaolan):
    collection_id, inside, outside = shelf
    other = await made(editor, "另一个", inside)
    place = await aqiang.place()
    for _ in range(2):
        await suggesting.suggest(place, outside, collection_id, "好看")

    with pytest.raises(Conflict):
        await suggesting.suggest(place, outside, other, "也适合这里")
    assert len(await waiting(editor)) == 1
    answer = await aqiang.sends(
        f"{HOME}/p/{outside}/suggest", collection_id=str(other), reason="也适合"
    )
    assert answer.status_code == 422 and "已经推荐过" in answer.text
    await suggesting.suggest(await xiaolan.place(), outside, collection_id, "我写的")
    assert len(await waiting(editor)) == 2


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"reason": ""}, "reason"), ({"reason": "长" * 101}, "reason"), ({"reason": "傻逼"}, "reason"),
     ({"collection_id": "99999"}, "collection_id"), ({"collection_id": ""}, "collection_id")],
)  # fmt: skip
async def test_what_will_not_do_is_told_by_its_field(aqiang, shelf, fields, field):
    collection_id, _, outside = shelf
    typed = {"collection_id": str(collection_id), "reason": "好看"} | fields

    answer = await aqiang.sends(f"{HOME}/p/{outside}/suggest", **typed)

    assert answer.status_code == 422
    assert f'id="error-{field}"' in answer.text


async def test_neither_what_is_in_it_nor_a_draft_can_be_suggested(editor, aqiang, shelf):
    collection_id, inside, outside = shelf
    draft = await made(editor, "草稿里的", inside, out=False)
    place = await aqiang.place()

    for post_id, into in ((inside, collection_id), (outside, draft)):
        with pytest.raises(Invalid):
            await suggesting.suggest(place, post_id, into, "好看")


async def test_who_edits_or_may_not_talk_here_does_not_suggest(cast, editor, aqiang, shelf):
    collection_id, _, outside = shelf
    with pytest.raises(NotAllowed):
        await suggesting.suggest(await editor.place(), outside, collection_id, "好看")
    await banning.ban(
        aqiang.member_id, cast.circle_id, "mute", ruling.FOR_GOOD, reason="x", by=None
    )

    with pytest.raises(Barred):
        await suggesting.suggest(await aqiang.place(), outside, collection_id, "好看")


async def test_too_many_in_a_row_have_to_wait(aqiang, xiaolan, shelf):
    collection_id, _, outside = shelf
    answers = [
        await aqiang.sends(
            f"{HOME}/p/{outside}/suggest", collection_id=str(collection_id), reason="好看"
        )
        for _ in range(12)
    ]

    assert [answer.status_code for answer in answers] == [200] * 10 + [429] * 2


async def test_what_has_been_removed_meanwhile_is_not_asked_about(cast, editor, aqiang, shelf):
    collection_id, _, outside = shelf
    await suggesting.suggest(await aqiang.place(), outside, collection_id, "好看")

    await cast.reviewer.decides(outside)

    assert await waiting(editor) == []


async def test_the_list_is_read_in_pages(editor, aqiang, xiaolan, shelf, monkeypatch):
    collection_id, _, _ = shelf
    place = await aqiang.place()
    for number in range(suggesting.PAGE + 1):
        written = await xiaolan.posts(f"路线 {number}")
        await suggesting.suggest(place, written.post_id, collection_id, f"理由 {number}。")

    page = (await editor.sees(f"{DESK}/suggestions")).text
    older = page.split("?before=")[1].split('"')[0]
    rest = (await editor.sees(f"{DESK}/suggestions?before={older}")).text

    assert page.count('class="suggestion"') == suggesting.PAGE
    assert rest.count('class="suggestion"') == 1 and "理由 0。" in rest
