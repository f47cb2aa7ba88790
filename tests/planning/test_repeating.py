"""On which days, and at which moment: also where clocks are put forward and back."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quanzi.planning import repeating
from quanzi.planning.repeating import Rhythm, moment

NEW_YORK = "America/New_York"


def days(rhythm: Rhythm, start: str, end: str) -> list[str]:
    found = rhythm.days(date.fromisoformat(start), date.fromisoformat(end))
    return [day.isoformat() for day in found]


def test_every_monday_and_thursday():
    rhythm = Rhythm("week", 420, date(2026, 11, 1), weekdays=frozenset({0, 3}))
    assert days(rhythm, "2026-11-27", "2026-12-08") == ["2026-11-30", "2026-12-03", "2026-12-07"]


def test_not_before_it_begins_nor_after_it_ends():
    rhythm = Rhythm("day", 0, date(2026, 12, 1), date(2026, 12, 2))
    assert days(rhythm, "2026-11-01", "2026-12-31") == ["2026-12-01", "2026-12-02"]


def test_a_month_without_that_day_has_it_on_its_last():
    rhythm = Rhythm("month", 0, date(2026, 1, 1), month_day=31)
    assert days(rhythm, "2026-01-01", "2026-04-30") == [
        "2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("day", "minute", "expected"),
    [
        ("2026-03-07", 150, "2026-03-07 07:30:00+00:00"),
        ("2026-03-08", 150, "2026-03-08 07:30:00+00:00"),  # half past two is left out
        ("2026-11-01", 90, "2026-11-01 05:30:00+00:00"),  # half past one comes twice
        ("2026-11-02", 90, "2026-11-02 06:30:00+00:00"),
    ],
)
def test_clocks_that_go_forward_and_back(day, minute, expected):
    assert str(moment(date.fromisoformat(day), minute, NEW_YORK)) == expected


some_days = st.dates(date(2025, 1, 1), date(2028, 1, 1))
zones = st.sampled_from(["Asia/Shanghai", NEW_YORK, "Australia/Lord_Howe", "Pacific/Apia", "UTC"])


@given(some_days, st.integers(0, 1439), zones)
def test_each_day_has_one_moment_and_they_follow_each_other(day, minute, zone):
    first, second = moment(day, minute, zone), moment(day + timedelta(days=1), minute, zone)
    assert timedelta(hours=22) <= second - first <= timedelta(hours=26)
    local = first.astimezone(ZoneInfo(zone))
    shown = local.hour * 60 + local.minute
    assert shown == minute or 0 < shown - minute <= 60


@given(st.frozensets(st.integers(0, 6)))
def test_weekdays_are_kept_as_bits(weekdays):
    assert repeating.from_bits(repeating.as_bits(weekdays)) == weekdays


@given(some_days, st.integers(1, 31))
def test_every_month_has_exactly_one(start, month_day):
    rhythm = Rhythm("month", 0, start, month_day=month_day)
    first = start.replace(day=1)
    after = (first + timedelta(days=32)).replace(day=1)
    found = list(
        Rhythm("month", 0, first, month_day=month_day).days(first, after - timedelta(days=1))
    )
    assert len(found) == 1
    assert all(day >= start for day in rhythm.days(first, after))
