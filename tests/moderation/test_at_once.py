"""By when: what is removed leaves open pages, who is banned falls silent, the queue fills by itself."""

import asyncio
import json

from quanzi.live import bell
from quanzi.moderation import opening
from tests.live.test_rights import ended_within
from tests.live.test_socket import hello, live
from tests.moderation.test_deciding import case_of, decides
from tests.moderation.words import HELD
from tests.people import CIRCLE


async def heard_within(socket, op: str, seconds: float) -> dict:
    async with asyncio.timeout(seconds):
        while True:
            frame = json.loads(await socket.recv())
            for event in frame.get("events", [frame]):
                if event.get("op") == op:
                    return event


async def test_a_removal_leaves_open_pages_at_once(cast, xiaolan, reviewer):
    written = await xiaolan.posts("不合适的话")
    async with live(cast) as socket:
        await hello(socket)
        await reviewer.decides(written.post_id)
        event = await heard_within(socket, "post.removed", 2)

    assert (event["id"], event["content"]) == (str(written.post_id), "")


async def test_what_is_put_back_comes_to_open_pages_in_its_old_place(cast, xiaolan, reviewer):
    from quanzi.posts import withholding

    written = await xiaolan.posts("又回来了")
    await reviewer.decides(written.post_id)
    async with live(cast) as socket:
        await hello(socket)
        await withholding.put_back(cast.circle_id, written.post_id, None)
        event = await heard_within(socket, "post.restored", 2)

    assert "又回来了" in event["content"]
    assert f'data-seq="{written.seq}"' in event["content"]
    assert event["version"] == 3


async def test_a_banned_members_open_pages_fall_silent_within_two_seconds(
    cast, xiaolan, reviewer, editor
):
    from quanzi.moderation import second_look

    await xiaolan.posts(HELD)
    case = await case_of(cast)
    await decides(reviewer, case, measure="ban", days="30")
    async with live(cast, token=xiaolan.token) as socket:
        await hello(socket)
        await second_look.look(await editor.place(), case.id, confirm=True)

        assert await ended_within(socket, 2.0) == 1008
    async with live(cast, token=xiaolan.token) as socket:
        await socket.send('{"resume": null}')
        assert await ended_within(socket, 2.0) == 1008


async def test_an_account_that_is_suspended_ends_on_every_page(cast, xiaolan):
    from quanzi.moderation import second_look

    await xiaolan.posts(HELD)
    case = await case_of(cast)
    other = await cast.member("moderator-2", "平台审核二", "moderator")
    await decides(cast.moderator, case, measure="site_ban", days="0")
    async with live(cast, path="/c/banking/live", token=xiaolan.token) as socket:
        await hello(socket)
        await second_look.look(await other.place(), case.id, confirm=True)

        assert await ended_within(socket, 2.0) == 1008


async def test_who_reviews_is_told_of_new_cases_and_nobody_else_is(
    cast, site, xiaolan, reviewer, aqiang
):
    async with (
        live(cast, path="/live", token=reviewer.token) as hers,
        live(cast, path="/live", token=aqiang.token) as others,
    ):
        for socket in (hers, others):
            await socket.send('{"since": null}')
        await xiaolan.posts(HELD)
        async with asyncio.timeout(5):
            counts: dict = {}
            while counts.get("cases") != 1:
                frame = json.loads(await hers.recv())
                counts = frame.get("counts", {})
        await bell.ring_members({aqiang.member_id})
        heard = []
        try:
            async with asyncio.timeout(1.5):
                while True:
                    heard.append(await others.recv())
        except TimeoutError:
            pass
    assert "cases" not in "".join(heard)
    assert (await reviewer.sees(f"/c/{CIRCLE}/manage/review")).text.count("data-case=") == 1
    assert await opening.open_due() == 0
