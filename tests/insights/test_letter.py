"""Owners get a letter on Mondays, once, until they say that they do not want it."""

from datetime import UTC, datetime

import pytest

from quanzi.db.engine import rows
from quanzi.insights import letter
from quanzi.web import letters as drawn
from tests.insights.counted import at_day

CHOOSE = "/partners/joyrun/manage/insights/letter"
LETTERS = "select member_id, subject, text, unsubscribe from letter where key like 'insights:%'"


@pytest.fixture
async def due(cast, owner):
    """Joyrun's owner has an address, and a letter is due."""
    await rows(
        "insert into mailbox (member_id, address, confirmed_at) values ($1, 'o@example.org', now())",
        owner.member_id,
    )
    await letter.write_due()
    await rows("update insight_letter set due_at = now() - interval '1 minute'")


async def test_it_tells_of_the_week_once(cast, owner, due):
    await at_day(cast.circle_id, 1, joined=31, pages=412)
    await letter.write_due()
    await letter.write_due()

    [written] = await rows(LETTERS)
    assert written["member_id"] == owner.member_id
    assert written["subject"] == "悦跑圈的一周"
    assert "31" in written["text"]
    assert "412" in written["text"]
    assert written["unsubscribe"] == drawn.base() + letter.WEEKLY.path(owner.member_id)
    [line] = await rows("select due_at > now() as later from insight_letter where member_id = $1", owner.member_id)  # fmt: skip
    assert line["later"]


async def test_one_click_ends_it_without_signing_in(cast, owner, visitor, due):
    path = letter.WEEKLY.path(owner.member_id)
    assert (await visitor.get(path)).status_code == 200
    assert (await visitor.post(path)).status_code == 200
    assert (await visitor.post(path)).status_code == 200
    await letter.write_due()

    assert await rows(LETTERS) == []
    assert (await visitor.post(path[:-1] + "x")).status_code == 404
    assert "你现在不收" in (await owner.sees("/partners/joyrun/manage/insights")).text
    assert (await owner.sends(CHOOSE, wanted="1")).status_code == 303
    assert "每周一上午" in (await owner.sees("/partners/joyrun/manage/insights")).text


async def test_the_proof_of_another_letter_ends_nothing(owner):
    from quanzi.notifications.unsubscribing import DIGESTS

    assert DIGESTS.path(owner.member_id).split("-")[1] != letter.WEEKLY.path(owner.member_id).split("-")[1]  # fmt: skip


async def test_who_is_no_owner_any_more_gets_none(cast, owner, due):
    await rows("update staff set role = 'editor' where member_id = $1", owner.member_id)
    await letter.write_due()

    assert await rows(LETTERS) == []


async def test_nobody_but_an_owner_chooses(cast):
    for person in (cast.editor, cast.analyst, cast.maimai, cast.xiaolan):
        assert (await person.sends(CHOOSE, wanted="1")).status_code == 404


async def test_it_comes_on_a_monday_morning_where_it_is_read():
    friday = datetime(2026, 11, 27, 12, tzinfo=UTC)

    due = letter.next_due(friday, "Asia/Shanghai")
    assert due.isoformat() == "2026-11-30T09:00:00+08:00"
    assert letter.next_due(due, "Asia/Shanghai").isoformat() == "2026-12-07T09:00:00+08:00"
