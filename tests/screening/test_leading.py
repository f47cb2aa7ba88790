"""Numbers that lead to a person, ways out of the site, links, and the same over and over."""

import pytest

from quanzi.screening.book import Book, starter
from quanzi.screening.finding import ENOUGH
from quanzi.screening.numbers import is_card, is_identity
from quanzi.screening.reading import read
from quanzi.screening.words import Word

NOTHING = Book((Word("other", "没有这个词", 0.9),))
IDENTITY, CARD = "11010119900307889X", "6222020000000000000"


def found(text: str, book: Book = NOTHING) -> set[tuple[str, str]]:
    return {(each.category, each.rule) for each in read(text, book)}


@pytest.mark.parametrize(
    "text",
    [
        "打13900001234",
        "139-0000-1234",
        "1 3 9 0 0 0 0 1 2 3 4",
        "１３９００００１２３４",
        "一三九零零零零一二三四",
        "+86 139 0000 1234",
        "13900001234 13700002345",
    ],
)
def test_a_mobile_number_is_found_however_it_is_written(text):
    assert ("privacy", "phone") in found(text)


@pytest.mark.parametrize(
    "text", ["订单202611270012345678", "12345678901", "3.14159265358979", "x13900001234"]
)
def test_other_numbers_are_not(text):
    assert found(text) == set()


def test_an_identity_number_is_told_by_its_check():
    assert is_identity(IDENTITY.lower())
    assert not is_identity("110101199003078891")
    assert not is_identity("11010119901307889x")  # no thirteenth month
    assert ("privacy", "identity") in found(f"证号 {IDENTITY[:6]} {IDENTITY[6:14]} {IDENTITY[14:]}")


def test_a_card_is_told_by_its_sum():
    assert is_card(CARD)
    assert not is_card(CARD[:-1] + "1")
    assert ("privacy", "card") in found(f"卡号{CARD}")


@pytest.mark.parametrize(
    "text",
    ["加V：lucky8866", "+v lucky8866", "➕薇 lucky8866", "微信号 lucky8866", "Q群734561289", "加 微 信 l u c k y 8 8"],
)  # fmt: skip
def test_a_way_out_with_an_account_is_held(text):
    held = [each for each in read(text, NOTHING) if each.score >= ENOUGH]
    assert {(each.category, each.rule) for each in held} == {("advertising", "contact")}


@pytest.mark.parametrize(
    "text", ["大家加个微信吧", "加油加油", "年薪三十w offer 到手", "最佳vlog2024"]
)
def test_who_only_speaks_of_it_is_not(text):
    assert [each for each in read(text, NOTHING) if each.score >= ENOUGH] == []


def test_a_link_counts_by_where_it_leads():
    known = Book((Word("gambling", "bet365.com", 0.9, frozenset({"host"})),))

    assert ("gambling", "host") in found("看 www.bet365.com/a", known)
    assert ("gambling", "host") in found("看 bet365点com", known)
    assert ("advertising", "link") in found("看 mybet365.com", known)
    assert found("看 https://zh.wikipedia.org/wiki/x", starter()) == set()


def test_the_same_line_over_and_over_is_held_and_laughter_is_not():
    assert ("advertising", "repeat") in found("今天有好东西给大家\n" * 4)
    assert ("advertising", "repeat") in found("今天有好东西给大家看看" * 12)
    assert found("哈" * 500) == set()
    assert found("加油" * 100) == set()
