"""What the machine holds or refuses is seen by nobody: on no page, in no frame, in no search."""

import asyncio
import json

import pytest

from quanzi.db.engine import row, rows
from quanzi.errors import Invalid, NotFound
from quanzi.moderation import cases, opening
from quanzi.posts import editing, liking, reading
from tests.live.test_socket import hello, live
from tests.moderation.words import EVIDENCE, HARMLESS, HELD, MASKED, REFUSED
from tests.people import CIRCLE


async def frames_for(socket, seconds: float) -> list[str]:
    heard = []
    try:
        async with asyncio.timeout(seconds):
            while True:
                heard.append(await socket.recv())
    except TimeoutError:
        return heard


async def test_what_is_held_is_seen_by_its_author_and_who_reviews_and_nobody_else(
    cast, xiaolan, aqiang, reviewer, visitor
):
    written = await xiaolan.posts(f"{HELD}，天天迟到")

    assert written.seq is None
    assert written.outcome == "held"
    path = f"/c/{CIRCLE}/p/{written.post_id}"
    assert EVIDENCE in (await xiaolan.sees(path)).text
    assert EVIDENCE in (await reviewer.sees(path)).text
    for other in (aqiang.client, visitor):
        assert (await other.get(path)).status_code == 404
        for page in (
            f"/c/{CIRCLE}",
            "/discover?q=天天迟到",
            "/m/xiaolan",
            f"/c/{CIRCLE}/missed?epoch=x&after=0",
        ):
            assert EVIDENCE not in (await other.get(page)).text, page
    assert "审核中" in (await xiaolan.sees(f"/c/{CIRCLE}")).text


async def test_no_frame_says_what_is_held_or_refused(cast, xiaolan, aqiang):
    async with live(cast, token=aqiang.token) as socket:
        await hello(socket)
        await xiaolan.posts(f"{HELD}，天天迟到")
        with pytest.raises(Invalid):
            await xiaolan.posts(REFUSED)
        out = await xiaolan.posts(HARMLESS)
        with pytest.raises(Invalid):
            await editing.edit(await xiaolan.place(), out.post_id, REFUSED, 1)
        assert await editing.edit(await xiaolan.place(), out.post_id, f"{HARMLESS} {HELD}", 1) == 0
        said = await xiaolan.says(out.post_id, HELD)
        heard = "".join(await frames_for(socket, 1.5))

    assert said.outcome == "held"
    assert HARMLESS in heard
    assert EVIDENCE not in heard
    assert "赌场" not in heard


async def test_what_is_refused_comes_back_with_why_and_nothing_typed_is_lost(cast, xiaolan):
    answer = await xiaolan.sends(f"/c/{CIRCLE}/posts", body=REFUSED, idempotency_key="")

    assert answer.status_code == 422
    assert "赌博" in answer.text
    assert REFUSED in answer.text
    assert await rows("select 1 from post") == []
    kept = await row("select action, category, findings from screening_verdict")
    assert (kept["action"], kept["category"]) == ("refuse", "gambling")


async def test_what_a_verdict_keeps_is_where_and_not_what(cast, xiaolan):
    await xiaolan.posts(f"真是的，{HELD}！")

    [verdict] = await rows("select findings::text as kept from screening_verdict")
    for category, score, start, end, rule in json.loads(verdict["kept"]):
        assert (category, rule) != ("", "")
        assert 0 < score <= 1
        assert f"真是的，{HELD}！"[start:end]
    # The lists' own words may stand in a rule; whole texts never do.
    assert "真是的" not in verdict["kept"]


async def test_a_telephone_number_of_ones_own_is_starred_and_its_author_told(
    cast, xiaolan, visitor
):
    answer = await xiaolan.sends(f"/c/{CIRCLE}/posts", body=MASKED, idempotency_key="")

    assert answer.headers["location"].endswith("outcome=masked")
    page = (await visitor.get(f"/c/{CIRCLE}")).text
    assert "13812345678" not in page
    assert "手机号是***********" in page
    assert "13812345678" not in str([tuple(line) for line in await rows("select body from post")])


async def test_the_partner_may_say_where_to_find_it(cast, editor, visitor):
    await editor.posts("报名请打 13812345678，或者加微信 joyrun2026")

    assert "13812345678" in (await visitor.get(f"/c/{CIRCLE}")).text


async def test_new_words_wait_while_the_old_ones_stand(cast, xiaolan, reviewer, visitor, site):
    # The site's own opener would be in the middle of it now and then.
    await site.tickers_rest()
    written = await xiaolan.posts(HARMLESS)
    await editing.edit(await xiaolan.place(), written.post_id, f"{HARMLESS}，{HELD}", 1)

    path = f"/c/{CIRCLE}/p/{written.post_id}"
    assert EVIDENCE not in (await visitor.get(path)).text
    assert "新的文字正在审核" in (await xiaolan.sees(path)).text
    await opening.open_due()
    [case] = (await cases.queue(cast.circle_id, None)).cases
    assert (case.kind, case.body) == ("edit", f"{HARMLESS}，{HELD}")


async def test_a_held_comment_counts_for_nothing_until_it_is_out(cast, xiaolan, owner, visitor):
    post = await owner.posts("大家说说")

    said = await xiaolan.says(post.post_id, HELD)

    assert said.outcome == "held"
    assert await rows("select 1 from concern where comment_id = $1", said.comment_id) == []
    page = (await visitor.get(f"/c/{CIRCLE}/p/{post.post_id}")).text
    assert EVIDENCE not in page
    assert EVIDENCE in (await xiaolan.sees(f"/c/{CIRCLE}/p/{post.post_id}")).text


async def test_a_held_post_can_neither_be_liked_nor_answered_nor_reported(cast, xiaolan, aqiang):
    written = await xiaolan.posts(HELD)

    with pytest.raises(NotFound):
        await liking.like(await aqiang.place(), written.post_id)
    with pytest.raises(NotFound):
        await aqiang.says(written.post_id, "嗯")
    answer = await aqiang.sends(f"/c/{CIRCLE}/p/{written.post_id}/report", category="abuse")
    assert answer.status_code == 404
    with pytest.raises(NotFound):
        await reading.one(await aqiang.place(), written.post_id)


async def test_its_author_takes_back_what_is_held(cast, xiaolan):
    written = await xiaolan.posts(HELD)

    await xiaolan.sends(f"/c/{CIRCLE}/p/{written.post_id}/delete")

    assert (await row("select state, body from post")) is not None
    assert tuple(await row("select state, body from post")) == ("removed", "")
