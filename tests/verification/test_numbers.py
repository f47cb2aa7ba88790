"""What is a number and what is not."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quanzi.verification import numbers
from tests.verification.people import resident

DATES = st.dates(date(1900, 1, 1), date(2026, 1, 1))


@given(DATES, st.integers(0, 999))
def test_a_number_that_was_made_by_the_standard_is_taken_and_tells_the_birthday(born, serial):
    number = resident(f"{born:%Y%m%d}", f"{serial:03}")

    assert numbers.fault("resident", number) is None
    assert numbers.born(number) == born


@given(DATES, st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(born, place, by):
    number = resident(f"{born:%Y%m%d}")
    wrong = number[:place] + str((int(number[place]) + by) % 10) + number[place + 1 :]

    assert numbers.fault("resident", wrong) is not None


@given(DATES, st.integers(0, 15))
def test_two_neighbours_that_changed_places_are_noticed(born, place):
    number = resident(f"{born:%Y%m%d}")
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]

    assert swapped == number or numbers.fault("resident", swapped) is not None


@given(st.text(max_size=40))
def test_whatever_somebody_types_is_answered(typed):
    number = numbers.normalised(typed)
    for kind in numbers.KINDS:
        numbers.fault(kind, number)


def test_full_width_and_small_letters_are_the_same_number():
    assert numbers.normalised("１１０１０１ 19900307-123x") == "11010119900307123X"


def test_of_a_number_only_its_ends_are_shown():
    assert numbers.masked("31010119900307123X") == "3****************X"


@pytest.mark.parametrize(
    ("born", "years"),
    [(date(2012, 11, 24), 14), (date(2012, 11, 25), 13), (date(2008, 2, 29), 18)],
)
def test_a_birthday_counts_from_the_day_itself(born, years):
    assert numbers.age(born, date(2026, 11, 24)) == years
