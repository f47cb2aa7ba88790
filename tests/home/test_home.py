"""A member's home: what is new in their circles."""

import re

import pytest

from quanzi.circles import changing, following
from quanzi.db.engine import rows
from quanzi.home import reading
from quanzi.posts import removing
from tests.people import CIRCLE, OTHER_CIRCLE


@pytest.fixture
async def follower(xiaolan):
    """小兰, who follows both circles."""
    for circle in (CIRCLE, OTHER_CIRCLE):
        await following.follow(await xiaolan.place(circle))
    return xiaolan


def posts_on(page: str) -> list[int]:
    return [int(number) for number in re.findall(r'<article class="post" id="post-(\d+)"', page)]


async def test_posts_of_all_her_circles_stand_newest_first(follower, owner, maimai):
    first = (await owner.posts("江边")).post_id
    second = (await maimai.posts("银行", circle=OTHER_CIRCLE)).post_id
    third = (await owner.posts("桥上")).post_id

    assert posts_on((await follower.sees("/")).text) == [third, second, first]


async def test_who_follows_nothing_is_shown_where_to_look(xiaolan, owner):
    await owner.posts()

    page = (await xiaolan.sees("/")).text

    assert posts_on(page) == []
    assert 'href="/discover"' in page


async def test_a_visitor_finds_circles_there(visitor, cast):
    assert f'href="/c/{CIRCLE}"' in (await visitor.get("/")).text


async def test_all_pages_together_hold_every_post_once(cast, follower, owner, maimai):
    written = [(await owner.posts(f"第 {n}")).post_id for n in range(30)]
    written += [(await maimai.posts(f"行 {n}", circle=OTHER_CIRCLE)).post_id for n in range(25)]
    await rows("update post set published_at = date_trunc('minute', published_at)")

    path, seen = "/", []
    while path:
        page = (await follower.sees(path)).text
        seen += posts_on(page)
        more = re.search(r'rel="next" href="(/\?before=[^"]+)"', page)
        path = more[1] if more else ""

    assert seen == sorted(written, reverse=True)


async def test_a_page_merges_more_circles_than_it_has_posts(cast, xiaolan, owner):
    """Each of thirty circles has two posts; the first page is the newest twenty of the sixty."""
    partner = (await rows("select partner_id from circle where slug = $1", CIRCLE))[0][0]
    for n in range(30):
        circle_id = await changing.opened(partner, f"many-{n}", "fitness", f"圈 {n}")
        await rows("insert into follow (circle_id, member_id) values ($1, $2)", circle_id, xiaolan.member_id)  # fmt: skip
        for _ in range(2):
            await owner.posts(circle=f"many-{n}")
    newest = await rows("select id from post order by published_at desc, id desc limit 20")

    assert posts_on((await xiaolan.sees("/")).text) == [line["id"] for line in newest]


async def test_a_hidden_circle_is_not_in_her_feed_nor_its_posts(cast, follower, owner, aqiang):
    post_id = (await owner.posts("悄悄话")).post_id
    await following.follow(await owner.place())
    await rows("update circle set hidden = true where id = $1", cast.circle_id)

    hers = (await follower.sees("/")).text
    assert "悄悄话" not in hers
    assert CIRCLE not in hers
    assert posts_on((await owner.sees("/")).text) == [post_id]


async def test_what_was_removed_is_not_there(follower, owner):
    written = await owner.posts("要删的话")
    await removing.remove(await owner.place(), written.post_id)

    assert "要删的话" not in (await follower.sees("/")).text


async def test_a_circle_is_marked_until_she_has_looked(cast, follower, owner):
    async def unread() -> list[str]:
        found = await reading.followed(follower.member_id)
        return [circle.slug for circle in found if circle.unread]

    assert await unread() == []
    await owner.posts()
    assert await unread() == [CIRCLE]
    assert "home__dot" in (await follower.sees("/")).text
    await follower.sends(f"/c/{CIRCLE}/seen", seq="1")
    assert await unread() == []
    await owner.posts()
    await follower.sends("/me/circles/read")
    assert await unread() == []


async def test_reading_marks_nothing(follower, owner):
    """A GET changes nothing: a page says by a deed of its own that it has been seen."""
    await owner.posts()
    before = await rows("select * from follow order by circle_id")

    for path in ("/", f"/c/{CIRCLE}", "/me/circles"):
        await follower.sees(path)

    assert await rows("select * from follow order by circle_id") == before


async def test_new_posts_are_counted_from_where_the_page_stands(follower, owner, maimai):
    await owner.posts("旧的")
    page = await reading.newest(await reading.followed(follower.member_id))
    key = page.items[0].key
    await owner.posts("新一")
    await maimai.posts("新二", circle=OTHER_CIRCLE)

    assert await reading.count_since(follower.member_id, key, 100) == 2
    assert await reading.count_since(follower.member_id, key, 1) == 1
