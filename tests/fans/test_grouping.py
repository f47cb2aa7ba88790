"""Making segments, changing and withdrawing them; what uses one."""

import uuid

import pytest

from quanzi.db.engine import rows
from quanzi.errors import Conflict, Invalid, NotAllowed, NotFound
from quanzi.fans import grouping, segments
from quanzi.fans.conditions import Conditions
from tests.fans.crowd import follows, segment
from tests.offering.shop import changes, offers
from tests.people import CIRCLE

HERE = f"/c/{CIRCLE}/manage/fans/segments"
NEW = Conditions(joined_most=30)


async def test_from_a_form_to_the_list(cast, editor):
    answer = await editor.sends(f"{HERE}/new", name="新粉", joined_most="30", band_good="1")

    assert answer.status_code == 303
    [made] = await segments.listed(cast.circle_id)
    assert (made.name, made.conditions) == ("新粉", Conditions(joined_most=30, bands=("good",)))
    assert "关注不超过 30 天" in (await editor.sees(HERE)).text


async def test_without_scripts_a_button_counts_and_keeps_nothing(cast, editor, xiaolan):
    await follows(xiaolan)
    answer = await editor.sends(f"{HERE}/new", name="新粉", joined_most="30", do="count")

    assert "1 位粉丝" in answer.text
    assert 'value="新粉"' in answer.text
    assert await segments.listed(cast.circle_id) == []


async def test_a_form_as_it_stands_is_counted(cast, editor, xiaolan, aqiang):
    await follows(xiaolan)
    await follows(aqiang, days=40)
    count = f"/c/{CIRCLE}/manage/fans/count"

    assert "1 位粉丝" in (await editor.sees(f"{count}?joined_least=30")).text
    assert "2 位粉丝" in (await cast.analyst.sees(count)).text
    assert "看不懂" in (await editor.sees(f"{count}?joined_least=x")).text


async def test_a_bad_field_loses_nothing_that_was_typed(editor):
    answer = await editor.sends(f"{HERE}/new", name="新粉", joined_most="很久", topic="夜跑")

    assert answer.status_code == 422
    assert 'id="error-joined_most"' in answer.text
    assert 'value="很久"' in answer.text
    assert 'value="夜跑"' in answer.text


async def test_a_segment_that_asks_nothing_is_refused(editor):
    answer = await editor.sends(f"{HERE}/new", name="所有人")

    assert answer.status_code == 422
    assert 'id="error-conditions"' in answer.text


async def test_the_same_form_twice_makes_one(cast, editor):
    place, key = await editor.place(), uuid.uuid4()

    assert await grouping.make(place, "新粉", NEW, key=key) == await grouping.make(
        place, "新粉", NEW, key=key
    )
    assert len(await segments.listed(cast.circle_id)) == 1


async def test_a_name_is_free_again_when_its_segment_is_withdrawn(editor):
    place = await editor.place()
    made = await grouping.make(place, "新粉", NEW, key=uuid.uuid4())
    with pytest.raises(Invalid):
        await grouping.make(place, "新粉", NEW, key=uuid.uuid4())

    await grouping.withdraw(place, made)
    await grouping.make(place, "新粉", NEW, key=uuid.uuid4())


async def test_who_saves_over_a_newer_one_is_told_first(cast, editor, owner):
    made = await segment(cast.circle_id, joined_most=30)
    await grouping.change(await owner.place(), made, "新粉", NEW, version=1)

    answer = await editor.sends(f"{HERE}/{made}", name="我的", joined_most="9", version="1")
    assert answer.status_code == 422
    assert 'value="我的"' in answer.text
    assert (await segments.one(cast.circle_id, made)).name == "新粉"


async def test_what_a_service_is_for_is_not_withdrawn(cast, editor):
    made = await segment(cast.circle_id, joined_most=30)
    service_id = await offers(editor, "新人礼", segment="segment", segment_id=str(made))
    place = await editor.place()

    with pytest.raises(Conflict, match="新人礼"):
        await grouping.withdraw(place, made)
    assert "新人礼" in (await editor.sees(f"{HERE}/{made}")).text

    await changes(editor, service_id, title="新人礼")
    await grouping.withdraw(place, made)
    with pytest.raises(NotFound):
        await segments.one(cast.circle_id, made)


@pytest.mark.parametrize("role", ["reviewer", "analyst", "xiaolan", "maimai"])
async def test_nobody_but_owner_and_editor_makes_segments(cast, role):
    made = await segment(cast.circle_id, joined_most=30)
    place = await getattr(cast, role).place()

    with pytest.raises(NotAllowed):
        await grouping.make(place, "新粉", NEW, key=uuid.uuid4())
    with pytest.raises(NotAllowed):
        await grouping.change(place, made, "新粉", NEW, version=1)
    with pytest.raises(NotAllowed):
        await grouping.withdraw(place, made)


async def test_another_circles_segment_is_not_there(cast, editor):
    elsewhere = await segment(cast.other_id)

    with pytest.raises(NotFound):
        await grouping.withdraw(await editor.place(), elsewhere)
    assert await rows("select 1 from segment where withdrawn_at is not null") == []
