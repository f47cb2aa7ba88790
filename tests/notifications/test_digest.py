"""A letter that sums up: once per period, at the hour they chose, and never about nothing."""

import asyncio
import re
from zoneinfo import ZoneInfo

import pytest

from quanzi.db.engine import row, rows
from quanzi.notifications import digest, preferences
from quanzi.notifications.unsubscribing import DIGESTS
from quanzi.posts import removing
from tests.notifications.news import happens, told

HERS = "xiaolan@example.org"


@pytest.fixture(autouse=True)
async def _by_hand(cast, site):
    await site.tickers_rest()


@pytest.fixture
async def subscribed(xiaolan):
    """Xiaolan has an address and wants a daily letter; it is due now."""
    await rows("insert into mailbox (member_id, address) values ($1, $2)", xiaolan.member_id, HERS)
    await digest.choose(xiaolan.member_id, "daily", 20)
    await due()
    return xiaolan


async def due() -> None:
    await rows("update digest set due_at = now() - interval '1 minute' where due_at is not null")


async def letters():
    return await rows("select * from letter order by id")


async def test_what_waits_is_summed_up_with_a_way_out(cast, subscribed, aqiang, owner):
    post = await subscribed.posts("周末去白云山")
    for person in (aqiang, owner):
        await happens(subscribed, "like", person, circle_id=cast.circle_id, post_id=post.post_id)
    await happens(subscribed, "follow", aqiang)
    await told()
    await digest.write_due()

    (letter,) = await letters()
    assert letter["recipient"] == HERS
    assert letter["subject"] == "圈子里有 2 条新消息"
    assert "悦跑圈主、阿强 赞了你的帖子" in letter["text"]
    assert "周末去白云山" in letter["text"]
    assert "阿强 关注了你" in letter["html"]
    assert letter["unsubscribe"].endswith(DIGESTS.path(subscribed.member_id))
    assert letter["unsubscribe"] in letter["html"]


async def test_in_her_language(cast, subscribed, aqiang):
    await rows("update mailbox set language = 'en'")
    await happens(subscribed, "follow", aqiang)
    await told()
    await digest.write_due()

    (letter,) = await letters()
    assert "阿强 followed you" in letter["text"]
    assert not re.search(r"[\u4e00-\u9fff]", letter["subject"])


async def test_nothing_new_is_no_letter(subscribed):
    assert await digest.write_due() == 1
    assert await letters() == []


async def test_what_was_read_or_told_before_is_not_told_again(cast, subscribed, aqiang, owner):
    await happens(subscribed, "follow", aqiang)
    await told()
    await digest.write_due()
    await due()
    await digest.write_due()
    assert len(await letters()) == 1
    await happens(subscribed, "staff.role", owner, note="editor")
    await told()
    await subscribed.sends("/me/notices/read")
    await due()
    await digest.write_due()

    assert len(await letters()) == 1


async def test_never_two_for_one_period(cast, subscribed, aqiang, owner):
    await happens(subscribed, "follow", aqiang)
    await told()
    await digest.write_due()
    await happens(subscribed, "staff.role", owner, note="editor")
    await told()
    await due()
    await asyncio.gather(*(digest.write_due() for _ in range(3)))

    assert len(await letters()) == 1


async def test_killed_in_between_it_is_written_once(cast, subscribed, aqiang, monkeypatch):
    await happens(subscribed, "follow", aqiang)
    await told()
    write = digest._write

    async def killed(line):
        await write(line)
        raise asyncio.CancelledError

    monkeypatch.setattr(digest, "_write", killed)
    with pytest.raises(asyncio.CancelledError):
        await digest.write_due()
    assert await letters() == []
    monkeypatch.setattr(digest, "_write", write)
    await digest.write_due()

    assert len(await letters()) == 1


async def test_of_a_removed_post_no_word_goes_out(cast, subscribed, aqiang):
    post = await subscribed.posts("不该发的帖子")
    await happens(subscribed, "like", aqiang, circle_id=cast.circle_id, post_id=post.post_id)
    await told()
    await removing.remove(await subscribed.place(), post.post_id)
    await digest.write_due()

    assert await letters() == []


async def test_what_she_does_not_want_by_mail_stays_out(cast, subscribed, aqiang):
    await preferences.choose(subscribed.member_id, {("follow", "mail"): False})
    await happens(subscribed, "follow", aqiang)
    await told()
    await digest.write_due()

    assert await letters() == []


async def test_choices_are_kept_and_shown(cast, subscribed):
    answer = await subscribed.sends(
        "/me/settings/notices",
        **{"mention.bell": "on", "like.mail": "on"},
        every="weekly", hour="8", language="en", time_zone="Asia/Tokyo",
    )  # fmt: skip

    assert answer.status_code == 303
    chosen = await preferences.of(subscribed.member_id)
    assert {choice for choice, on in chosen.items() if on} == {
        ("mention", "bell"),
        ("like", "mail"),
    }
    found = await row("select every, hour, due_at from digest")
    assert (found["every"], found["hour"]) == ("weekly", 8)
    assert found["due_at"].astimezone(ZoneInfo("Asia/Tokyo")).hour == 8
    page = (await subscribed.sees("/me/settings/notices")).text
    assert page.count(" checked") == 2
    assert '<option value="Asia/Tokyo" selected>东京' in page


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"every": "hourly"}, "请选一个列出的选项"),
        ({"hour": "24"}, "请选一个列出的选项"),
        ({"time_zone": "Mars/Olympus"}, "请选一个列出的选项"),
        ({"language": "tlh"}, "请选一个列出的选项"),
    ],
)
async def test_planted_choices_are_refused(cast, subscribed, typed, said):
    good = {"every": "daily", "hour": "8", "language": "en", "time_zone": "Asia/Tokyo"}
    answer = await subscribed.sends("/me/settings/notices", **(good | typed))

    assert answer.status_code == 422
    assert said in answer.text


async def test_without_an_address_there_is_no_digest(cast, aqiang):
    answer = await aqiang.sends(
        "/me/settings/notices",
        every="daily", hour="8", language="en", time_zone="Asia/Tokyo",
    )  # fmt: skip

    assert answer.status_code == 422
    assert "先填写并确认邮箱" in answer.text


async def test_one_click_ends_it_without_cookie_form_or_token(cast, subscribed, visitor):
    path = DIGESTS.path(subscribed.member_id)
    looked = await visitor.get(path)
    assert looked.status_code == 200
    assert (await digest.of(subscribed.member_id))[0] == "daily", "looking changes nothing"
    answer = await visitor.post(
        path,
        content="List-Unsubscribe=One-Click",
        headers={
            "content-type": "application/x-www-form-urlencoded",
            "origin": "https://mail.example",
            "sec-fetch-site": "cross-site",
        },
    )

    assert answer.status_code == 200
    assert (await digest.of(subscribed.member_id))[0] == "off"
    assert (await visitor.post(path)).status_code == answer.status_code


async def test_a_planted_way_out_ends_nobodys(cast, subscribed, aqiang, visitor):
    hers, his = (DIGESTS.path(p.member_id) for p in (subscribed, aqiang))
    proof = his.rpartition("-")[2]
    for planted in (f"{subscribed.member_id}-{proof}", f"{subscribed.member_id}-", "-", "x-y",
                    f"{'9' * 40}-{proof}", f"{hers.rpartition('/')[2]}0", "٣-x"):  # fmt: skip
        assert (await visitor.post(f"/unsubscribe/{planted}")).status_code == 404
        assert (await visitor.get(f"/unsubscribe/{planted}")).status_code == 404

    assert (await digest.of(subscribed.member_id))[0] == "daily"
