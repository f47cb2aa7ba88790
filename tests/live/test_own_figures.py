"""A member's own figures reach their pages, wherever those are open, and nobody else's."""

import asyncio
import json
import time

import pytest

from quanzi.db.engine import rows
from quanzi.identity import sessions
from quanzi.live import bell, tidings
from tests.live.test_socket import hello, live
from tests.notifications.news import happens
from tests.people import CIRCLE


async def own(socket) -> dict:
    """Greeted on the member's own connection."""
    await socket.send('{"since": null}')
    return json.loads(await asyncio.wait_for(socket.recv(), 5))


async def figure(socket, n: int, within: float = 3.0) -> float:
    """Seconds until this page is told that `n` notices wait."""
    began = time.monotonic()
    async with asyncio.timeout(within):
        while True:
            frame = json.loads(await socket.recv())
            if frame["kind"] == "now" and frame["counts"].get("notices") == n:
                return time.monotonic() - began


async def hears_nothing(socket, seconds: float = 1.5) -> None:
    """No figure of notices, whatever else is said."""
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(seconds):
            while True:
                frame = json.loads(await socket.recv())
                assert not (frame["kind"] == "now" and frame["counts"].get("notices"))


async def test_every_open_page_of_hers_hears_of_it_within_about_a_second(cast, xiaolan, aqiang):
    async with (
        live(cast, token=xiaolan.token) as in_circle,
        live(cast, f"/c/{CIRCLE}/live?lang=en", token=xiaolan.token) as in_english,
        live(cast, "/live", token=xiaolan.token) as at_home,
    ):
        await hello(in_circle)
        await hello(in_english)
        await own(at_home)
        for page in (in_circle, in_english, at_home):
            await figure(page, 0)
        await happens(xiaolan, "follow", aqiang)
        took = await asyncio.gather(*(figure(p, 1) for p in (in_circle, in_english, at_home)))

    assert max(took) < 3


async def test_nobody_else_hears_anything(cast, xiaolan, aqiang):
    async with (
        live(cast, token=aqiang.token) as his,
        live(cast, "/live", token=aqiang.token) as his_home,
        live(cast) as a_visitors,
    ):
        await hello(his)
        await own(his_home)
        await hello(a_visitors)
        await happens(xiaolan, "follow", cast.owner)
        await asyncio.gather(*(hears_nothing(page) for page in (his, his_home, a_visitors)))


async def test_a_page_that_comes_is_told_first_what_waits(cast, site, xiaolan, aqiang):
    await happens(xiaolan, "follow", aqiang)
    await asyncio.sleep(1)
    async with live(cast, "/live", token=xiaolan.token) as page:
        assert (await own(page))["kind"] == "hello"
        await figure(page, 1)


async def test_what_is_seen_on_one_page_is_seen_on_the_others(cast, xiaolan, aqiang):
    await happens(xiaolan, "follow", aqiang)
    async with live(cast, token=xiaolan.token) as page:
        await hello(page)
        await figure(page, 1)
        await xiaolan.sends("/me/notices/read")

        assert await figure(page, 0) < 1.0


async def test_the_same_figure_is_not_said_twice(cast, xiaolan):
    async with live(cast, token=xiaolan.token) as page:
        await hello(page)
        await figure(page, 0)
        await bell.ring_members([xiaolan.member_id])
        with pytest.raises(TimeoutError):
            await figure(page, 0, within=0.8)


async def test_another_process_rings_and_this_one_hears(cast, site, xiaolan, aqiang):
    """As another process does it: the row, and the ring over Valkey only."""
    async with live(cast, token=xiaolan.token) as page:
        await hello(page)
        await figure(page, 0)
        await rows(
            "insert into notice (member_id, kind, group_key) values ($1, 'follow', 'follow:x')",
            xiaolan.member_id,
        )
        await bell.ringer().execute_command("SPUBLISH", bell.MEMBERS, f"7 {xiaolan.member_id}")

        assert await figure(page, 1) < 1.0


async def test_a_lost_ring_costs_seconds(cast, site, xiaolan, monkeypatch):
    """Without Valkey everyone who is here is asked about every few seconds."""
    monkeypatch.setattr(tidings, "EVERY", tidings.EVERY_WITHOUT_BELL)
    async with live(cast, token=xiaolan.token) as page:
        await hello(page)
        await figure(page, 0)
        await rows(
            "insert into notice (member_id, kind, group_key) values ($1, 'follow', 'follow:x')",
            xiaolan.member_id,
        )

        assert await figure(page, 1, within=9) < 5.5


async def test_planted_words_on_the_channel_harm_nobody(cast, site, xiaolan, aqiang):
    async with live(cast, token=xiaolan.token) as page:
        await hello(page)
        await figure(page, 0)
        for planted in ("", "x y", "-1", "9" * 60, "٣", "1 2 3"):
            await bell.ringer().execute_command("SPUBLISH", bell.MEMBERS, planted)
        await happens(xiaolan, "follow", aqiang)

        assert await figure(page, 1, within=6) < 6


async def test_who_is_turned_away_leaves_nothing_behind(cast, site, xiaolan):
    async with live(cast, "/live", token=xiaolan.token) as page:
        await own(page)
        await figure(page, 0)
        await sessions.suspend(xiaolan.member_id)
        with pytest.raises(Exception, match="1008"):
            while True:
                await asyncio.wait_for(page.recv(), 3)
    await asyncio.sleep(0.1)

    assert not site.station.tidings._here
    assert not site.station.tidings._told
