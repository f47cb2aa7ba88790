"""An empty circle tells who runs it what to do next; a visitor sees a friendly empty place."""

from quanzi.circles import following
from quanzi.curation import beginning, pinning
from quanzi.db.engine import rows
from tests.people import CIRCLE

FACE, POST, FOLLOWER = "放上封面，写一句介绍", "发第一篇帖子，把它置顶", "把圈子的地址发给大家"


async def done(person) -> dict[str, bool]:
    return {step.name: step.done for step in await beginning.steps(await person.place())}


async def test_the_owner_of_an_empty_circle_sees_three_steps_on_its_page_and_on_the_desk(owner):
    for path in (f"/c/{CIRCLE}", f"/c/{CIRCLE}/manage"):
        page = (await owner.sees(path)).text
        assert all(words in page for words in (FACE, POST, FOLLOWER)), path
        assert f'href="/c/{CIRCLE}/manage/settings">{FACE}' in page


async def test_an_editor_is_not_told_to_do_what_only_an_owner_may(editor):
    assert await done(editor) == {"post": False, "follower": False}
    assert FACE not in (await editor.sees(f"/c/{CIRCLE}")).text


async def test_each_step_is_ticked_by_what_there_is_and_all_go_when_they_are_done(
    cast, owner, xiaolan
):
    post = await owner.posts()
    assert await done(owner) == {"face": False, "post": False, "follower": False}

    await pinning.pin(await owner.place(), post.post_id)
    assert (await done(owner))["post"]

    # Who runs the circle is no follower to wait for.
    await following.follow(await owner.place())
    assert not (await done(owner))["follower"]
    await following.follow(await xiaolan.place())
    assert (await done(owner))["follower"]

    await rows(
        "update circle set intro = '每周三夜跑', cover = repeat('a', 32) where id = $1",
        cast.circle_id,
    )
    assert await done(owner) == {}
    assert FACE not in (await owner.sees(f"/c/{CIRCLE}")).text


async def test_a_post_that_was_unpinned_later_is_no_step_undone(owner):
    post = await owner.posts()
    place = await owner.place()
    await pinning.pin(place, post.post_id)
    await pinning.unpin(place, post.post_id)

    assert (await done(owner))["post"]


async def test_a_circle_with_much_in_it_is_no_beginning(owner, monkeypatch):
    monkeypatch.setattr(beginning, "MANY", 2)
    await owner.posts("一")
    await owner.posts("二")

    assert await done(owner) == {}


async def test_nobody_else_sees_the_steps(cast, xiaolan, reviewer, visitor):
    for person in (xiaolan, reviewer):
        assert await done(person) == {}
    page = (await visitor.get(f"/c/{CIRCLE}")).text
    assert "接下来做什么" not in page
    assert "这里刚刚开始，还没有帖子" in page


async def test_the_address_stands_on_the_page_to_be_passed_on(cast, visitor, owner):
    post = await owner.posts()

    for path in (f"/c/{CIRCLE}", f"/c/{CIRCLE}/p/{post.post_id}"):
        page = (await visitor.get(path)).text
        assert f'value="{cast.url}{path}" readonly' in page
