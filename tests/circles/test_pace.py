"""When may be posted, as plain arithmetic: also on the days when clocks are put forward and back."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quanzi.circles import pace
from quanzi.circles.pace import Pace, Rule, broken
from quanzi.errors import Invalid

SHANGHAI, NEW_YORK = "Asia/Shanghai", "America/New_York"
NIGHT = Rule(quiet_from=22 * 60, quiet_to=7 * 60)


def at(written: str, zone: str = SHANGHAI) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


@pytest.mark.parametrize(
    ("moment", "until"),
    [
        ("2026-11-27 21:59", None),
        ("2026-11-27 22:00", "2026-11-28 07:00"),
        ("2026-11-28 03:00", "2026-11-28 07:00"),
        ("2026-11-28 06:59", "2026-11-28 07:00"),
        ("2026-11-28 07:00", None),
    ],
)
def test_quiet_hours_go_over_midnight(moment, until):
    found = broken(NIGHT, at(moment), [], SHANGHAI)
    assert (found.until if found else None) == (at(until) if until else None)


def test_quiet_hours_within_a_day_end_that_day():
    noon = Rule(quiet_from=12 * 60, quiet_to=14 * 60)
    found = broken(noon, at("2026-11-27 12:30"), [], SHANGHAI)
    assert found is not None
    assert (found.what, found.until) == ("quiet", at("2026-11-27 14:00"))


def test_a_full_day_is_full_until_midnight_of_the_circles_own_clock():
    two = Rule(most=2)
    others = [at("2026-11-27 00:10"), at("2026-11-27 23:50")]
    found = broken(two, at("2026-11-27 12:00"), others, SHANGHAI)
    assert found is not None
    assert (found.what, found.until) == ("most", at("2026-11-28 00:00"))
    assert broken(two, at("2026-11-27 12:00"), others, NEW_YORK) is None


def test_posts_stand_apart_before_and_after():
    apart = Rule(apart=120)
    others = [at("2026-11-27 12:00"), at("2026-11-27 13:30")]
    found = broken(apart, at("2026-11-27 11:00"), others, SHANGHAI)
    assert found is not None
    assert (found.what, found.until) == ("apart", at("2026-11-27 15:30"))
    assert broken(apart, at("2026-11-27 10:00"), others, SHANGHAI) is None


def test_a_free_time_breaks_no_other_rule_either():
    rule = Rule(most=1, apart=60, quiet_from=22 * 60, quiet_to=7 * 60)
    found = broken(rule, at("2026-11-27 21:00"), [at("2026-11-27 09:00")], SHANGHAI)
    assert found is not None
    assert found.until == at("2026-11-28 07:00")


@pytest.mark.parametrize(
    ("moment", "until"),
    [
        # 02:00 to 03:00 is left out on 8 March 2026, and comes twice on 1 November (from 01:00).
        ("2026-03-08 01:30", "2026-03-08 07:30:00+00:00"),
        ("2026-11-01 00:30", "2026-11-01 06:30:00+00:00"),
    ],
)
def test_an_end_that_clocks_leave_out_or_show_twice_is_one_moment(moment, until):
    ends = {"2026-03-08 01:30": 150, "2026-11-01 00:30": 90}[moment]
    rule = Rule(quiet_from=0, quiet_to=ends)
    found = broken(rule, at(moment, NEW_YORK), [], NEW_YORK)
    assert found is not None
    assert found.until is not None
    assert found.until > at(moment, NEW_YORK)
    assert broken(rule, found.until, [], NEW_YORK) is None


rules = st.builds(
    Rule,
    most=st.integers(0, 4),
    apart=st.integers(0, 600),
    quiet_from=st.integers(0, 1439),
    quiet_to=st.integers(0, 1439),
)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)).map(  # noqa: DTZ001
    lambda naive: naive.replace(tzinfo=UTC)
)
zones = st.sampled_from([SHANGHAI, NEW_YORK, "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"])


@given(rules, moments, st.lists(st.integers(-3000, 6000), max_size=12), zones)
def test_the_time_that_is_offered_can_be_taken_whatever_the_rules(rule, moment, minutes, zone):
    others = [moment + timedelta(minutes=each) for each in minutes]
    found = broken(rule, moment, others, zone)
    if found is not None and found.until is not None:
        assert found.until > moment
        assert broken(rule, found.until, others, zone) is None


def test_rules_are_kept_as_they_were_set():
    kept = Pace({"editor": NIGHT, "member": Rule(most=3)}, approval=True)
    assert pace.read(pace.written(kept)) == kept
    assert pace.read("{}") == Pace()
    assert kept.of("reviewer") == Rule(most=3)


def test_figures_out_of_all_proportion_are_refused_by_their_field():
    with pytest.raises(Invalid) as refused:
        pace.check(Pace({"editor": Rule(most=100), "member": Rule(apart=1441)}))
    assert set(refused.value.fields) == {"editor_most", "member_apart"}


def test_the_time_that_is_said_can_be_chosen_as_it_is_said():
    apart = Rule(apart=120)
    others = [at("2026-11-27 12:00") + timedelta(seconds=37)]
    found = broken(apart, at("2026-11-27 12:30"), others, SHANGHAI)
    assert found is not None
    said = found.sentence(apart, SHANGHAI).values["until"]
    assert broken(apart, at(said), others, SHANGHAI) is None
