"""The arithmetic of the rules, and that the first ones are the same in both places."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quanzi.credit import rulebook, rules
from quanzi.credit.bands import BANDS, CEILING, FLOOR, START, band_of, held
from quanzi.credit.rules import LIKED_STEPS, Rule
from quanzi.db.engine import rows
from quanzi.errors import Conflict, Invalid
from tests.credit.first import FIRST


async def test_the_first_rules_are_those_that_the_migration_wrote(database):
    assert (await rulebook.of_version(1)).rules == FIRST


def test_rules_come_back_as_they_were_kept():
    assert rules.read(json.loads(json.dumps(rules.written(FIRST)))) == FIRST


@given(st.integers(-500, 500), st.integers(0, 300), st.integers(0, 300), st.integers(0, 50),
       st.integers(0, 200))  # fmt: skip
def test_nobody_earns_beyond_a_cap_and_nothing_softens_a_loss(worth, today, in_all, per_day, most):
    counts = rules.granted(worth, today=today, in_all=in_all, rule=Rule(per_day=per_day, most=most))

    if worth <= 0:
        assert counts == worth
        return
    assert 0 <= counts <= worth
    assert not per_day or counts == 0 or today + counts <= per_day
    assert not most or counts == 0 or in_all + counts <= most


@given(st.integers(0, 5000), st.integers(0, 5000))
def test_more_people_never_bring_less_and_each_further_one_brings_less(one, other):
    few, many = sorted((one, other))
    liked = FIRST["liked"]

    def points(people: int) -> int:
        return sum(liked.worth(step) for step in rules.steps_reached(people))

    assert points(few) <= points(many)
    per_head = [liked.worth(step) / int(step) for step in LIKED_STEPS]
    assert per_head == sorted(per_head, reverse=True)


@given(st.integers(-3000, 3000))
def test_every_score_lies_on_the_scale_and_in_a_band(total):
    score = held(total)

    assert FLOOR <= score <= CEILING
    assert band_of(score).lowest <= score


def test_who_has_done_nothing_is_in_the_middle():
    assert band_of(START).slug == "fair"
    assert [band.lowest for band in BANDS] == sorted(band.lowest for band in BANDS)


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("verified", Rule(-1)),
        ("kept", Rule(500)),
        ("kept", Rule(2, expires_days=99_999)),
        ("banned", Rule(10)),
        ("decision", Rule(steps={"fraud": 30})),
        ("decision", Rule(steps={"fraud": -300})),
    ],
)
def test_a_rule_that_would_turn_things_round_is_refused(name, rule):
    with pytest.raises(Invalid):
        rules.check({**FIRST, name: rule})


async def test_of_two_admins_who_edit_at_once_the_second_is_told(cast):
    made = {**FIRST, "kept": Rule(3, per_day=6, expires_days=365)}

    assert await rulebook.put_in_force(made, after=1, note="多一点", by=cast.owner.member_id) == 2
    with pytest.raises(Conflict):
        await rulebook.put_in_force(made, after=1, note="再多一点", by=cast.owner.member_id)
    assert (await rulebook.current()).rules["kept"].points == 3
    assert (await rows("select note from credit_rule_set where version = 2"))[0]["note"] == "多一点"
