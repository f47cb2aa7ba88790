"""Levels and what a circle calls them."""

import pytest

from quanzi.errors import NotAllowed
from quanzi.fans import levels
from tests.fans.crowd import follows
from tests.people import CIRCLE

HERE = f"/c/{CIRCLE}/manage/fans/check-ins"


@pytest.mark.parametrize(
    ("points", "number", "next_at"),
    [(0, 1, 10), (9, 1, 10), (10, 2, 40), (119, 3, 120), (300, 5, None), (9999, 5, None)],
)
def test_so_many_points_are_this_level(points, number, next_at):
    level = levels.level_of(points, levels.NAMES)
    assert (level.number, level.next_at) == (number, next_at)


def test_a_year_of_everything_every_day_is_all_there_is_to_gain():
    assert levels.STEPS[-1] < levels.MOST_A_DAY * levels.DAYS
    assert levels.MOST_A_DAY == 7


async def test_a_circle_has_names_of_its_own_for_some_and_the_sites_for_the_rest(
    cast, editor, xiaolan
):
    answer = await editor.sends(HERE, check_ins="1", level_1="热身", level_5="配速之神")
    assert answer.status_code == 303
    await follows(xiaolan)

    page = (await xiaolan.sees(f"/c/{CIRCLE}/check-in?lang=en")).text
    for name in ("热身", "配速之神", "Regular"):
        assert name in page
    assert 'value="热身"' in (await editor.sees(HERE)).text


async def test_turned_off_again_the_names_stay(cast, editor):
    await editor.sends(HERE, check_ins="1", level_1="热身")
    await editor.sends(HERE, level_1="热身")

    assert not (await editor.place()).circle.check_ins
    assert (await levels.own_names(cast.circle_id))[0] == "热身"


async def test_a_name_too_long_or_too_rude_is_said_beside_its_field(cast, editor):
    for name in ("很长很长很长很长的", "傻逼"):
        answer = await editor.sends(HERE, check_ins="1", level_2=name)
        assert answer.status_code == 422
        assert 'id="error-level_2"' in answer.text
        assert f'value="{name}"' in answer.text
    assert not (await editor.place()).circle.check_ins


@pytest.mark.parametrize("role", ["reviewer", "analyst", "xiaolan", "maimai"])
async def test_nobody_but_owner_and_editor_turns_it_on(cast, role):
    place = await getattr(cast, role).place()
    with pytest.raises(NotAllowed):
        await levels.settle(place, [], check_ins=True)
