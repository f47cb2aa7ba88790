"""Figures that are true only now, and a member's own connection."""

import asyncio
import json
import uuid

import pytest
from websockets.exceptions import ConnectionClosed

from quanzi.circles import changing, following
from quanzi.db.engine import rows
from quanzi.identity import sessions
from quanzi.live import bell
from quanzi.posts import commenting, liking
from tests.live.test_socket import hello, live
from tests.people import CIRCLE, OTHER_CIRCLE


async def heard(socket, kind: str, name: str, seconds: float = 6) -> dict:
    """The next frame of this kind that says something of `name`."""
    async with asyncio.timeout(seconds):
        while True:
            frame = json.loads(await socket.recv())
            said = frame.get("counts", {}) if kind == "now" else frame
            if frame["kind"] == kind and name in said:
                return said


async def test_an_open_page_is_told_of_likes_comments_and_followers(cast, owner, xiaolan):
    post_id = (await owner.posts()).post_id
    async with live(cast) as socket:
        await hello(socket)
        await liking.like(await xiaolan.place(), post_id)
        assert (await heard(socket, "now", f"likes:{post_id}"))[f"likes:{post_id}"] == 1
        await following.follow(await xiaolan.place())
        assert (await heard(socket, "now", "followers"))["followers"] == 1
        await commenting.comment(await xiaolan.place(), post_id, "好", key=uuid.uuid4())
        assert (await heard(socket, "now", f"comments:{post_id}"))[f"comments:{post_id}"] == 1


async def test_a_page_that_comes_later_is_told_what_stands(cast, site, owner, xiaolan):
    post_id = (await owner.posts()).post_id
    await liking.like(await xiaolan.place(), post_id)
    async with live(cast) as first:
        await hello(first)
        await heard(first, "now", f"likes:{post_id}")
        async with live(cast) as socket:
            await socket.send('{"resume": null}')
            assert (await heard(socket, "now", f"likes:{post_id}"))[f"likes:{post_id}"] == 1


async def test_a_storm_of_likes_is_told_about_once_a_second(cast, owner):
    post_id = (await owner.posts()).post_id
    people = [cast.xiaolan, cast.aqiang, cast.editor, cast.reviewer, cast.analyst, cast.maimai]
    frames = []
    async with live(cast) as socket:
        await hello(socket)
        await heard(socket, "now", "followers")
        for person in people * 5:
            place = await person.place()
            await liking.like(place, post_id)
            await liking.unlike(place, post_id)
            await liking.like(place, post_id)
        try:
            async with asyncio.timeout(2.5):
                while True:
                    frames.append(json.loads(await socket.recv()))
        except TimeoutError:
            pass
    figures = [f["counts"][f"likes:{post_id}"] for f in frames if f"likes:{post_id}" in f.get("counts", {})]  # fmt: skip
    assert figures[-1] == len(people)
    assert len(figures) <= 5


async def test_another_process_says_what_changed_there(cast, site, owner, xiaolan):
    """Its mark comes over the bell; the figure is read here."""
    post_id = (await owner.posts()).post_id
    async with live(cast) as socket:
        await hello(socket)
        await heard(socket, "now", "followers")
        await rows("insert into tally values ($1, 'likes', $2, 0, 41)", cast.circle_id, post_id)
        async with asyncio.timeout(5):
            # The tail subscribes to a circle that was just opened at its next pass.
            while cast.circle_id not in site.station.tail.bell._wanted:
                await asyncio.sleep(0.05)
            await asyncio.sleep(0.5)
        await bell.say(cast.circle_id, "now", f"likes:{post_id}")
        assert (await heard(socket, "now", f"likes:{post_id}"))[f"likes:{post_id}"] == 41


async def test_who_is_here_counts_people_and_not_tabs(cast, site, xiaolan):
    async with (
        live(cast, token=xiaolan.token) as one,
        live(cast, token=xiaolan.token) as two,
        live(cast) as visitor,
    ):
        for socket in (one, two, visitor):
            await hello(socket)
        site.station.teller._here_due = 0.0
        assert (await heard(visitor, "now", "online", 8))["online"] == 2


async def test_a_comments_words_go_to_its_posts_page_and_to_no_other(cast, owner, xiaolan):
    post_id = (await owner.posts()).post_id
    async with (
        live(cast, f"/c/{CIRCLE}/live?post={post_id}") as on_post,
        live(cast) as on_circle,
        live(cast, f"/c/{CIRCLE}/live?post={post_id + 1}") as on_another,
    ):
        for socket in (on_post, on_circle, on_another):
            await hello(socket)
        await commenting.comment(await xiaolan.place(), post_id, "悄悄说", key=uuid.uuid4())
        said = [await heard(s, "event", "seq") for s in (on_post, on_circle, on_another)]
    assert [("悄悄说" in frame["content"]) for frame in said] == [True, False, False]
    assert [frame["seq"] for frame in said] == [2, 2, 2]
    assert [frame["post"] for frame in said] == [post_id] * 3


# ── one's own connection ──


async def own(cast, person, since=None):
    socket = await live(cast, "/live", token=person.token)
    await socket.send(json.dumps({"since": since}))
    assert json.loads(await asyncio.wait_for(socket.recv(), 5))["kind"] == "hello"
    return socket


async def test_her_home_page_counts_what_comes_out_in_all_her_circles(cast, owner, maimai, xiaolan):
    for circle in (CIRCLE, OTHER_CIRCLE):
        await following.follow(await xiaolan.place(circle))
    socket = await own(cast, xiaolan)
    await owner.posts("一")
    assert (await heard(socket, "now", "new"))["new"] == 1
    await maimai.posts("二", circle=OTHER_CIRCLE)
    assert (await heard(socket, "now", "new"))["new"] == 2
    await socket.close()


async def test_a_circle_she_does_not_follow_is_not_counted(cast, owner, maimai, xiaolan):
    await following.follow(await xiaolan.place(OTHER_CIRCLE))
    socket = await own(cast, xiaolan)
    await owner.posts("别处")
    await maimai.posts("她的", circle=OTHER_CIRCLE)
    assert (await heard(socket, "now", "new"))["new"] == 1
    await socket.close()


async def test_her_page_that_was_away_is_told_what_it_missed(cast, owner, xiaolan):
    from quanzi.home import reading
    from quanzi.web.cursors import cursor

    await following.follow(await xiaolan.place())
    await owner.posts("旧的")
    page = await reading.newest(await reading.followed(xiaolan.member_id))
    await owner.posts("新的")

    socket = await own(cast, xiaolan, cursor(page.items[0].key))

    assert (await heard(socket, "now", "new"))["new"] == 1
    await socket.close()


async def test_once_hidden_a_circle_is_counted_for_nobody_outside(cast, site, owner, xiaolan):
    await following.follow(await xiaolan.place())
    socket = await own(cast, xiaolan)
    await changing.change(
        await owner.place(), name="夜跑", name_en="", intro="", rules="", posting="members",
        hidden=True,
    )  # fmt: skip
    async with asyncio.timeout(5):
        while site.hub.watching.wants(cast.circle_id):
            await asyncio.sleep(0.05)
    await owner.posts("悄悄话")
    with pytest.raises(TimeoutError):
        await heard(socket, "now", "new", 2.5)
    await socket.close()


async def test_signing_out_ends_her_own_connection(cast, xiaolan):
    socket = await own(cast, xiaolan)
    await sessions.end(xiaolan.viewer, xiaolan.viewer.session)
    with pytest.raises(ConnectionClosed) as closed:
        async with asyncio.timeout(5):
            while True:
                await socket.recv()
    assert closed.value.rcvd.code == 1008


@pytest.mark.parametrize(
    "frame", ["", "[]", '{"resume": null}', '{"since": 5}', '{"since": "' + "x" * 65 + '"}']
)
async def test_what_a_page_does_not_say_ends_it(cast, xiaolan, frame):
    async with live(cast, "/live", token=xiaolan.token) as socket:
        await socket.send(frame)
        with pytest.raises(ConnectionClosed) as closed:
            async with asyncio.timeout(5):
                while True:
                    await socket.recv()
    assert closed.value.rcvd.code == 1008


async def test_nobody_has_no_connection_of_their_own(cast):
    async with live(cast, "/live") as socket:
        with pytest.raises(ConnectionClosed) as closed:
            await asyncio.wait_for(socket.recv(), 5)
    assert closed.value.rcvd.code == 1008
