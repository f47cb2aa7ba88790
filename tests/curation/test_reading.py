"""A page that is drawn once for many is to each of them what a drawing of their own would be."""

import asyncio
import re
import uuid

import pytest

from quanzi.circles import thresholds
from quanzi.curation import kept
from quanzi.curation.routes import readers
from quanzi.db.engine import rows
from tests.people import CIRCLE

HERE = f"/c/{CIRCLE}"


@pytest.fixture
def drawn(monkeypatch):
    """Which pages were drawn through the stand-in, by their posts."""
    real, seen = readers.draw, []

    async def counted(request, place, shown, streak):
        seen.append(place.member_id)
        return await real(request, place, shown, streak)

    monkeypatch.setattr(readers, "draw", counted)
    return seen


def own(page: str) -> str:
    """Without what is new in each answer, and the figures, which may be a second old."""
    page = re.sub(r'(data-count="\w+"[^>]*>)[^<]*', r"\1", page)
    # A visitor's has no form, and is not given the token of one.
    page = re.sub(r'data-viewer="" data-may="" data-csrf="[^"]*"', "", page)
    page = re.sub(r'name="idempotency_key" value="[0-9a-f-]{36}"', "", page)
    return re.sub(r'nonce="[^"]*"', "", page)


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
async def test_what_is_kept_is_what_each_of_them_would_get_alone(
    cast, xiaolan, aqiang, visitor, monkeypatch, language
):
    written = await aqiang.posts("<b>今晚</b>跑步 & 喝水")
    await aqiang.posts("第二篇")
    await xiaolan.sends(f"{HERE}/p/{written.post_id}/like")
    await xiaolan.sends(f"{HERE}/follow", source="home")
    await rows("update member set name = '小<兰>\"&' where id = $1", xiaolan.member_id)
    later(monkeypatch)
    people = [visitor, xiaolan.client, aqiang.client]
    kept_pages = [await shown(each, language) for each in [*people, *people]]

    monkeypatch.setattr(readers, "alike", lambda _: False)
    kept._issues.clear()
    alone = [await shown(each, language) for each in people]

    assert [own(each) for each in kept_pages] == [own(each) for each in [*alone, *alone]]
    assert f'data-liked="{written.post_id}"' in kept_pages[4]
    assert 'data-liked=""' in kept_pages[5]


async def test_two_who_stand_alike_share_one_drawing_and_nothing_else(
    cast, xiaolan, aqiang, monkeypatch, drawn
):
    await cast.editor.posts("给大家")
    later(monkeypatch)

    hers, his = await xiaolan.sees(HERE), await aqiang.sees(HERE)

    assert drawn == [xiaolan.member_id]
    assert 'data-viewer="xiaolan"' in hers.text
    assert "xiaolan" not in his.text
    assert token(hers.text) != token(his.text)
    assert hers.headers["cache-control"] == his.headers["cache-control"] == "no-store"


async def test_who_speaks_for_the_partner_is_never_drawn_for_another(cast, owner, editor, drawn):
    await editor.posts("给大家")

    assert "/manage" in (await owner.sees(HERE)).text
    assert "/manage" in (await owner.sees(HERE)).text
    assert drawn == []


async def test_who_has_just_written_sees_it_at_once(cast, xiaolan, visitor):
    await visitor.get(HERE)
    await xiaolan.sees(HERE)
    await xiaolan.sends(f"{HERE}/posts", body="我刚写的", idempotency_key=str(uuid.uuid4()))

    assert "我刚写的" in (await xiaolan.sees(HERE)).text


async def test_who_was_muted_a_moment_ago_has_no_form_that_will_not_work(
    cast, xiaolan, monkeypatch
):
    await cast.editor.posts("给大家")
    later(monkeypatch)
    assert 'id="compose"' in (await xiaolan.sees(HERE)).text

    await rows(
        """insert into ban (circle_id, member_id, kind, until)
           values ($1, $2, 'mute', now() + interval '1 day')""",
        cast.circle_id,
        xiaolan.member_id,
    )
    page = (await xiaolan.sees(HERE)).text
    assert 'id="compose"' not in page


async def test_a_threshold_holds_from_the_next_page_on(cast, xiaolan, owner, monkeypatch):
    later(monkeypatch)
    assert "compose-body" in (await xiaolan.sees(HERE)).text

    await rows(
        "update circle set thresholds = $2, version = version + 1 where id = $1",
        cast.circle_id,
        thresholds.written({"read": thresholds.Threshold(credit=900)}),
    )
    assert "compose-body" not in (await xiaolan.sees(HERE)).text


async def test_a_mark_cannot_be_guessed_into_a_post(cast, xiaolan, aqiang, monkeypatch):
    await aqiang.posts("__token__ {token} -token- https://evil.example/?-token-")
    later(monkeypatch)

    for _ in range(2):
        page = (await xiaolan.sees(HERE)).text
        assert token(page) not in page.partition('id="feed"')[2]


async def test_a_page_that_is_kept_has_the_newest_post_when_the_bell_is_late(
    cast, xiaolan, editor, site, monkeypatch
):
    await editor.posts("先前")
    later(monkeypatch)
    await xiaolan.sees(HERE)
    stream = site.hub.streams[cast.circle_id]
    async with stream.filling:  # the hub does not get to hear of it
        await editor.posts("新的")
        assert "新的" in (await xiaolan.sees(HERE)).text
    await asyncio.sleep(0)


def later(monkeypatch) -> None:
    """What they did is longer ago than counts."""
    monkeypatch.setattr("quanzi.web.sessions.LATELY", -1.0)


async def shown(browser, language: str) -> str:
    answer = await browser.get(HERE, headers={"accept-language": language})
    assert answer.status_code == 200
    return answer.text


def token(page: str) -> str:
    found = re.search(r'data-csrf="([0-9a-f]{64})"', page)
    assert found
    return found[1]
