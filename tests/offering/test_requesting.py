"""Asking for a service: once, not too often, by who may; and the partner's people hear of it."""

import asyncio
import uuid

import pytest

from quanzi.circles import banning
from quanzi.db.engine import row, rows
from quanzi.errors import Barred, Conflict, Invalid, NotAllowed, NotFound, TooMany
from quanzi.moderation import ruling
from quanzi.notifications import wording
from quanzi.offering import answering, inbox, requesting, showing
from quanzi.offering.inbox import Wanted
from tests.moderation.words import HELD, REFUSED
from tests.notifications.news import told, tray
from tests.offering.shop import PHONE, WISH, asks, changes, found, offers
from tests.people import CIRCLE


async def waiting(place) -> list[str]:
    return [each.name for each in await inbox.of_circle(place, Wanted("new"))]


async def test_what_she_answers_is_read_by_owner_editor_and_herself(cast, editor, xiaolan):
    service_id = await offers(editor, "陪跑", PHONE, WISH)

    request_id = await asks(xiaolan, service_id)

    for person in (editor, cast.owner):
        asked = await inbox.one(await person.place(), request_id)
        assert [each.text for each in asked.answers] == ["138 0000 0000", "想跑十公里"]
    assert (await inbox.own(xiaolan.viewer, request_id)).state == "new"
    for person in (cast.reviewer, cast.analyst, cast.moderator, cast.maimai, cast.aqiang):
        place = await person.place()
        with pytest.raises(NotFound):
            await inbox.one(place, request_id)
        with pytest.raises(NotFound):
            await inbox.of_circle(place, Wanted())
        with pytest.raises(NotFound):
            await inbox.own(person.viewer, request_id)


async def test_an_analyst_learns_how_many_and_not_who(cast, editor, xiaolan, aqiang):
    service_id = await offers(editor, "陪跑", PHONE)
    for person in (xiaolan, aqiang):
        await asks(person, service_id)

    counts = await inbox.counts(await cast.analyst.place())
    page = (await cast.analyst.sees(f"/c/{CIRCLE}/manage/services")).text

    assert (counts[service_id].new, counts[service_id].lately) == (2, 2)
    assert "待处理 2" in page
    assert "小兰" not in page
    assert "manage/services/requests" not in page
    with pytest.raises(NotFound):
        await inbox.counts(await cast.reviewer.place())


async def test_the_same_form_twice_at_once_is_one_request(editor, xiaolan):
    service_id, key = await offers(editor, "陪跑", PHONE), uuid.uuid4()

    made = await asyncio.gather(*(asks(xiaolan, service_id, key=key) for _ in range(4)))

    assert len(set(made)) == 1
    assert await waiting(await editor.place()) == ["小兰"]


async def test_so_many_wait_for_an_answer_and_no_more_even_at_once(editor, xiaolan):
    service_id = await offers(editor)
    made = await asyncio.gather(
        *(asks(xiaolan, service_id) for _ in range(requesting.MOST_OPEN + 3)),
        return_exceptions=True,
    )
    assert sum(isinstance(each, TooMany) for each in made) == 3
    assert len(await waiting(await editor.place())) == requesting.MOST_OPEN

    request_id = next(each for each in made if isinstance(each, int))
    await answering.answer(await editor.place(), request_id, "declined")
    assert await asks(xiaolan, service_id)


async def test_too_fast_is_asked_to_wait(editor, xiaolan):
    service_id = await offers(editor)
    path = f"/c/{CIRCLE}/services/{service_id}/requests"

    answers = [(await xiaolan.sends(path)).status_code for _ in range(12)]

    assert answers[0] == 422
    assert 429 in answers


@pytest.mark.parametrize("kind", ["mute", "ban"])
async def test_who_may_not_talk_here_asks_for_nothing_here(cast, editor, xiaolan, kind):
    service_id = await offers(editor)
    await banning.ban(xiaolan.member_id, cast.circle_id, kind, ruling.FOR_GOOD, reason="x", by=None)

    with pytest.raises(Barred):
        await asks(xiaolan, service_id)


async def test_what_has_ended_leads_out_or_is_not_for_them_is_not_asked_for(editor, xiaolan):
    ended = await offers(editor, "结束的")
    await showing.end(await editor.place(), ended)
    outside = await offers(editor, "外面的", link="https://shop.example.com/")
    others = await offers(editor, "给粉丝的", segment="followers")

    for service_id, refusal in ((ended, NotAllowed), (outside, NotAllowed), (others, NotFound)):
        with pytest.raises(refusal):
            await asks(xiaolan, service_id)


async def test_a_form_that_has_changed_meanwhile_is_shown_again(editor, xiaolan):
    service_id = await offers(editor, "陪跑", PHONE)
    place, read = await xiaolan.place(), await found(xiaolan, service_id)
    await changes(editor, service_id, kept_days="365")

    with pytest.raises(Invalid) as wrong:
        await requesting.request(
            place, service_id, {"a_aaaaaaaa": "13800000"}, version=read.version, key=uuid.uuid4()
        )
    assert set(wrong.value.fields) == {"version"}


async def test_what_nobody_may_say_is_not_said_this_way_and_a_number_is_no_fault(editor, xiaolan):
    service_id = await offers(editor, "陪跑", PHONE, WISH)

    with pytest.raises(Invalid) as wrong:
        await asks(xiaolan, service_id, a_bbbbbbbb=REFUSED)
    assert set(wrong.value.fields) == {"a_bbbbbbbb"}
    assert await asks(xiaolan, service_id, a_bbbbbbbb="打 13812345678 找我，加微信也行")
    assert await asks(xiaolan, service_id, a_bbbbbbbb=HELD)


async def test_the_partners_people_hear_once_until_they_look(cast, editor, xiaolan, aqiang):
    service_id = await offers(editor, "陪跑", PHONE)
    for person in (xiaolan, aqiang):
        await asks(person, service_id)
    await told()

    for person in (cast.owner, editor):
        [notice] = [each for each in await tray(person) if each.kind == "request.new"]
        assert notice.count == 2
        assert wording.path(notice) == f"/c/{CIRCLE}/manage/services/requests?state=new"
        assert "小兰" in wording.plain(notice, "zh-Hans")
    for person in (cast.reviewer, cast.analyst, cast.moderator):
        assert [each for each in await tray(person) if each.kind == "request.new"] == []


async def test_taken_back_it_is_empty_and_only_before_somebody_answered(editor, xiaolan, aqiang):
    service_id = await offers(editor, "陪跑", PHONE)
    request_id = await asks(xiaolan, service_id)
    with pytest.raises(NotFound):
        await requesting.withdraw(aqiang.viewer, request_id)

    for _ in range(2):
        await requesting.withdraw(xiaolan.viewer, request_id)
    asked = await inbox.one(await editor.place(), request_id)
    assert (asked.state, asked.answers) == ("withdrawn", ())

    other = await asks(xiaolan, service_id)
    await answering.answer(await editor.place(), other, "accepted")
    with pytest.raises(Conflict):
        await requesting.withdraw(xiaolan.viewer, other)


async def test_nothing_of_it_stands_in_a_log_a_notice_or_an_address(
    cast, editor, xiaolan, capfd, site
):
    service_id = await offers(editor, "陪跑", PHONE)
    version = (await found(editor, service_id)).version
    path = f"/c/{CIRCLE}/services/{service_id}/requests"

    answer = await xiaolan.sends(path, a_aaaaaaaa="13899887766", version=str(version))
    bad = await xiaolan.sends(path, a_aaaaaaaa="13899887766x", version=str(version))
    await told()

    assert (answer.status_code, bad.status_code) == (303, 422)
    assert "1389988" not in answer.headers["location"]
    tables = await rows(
        "select tablename from pg_tables where schemaname = 'public' and tablename <> 'service_request'"
    )
    for (table,) in tables:
        kept = await row(f"select count(*) as n from {table} t where t::text like '%1389988%'")
        assert kept["n"] == 0, table
    said = capfd.readouterr()
    assert "1389988" not in said.out + said.err
