"""Who does not answer is left alone for as long as they ask, and never for ever."""

from datetime import timedelta
from email.utils import format_datetime

from quanzi import clock
from quanzi.outbound import pausing


def test_a_pause_is_asked_for_by_seconds_or_by_a_date_and_never_for_too_long():
    in_an_hour = format_datetime(clock.now() + timedelta(hours=1))
    assert pausing.asked_pause({"retry-after": "17"}) == 17
    assert 3590 < pausing.asked_pause({"retry-after": in_an_hour}) <= 3600
    assert pausing.asked_pause({"retry-after": "9" * 400}) == pausing.LONGEST
    for odd in ("", "soon", "-5", "１７", "Fri, 31 Dec 1999 23:59:59 GMT"):
        assert pausing.asked_pause({"retry-after": odd}) == 0


def test_it_grows_with_every_failure_and_what_is_asked_for_may_only_make_it_longer():
    grown = [pausing.pause(tries, {}) for tries in range(len(pausing.PAUSES))]

    assert grown == sorted(grown)
    assert pausing.pause(99, {}) >= 0.9 * pausing.PAUSES[-1]
    assert pausing.pause(0, {"retry-after": "600"}) == 600
    assert pausing.pause(6, {"retry-after": "1"}) > 1
