"""Following people."""

import asyncio

import pytest

from quanzi.db.engine import row, rows
from quanzi.errors import Conflict, NotFound
from quanzi.identity import sessions
from quanzi.people import following, profile


async def figures(handle: str) -> tuple[int, int]:
    who = await profile.profile(handle, None)
    return who.followers, who.following


async def test_she_follows_him_and_both_pages_say_so(cast, xiaolan, aqiang, visitor):
    answer = await xiaolan.sends("/m/aqiang/follow")

    assert (answer.status_code, answer.headers["location"]) == (303, "/m/aqiang")
    assert await figures("aqiang") == (1, 0)
    assert await figures("xiaolan") == (0, 1)
    assert "小兰" in (await visitor.get("/m/aqiang/followers")).text
    assert "阿强" in (await visitor.get("/m/xiaolan/following")).text
    assert "已关注" in (await xiaolan.sees("/m/aqiang")).text


async def test_he_is_told_once_however_often_she_presses(cast, xiaolan, aqiang):
    await asyncio.gather(*(following.follow(xiaolan.viewer, "aqiang") for _ in range(8)))

    told = await rows("select kind, member_id, actor_id from concern")
    assert [tuple(line) for line in told] == [("follow", aqiang.member_id, xiaolan.member_id)]
    assert await figures("aqiang") == (1, 0)


async def test_leaving_him_takes_everything_back(xiaolan, aqiang):
    await following.follow(xiaolan.viewer, "aqiang")

    assert await following.unfollow(xiaolan.viewer, "aqiang")
    assert not await following.unfollow(xiaolan.viewer, "aqiang")
    assert await figures("aqiang") == (0, 0)
    assert await figures("xiaolan") == (0, 0)


async def test_two_who_follow_each_other_at_the_same_time_do_not_block(xiaolan, aqiang):
    for _ in range(10):
        await asyncio.gather(
            following.follow(xiaolan.viewer, "aqiang"), following.follow(aqiang.viewer, "xiaolan")
        )
        await asyncio.gather(
            following.unfollow(xiaolan.viewer, "aqiang"),
            following.unfollow(aqiang.viewer, "xiaolan"),
        )

    assert await figures("aqiang") == (0, 0)


async def test_nobody_follows_himself(xiaolan):
    with pytest.raises(Conflict):
        await following.follow(xiaolan.viewer, "xiaolan")
    assert (await xiaolan.sends("/m/xiaolan/follow")).status_code == 409


async def test_nobody_follows_who_is_not_there(xiaolan, aqiang):
    await sessions.suspend(aqiang.member_id)

    for handle in ("aqiang", "nobody"):
        with pytest.raises(NotFound):
            await following.follow(xiaolan.viewer, handle)


async def test_who_was_suspended_is_in_no_list_and_can_still_be_left(xiaolan, aqiang, visitor):
    await following.follow(xiaolan.viewer, "aqiang")
    await sessions.suspend(aqiang.member_id)

    assert "阿强" not in (await visitor.get("/m/xiaolan/following")).text
    assert await following.unfollow(xiaolan.viewer, "aqiang")


async def test_a_visitor_is_asked_to_sign_in(cast, visitor):
    await visitor.get("/signin")
    assert (await visitor.post("/m/aqiang/follow")).status_code == 401
    assert await row("select 1 from member_follow") is None


async def test_with_scripts_the_button_alone_changes(xiaolan, aqiang):
    answer = await xiaolan.client.post(
        "/m/aqiang/follow",
        headers={"hx-request": "true", "x-csrf-token": await xiaolan.csrf()},
    )

    assert answer.status_code == 200
    assert 'id="follow-aqiang"' in answer.text
    assert 'action="/m/aqiang/unfollow"' in answer.text


async def test_many_followers_are_read_page_by_page_each_once(cast, xiaolan, visitor):
    await rows(
        """with crowd as (insert into member (handle, name)
               select 'fan-' || n, '粉丝' || n from generate_series(1, 90) n returning id)
           insert into member_follow (follower_id, member_id, since)
           select id, $1, now() - (id % 7) * interval '1 minute' from crowd""",
        xiaolan.member_id,
    )
    seen: list[str] = []
    before = None
    while True:
        found = await following.followers(xiaolan.member_id, before)
        seen += [each.handle for each in found[: following.PAGE]]
        if len(found) <= following.PAGE:
            break
        last = found[following.PAGE - 1]
        before = (last.since, last.member_id)

    assert len(seen) == len(set(seen)) == 90
    assert "粉丝" in (await visitor.get("/m/xiaolan/followers")).text


async def test_large_figures_are_said_as_people_say_them(xiaolan, visitor):
    await rows(
        "insert into member_figure values ($1, 0, 6000, 0), ($1, 1, 6345, 0)", xiaolan.member_id
    )

    assert "<b>1.2万</b>" in (await visitor.get("/m/xiaolan")).text
    assert "<b>12.3K</b>" in (await visitor.get("/m/xiaolan?lang=en")).text
