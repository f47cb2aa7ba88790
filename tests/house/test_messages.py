"""Whatever people read, they read in their language."""

import re

import pytest

from quanzi import messages
from quanzi.web.i18n import best_of, counted

FOUND = messages.messages()


@pytest.mark.parametrize("language", ["en", "zh-Hant"])
def test_every_message_is_translated(language):
    known = messages.catalogue(language)
    ids = {m[0] if isinstance(m, tuple) else m for m in FOUND}

    assert [each for each in ids if not known.get(each)] == []
    assert [each for each in known if each not in ids] == []


@pytest.mark.parametrize("language", ["en", "zh-Hant"])
def test_a_translation_names_the_same_figures(language):
    for said, translated in messages.catalogue(language).items():
        for each in translated if isinstance(translated, tuple | list) else [translated]:
            assert set(re.findall(r"%\(\w+\)\w|\{\w\}", each)) <= set(
                re.findall(r"%\(\w+\)\w|\{\w\}", said)
            ), said


def test_nothing_is_said_twice_in_one_breath():
    """As a merge leaves it."""
    for said, translated in messages.catalogue("en").items():
        for each in translated if isinstance(translated, tuple | list) else [translated]:
            assert len(each) < 12 or each[: len(each) // 2] != each[(len(each) + 1) // 2 :], said


def test_traditional_says_what_simplified_does():
    """Words and letters that a machine had chosen wrongly: to sign out for to leave, hair for to send."""
    wrong = re.compile("稽核|釋出|登出|許可權|賬號|回撥|絲髮|不髮|隻影|伙伴|[“”]")

    said = [str(each) for each in messages.catalogue("zh-Hant").values()]
    assert [each for each in said if wrong.search(each)] == []


def test_english_is_english():
    for said, translated in messages.catalogue("en").items():
        assert not re.search(r"[\u4e00-\u9fff]", str(translated)), said


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "zh-Hans"),
        ("zh-CN,zh;q=0.9", "zh-Hans"),
        ("zh-TW", "zh-Hant"),
        ("zh-HK,en;q=0.8", "zh-Hant"),
        ("en-GB,en;q=0.9,zh;q=0.1", "en"),
        ("fr,en;q=0.5", "en"),
        ("fr", "zh-Hans"),
        (";;;q=x,en;q=nan", "en"),
    ],
)
def test_the_browsers_wish_is_heard(accepted, language):
    assert best_of(accepted) == language


@pytest.mark.parametrize(
    ("number", "chinese", "english"),
    [
        (0, "0", "0"),
        (999, "999", "999"),
        (9999, "9999", "9.9K"),
        (12_345, "1.2万", "12.3K"),
        (1_999_999, "199万", "1.9M"),
        (123_456_789, "1.2亿", "123M"),
    ],
)
def test_large_figures_are_said_as_people_say_them(number, chinese, english):
    assert counted(number, "zh-Hans") == chinese
    assert counted(number, "en") == english
