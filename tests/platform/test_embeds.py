"""A circle in a frame on another site: what a visitor reads, nothing to press, and no more."""

import asyncio
import re
from urllib.parse import quote

import pytest

from quanzi.circles.thresholds import Threshold
from quanzi.db.engine import rows
from quanzi.platform import embedding, kept_frames
from quanzi.posts import editing
from tests.circles.test_thresholds import asks
from tests.people import CIRCLE

FRAME = f"/embed/c/{CIRCLE}"


def may_be_framed(answer) -> bool:
    return "frame-ancestors *" in answer.headers["content-security-policy"] and (
        "x-frame-options" not in answer.headers
    )


async def test_any_site_may_show_it_and_no_other_page_of_ours(xiaolan, visitor):
    post = await xiaolan.posts("今晚七点")
    for path in (FRAME, f"{FRAME}/p/{post.post_id}"):
        answer = await visitor.get(path)
        assert answer.status_code == 200, path
        assert "今晚七点" in answer.text
        assert may_be_framed(answer)
    for path in (f"/c/{CIRCLE}", "/signin", "/embed/c/never-was-one", f"{FRAME}/p/999999"):
        assert not may_be_framed(await visitor.get(path)), path


async def test_who_is_signed_in_has_nothing_there_that_acts_in_their_name(editor, xiaolan):
    await xiaolan.posts("今晚七点")
    page = (await editor.sees(FRAME)).text

    assert "<form" not in page
    assert 'data-viewer=""' in page
    assert 'data-csrf=""' in page


async def test_a_hidden_circle_is_in_no_frame_not_even_for_its_people(cast, owner, visitor):
    await rows("update circle set hidden = true where id = $1", cast.circle_id)

    assert (await owner.sees(FRAME)).status_code == 404
    told = await visitor.get(f"/oembed?url=/c/{CIRCLE}")
    assert told.status_code == 404


async def test_as_many_posts_as_asked_for_and_never_more_than_a_page(xiaolan, visitor):
    for number in range(7):
        await xiaolan.posts(f"第 {number} 篇")

    async def shown(asked: str) -> int:
        return (await visitor.get(FRAME + asked)).text.count("<article")

    assert [await shown(each) for each in ("", "?posts=2", "?posts=0", "?posts=x", "?posts=99")] == [
        5, 2, 5, 5, 7,
    ]  # fmt: skip


async def test_a_removed_or_planned_post_is_not_there(xiaolan, visitor):
    post = await xiaolan.posts("说错了")
    await xiaolan.sends(f"/c/{CIRCLE}/p/{post.post_id}/delete")

    assert (await visitor.get(f"{FRAME}/p/{post.post_id}")).status_code == 404
    assert (await visitor.get(f"/oembed?url=/c/{CIRCLE}/p/{post.post_id}")).status_code == 404


async def test_a_consumer_of_oembed_finds_it_on_the_page_and_shows_the_frame(xiaolan, visitor):
    """As the specification has it: the page names the document, the document holds the frame."""
    post = await xiaolan.posts('说<b>什么</b>"呢"\n第二段')
    base = str(visitor.base_url).rstrip("/")
    for path in (f"/c/{CIRCLE}", f"/c/{CIRCLE}/p/{post.post_id}"):
        page = (await visitor.get(path)).text
        assert f'type="application/json+oembed" href="/oembed?url={quote(path, safe="")}"' in page
        answer = await visitor.get(f"/oembed?url={quote(base + path, safe='')}&maxwidth=300")
        told = answer.json()
        assert (told["version"], told["type"], told["width"]) == ("1.0", "rich", 300)
        assert f'src="{base}/embed{path}"' in told["html"]
        assert "<b>" not in told["html"]
        assert (await visitor.get(f"/embed{path}")).status_code == 200
        assert answer.headers["access-control-allow-origin"] == "*"
    assert told["author_name"] == "小兰"


@pytest.mark.parametrize(
    "address",
    ["", "https://elsewhere.example/c/night-run", "/me/settings", "javascript:alert(1)",
     "//night-run/c/night-run", "/c/night-run/manage", "/c/night-run/p/99999999999999999999"],
)  # fmt: skip
async def test_nothing_is_told_of_addresses_that_are_not_ours(visitor, address):
    answer = await visitor.get(f"/oembed?url={quote(address, safe='')}")

    assert answer.status_code == 404
    assert "iframe" not in answer.text


async def test_xml_is_not_spoken_and_that_is_said(visitor):
    assert (await visitor.get(f"/oembed?url=/c/{CIRCLE}&format=xml")).status_code == 501


async def test_a_frame_is_drawn_once_and_anew_when_something_changed(
    cast, xiaolan, visitor, site, monkeypatch
):
    post = await xiaolan.posts("今晚七点")
    while (await site.hub.stream(cast.circle_id)).head < post.seq:
        await asyncio.sleep(0.005)
    for path in (FRAME, f"{FRAME}?posts=3", f"{FRAME}/p/{post.post_id}"):
        first = await visitor.get(path)
        monkeypatch.setattr(embedding, "place_of", _nobody_asks)
        again = await visitor.get(path)
        known = await visitor.get(path, headers={"if-none-match": first.headers["etag"]})
        monkeypatch.undo()
        assert _without_nonce(again.text) == _without_nonce(first.text)
        assert (known.status_code, known.content) == (304, b"")
        assert "content-security-policy" not in known.headers

    written = await editing.edit(await xiaolan.place(), post.post_id, "改到八点", 1)
    while (await site.hub.stream(cast.circle_id)).head < written:
        await asyncio.sleep(0.005)
    for path in (FRAME, f"{FRAME}/p/{post.post_id}"):
        changed = await visitor.get(path)
        assert "改到八点" in changed.text
        assert "今晚七点" not in changed.text


async def test_each_answer_has_a_nonce_of_its_own_and_languages_stay_apart(xiaolan, visitor):
    await xiaolan.posts("今晚七点")
    first, second = await visitor.get(FRAME), await visitor.get(FRAME)
    english = await visitor.get(FRAME + "?lang=en")

    for answer in (first, second, english):
        nonce = re.search(r"'nonce-([^']+)'", answer.headers["content-security-policy"])
        assert nonce
        assert set(re.findall(r'nonce="([^"]+)"', answer.text)) == {nonce[1]}
    assert first.headers["content-security-policy"] != second.headers["content-security-policy"]
    assert '<html lang="en"' in english.text


async def test_a_kept_frame_is_not_shown_once_reading_has_a_threshold(
    owner, xiaolan, visitor, monkeypatch
):
    monkeypatch.setattr(kept_frames, "OLDEST", 3_600.0)
    await xiaolan.posts("今晚七点")
    assert (await visitor.get(FRAME)).status_code == 200

    await asks(owner, read=Threshold(credit=600))

    while (await visitor.get(FRAME)).status_code == 200:
        await asyncio.sleep(0.1)


def _without_nonce(text: str) -> str:
    return re.sub(r'nonce="[^"]+"', "", text)


async def _nobody_asks(circle: str) -> None:
    raise AssertionError("a kept frame asks the database nothing")
