"""Whatever is written, it is read quickly and a finding stands inside it."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.screening.__main__ import HOSTILE
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


@pytest.mark.parametrize("name", HOSTILE)
def test_a_text_that_is_made_to_take_long_does_not(name):
    def took() -> float:
        began = time.process_time()
        read(HOSTILE[name], starter())
        return time.process_time() - began

    # The machine may be busy: the best of some. Ten times as long a text costs ten times as much.
    assert min(took() for _ in range(5)) < 0.05


@pytest.mark.parametrize("name", HOSTILE)
def test_time_grows_with_length_and_not_with_its_square(name):
    def took(text: str) -> float:
        best = 9.0
        for _ in range(3):
            began = time.process_time()
            read(text, starter())
            best = min(best, time.process_time() - began)
        return best

    assert took(HOSTILE[name] * 4) < 8 * took(HOSTILE[name]) + 0.01


def test_nothing_is_found_in_nothing():
    assert read("", starter()) == []
    assert read("\u200b\u200b", starter()) == []
