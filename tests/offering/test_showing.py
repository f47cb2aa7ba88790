"""Services on the shelf: shown and ended by hand or by the clock, put in order, taken away."""

import uuid

import pytest

from quanzi.db.engine import row, rows
from quanzi.errors import Conflict, Invalid, NotAllowed, NotFound
from quanzi.offering import due, reading, showing, writing
from tests.offering.shop import asks, card, changes, drafted, found, offers
from tests.people import CIRCLE


async def shelf(cast) -> list[str]:
    return [each.title for each in await reading.for_everyone(cast.circle_id, None)]


async def state(service_id: int) -> str:
    return (await row("select state from service where id = $1", service_id))["state"]


async def test_a_draft_is_seen_by_who_makes_it_and_by_nobody_else(cast, editor, xiaolan):
    service_id = await drafted(editor)

    assert await shelf(cast) == []
    assert (await found(editor, service_id)).state == "draft"
    for person in (xiaolan, cast.analyst, cast.reviewer, cast.moderator, cast.maimai):
        with pytest.raises(NotFound):
            await found(person, service_id)


async def test_shown_it_is_there_and_ended_it_says_so(cast, editor, xiaolan):
    service_id = await offers(editor)
    assert await shelf(cast) == ["夜跑陪跑"]

    await showing.end(await editor.place(), service_id)

    assert await shelf(cast) == []
    assert (await found(xiaolan, service_id)).state == "ended"
    assert "这项服务已经结束" in (await xiaolan.sees(f"/c/{CIRCLE}/services/{service_id}")).text


async def test_pressing_twice_is_one_event(cast, editor):
    service_id = await drafted(editor)
    place = await editor.place()

    assert await showing.show(place, service_id) > 0
    assert await showing.show(place, service_id) == 0
    assert await showing.end(place, service_id) > 0
    assert await showing.end(place, service_id) == 0


async def test_it_begins_and_ends_by_the_clock(cast, editor):
    service_id = await offers(editor, starts_at="2030-01-01T08:00", ends_at="2030-02-01T08:00")
    assert await state(service_id) == "waiting"
    assert await due.turn_due() == 0

    await rows(
        "update service set starts_at = now() - interval '1 second' where id = $1", service_id
    )
    await due.turn_due()
    assert await shelf(cast) == ["夜跑陪跑"]

    await rows(
        "update service set starts_at = null, ends_at = now() - interval '1 second' where id = $1",
        service_id,
    )
    await due.turn_due()
    assert (await state(service_id), await shelf(cast)) == ("ended", [])
    with pytest.raises(Conflict):
        await showing.show(await editor.place(), service_id)


async def test_what_started_and_ended_while_the_site_slept_is_never_shown(cast, editor, site):
    await site.tickers_rest()
    service_id = await offers(editor, starts_at="2030-01-01T08:00", ends_at="2030-02-01T08:00")
    await rows(
        """update service set starts_at = now() - interval '2 hours',
                  ends_at = now() - interval '1 hour' where id = $1""",
        service_id,
    )

    assert await due.turn_due() == 1

    assert await state(service_id) == "ended"


async def test_a_start_that_is_put_off_takes_it_down_again(cast, editor):
    service_id = await offers(editor)

    assert await changes(editor, service_id, starts_at="2030-01-01T08:00") > 0
    assert (await state(service_id), await shelf(cast)) == ("waiting", [])


async def test_an_end_in_the_past_is_refused_while_it_is_shown(editor):
    service_id = await offers(editor)

    with pytest.raises(Invalid) as wrong:
        await changes(editor, service_id, ends_at="2020-01-01T08:00")
    assert set(wrong.value.fields) == {"ends_at"}


async def test_who_read_an_older_one_does_not_overwrite_a_newer(editor):
    service_id = await offers(editor)
    service = await found(editor, service_id)
    await changes(editor, service_id, title="改过的")

    with pytest.raises(Conflict):
        await writing.change(await editor.place(), service_id, card(), version=service.version)


async def test_what_she_typed_is_still_there_and_saved_again_it_holds(editor):
    service_id = await offers(editor)
    await changes(editor, service_id, title="别人改的")
    path = f"/c/{CIRCLE}/manage/services/{service_id}"
    typed = {"title": "我改的", "way": "request", "segment": "everyone", "version": "1"}

    refused = await editor.sends(path, **typed)
    assert refused.status_code == 422
    assert 'value="我改的"' in refused.text
    version = refused.text.split('name="version" value="')[1].split('"')[0]

    assert (await editor.sends(path, **{**typed, "version": version})).status_code == 303
    assert (await found(editor, service_id)).title == "我改的"


async def test_the_partner_puts_them_in_order(cast, editor):
    first, _, third = [await offers(editor, name) for name in ("一", "二", "三")]
    place = await editor.place()

    await showing.move(place, third, 0)
    assert await shelf(cast) == ["三", "一", "二"]
    await showing.move(place, third, 99)
    assert await shelf(cast) == ["一", "二", "三"]
    assert await showing.move(place, first, -1) == 0


async def test_the_list_goes_on_by_key(cast, editor, visitor):
    for number in range(reading.PAGE + 2):
        await offers(editor, f"第 {number:02} 项")
    page = (await visitor.get(f"/c/{CIRCLE}/services")).text
    assert page.count('<article class="service"') == reading.PAGE

    more = page.split('rel="next" href="')[1].split('"')[0]
    rest = (await visitor.get(f"/c/{CIRCLE}/services{more}")).text
    assert rest.count('<article class="service"') == 2
    assert "第 21 项" in rest


async def test_there_is_room_for_so_many(editor, monkeypatch):
    monkeypatch.setattr(writing, "MOST", 2)
    for name in ("一", "二"):
        await drafted(editor, name)

    with pytest.raises(Conflict):
        await drafted(editor, "三")


async def test_one_that_people_wait_for_is_not_deleted(cast, editor, xiaolan):
    service_id = await offers(editor)
    await asks(xiaolan, service_id)

    with pytest.raises(Conflict):
        await showing.delete(await editor.place(), service_id)


async def test_deleted_it_is_a_stone_and_its_address_leads_nowhere(cast, editor, xiaolan):
    service_id = await offers(editor, body="说明")

    await showing.delete(await editor.place(), service_id)

    assert await shelf(cast) == []
    for person in (editor, xiaolan):
        with pytest.raises(NotFound):
            await found(person, service_id)
    left = await row("select title, body from service where id = $1", service_id)
    assert tuple(left) == ("夜跑陪跑", "")


async def test_only_owner_and_editor_do_anything(cast, editor):
    service_id = await offers(editor)
    version = (await found(editor, service_id)).version
    for person in (cast.xiaolan, cast.reviewer, cast.analyst, cast.moderator, cast.maimai):
        place = await person.place()
        for deed in (showing.show, showing.end, showing.delete):
            with pytest.raises(NotAllowed):
                await deed(place, service_id)
        with pytest.raises(NotAllowed):
            await showing.move(place, service_id, 0)
        with pytest.raises(NotAllowed):
            await writing.make(place, card(), key=uuid.uuid4())
        with pytest.raises(NotAllowed):
            await writing.change(place, service_id, card(), version=version)
        with pytest.raises(NotAllowed):
            await writing.design(place, service_id, (), version=version)
    assert await showing.end(await cast.owner.place(), service_id) > 0


async def test_another_circles_service_is_not_found_here(editor, maimai):
    service_id = await offers(maimai, circle="banking")

    with pytest.raises(NotFound):
        await showing.end(await editor.place(), service_id)


async def test_the_same_form_twice_makes_one(editor):
    place, key = await editor.place(), uuid.uuid4()

    first, again = await writing.make(place, card(), key=key)
    assert (first, again) == ((await writing.make(place, card(), key=key))[0], False)
    assert len(await reading.at_desk(place.circle.id)) == 1


async def test_words_that_nobody_is_to_see_are_refused_on_a_card_and_in_a_form(editor, owner):
    from quanzi.offering.questions import Question
    from tests.moderation.words import REFUSED

    for fields in ({"title": REFUSED[:30]}, {"body": REFUSED}, {"price": REFUSED[:30]}):
        with pytest.raises(Invalid) as wrong:
            await drafted(editor, **fields)
        assert set(wrong.value.fields) == set(fields)
    with pytest.raises(Invalid) as wrong:
        await drafted(editor, "陪跑", Question("11111111", "short", "称呼", help=REFUSED))
    assert set(wrong.value.fields) == {"q0_label"}
