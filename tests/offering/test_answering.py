"""What the partner says to requests: one press, told to who asked; of one circle and of all."""

import asyncio

import pytest

from quanzi.circles import changing, partners
from quanzi.db.engine import row
from quanzi.errors import Conflict, Invalid, NotAllowed, NotFound
from quanzi.notifications import wording
from quanzi.offering import answering, inbox
from quanzi.offering.inbox import PAGE, Wanted
from tests.moderation.words import REFUSED
from tests.notifications.news import told, tray
from tests.offering.shop import PHONE, asks, offers
from tests.people import CIRCLE


@pytest.fixture
async def asked(editor, xiaolan) -> int:
    return await asks(xiaolan, await offers(editor, "陪跑", PHONE))


async def test_accepted_and_done_with_a_word_to_her(editor, xiaolan, asked):
    place = await editor.place()
    await answering.answer(place, asked, "accepted", note="周五晚上见")
    await answering.answer(place, asked, "done")
    await told()

    mine = await inbox.own(xiaolan.viewer, asked)
    assert (mine.state, mine.note) == ("done", "周五晚上见")
    notices = [each for each in await tray(xiaolan) if each.kind.startswith("request.")]
    assert [each.kind for each in notices] == ["request.done", "request.accepted"]
    assert wording.plain(notices[1], "zh-Hans") == "你预约的“陪跑”已经接受"
    assert wording.plain(notices[1], "en") == "Your request for “陪跑” was accepted"
    assert wording.path(notices[1]) == f"/me/requests/{asked}"


async def test_the_same_press_twice_tells_once(editor, xiaolan, asked):
    place = await editor.place()
    await asyncio.gather(*(answering.answer(place, asked, "accepted") for _ in range(3)))
    await told()

    assert [each.kind for each in await tray(xiaolan)] == ["request.accepted"]


@pytest.mark.parametrize(
    ("before", "then"),
    [("", "done"), ("declined", "accepted"), ("declined", "done")],
)
async def test_what_cannot_follow_is_refused(editor, asked, before, then):
    place = await editor.place()
    if before:
        await answering.answer(place, asked, before)

    with pytest.raises(Conflict):
        await answering.answer(place, asked, then)


async def test_only_owner_and_editor_answer(cast, asked):
    for person in (cast.xiaolan, cast.reviewer, cast.analyst, cast.moderator, cast.maimai):
        with pytest.raises(NotAllowed):
            await answering.answer(await person.place(), asked, "accepted")
    await answering.answer(await cast.owner.place(), asked, "accepted")


async def test_a_state_that_is_none_and_words_too_many_are_refused(editor, asked):
    place = await editor.place()
    for state, note, field in (("sold", "", "state"), ("accepted", "长" * 301, "note"),
                               ("accepted", REFUSED, "note")):  # fmt: skip
        with pytest.raises(Invalid) as wrong:
            await answering.answer(place, asked, state, note=note)
        assert set(wrong.value.fields) == {field}


async def test_the_inbox_is_sorted_through_by_state_and_service(cast, editor, xiaolan, aqiang):
    runs, shoes = await offers(editor, "陪跑"), await offers(editor, "试鞋")
    first, second = await asks(xiaolan, runs), await asks(aqiang, shoes)
    place = await editor.place()
    await answering.answer(place, first, "accepted")

    async def ids(*wanted) -> list[int]:
        return [each.id for each in await inbox.of_circle(place, Wanted(*wanted))]

    assert await ids() == [second, first]
    assert await ids("new") == [second]
    assert await ids("", runs) == [first]
    assert await ids("new", runs) == []


async def test_the_inbox_goes_on_by_key(editor, xiaolan, monkeypatch):
    monkeypatch.setattr("quanzi.offering.requesting.MOST_OPEN", 100)
    service_id = await offers(editor)
    for _ in range(PAGE + 2):
        await asks(xiaolan, service_id)
    page = (await editor.sees(f"/c/{CIRCLE}/manage/services/requests?state=new")).text
    assert page.count("rows__row") == PAGE

    more = page.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    assert (await editor.sees(more)).text.count("rows__row") == 2


async def test_all_circles_of_a_partner_are_one_inbox_for_its_people(cast, editor, xiaolan):
    partner = await row("select id from partner where slug = 'joyrun'")
    await changing.opened(partner["id"], "goddess-run", "fitness", "女神圈")
    here = await partners.counter("joyrun", editor.viewer)
    for circle in (CIRCLE, "goddess-run"):
        await asks(xiaolan, await offers(editor, f"在 {circle}", circle=circle), circle=circle)
    other = await offers(cast.maimai, "别家的", circle="banking")
    await asks(xiaolan, other, circle="banking")

    found = await inbox.of_partner(here, Wanted())

    assert [each.slug for each in found] == ["goddess-run", CIRCLE]
    for person in (cast.analyst, cast.maimai, xiaolan):
        with pytest.raises(NotFound):
            await inbox.of_partner(await partners.counter("joyrun", person.viewer), Wanted())


async def test_who_comes_second_keeps_what_was_typed(cast, editor, asked):
    here = f"/c/{CIRCLE}/manage/services/requests/{asked}"
    await answering.answer(await cast.owner.place(), asked, "accepted")
    again = await editor.sends(here, state="new-to-me", note="周五见")
    assert (again.status_code, "周五见" in again.text) == (422, True)
    await answering.answer(await cast.owner.place(), asked, "declined")
    late = await editor.sends(here, state="accepted", note="周五七点，老地方见")
    assert late.status_code == 409
    assert "周五七点，老地方见" in late.text
    assert "已经有人处理过" in late.text
