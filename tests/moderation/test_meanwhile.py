"""What people do while somebody looks at what they wrote."""

import pytest

from quanzi.curation import removing
from quanzi.db.engine import row, rows
from quanzi.errors import Barred, Conflict, Invalid
from quanzi.moderation import appealing, cases, claiming, closing, deciding, opening, reporting
from quanzi.posts import editing, looking
from quanzi.screening import pictures
from quanzi.screening.looking import Seen
from tests.moderation.test_deciding import case_of, decides, ruled
from tests.moderation.test_pictures import posts_a_picture, seen
from tests.moderation.words import EVIDENCE, HARMLESS, HELD, MASKED
from tests.people import CIRCLE

__all__ = ["seen"]


async def test_nobody_lets_words_out_that_they_have_not_read(cast, xiaolan, reviewer, visitor):
    written = await xiaolan.posts(HELD)
    read = await case_of(cast)
    place = await reviewer.place()
    await claiming.claim(place, read.id)
    version = (await row("select version from post"))["version"]
    await editing.edit(await xiaolan.place(), written.post_id, "你们都是傻逼", version)

    with pytest.raises(Conflict):
        await deciding.decide(place, read.id, ruled(place, action="keep", reason=""), read.seen)

    assert "你们都是" not in (await visitor.get(f"/c/{CIRCLE}")).text
    now = await cases.one(place, read.id)
    await deciding.decide(place, now.id, ruled(place, action="keep", reason=""), now.seen)
    assert (await row("select state from post"))["state"] == "published"


async def test_what_its_author_took_away_is_no_longer_for_anybody_to_decide(xiaolan, cast):
    written = await xiaolan.posts(HELD)
    case = await case_of(cast)
    assert await closing.close_moot() == 0

    await removing.remove(await xiaolan.place(), written.post_id)

    assert await closing.close_moot() == 1
    assert (await cases.one(await cast.reviewer.place(), case.id)).state == "decided"


async def test_harmless_words_take_the_place_of_those_that_wait(xiaolan, cast):
    written = await xiaolan.posts(HARMLESS)
    await editing.edit(await xiaolan.place(), written.post_id, HELD, 1)
    await opening.open_due()

    await editing.edit(await xiaolan.place(), written.post_id, "算了，换一句", 1)

    assert not await editing.waits(await xiaolan.place(), written.post_id)
    assert await closing.close_moot() == 1


async def test_who_reported_is_answered_by_people_all_the_same(xiaolan, aqiang, cast):
    written = await xiaolan.posts(HARMLESS)
    await reporting.report(await aqiang.place(), written.post_id, 0, category="abuse", note="")
    await removing.remove(await xiaolan.place(), written.post_id)
    assert await closing.close_moot() == 0


async def test_stars_come_off_only_over_the_words_they_were_put_on(cast, xiaolan, reviewer, owner):
    written = await xiaolan.posts(HELD)
    decision = await decides(reviewer, await case_of(cast), action="mask")
    version = (await row("select version from post"))["version"]
    await editing.edit(await xiaolan.place(), written.post_id, "后来写的新话", version)

    await appealing.appeal(xiaolan.viewer, decision, "不对")
    await appealing.answer(await owner.place(), decision, overturn=True, reason="对的")

    assert (await row("select body from post"))["body"] == "后来写的新话"
    assert await rows("select 1 from withheld") == []


async def test_what_was_found_in_other_words_is_not_laid_over_these(xiaolan, reviewer):
    written = await xiaolan.posts(MASKED)
    version = (await row("select version from post"))["version"]
    await editing.edit(
        await xiaolan.place(), written.post_id, "今天天气很好，我们去江边跑步", version
    )

    with pytest.raises(Invalid):
        await reviewer.decides(written.post_id, action="mask")


async def test_who_is_muted_does_not_talk_by_editing(xiaolan, reviewer):
    written = await xiaolan.posts(HARMLESS)
    other = await xiaolan.posts("另一篇")
    await reviewer.decides(other.post_id, measure="mute", days="3")
    with pytest.raises(Barred):
        await editing.edit(await xiaolan.place(), written.post_id, "换个说法接着说", 1)


async def test_topics_are_words_too(xiaolan, visitor):
    with pytest.raises(Invalid) as refused:
        await xiaolan.posts(HARMLESS, topics="线上赌场注册送彩金百家乐真人荷官")
    assert set(refused.value.fields) == {"topics"}
    held = await xiaolan.posts(HARMLESS, topics=EVIDENCE)
    assert held.outcome == "held"
    masked = await xiaolan.posts("有事找我", topics="我的手机号13812345678")
    assert masked.outcome == "masked"
    inline = await xiaolan.posts("我的手机号是 #13812345678# ，有事找我")
    assert inline.outcome == "masked"

    page = (await visitor.get(f"/c/{CIRCLE}")).text
    assert "有事找我" in page
    assert "13812345678" not in page
    assert EVIDENCE not in page
    assert await rows("select 1 from topic where name ~ '1381234'") == []


async def test_what_changes_while_its_pictures_are_looked_at_is_looked_at_again(
    site, xiaolan, visitor, seen, monkeypatch
):
    await site.tickers_rest()
    seen.says = None
    await posts_a_picture(xiaolan)
    post = await row("select id, version from post")

    async def look(names, *, within=None):
        if names:
            await editing.edit(await xiaolan.place(), post["id"], HELD, post["version"])
        return [Seen("sexual", 0.01, 999, "t") for _ in names]

    monkeypatch.setattr(pictures, "look", look)
    await looking.look_due()

    assert EVIDENCE not in (await visitor.get(f"/c/{CIRCLE}")).text
    assert (await row("select state, held_for from post"))["held_for"] == "people"


async def test_a_doubtful_picture_that_was_looked_at_late_is_limited_too(site, xiaolan, seen):
    await site.tickers_rest()
    seen.says = None
    await posts_a_picture(xiaolan)
    seen.says = Seen("sexual", 0.45, 999, "t")
    assert await looking.look_due() == 1
    post = await row("select state, limited from post")
    assert (post["state"], post["limited"]) == ("published", True)


async def test_a_comment_waits_until_its_post_is_back(cast, xiaolan, aqiang, reviewer, owner):
    written = await xiaolan.posts()
    said = await aqiang.says(written.post_id, "好的呀")
    first = await reviewer.decides(written.post_id, said.comment_id)
    second = await reviewer.decides(written.post_id)
    for person, decision in ((aqiang, first), (xiaolan, second)):
        await appealing.appeal(person.viewer, decision, "不对")
        await appealing.answer(await owner.place(), decision, overturn=True, reason="对的")
    comment = await row("select state from comment")
    assert comment["state"] == "published" or await rows("select 1 from withheld")
