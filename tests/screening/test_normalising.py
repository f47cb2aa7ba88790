"""A text is read as it is meant, and a place in it is a place in what was written."""

import pytest

from quanzi.screening.normalising import normalised, numbered
from quanzi.screening.squeezing import squeezed


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("ＡＢＣ１２３", "abc123"),
        ("賭博網站", "赌博网站"),
        ("赌\u200b博", "赌博"),
        ("赌\u202e博", "赌博"),
        ("薇信", "微信"),
        ("葳信", "微信"),
        ("рorn", "porn"),  # a Cyrillic р
        ("𝓹𝓸𝓻𝓷", "porn"),
        ("ⓥⓧ", "vx"),
        ("🅥🅧", "vx"),
        ("①②⑴❸", "1213"),
        ("cafe\u0301", "cafe"),
        ("贝者博", "赌博"),
        ("氷毒", "冰毒"),
    ],
)
def test_what_is_drawn_otherwise_is_read_as_it_is_meant(written, meant):
    assert normalised(written).text == meant


def test_numbers_that_are_written_out_are_numbers():
    assert numbered(normalised("壹三⑧〇零肆").text) == "138004"


def test_a_place_is_told_in_what_was_written():
    written = "看\u200b\u200b㎏賭\u200d博网"
    normal = normalised(written)
    at = normal.text.index("赌博")

    start, end = normal.span(at, at + 2)
    assert written[start:end] == "賭\u200d博"


def test_a_character_in_two_halves_is_shown_whole():
    written = "来贝者博"
    normal = normalised(written)

    start, end = normal.span(1, 2)
    assert written[start:end] == "贝者"
    assert written[slice(*normal.span(2, 3))] == "博"


def test_what_stands_between_characters_is_left_out_and_its_places_known():
    normal = normalised("加 微*信")
    close = squeezed(normal, normal.text)

    assert close.text == "加微信"
    assert close.places == [0, 2, 4]
