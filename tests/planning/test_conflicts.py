"""What will not go well is said beforehand, and the way out of it is one."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from quanzi.circles.pace import Pace, Rule
from quanzi.planning import conflicts
from quanzi.planning.calendar import Item

NOW = datetime(2026, 11, 27, 0, 0, tzinfo=UTC)
ROLES = {(1, 7): "editor", (1, 8): "owner"}


def circle(rule: Rule | None = None, slots: int = 2) -> Any:
    return SimpleNamespace(
        id=1,
        pace=Pace({"editor": rule} if rule else {}),
        pin_slots=slots,
        time_zone="Asia/Shanghai",
    )


def post(here: Any, number: int, hours: float, **more: Any) -> Item:
    given_ = {"state": "scheduled", "author_id": 7} | more
    return Item(here, "post", number, at=NOW + timedelta(hours=hours), title="", **given_)


def pin(here: Any, number: int, slot: int, start: float, end: float | None, **more: Any) -> Item:
    until = NOW + timedelta(hours=end) if end is not None else None
    state = "waiting" if start > 0 else "shown"
    return Item(here, "pin", number, state, NOW + timedelta(hours=start), "", until, slot, **more)


def found(*items: Item) -> list[tuple[int, str]]:
    return [(each.item.id, each.what) for each in conflicts.find(items, ROLES, NOW)]


def test_nothing_is_wrong_with_what_follows_the_rules():
    here = circle(Rule(most=2, apart=60))
    assert found(post(here, 1, 2), post(here, 2, 4), pin(here, 3, 1, 5, 8)) == []


def test_the_third_of_two_a_day_is_the_one_that_is_too_many():
    here = circle(Rule(most=2))
    assert found(post(here, 1, 2), post(here, 2, 4), post(here, 3, 6)) == [(3, "most")]


def test_what_is_out_counts_and_is_no_conflict_itself():
    here = circle(Rule(most=1))
    assert found(post(here, 1, -3, state="published"), post(here, 2, 2)) == [(2, "most")]


def test_the_author_who_left_is_named_and_nobody_can_mend_that_by_a_press():
    [conflict] = conflicts.find([post(circle(), 1, 2, author_id=99)], ROLES, NOW)
    assert (conflict.what, conflict.mends) == ("staff", False)


def test_a_pin_in_a_taken_slot_is_offered_the_free_one():
    here = circle()
    items = [pin(here, 1, 1, -5, None), pin(here, 2, 1, 4, 8)]
    [conflict] = conflicts.find(items, ROLES, NOW)
    assert (conflict.item.id, conflict.slot) == (2, 2)


def test_a_slot_that_is_wanted_later_is_not_offered():
    here = circle()
    items = [pin(here, 1, 1, -5, None), pin(here, 2, 1, 4, 8), pin(here, 3, 2, 6, 9)]
    [conflict] = conflicts.find(items, ROLES, NOW)
    assert (conflict.item.id, conflict.slot, conflict.at) == (2, 0, None)


def test_a_pin_without_room_is_offered_the_moment_at_which_there_is_some():
    here = circle(slots=1)
    [conflict] = conflicts.find([pin(here, 1, 1, -5, 6), pin(here, 2, 1, 4, 30)], ROLES, NOW)
    assert conflict.at == NOW + timedelta(hours=6)


def test_a_post_that_wants_to_be_pinned_when_all_is_full_is_told():
    here = circle(slots=1)
    assert found(pin(here, 1, 1, -5, None), post(here, 2, 3, pins=True)) == [(2, "slot")]


def test_two_that_follow_each_other_in_one_slot_are_fine():
    here = circle(slots=1)
    assert found(pin(here, 1, 1, -5, 4), pin(here, 2, 1, 4, 8)) == []


def test_what_waits_for_an_owner_is_said():
    assert found(post(circle(), 1, 2, state="approval")) == [(1, "approval")]


def test_a_service_that_will_be_over_can_be_left_out():
    here = circle()
    ends = NOW + timedelta(hours=3)
    items = [
        post(here, 1, 2, service="shown", service_ends=ends),
        post(here, 2, 4, service="shown", service_ends=ends),
        post(here, 3, 5, service="ended"),
        post(here, 4, 6),
    ]
    found_ = conflicts.find(items, ROLES, NOW)
    assert [(each.item.id, each.what, each.mends) for each in found_] == [
        (2, "service", True),
        (3, "service", True),
    ]


rules = st.builds(
    Rule,
    most=st.integers(0, 3),
    apart=st.integers(0, 300),
    quiet_from=st.integers(0, 1439),
    quiet_to=st.integers(0, 1439),
)


@given(rules, st.lists(st.integers(1, 200), min_size=1, max_size=10, unique=True))
def test_mending_what_can_be_mended_ends(rule, hours):
    """Each press leaves less to do: no mend makes another necessary for ever."""
    here = circle(rule)
    items = [post(here, number, at) for number, at in enumerate(hours)]
    for _ in range(3 * len(items) + 1):
        mends = [each for each in conflicts.find(items, ROLES, NOW) if each.at is not None]
        if not mends:
            break
        first = mends[0]
        items = [
            post(here, item.id, (first.at - NOW).total_seconds() / 3600)
            if item is first.item
            else item
            for item in items
        ]
    else:
        raise AssertionError("it goes on for ever")
