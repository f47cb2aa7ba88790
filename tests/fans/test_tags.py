"""A circle's tags: made, renamed, taken away."""

import uuid

import pytest

from quanzi.db.engine import rows
from quanzi.errors import Conflict, Invalid, NotAllowed, NotFound
from quanzi.fans import grouping, tags
from quanzi.fans.conditions import Conditions
from tests.fans.crowd import follows, tag
from tests.people import CIRCLE

HERE = f"/c/{CIRCLE}/manage/fans/tags"


async def made(person, name: str = "常客", rule: Conditions | None = None) -> int:
    return await tags.make(await person.place(), name, rule, key=uuid.uuid4())


async def test_the_same_form_twice_makes_one_tag(cast, editor):
    key = uuid.uuid4()
    place = await editor.place()

    assert await tags.make(place, "常客", None, key=key) == await tags.make(
        place, "常客", None, key=key
    )
    assert len(await tags.listed(cast.circle_id)) == 1


async def test_a_name_is_one_of_a_kind_in_its_circle(cast, editor, maimai):
    await made(editor)
    with pytest.raises(Invalid) as wrong:
        await made(editor)
    assert "name" in wrong.value.fields
    await tags.make(await maimai.place("banking"), "常客", None, key=uuid.uuid4())


@pytest.mark.parametrize("name", ["", "   ", "很" * 21])
async def test_a_name_has_its_length(editor, name):
    with pytest.raises(Invalid):
        await made(editor, name)


async def test_a_tag_that_insults_people_is_refused_beside_its_field(editor):
    answer = await editor.sends(HERE, name="傻逼")

    assert answer.status_code == 422
    assert 'id="error-name"' in answer.text
    assert 'value="傻逼"' in answer.text


@pytest.mark.parametrize("role", ["reviewer", "analyst", "xiaolan", "maimai"])
async def test_nobody_but_owner_and_editor_makes_or_removes_tags(cast, role):
    person = getattr(cast, role)
    tag_id = await tag(cast.circle_id, "常客")

    with pytest.raises(NotAllowed):
        await made(person, "别的")
    with pytest.raises(NotAllowed):
        await tags.change(await person.place(), tag_id, "别的", None, version=1)
    with pytest.raises(NotAllowed):
        await tags.remove(await person.place(), tag_id)


async def test_who_saves_over_a_newer_one_is_told_first(cast, editor, owner):
    tag_id = await made(editor)
    await tags.change(await owner.place(), tag_id, "老客", None, version=1)

    answer = await editor.sends(f"{HERE}/{tag_id}", name="常来", way="hand", version="1")
    assert answer.status_code == 422
    assert 'value="常来"' in answer.text
    assert (await tags.one(cast.circle_id, tag_id)).name == "老客"


async def test_what_a_segment_asks_for_is_not_removed(cast, editor, xiaolan):
    await follows(xiaolan)
    tag_id = await tag(cast.circle_id, "常客", xiaolan)
    place = await editor.place()
    await grouping.make(place, "老粉", Conditions(tags_none=(tag_id,)), key=uuid.uuid4())

    with pytest.raises(Conflict, match="老粉"):
        await tags.remove(place, tag_id)
    await rows("update segment set withdrawn_at = now()")
    await tags.remove(place, tag_id)
    assert await rows("select 1 from fan_tagged") == []


async def test_another_circles_tag_is_not_there(cast, editor):
    elsewhere = await tag(cast.other_id, "常客")

    with pytest.raises(NotFound):
        await tags.remove(await editor.place(), elsewhere)
    assert (await editor.sees(f"{HERE}/{elsewhere}")).status_code == 404


async def test_a_rule_that_asks_nothing_is_refused(editor):
    tag_id = await made(editor)
    answer = await editor.sends(f"{HERE}/{tag_id}", name="常客", way="rule", version="1")

    assert answer.status_code == 422
    assert 'id="error-rule"' in answer.text


async def test_rules_do_not_turn_each_other_on_and_off(cast, editor):
    hand = await made(editor, "手动")
    rule = await made(editor, "按规则", Conditions(tags_none=(hand,)))

    with pytest.raises(Invalid):
        await made(editor, "再一个", Conditions(tags_all=(rule,)))
    # Nor does a tag get a rule that a rule asks for already, nor one that asks for itself.
    for asked in (Conditions(posted_within=3), Conditions(tags_none=(hand,))):
        with pytest.raises(Invalid):
            await tags.change(await editor.place(), hand, "手动", asked, version=1)
