"""A post with a link gets a card, after it is out and without anybody waiting for it."""

import asyncio
from dataclasses import replace

import pytest

from quanzi.curation import removing
from quanzi.db.engine import row, rows
from quanzi.db.transaction import transaction
from quanzi.media.incoming import store
from quanzi.posts import carding, cards, editing, withholding
from quanzi.screening import pictures as looks
from quanzi.screening.looking import Seen
from quanzi.settings import settings
from tests.links.site import LinkedSite, article
from tests.people import CIRCLE
from tests.web.pictures import a_jpeg


@pytest.fixture
async def linked(cast, site, monkeypatch):
    """A site to link to, which alone may be reached inside; what is due is done by the test's own hand."""
    await site.tickers_rest()
    on = replace(settings(), link_previews=True)
    for room in (carding, cards):
        monkeypatch.setattr(room, "settings", lambda: on)
    made = LinkedSite()
    await made.start()
    yield made
    await made.stop()


@pytest.fixture
async def outbound(linked):
    made = linked.outbound()
    yield made
    await made.close()


@pytest.fixture
def harmless(monkeypatch):
    async def look(names, *, within=None):
        return [Seen("sexual", 0.01, 7, "x") for _ in names]

    monkeypatch.setattr(looks, "look", look)


def pictured(linked, path="/a", picture="/p.jpg", **more) -> str:
    linked.page(picture, a_jpeg(640, 480), content_type="image/jpeg")
    return linked.page(
        path, article(head=f'<meta property="og:image" content="{picture}">', **more)
    )


async def state(post_id: int) -> str | None:
    found = await row("select state from post_link where post_id = $1", post_id)
    return found["state"] if found else None


async def calm() -> None:
    """So much later that the host may be asked again."""
    await rows("update link_page set at = at - interval '1 minute'")
    await rows("update post_link set taken_until = null")


async def test_a_link_becomes_a_card_and_open_pages_are_told(
    linked, outbound, xiaolan, visitor, harmless
):
    post_id = (await xiaolan.posts(f"看这个 {pictured(linked)} 不错")).post_id
    assert linked.asked == []

    assert await cards.card_due(outbound) == 1

    page = (await visitor.get(f"/c/{CIRCLE}/p/{post_id}")).text
    assert "夜跑路线十条" in page
    assert "沿江十公里" in page
    assert "跑步周刊" in page
    assert "已编辑" not in page
    event = await row("select op, version, actor_id from circle_event order by seq desc limit 1")
    assert tuple(event) == ("post.edited", 2, None)
    name = (await row("select picture from post_link"))["picture"]
    picture = await visitor.get(f"/c/{CIRCLE}/i/{name}/s.webp")
    assert picture.headers["content-type"] == "image/webp"


async def test_a_card_is_what_the_page_says_and_never_its_html(linked, outbound, xiaolan, visitor):
    await xiaolan.posts("看 " + linked.page("/x", article("<script>alert(1)</script>&quot;")))

    await cards.card_due(outbound)

    page = (await visitor.get(f"/c/{CIRCLE}")).text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


async def test_what_was_found_serves_everybody_for_a_day(
    linked, outbound, xiaolan, aqiang, harmless
):
    url = pictured(linked)
    for person in (xiaolan, aqiang):
        await person.posts(f"{person.handle} {url}")

    assert sum([await cards.card_due(outbound) for _ in range(3)]) >= 1
    await calm()
    await cards.card_due(outbound)

    assert linked.asked == ["/a", "/p.jpg"]
    assert [line["state"] for line in await rows("select state from post_link")] == ["shown"] * 2

    await rows("update link_page set at = now() - interval '25 hours'")
    await cards.forget_old()
    post_id = (await xiaolan.posts(f"一天以后 {url}")).post_id
    await cards.card_due(outbound)
    assert linked.asked == ["/a", "/p.jpg"] * 2
    assert await state(post_id) == "shown"


async def test_a_host_is_asked_for_one_thing_after_the_other(linked, outbound, xiaolan):
    for n in range(3):
        await xiaolan.posts(f"{n} " + linked.page(f"/{n}", article(f"第 {n} 篇")))

    await cards.card_due(outbound)
    assert len(linked.asked) == 1

    await calm()
    await cards.card_due(outbound)
    assert len(linked.asked) == 2


async def test_what_failed_is_remembered_for_an_hour(linked, outbound, xiaolan):
    url = linked.page("/down", "", 500)
    for n in range(2):
        post_id = (await xiaolan.posts(f"第 {n} 次 {url}")).post_id
        await cards.card_due(outbound)
        await calm()
    assert linked.asked == ["/down"]
    assert await state(post_id) == "none"

    await rows("update link_page set at = now() - interval '61 minutes'")
    await cards.forget_old()
    linked.page("/down", article())
    post_id = (await xiaolan.posts(f"再来 {url}")).post_id
    await cards.card_due(outbound)
    assert await state(post_id) == "shown"


async def test_bad_words_over_there_are_not_shown_here(linked, outbound, xiaolan, visitor):
    post_id = (await xiaolan.posts("看 " + linked.page("/x", article("你们都是傻逼")))).post_id

    await cards.card_due(outbound)

    assert await state(post_id) == "none"
    assert "傻逼" not in (await visitor.get(f"/c/{CIRCLE}")).text
    assert (await row("select version from post"))["version"] == 1


@pytest.mark.parametrize(("seen", "becomes", "pictures"), [
    (Seen("sexual", 0.99, 7, "x"), "none", 0), (None, "shown", 0), (Seen("sexual", 0.01, 7, "x"), "shown", 1),
])  # fmt: skip
async def test_its_picture_is_looked_at_first(
    linked, outbound, xiaolan, monkeypatch, seen, becomes, pictures
):
    async def look(names, *, within=None):
        return [seen for _ in names]

    monkeypatch.setattr(looks, "look", look)
    post_id = (await xiaolan.posts(f"看 {pictured(linked)}")).post_id

    await cards.card_due(outbound)

    assert await state(post_id) == becomes
    shown = await rows("select 1 from post_link where picture <> ''")
    assert len(shown) == pictures


async def test_the_operator_can_turn_it_off(xiaolan, site):
    await xiaolan.posts("看 https://a.example/x")

    assert not settings().link_previews
    assert await row("select 1 from post_link") is None


async def test_its_author_takes_the_card_away_and_back(
    linked, outbound, xiaolan, visitor, harmless
):
    post_id = (await xiaolan.posts(f"看 {pictured(linked)}")).post_id
    body = (await row("select body from post"))["body"]
    await cards.card_due(outbound)
    here = f"/c/{CIRCLE}/p/{post_id}"
    assert 'name="card" checked' in (await xiaolan.sees(f"{here}/edit")).text

    away = {"body": body, "version": "2", "card_known": "1"}
    assert (await xiaolan.sends(f"{here}/edit", **away)).status_code == 303
    assert "link-card" not in (await visitor.get(here)).text
    assert (await row("select version from post"))["version"] == 3
    # The same link stays without a card, whatever else she writes.
    await editing.edit(await xiaolan.place(), post_id, f"还是 {body}", 3)
    await cards.card_due(outbound)
    assert await state(post_id) == "away"

    body, back = f"还是 {body}", {"card_known": "1", "card": "on"}
    await xiaolan.sends(f"{here}/edit", body=body, version="4", **back)
    await cards.card_due(outbound)
    assert "link-card" in (await visitor.get(here)).text


async def test_another_link_is_another_card(linked, outbound, xiaolan, harmless):
    post_id = (await xiaolan.posts(f"看 {pictured(linked)}")).post_id
    await cards.card_due(outbound)
    picture = (await row("select picture from post_link"))["picture"]

    other = linked.page("/b", article("另一篇"))
    await editing.edit(await xiaolan.place(), post_id, f"看 {other}", 2)
    await calm()
    await cards.card_due(outbound)
    assert (await row("select title from post_link"))["title"] == "另一篇"

    # The picture stays for a day for who else links there, and no longer.
    assert store().path(picture, "s").exists()
    await rows("update link_page set at = now() - interval '25 hours'")
    await cards.forget_old()
    assert not store().path(picture, "s").exists()


async def test_a_card_that_is_shown_keeps_its_picture(linked, outbound, xiaolan, harmless):
    post_id = (await xiaolan.posts(f"看 {pictured(linked)}")).post_id
    await cards.card_due(outbound)
    picture = (await row("select picture from post_link"))["picture"]
    await rows("update link_page set at = now() - interval '25 hours'")

    await cards.forget_old()
    assert store().path(picture, "s").exists()

    await removing.remove(await xiaolan.place(), post_id)
    assert not store().path(picture, "s").exists()


async def test_without_the_link_there_is_no_card(linked, outbound, xiaolan):
    post_id = (await xiaolan.posts("看 " + linked.page("/x", article()))).post_id
    await cards.card_due(outbound)

    await editing.edit(await xiaolan.place(), post_id, "不看了", 2)

    assert await state(post_id) is None


async def test_words_that_wait_go_on_waiting_when_the_card_comes(cast, linked, outbound, xiaolan):
    url = linked.page("/x", article())
    post_id = (await xiaolan.posts(f"看 {url}")).post_id
    place = await xiaolan.place()
    await editing.edit(place, post_id, f"傻逼 {url}", 1)
    assert await editing.waits(place, post_id)

    await cards.card_due(outbound)

    await editing.put_held_in_force(cast.circle_id, post_id)
    found = await row("select body, version from post")
    assert found["body"].startswith("傻逼")
    assert found["version"] == 3


async def test_a_comments_kept_words_are_no_business_of_the_card(cast, linked, outbound, xiaolan):
    url = linked.page("/x", article())
    post_id = (await xiaolan.posts(f"看 {url}")).post_id
    comment_id = (await xiaolan.says(post_id, "跑得真慢")).comment_id
    async with transaction():
        await withholding.keep_words(cast.circle_id, post_id, comment_id)
        await editing.reword(cast.circle_id, post_id, comment_id, "跑得真*", edit=False)
    # The post's number comes to stand where the comment's would be taken for it.
    await editing.edit(await xiaolan.place(), post_id, f"再看 {url}", 1)

    await cards.card_due(outbound)

    assert await state(post_id) == "shown"
    async with transaction():
        kept = await withholding.taken_words(cast.circle_id, post_id, comment_id)
    assert kept == "跑得真慢"


async def test_what_is_put_back_has_its_card_again(cast, linked, outbound, xiaolan):
    post_id = (await xiaolan.posts("看 " + linked.page("/x", article()))).post_id
    await cards.card_due(outbound)
    await withholding.withhold(cast.circle_id, post_id, None)
    assert await state(post_id) is None

    await withholding.put_back(cast.circle_id, post_id, None)
    await cards.card_due(outbound)
    assert await state(post_id) == "shown"


async def test_a_planned_post_is_not_looked_at_before_it_is_out(linked, outbound, editor):
    place = await editor.place()
    url = linked.page("/x", article())
    await rows(
        """insert into post (circle_id, author_id, state, body, publish_at)
           values ($1, $2, 'scheduled', $3, now() + interval '1 day')""",
        place.circle.id,
        editor.member_id,
        f"明天 {url}",
    )
    post_id = (await row("select id from post"))["id"]
    await carding.follow(place.circle.id, post_id)

    assert await cards.card_due(outbound) == 0
    assert linked.asked == []


async def test_many_processes_make_one_card(linked, outbound, xiaolan):
    await xiaolan.posts("看 " + linked.page("/x", article()))

    await asyncio.gather(*(cards.card_due(outbound) for _ in range(6)))

    assert linked.asked == ["/x"]
    assert len(await rows("select 1 from circle_event where op = 'post.edited'")) == 1
