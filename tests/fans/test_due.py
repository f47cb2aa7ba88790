"""Tags that follow a rule."""

import pytest

from quanzi.db.engine import rows
from quanzi.fans import due, tags
from quanzi.fans.conditions import Conditions
from tests.fans.crowd import follows
from tests.fans.test_tagging import on
from tests.fans.test_tags import made


@pytest.fixture
def one_at_a_time(monkeypatch):
    monkeypatch.setattr(due, "STRETCH", 1)


async def gone_through() -> None:
    while await due.tag_due():
        pass


async def again() -> None:
    await rows("update fan_tag set due_at = now()")
    await gone_through()


async def test_a_rule_puts_its_tag_on_and_takes_it_off_again(editor, xiaolan, aqiang):
    await follows(xiaolan)
    await follows(aqiang)
    written = await xiaolan.posts()
    tag_id = await made(editor, "发过帖", Conditions(posted_within=7))
    await gone_through()
    assert await on(tag_id) == {xiaolan.member_id}

    await rows(
        "update post set published_at = now() - interval '8 days' where id = $1", written.post_id
    )
    await aqiang.posts()
    await again()
    assert await on(tag_id) == {aqiang.member_id}


async def test_it_goes_on_where_it_was_cut_short(one_at_a_time, editor, xiaolan, aqiang, maimai):
    everybody = (xiaolan, aqiang, maimai)
    for person in everybody:
        await follows(person)
    tag_id = await made(editor, "都有", Conditions(joined_most=30))

    await due.tag_due()
    assert len(await on(tag_id)) == 1
    await due.tag_due()
    assert len(await on(tag_id)) == 2
    await gone_through()
    assert await on(tag_id) == {person.member_id for person in everybody}
    [kept] = await rows("select reached, due_at > now() as later from fan_tag")
    assert (kept["reached"], kept["later"]) == (0, True)


async def test_a_new_rule_begins_at_the_beginning(one_at_a_time, editor, xiaolan, aqiang):
    for person in (xiaolan, aqiang):
        await follows(person)
    tag_id = await made(editor, "新来的", Conditions(joined_most=30))
    await due.tag_due()

    await tags.change(await editor.place(), tag_id, "老粉", Conditions(joined_least=30), version=1)
    await gone_through()
    assert await on(tag_id) == set()


async def test_without_its_rule_it_stays_on_whom_it_is_on(editor, xiaolan):
    await follows(xiaolan)
    tag_id = await made(editor, "新来的", Conditions(joined_most=30))
    await gone_through()
    await tags.change(await editor.place(), tag_id, "新来的", None, version=1)

    assert await due.tag_due() == 0
    assert await on(tag_id) == {xiaolan.member_id}


async def test_a_rule_that_cannot_be_read_holds_up_no_other(editor, xiaolan):
    await follows(xiaolan)
    broken = await made(editor, "坏的", Conditions(joined_most=30))
    fine = await made(editor, "好的", Conditions(joined_most=30))
    await rows("""update fan_tag set rule = '{"unknown": 1}' where id = $1""", broken)

    with pytest.raises(ValueError, match="unknown"):
        await due.tag_due()
    assert await on(fine) == {xiaolan.member_id}
    assert await on(broken) == set()


async def test_a_very_large_circle_is_gone_through_less_often(cast, editor, xiaolan):
    await follows(xiaolan)
    await rows("insert into tally values ($1, 'followers', $1, 99, 10000000)", cast.circle_id)
    await made(editor, "都有", Conditions(joined_most=30))
    await gone_through()

    [kept] = await rows("select due_at > now() + interval '8 hours' as much_later from fan_tag")
    assert kept["much_later"]
