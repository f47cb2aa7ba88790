"""What a form asks for, and what is kept of it."""

from datetime import date

import pytest

from quanzi.errors import Invalid
from quanzi.fans.conditions import Conditions, kept, of_json, read, typed
from quanzi.web.forms import Form

ALL = Conditions(
    joined_after=date(2026, 1, 1),
    joined_before=date(2026, 11, 1),
    joined_least=7,
    joined_most=90,
    active_within=60,
    silent_for=14,
    posted_within=30,
    commented_within=31,
    liked_within=32,
    topic="夜跑",
    bands=("good", "best"),
    verified=False,
    requested=5,
    tags_any=(1,),
    tags_all=(2,),
    tags_none=(3,),
)


def asked(**fields: str) -> Conditions:
    return read(Form(fields, {}), tag_ids={1, 2, 3}, service_ids={5})


def refused(**fields: str) -> set[str]:
    with pytest.raises(Invalid) as wrong:
        asked(**fields)
    return set(wrong.value.fields)


@pytest.mark.parametrize(
    "conditions", [ALL, Conditions(), Conditions(requested=0), Conditions(verified=True)]
)
def test_what_is_kept_and_what_a_form_shows_come_back_as_they_were(conditions):
    assert of_json(kept(conditions)) == conditions
    assert asked(**typed(conditions)) == conditions


def test_an_empty_form_asks_nothing():
    assert asked() == Conditions()


@pytest.mark.parametrize("days", ["0", "-1", "x", "1.5", "3651", "99999", "٣"])
def test_what_is_no_number_of_days_is_said_beside_its_field(days):
    assert refused(posted_within=days, liked_within="3") == {"posted_within"}


def test_what_is_no_date_is_said_beside_its_field():
    assert refused(joined_after="yesterday") == {"joined_after"}


def test_two_topics_are_not_one():
    assert refused(topic="夜跑 晨跑") == {"topic"}
    assert asked(topic="#夜跑#").topic == "夜跑"


def test_a_service_of_another_circle_cannot_be_asked_for():
    assert refused(requested="6") == {"requested"}


def test_a_tag_of_another_circle_asks_nothing():
    assert asked(tag_9="all") == Conditions()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"joined_after": "2026-02-01", "joined_before": "2026-02-01"}, "joined_before"),
        ({"joined_least": "30", "joined_most": "30"}, "joined_most"),
        ({"silent_for": "30", "active_within": "30"}, "silent_for"),
        ({"silent_for": "30", "liked_within": "7"}, "silent_for"),
    ],
)
def test_what_nobody_can_be_is_refused(fields, field):
    assert refused(**fields) == {field}


def test_who_was_here_last_year_and_not_this_month_can_be():
    assert asked(silent_for="30", active_within="365").silent_for == 30


@pytest.mark.parametrize(
    "text",
    [
        "[]",
        "{",
        '{"unknown": 1}',
        '{"joined_least": "7"}',
        '{"joined_least": true}',
        '{"joined_least": -1}',
        '{"bands": ["rich"]}',
        '{"tags_any": ["1"]}',
        '{"topic": 1}',
        '{"verified": "yes"}',
        '{"joined_after": "x"}',
    ],
)
def test_half_of_a_group_is_no_group(text):
    with pytest.raises(ValueError):
        of_json(text)
