"""Pictures are looked at before anybody sees them; what cannot be looked at in time waits, and says so."""

import asyncio

import pytest

from quanzi.db.engine import row, rows
from quanzi.media.incoming import store
from quanzi.posts import looking
from quanzi.screening import hashes, pictures
from quanzi.screening.looking import Seen
from tests.media.pictures import photo, saved
from tests.people import CIRCLE


@pytest.fixture
def seen(monkeypatch):
    """What the machine says of every picture from here on: set `seen.says`."""

    class Says:
        says: Seen | None = Seen("sexual", 0.01, 12345, "test")

    told = Says()

    async def look(names, *, within=None):
        return [told.says for _ in names]

    monkeypatch.setattr(pictures, "look", look)
    return told


async def posts_a_picture(person, body="今天的路线") -> str:
    answer = await person.sends(
        f"/c/{CIRCLE}/posts",
        files=[("images", ("a.jpg", saved(photo(), "JPEG"), "image/jpeg"))],
        body=body,
        idempotency_key="",
    )
    return answer.headers["location"]


async def test_a_harmless_picture_is_out_at_once_by_the_real_machine(cast, xiaolan, visitor):
    where = await posts_a_picture(xiaolan)

    assert "outcome" not in where
    assert "今天的路线" in (await visitor.get(f"/c/{CIRCLE}")).text


async def test_what_is_not_seen_in_time_waits_and_comes_out_by_itself(
    cast, site, xiaolan, visitor, seen
):
    await site.tickers_rest()
    seen.says = None
    assert (await posts_a_picture(xiaolan)).endswith("outcome=pictures")
    assert "今天的路线" not in (await visitor.get(f"/c/{CIRCLE}")).text
    assert "图片正在审核" in (await xiaolan.sees(f"/c/{CIRCLE}?outcome=pictures")).text
    [image] = await rows("select name from image")
    path = f"/c/{CIRCLE}/i/{image['name']}/s.webp"
    assert (await visitor.get(path)).status_code == 404
    assert (await xiaolan.sees(path)).status_code == 200

    assert await looking.look_due() == 0
    seen.says = Seen("sexual", 0.01, 12345, "test")
    await rows("update post set looked_at = null")
    assert await looking.look_due() == 1

    async with asyncio.timeout(2):
        while "今天的路线" not in (await visitor.get(f"/c/{CIRCLE}")).text:
            await asyncio.sleep(0.05)
    assert (await visitor.get(path)).status_code == 200


async def test_what_nothing_can_look_at_for_long_is_for_people(cast, site, xiaolan, visitor, seen):
    await site.tickers_rest()
    seen.says = None
    await posts_a_picture(xiaolan)
    await rows("update post set created_at = now() - interval '11 minutes'")

    assert await looking.look_due() == 1

    assert (await row("select held_for from post"))["held_for"] == "people"
    assert (await row("select action from screening_verdict"))["action"] == "hold"
    assert "今天的路线" not in (await visitor.get(f"/c/{CIRCLE}")).text


async def test_an_indecent_picture_is_refused_and_its_file_gone(cast, xiaolan, seen):
    seen.says = Seen("sexual", 0.97, 12345, "test")
    before = {path.name for path in store().root.rglob("*.webp")}

    answer = await xiaolan.sends(
        f"/c/{CIRCLE}/posts",
        files=[("images", ("a.jpg", saved(photo(), "JPEG"), "image/jpeg"))],
        body="看看",
        idempotency_key="",
    )

    assert answer.status_code == 422
    assert "有图片疑似" in answer.text
    assert {path.name for path in store().root.rglob("*.webp")} == before
    assert await rows("select 1 from post") == []


async def test_a_picture_that_people_removed_is_known_when_it_comes_back(
    cast, xiaolan, aqiang, reviewer, seen
):
    await posts_a_picture(xiaolan)
    [post] = await rows("select id from post")
    await reviewer.decides(post["id"], category="sexual", pictures=True)
    assert await hashes.known(12345) == "sexual"

    answer = await aqiang.sends(
        f"/c/{CIRCLE}/posts",
        files=[("images", ("b.jpg", saved(photo(), "JPEG"), "image/jpeg"))],
        body="再发",
        idempotency_key="",
    )
    assert answer.status_code == 422


async def test_an_overturned_removal_forgets_the_picture(cast, xiaolan, reviewer, editor, seen):
    from quanzi.moderation import appealing

    await posts_a_picture(xiaolan)
    [post] = await rows("select id from post")
    decision = await reviewer.decides(post["id"], category="sexual", pictures=True)
    await appealing.appeal(xiaolan.viewer, decision, "只是一张路线图")
    await appealing.answer(await editor.place(), decision, overturn=True, reason="看错了")

    assert await hashes.known(12345) is None
