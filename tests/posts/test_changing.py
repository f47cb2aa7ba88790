"""Editing and removing."""

import asyncio

import pytest

from quanzi.curation import removing
from quanzi.db.engine import row, rows
from quanzi.errors import Conflict, NotAllowed, NotFound
from quanzi.posts import editing, purging
from tests.people import CIRCLE


async def test_an_author_changes_her_words(xiaolan, visitor):
    written = await xiaolan.posts("今晚七点")
    await xiaolan.sends(f"/c/{CIRCLE}/p/{written.post_id}/edit", body="今晚八点", version="1")

    page = await visitor.get(f"/c/{CIRCLE}/p/{written.post_id}")
    assert "今晚八点" in page.text
    assert "已编辑" in page.text


async def test_a_stale_edit_keeps_both_texts_in_sight(xiaolan):
    written = await xiaolan.posts("一")
    await xiaolan.sends(f"/c/{CIRCLE}/p/{written.post_id}/edit", body="二", version="1")

    answer = await xiaolan.sends(
        f"/c/{CIRCLE}/p/{written.post_id}/edit", body="我的三", version="1"
    )

    assert answer.status_code == 409
    assert "我的三" in answer.text
    assert "<p>二</p>" in answer.text
    assert 'name="version" value="2"' in answer.text


async def test_of_two_edits_at_once_one_wins_and_the_other_is_told(xiaolan):
    written = await xiaolan.posts("一")
    place = await xiaolan.place()

    answers = await asyncio.gather(
        *(editing.edit(place, written.post_id, f"版本 {n}", 1) for n in range(5)),
        return_exceptions=True,
    )

    assert sum(isinstance(answer, Conflict) for answer in answers) == 4


async def test_the_same_words_again_are_no_event(cast, xiaolan):
    written = await xiaolan.posts("一")

    assert await editing.edit(await xiaolan.place(), written.post_id, "一", 1) == 0


@pytest.mark.parametrize("who", ["aqiang", "editor", "owner", "moderator", "maimai"])
async def test_nobody_changes_a_members_words_for_her(cast, xiaolan, who):
    written = await xiaolan.posts("我的话")

    with pytest.raises(NotAllowed):
        await editing.edit(await getattr(cast, who).place(), written.post_id, "别人的话", 1)


async def test_the_partners_words_are_changed_by_whoever_edits_for_it(owner, editor, reviewer):
    written = await owner.posts("官方公告")

    assert await editing.edit(await editor.place(), written.post_id, "官方公告（更新）", 1)
    with pytest.raises(NotAllowed):
        await editing.edit(await reviewer.place(), written.post_id, "x", 2)


@pytest.mark.parametrize("who", ["xiaolan", "owner", "editor", "reviewer", "moderator"])
async def test_a_post_is_removed_by_its_author_and_who_reviews(cast, xiaolan, who):
    written = await xiaolan.posts("要删的话 #话题#")
    answer = await getattr(cast, who).sends(f"/c/{CIRCLE}/p/{written.post_id}/delete")
    assert answer.status_code == 303

    stone = await row("select body, state, version from post where id = $1", written.post_id)
    assert stone
    assert tuple(stone) == ("", "removed", 2)
    assert await rows("select 1 from topic where post_id = $1", written.post_id) == []


@pytest.mark.parametrize("who", ["aqiang", "analyst", "maimai"])
async def test_others_do_not_remove_it(cast, xiaolan, who):
    written = await xiaolan.posts("留着")

    with pytest.raises(NotAllowed):
        await removing.remove(await getattr(cast, who).place(), written.post_id)
    answer = await getattr(cast, who).sends(f"/c/{CIRCLE}/p/{written.post_id}/delete")
    assert answer.status_code == 403


async def test_a_removed_post_is_not_found_and_stays_removed(xiaolan, visitor):
    written = await xiaolan.posts("要删的话")
    await xiaolan.sends(f"/c/{CIRCLE}/p/{written.post_id}/delete")

    assert (await visitor.get(f"/c/{CIRCLE}/p/{written.post_id}")).status_code == 404
    assert "要删的话" not in (await visitor.get(f"/c/{CIRCLE}")).text
    with pytest.raises(NotFound):
        await editing.edit(await xiaolan.place(), written.post_id, "回来", 2)


async def test_its_pictures_are_deleted_too(cast, xiaolan, reviewer, tmp_path):
    from quanzi.posts import pictures

    written = await xiaolan.posts("有图")
    name = "ab" * 16
    file = tmp_path / "x"
    file.write_bytes(b"webp")
    for size in ("s", "m", "l"):
        pictures.store().put(name, size, file)
    await rows(
        "insert into image values ($1, $2, $3, 0, 10, 10, '#ffffff')",
        cast.circle_id,
        name,
        written.post_id,
    )

    await removing.remove(await xiaolan.place(), written.post_id)
    assert pictures.store().path(name, "s").exists(), "she may think better of it"
    assert (await reviewer.sees(f"/c/{CIRCLE}/i/{name}/s.webp")).status_code == 404

    await rows("update withheld set undo_until = now() - interval '1 second'")
    await purging.purge_due()

    assert not pictures.store().path(name, "s").exists()
