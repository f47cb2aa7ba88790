"""Whatever is written, it is read quickly and a finding stands inside it."""

import gc
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.screening.__main__ import HOSTILE
from quanzi.screening import phrases
from quanzi.screening.book import starter
from quanzi.screening.categories import CATEGORIES
from quanzi.screening.reading import read
from quanzi.screening.samples import bundled

PIECES = [sample.text for sample in bundled()][::5]
ODD = "\ud800\u200b\u202e\ufdfa🅥①壹贝者女票木仓 .。·点comtop:@+加vVx微信号:qq群1390000-\n"
TEXTS = st.one_of(
    st.text(st.characters()),
    st.text(ODD, max_size=80),
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(ODD, max_size=9)), max_size=4).map("".join),
)


@given(TEXTS)
def test_a_finding_stands_inside_the_text(text):
    for found in read(text, starter()):
        assert 0 <= found.start < found.end <= len(text)
        assert 0 < found.score <= 1
        assert found.category in CATEGORIES


def took(text: str) -> float:
    """The best of some: the machine may be busy with something else."""
    best = 9.0
    gc.disable()
    for _ in range(6):
        began = time.process_time()
        read(text, starter())
        best = min(best, time.process_time() - began)
    gc.enable()
    return best


# As people write, and as long.
HARMLESS = ("今天晚上在江边跑了五公里，风很大，遇见了老朋友。" * 250)[:5000]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_text_that_is_made_to_take_long_does_not(name):
    """Three times as long as another, measured beside it; eight is said of a busy machine."""
    assert took(HOSTILE[name]) < 8 * took(HARMLESS)


@pytest.mark.parametrize("name", HOSTILE)
def test_time_grows_with_length_and_not_with_its_square(name):
    """Its square would be sixteen times as much."""
    assert took(HOSTILE[name] * 4) < 10 * took(HOSTILE[name]) + 0.01


def test_nothing_is_found_in_nothing():
    assert read("", starter()) == []
    assert read("\u200b\u200b", starter()) == []


def test_no_phrase_repeats_without_a_bound():
    for phrase in phrases.of_file():
        pattern = re.sub(r"\\.|\[[^\]]*\]", "x", phrase.pattern.pattern)

        assert phrase.category in CATEGORIES
        assert 0 < phrase.weight <= 1
        assert not re.search(r"[*+]|,\}", pattern), phrase
        assert not re.search(phrase.pattern, ""), phrase


@pytest.mark.parametrize(
    "number",
    ["35321.14097196652", "61623.06222464153", "62980.27619511653", "51136.73413051316", "5.13"],
)
def test_a_figure_with_a_point_is_a_figure(number):
    assert read(f"数值是 {number}，见附件", starter()) == []


def test_a_telephone_number_with_one_point_in_it_is_one():
    [found] = read("打给我 138.12345678", starter())

    assert found.category == "privacy"
