"""A circle as large as one likes: what is counted is there, and growing goes on where it stopped."""

import pytest

from quanzi.activity import reading, tallying
from quanzi.db.engine import rows
from quanzi.demo import scaling
from tests.live.pages import LightPage


@pytest.fixture
def told():
    return []


async def scaled(told, followers: int, posts: int) -> int:
    return await scaling.scale(followers, posts, lambda *each: told.append(each), "big")


async def test_it_has_what_was_asked_for_and_its_page_can_be_read(database, site, told):
    circle_id = await scaled(told, 300, 120)

    assert await tallying.followers(circle_id) == 300
    [found] = await rows(
        """select (select count(*) from follow where circle_id = $1) as fans,
                  (select count(distinct seq) from post where circle_id = $1) as posts""",
        circle_id,
    )
    assert dict(found) == {"fans": 300, "posts": 120}
    assert told == [("followers", 300), ("posts", 120)]
    page = LightPage(site.url, "big")
    await page.open()
    assert page.state.seq == 120
    await page.close()


async def test_asked_for_more_it_grows_and_every_number_is_there_once(database, monkeypatch, told):
    monkeypatch.setattr(scaling, "PIECE", 50)
    monkeypatch.setattr(scaling, "LOGGED", 30)
    circle_id = await scaled(told, 60, 70)
    assert await scaled(told, 130, 160) == circle_id

    assert await tallying.followers(circle_id) == 130
    seqs = [line["seq"] for line in await rows("select seq from post order by published_at")]
    assert seqs == list(range(1, 161))
    head = (await reading.heads([circle_id]))[circle_id]
    assert (head.seq, head.floor) == (160, 130)
    logged = await rows("select seq from circle_event order by seq")
    assert [line["seq"] for line in logged] == list(range(131, 161))


async def test_who_lives_there_already_keeps_their_names(cast, told):
    await scaled(told, 20, 5)

    assert len(await rows("select 1 from member where handle = 'xiaolan'")) == 1
    post = await cast.xiaolan.posts("我也在")
    assert post.post_id not in [
        line["id"] for line in await rows("select id from post where body like '%（_）'")
    ]
