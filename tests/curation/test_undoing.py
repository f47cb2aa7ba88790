"""What was done a moment ago can be undone by who did it, and by nobody else."""

import asyncio
import uuid

import pytest

from quanzi.circles import access
from quanzi.collections import collecting
from quanzi.curation import board, digesting, pinning, removing, undoing
from quanzi.db.engine import rows
from quanzi.errors import Barred, Invalid, NotAllowed, NotFound
from quanzi.moderation import closing
from quanzi.posts import editing, purging, reading, withholding
from quanzi.posts import removing as taking_away
from quanzi.posts import undoing as posts_undoing
from tests.moderation.test_deciding import case_of, decides
from tests.moderation.words import HELD
from tests.people import CIRCLE


async def ops(cast) -> list[tuple[str, int]]:
    found = await rows(
        "select op, actor_id from circle_event where circle_id = $1 order by seq", cast.circle_id
    )
    return [(line["op"], line["actor_id"]) for line in found]


async def shown(cast) -> list[tuple[int, int]]:
    return [(pin.slot, pin.post_id) for pin in (await board.read(cast.circle_id)).pins]


async def minutes_later() -> None:
    await rows("update withheld set undo_until = undo_until - interval '6 minutes'")
    await rows("update pin set ended_at = ended_at - interval '6 minutes' where state = 'ended'")


async def test_her_post_is_back_as_it_was_and_the_log_says_so(cast, xiaolan):
    written = await xiaolan.posts("今晚 #夜跑# 七点")
    before = await reading.one(await xiaolan.place(), written.post_id)
    await removing.remove(await xiaolan.place(), written.post_id)
    assert "今晚" not in (await xiaolan.sees(f"/c/{CIRCLE}")).text

    await undoing.restore(await xiaolan.place(), written.post_id)

    after = await reading.one(await xiaolan.place(), written.post_id)
    assert (after.body, after.topics, after.seq) == (before.body, before.topics, before.seq)
    assert after.version > before.version
    assert "今晚" in (await xiaolan.sees(f"/c/{CIRCLE}/topics/夜跑")).text
    assert (await ops(cast))[-2:] == [
        ("post.removed", xiaolan.member_id),
        ("post.restored", xiaolan.member_id),
    ]


async def test_new_words_that_wait_to_be_looked_at_wait_on(cast, xiaolan, reviewer):
    written = await xiaolan.posts("原来的话")
    await editing.edit(await xiaolan.place(), written.post_id, f"{HELD}，改过", 1)
    case = await case_of(cast)

    await removing.remove(await xiaolan.place(), written.post_id)
    assert await closing.close_moot() == 0
    await undoing.restore(await xiaolan.place(), written.post_id)

    assert await editing.waits(await xiaolan.place(), written.post_id)
    await decides(reviewer, case, action="keep", reason="")
    found = await rows("select body from post where id = $1", written.post_id)
    assert found[0]["body"] == f"{HELD}，改过"


async def test_when_it_is_too_late_nothing_of_new_words_is_kept(cast, xiaolan):
    written = await xiaolan.posts("原来的话")
    await editing.edit(await xiaolan.place(), written.post_id, f"{HELD}，改过", 1)
    await case_of(cast)
    await removing.remove(await xiaolan.place(), written.post_id)

    await minutes_later()
    await purging.purge_due()

    assert await rows("select 1 from held_edit") == []
    assert await closing.close_moot() == 1


async def test_it_is_back_in_its_slot_and_among_the_best(cast, editor):
    first, second = [(await editor.posts(f"第 {n} 篇")).post_id for n in range(2)]
    place = await editor.place()
    await pinning.pin(place, first)
    await pinning.pin(place, second)
    await digesting.digest(place, first)

    await removing.remove(place, first)
    assert await shown(cast) == [(2, second)]
    await undoing.restore(place, first)

    assert await shown(cast) == [(1, first), (2, second)]
    assert "第 0 篇" in (await editor.sees(f"/c/{CIRCLE}/digest")).text


async def test_a_slot_that_others_took_meanwhile_is_theirs(cast, editor):
    posts = [(await editor.posts(f"第 {n} 篇")).post_id for n in range(4)]
    place = await editor.place()
    await pinning.pin(place, posts[0])
    await removing.remove(place, posts[0])
    for slot, post_id in enumerate(posts[1:], start=1):
        await pinning.pin(place, post_id, slot=slot)

    await undoing.restore(place, posts[0])

    assert [post for _, post in await shown(cast)] == posts[1:]
    assert (await reading.one(place, posts[0])).state == "published"


async def test_its_place_in_a_collection_is_kept(cast, editor):
    post = (await editor.posts("路线")).post_id
    place = await editor.place()
    collection = await collecting.add_to_new(place, "路线", post, uuid.uuid4())
    await removing.remove(place, post)
    await undoing.restore(place, post)

    found = await rows("select post_id from collection_entry where circle_id = $1", cast.circle_id)
    assert [line["post_id"] for line in found] == [post], collection


async def test_pressed_twice_or_by_two_at_once_it_comes_back_once(cast, xiaolan):
    written = await xiaolan.posts()
    place = await xiaolan.place()
    await removing.remove(place, written.post_id)

    done = await asyncio.gather(*(undoing.restore(place, written.post_id) for _ in range(4)))

    assert sorted(bool(each) for each in done) == [False, False, False, True]
    assert [op for op, _ in await ops(cast)].count("post.restored") == 1


@pytest.mark.parametrize("who", ["aqiang", "owner", "reviewer", "moderator"])
async def test_nobody_else_can_undo_it(cast, xiaolan, who):
    written = await xiaolan.posts()
    await removing.remove(await xiaolan.place(), written.post_id)
    other = getattr(cast, who)

    with pytest.raises(NotFound):
        await undoing.restore(await other.place(), written.post_id)
    answer = await other.sends(f"/c/{CIRCLE}/p/{written.post_id}/restore")
    assert answer.status_code == 404


async def test_what_was_decided_against_its_author_cannot_undo(cast, xiaolan, reviewer):
    written = await xiaolan.posts("不合适的话")
    await reviewer.decides(written.post_id)

    with pytest.raises(NotFound):
        await undoing.restore(await xiaolan.place(), written.post_id)


async def test_what_she_took_away_nobody_puts_back_for_her(cast, xiaolan):
    written = await xiaolan.posts("还是不说了")
    await removing.remove(await xiaolan.place(), written.post_id)

    with pytest.raises(NotFound):
        await withholding.put_back(cast.circle_id, written.post_id, cast.moderator.member_id)


async def test_an_editor_who_left_the_staff_cannot_undo(cast, editor):
    written = await cast.owner.posts("公告")
    await removing.remove(await editor.place(), written.post_id)
    await rows("delete from staff where member_id = $1", editor.member_id)

    with pytest.raises(NotFound):
        await undoing.restore(await access.place(CIRCLE, editor.viewer), written.post_id)


async def test_who_was_muted_meanwhile_cannot_undo(cast, xiaolan):
    written = await xiaolan.posts()
    await removing.remove(await xiaolan.place(), written.post_id)
    await rows(
        """insert into ban (circle_id, member_id, kind, until, given_by)
           values ($1, $2, 'mute', now() + interval '1 day', $3)""",
        cast.circle_id,
        xiaolan.member_id,
        cast.owner.member_id,
    )

    with pytest.raises(Barred):
        await undoing.restore(await xiaolan.place(), written.post_id)


async def test_after_some_minutes_it_is_gone_for_good_with_its_pictures(cast, xiaolan, editor):
    written = await xiaolan.posts("想好了")
    await rows(
        """insert into image (circle_id, name, post_id, place, width, height, colour)
           values ($1, repeat('b', 32), $2, 1, 4, 3, '#000000')""",
        cast.circle_id,
        written.post_id,
    )
    await digesting.digest(await editor.place(), written.post_id)
    await removing.remove(await xiaolan.place(), written.post_id)
    assert await purging.purge_due() == 0
    await minutes_later()

    with pytest.raises(NotFound):
        await undoing.restore(await xiaolan.place(), written.post_id)
    assert await purging.purge_due() == 1
    assert await rows("select 1 from withheld union all select 1 from image") == []
    assert await rows("select 1 from digested") == []


async def test_the_machines_worry_stays_open_while_it_can_come_back(cast, xiaolan):
    from quanzi.moderation import closing

    written = await xiaolan.posts("可疑的话")
    await rows(
        """insert into review_case (circle_id, kind, post_id, author_id, source, category, due_at)
           values ($1, 'post', $2, $3, 'screening', 'other', now() + interval '1 hour')""",
        cast.circle_id,
        written.post_id,
        xiaolan.member_id,
    )
    await removing.remove(await xiaolan.place(), written.post_id)
    assert await closing.close_moot() == 0

    await minutes_later()
    assert await closing.close_moot() == 1


async def test_her_comment_is_back_under_its_post_and_counted(cast, owner, xiaolan, aqiang):
    post = (await owner.posts()).post_id
    said = await xiaolan.says(post, "我也来")
    place = await xiaolan.place()
    await taking_away.remove_comment(place, post, said.comment_id)
    with pytest.raises(NotFound):
        await posts_undoing.restore_comment(await aqiang.place(), post, said.comment_id)

    await posts_undoing.restore_comment(place, post, said.comment_id)
    assert await posts_undoing.restore_comment(place, post, said.comment_id) == 0

    page = (await aqiang.sees(f"/c/{CIRCLE}/p/{post}")).text
    assert "我也来" in page
    assert (await reading.one(place, post)).comments == 1
    assert (await ops(cast))[-1] == ("comment.restored", xiaolan.member_id)


async def test_a_comment_under_a_post_that_went_stays_away(owner, xiaolan):
    post = (await owner.posts()).post_id
    said = await xiaolan.says(post, "我也来")
    await taking_away.remove_comment(await xiaolan.place(), post, said.comment_id)
    await removing.remove(await owner.place(), post)

    with pytest.raises(NotFound):
        await posts_undoing.restore_comment(await xiaolan.place(), post, said.comment_id)


async def test_an_unpinned_post_goes_back_to_its_slot_with_its_end_and_figures(cast, editor):
    posts = [(await editor.posts(f"第 {n} 篇")).post_id for n in range(2)]
    place = await editor.place()
    for post_id in posts:
        await pinning.pin(place, post_id)
    was = await rows("select id from pin where post_id = $1", posts[0])
    await pinning.unpin(place, posts[0])

    seq = await undoing.repin(place, posts[0])

    assert await shown(cast) == [(1, posts[0]), (2, posts[1])]
    assert await rows("select id from pin where post_id = $1", posts[0]) == was
    assert seq
    assert await undoing.repin(place, posts[0]) == 0


async def test_repinning_is_for_editors_for_some_minutes_and_where_there_is_room(
    cast, editor, xiaolan, reviewer
):
    posts = [(await editor.posts(f"第 {n} 篇")).post_id for n in range(4)]
    place = await editor.place()
    await pinning.pin(place, posts[0])
    await pinning.unpin(place, posts[0])
    for other in (xiaolan, reviewer):
        with pytest.raises(NotAllowed):
            await undoing.repin(await other.place(), posts[0])
    for slot, post_id in enumerate(posts[1:], start=1):
        await pinning.pin(place, post_id, slot=slot)
    with pytest.raises(Invalid):
        await undoing.repin(place, posts[0])

    await pinning.unpin(place, posts[3])
    await minutes_later()
    with pytest.raises(Invalid):
        await undoing.repin(place, posts[0])


async def test_without_scripts_the_next_page_says_it_with_a_button(xiaolan, aqiang, owner):
    written = await xiaolan.posts("手滑")
    here = f"/c/{CIRCLE}/p/{written.post_id}"
    answer = await xiaolan.sends(f"{here}/delete")
    path = answer.headers["location"].partition("#")[0]
    page = (await xiaolan.sees(path)).text
    assert "帖子已删除。" in page
    assert f'action="{here}/restore"' in page
    assert "帖子已删除。" not in (await aqiang.sees(path)).text.partition('id="toasts"')[0]

    assert (await xiaolan.sends(f"{here}/restore")).status_code == 303
    assert "手滑" in (await aqiang.sees(f"/c/{CIRCLE}")).text
    # There is nothing left to undo.
    assert f'action="{here}/restore"' not in (await xiaolan.sees(path)).text

    said = await xiaolan.says(written.post_id, "也手滑")
    talk = f"{here}/comments/{said.comment_id}"
    answer = await xiaolan.sends(f"{talk}/delete")
    page = (await xiaolan.sees(answer.headers["location"].partition("#")[0])).text
    assert f'action="{talk}/restore"' in page

    await pinning.pin(await owner.place(), written.post_id)
    answer = await owner.sends(f"{here}/unpin")
    page = (await owner.sees(answer.headers["location"].partition("#")[0])).text
    assert f'action="{here}/repin"' in page
