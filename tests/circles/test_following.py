"""Following a circle."""

import asyncio
import re

import pytest

from quanzi.activity import tallying
from quanzi.circles import access, following
from quanzi.db.engine import rows
from quanzi.errors import NotAllowed
from tests.people import CIRCLE


async def test_a_member_follows_and_the_page_says_so(cast, xiaolan, visitor):
    answer = await xiaolan.sends(f"/c/{CIRCLE}/follow")

    assert answer.status_code == 303
    page = (await xiaolan.sees(f"/c/{CIRCLE}")).text
    assert f'action="/c/{CIRCLE}/unfollow"' in page
    assert '<b data-count="followers">1</b>' in (await visitor.get(f"/c/{CIRCLE}")).text


async def test_ten_presses_are_one_follower(cast, xiaolan):
    place = await xiaolan.place()

    news = await asyncio.gather(*(following.follow(place) for _ in range(10)))

    assert sum(news) == 1
    assert await tallying.followers(cast.circle_id) == 1
    assert await following.unfollow(place)
    assert not await following.unfollow(place)
    assert await tallying.followers(cast.circle_id) == 0


async def test_of_many_at_once_none_is_lost(cast):
    people = [cast.xiaolan, cast.aqiang, cast.editor, cast.reviewer, cast.analyst, cast.maimai]
    places = [await person.place() for person in people]

    await asyncio.gather(*(following.follow(place) for place in places * 5))

    assert await tallying.followers(cast.circle_id) == len(people)
    assert len(await rows("select 1 from follow")) == len(people)


async def test_a_visitor_is_sent_to_sign_in_and_cannot_follow(cast, visitor):
    assert "/signin?next=" in (await visitor.get(f"/c/{CIRCLE}")).text
    with pytest.raises(NotAllowed):
        await following.follow(await access.place(CIRCLE, None))


async def test_followers_are_listed_latest_first_and_paged_without_a_double(cast, visitor):
    await rows(
        """with fans as (insert into member (handle, name)
               select 'fan-' || n, '粉丝' || n from generate_series(1, 95) n returning id)
           insert into follow (circle_id, member_id, since)
           select $1, id, now() - (id % 7) * interval '1 minute' from fans""",
        cast.circle_id,
    )
    path, seen = f"/c/{CIRCLE}/members", []
    while path:
        page = (await visitor.get(path)).text
        seen += re.findall(r'href="/m/(fan-\d+)"', page)
        more = re.search(r'rel="next" href="(\?before=[^"]+)"', page)
        path = f"/c/{CIRCLE}/members{more[1]}" if more else ""

    assert len(seen) == len(set(seen)) == 95


async def test_how_far_one_has_looked_never_goes_back_nor_beyond_the_head(cast, xiaolan):
    await xiaolan.sends(f"/c/{CIRCLE}/follow")
    for number in range(3):
        await xiaolan.posts(f"第 {number} 篇")
    place = await xiaolan.place()

    for seq, expected in ((2, 2), (1, 2), (99, 3)):
        await following.seen(place, seq)
        assert (await rows("select seen from follow"))[0]["seen"] == expected


async def test_an_odd_cursor_is_the_beginning(cast, visitor):
    for odd in ("x", "20260101T000000000000-", "-", "20260101T000000000000-9999999999999999999999"):
        assert (
            await visitor.get(f"/c/{CIRCLE}/members", params={"before": odd})
        ).status_code == 200
