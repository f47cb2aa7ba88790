"""When a digest is due."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from quanzi.notifications import digest


@pytest.mark.parametrize(
    ("every", "hour", "zone", "expected"),
    [
        ("daily", 20, "Asia/Shanghai", "2026-11-24T20:00:00+08:00"),
        ("daily", 7, "Asia/Shanghai", "2026-11-25T07:00:00+08:00"),
        ("daily", 20, "America/New_York", "2026-11-24T20:00:00-05:00"),
        ("weekly", 9, "Asia/Shanghai", "2026-11-30T09:00:00+08:00"),
    ],
)
def test_it_comes_at_the_hour_of_their_day(every, hour, zone, expected):
    now = datetime(2026, 11, 24, 1, 30, tzinfo=UTC)

    assert digest.next_due(now, every, hour, zone) == datetime.fromisoformat(expected)


def test_it_comes_at_the_same_hour_when_the_clocks_change():
    before = datetime(2026, 10, 24, 21, 0, tzinfo=ZoneInfo("Europe/Berlin"))

    assert digest.next_due(before, "daily", 20, "Europe/Berlin").isoformat() == (
        "2026-10-25T20:00:00+01:00"
    )
