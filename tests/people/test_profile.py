"""A member's page: everything that everyone may know, and nothing of hidden circles."""

import pytest

from quanzi.circles import access, following, policy
from quanzi.db.engine import rows
from quanzi.errors import NotFound
from quanzi.identity import sessions
from quanzi.people import choosing, feed, profile
from quanzi.people.choosing import Choices
from quanzi.posts.feed import PAGE
from tests.people import CIRCLE, OTHER_CIRCLE


async def hide(circle: str) -> None:
    await rows("update circle set hidden = true where slug = $1", circle)


async def test_a_visitor_sees_who_she_is_what_she_talks_about_and_what_she_wrote(xiaolan, visitor):
    await xiaolan.posts("今晚七点 #夜跑#")
    await following.follow(await xiaolan.place())

    page = (await visitor.get("/m/xiaolan")).text

    for shown in ("小兰", "@xiaolan", "今晚七点", "#夜跑#", "珠江夜跑圈", f'href="/c/{CIRCLE}"'):
        assert shown in page


async def test_her_posts_of_all_circles_stand_newest_first_under_their_circles_names(
    xiaolan, visitor
):
    await xiaolan.posts("先写的")
    await xiaolan.posts("后写的", circle=OTHER_CIRCLE)

    page = (await visitor.get("/m/xiaolan")).text.split('id="feed"')[1]

    assert page.index("脉脉金融") < page.index("后写的") < page.index("珠江夜跑圈")
    assert page.index("珠江夜跑圈") < page.index("先写的")


async def test_a_long_life_is_read_page_by_page_each_post_once(xiaolan, visitor):
    for number in range(PAGE * 2 + 3):
        await xiaolan.posts(f"第 {number} 篇。", circle=(CIRCLE, OTHER_CIRCLE)[number % 2])
    seen: list[str] = []
    address = "/m/xiaolan"
    while address:
        page = (await visitor.get(address)).text
        seen += [f"第 {n} 篇。" for n in reversed(range(PAGE * 2 + 3)) if f"第 {n} 篇。" in page]
        address = "/m/xiaolan" + page.split('id="older"')[1].split('href="')[1].split('"')[0] if (
            'id="older"' in page
        ) else ""  # fmt: skip

    assert seen == [f"第 {n} 篇。" for n in reversed(range(PAGE * 2 + 3))]


@pytest.mark.parametrize("who", ["visitor", "aqiang", "maimai"])
async def test_outsiders_learn_nothing_of_a_hidden_circle(cast, xiaolan, visitor, who):
    await xiaolan.posts("秘密的帖子 #秘密话题#")
    await following.follow(await xiaolan.place())
    await hide(CIRCLE)
    client = visitor if who == "visitor" else getattr(cast, who).client

    for path in ("/m/xiaolan", "/m/xiaolan/followers", "/m/xiaolan/following"):
        page = (await client.get(path)).text
        for secret in ("秘密的帖子", "秘密话题", "珠江夜跑圈", CIRCLE):
            assert secret not in page


@pytest.mark.parametrize("who", ["reviewer", "moderator"])
async def test_who_may_read_the_hidden_circle_reads_her_posts_there(cast, xiaolan, who):
    await xiaolan.posts("内部的帖子 #内部话题#")
    await hide(CIRCLE)

    page = (await getattr(cast, who).sees("/m/xiaolan")).text

    assert "内部的帖子" in page
    # What she talks about is what everybody may know, for whoever looks.
    assert "内部话题" not in page.split('id="feed"')[0]


@pytest.mark.parametrize("hidden", [False, True])
@pytest.mark.parametrize(
    "who", ["xiaolan", "owner", "editor", "reviewer", "analyst", "maimai", "moderator", None]
)
async def test_the_feed_asks_what_the_policy_asks(cast, xiaolan, who, hidden):
    await xiaolan.posts()
    viewer = getattr(cast, who).viewer if who else None
    role = {"owner", "editor", "reviewer", "analyst"} & {who}
    circle = (await xiaolan.place()).circle
    if hidden:
        await hide(CIRCLE)
        circle = (await cast.owner.place()).circle

    found = await feed.posts(xiaolan.member_id, viewer, None)

    place = access.Place(circle, viewer, role.pop() if role else "")
    assert bool(found.items) == policy.can_read(place)


async def test_a_planned_or_removed_post_is_not_there(cast, editor, visitor):
    from datetime import timedelta

    from quanzi import clock
    from quanzi.curation import removing

    await editor.posts("明天才说", publish_at=(clock.now() + timedelta(days=1)).isoformat())
    written = await editor.posts("说错了")
    await removing.remove(await editor.place(), written.post_id)

    page = (await visitor.get("/m/joyrun-editor")).text
    assert "明天才说" not in page
    assert "说错了" not in page


async def test_a_suspended_or_unknown_member_is_not_found(cast, xiaolan, aqiang, visitor):
    await xiaolan.posts("我写的")
    await sessions.suspend(xiaolan.member_id)

    for path in ("/m/xiaolan", "/m/nobody", "/m/xiaolan/followers", "/m/xiaolan/following"):
        assert (await visitor.get(path)).status_code == 404
    assert (await aqiang.sends("/m/xiaolan/follow")).status_code == 404
    with pytest.raises(NotFound):
        await profile.member("xiaolan")


async def test_who_does_not_show_her_circles_still_sees_them_herself(cast, xiaolan, aqiang):
    await following.follow(await xiaolan.place())
    await choosing.choose(xiaolan.viewer, Choices(circles_shown=False))

    assert "珠江夜跑圈" not in (await aqiang.sees("/m/xiaolan")).text
    own = (await xiaolan.sees("/m/xiaolan")).text
    assert "珠江夜跑圈" in own
    assert "只有你看得到" in own


async def test_only_her_own_page_leads_to_her_settings(cast, xiaolan, aqiang, visitor):
    assert "编辑资料" in (await xiaolan.sees("/m/xiaolan")).text
    for client in (aqiang.client, visitor):
        assert "编辑资料" not in (await client.get("/m/xiaolan")).text


async def test_a_posts_author_leads_to_her_page(xiaolan, visitor):
    await xiaolan.posts()

    assert 'class="post__author" href="/m/xiaolan"' in (await visitor.get(f"/c/{CIRCLE}")).text


async def test_a_like_of_mine_is_marked_wherever_the_post_stands(cast, xiaolan, aqiang):
    from quanzi.posts import liking

    written = await xiaolan.posts()
    await liking.like(await aqiang.place(), written.post_id)

    assert f'data-liked="{written.post_id}"' in (await aqiang.sees("/m/xiaolan")).text


@pytest.mark.parametrize("before", ["x", "20261123T214500123456", "0-0", "99999999T000000000000-1"])
async def test_a_key_that_is_none_begins_at_the_beginning(xiaolan, visitor, before):
    await xiaolan.posts("还在这里")

    answer = await visitor.get("/m/xiaolan", params={"before": before})
    assert answer.status_code == 200
    assert "还在这里" in answer.text
