"""A word is found however it is written, and not where it is another."""

import pytest

from quanzi.screening.book import Book, starter
from quanzi.screening.finding import ENOUGH
from quanzi.screening.reading import read
from quanzi.screening.words import Word


def book(*words: Word) -> Book:
    return Book(words)


def word(text: str, *flags: str, category: str = "gambling", weight: float = 0.9) -> Word:
    return Word(category, text, weight, frozenset(flags))


GAMBLING = book(word("赌博", "sound"), word("网上赌场"), word("casino", "whole"))


def rules(text: str, of: Book = GAMBLING) -> list[str]:
    return [found.rule for found in read(text, of) if found.score >= ENOUGH]


@pytest.mark.parametrize(
    "text",
    [
        "来赌博",
        "来賭博",
        "来赌.博",
        "来赌 博",
        "来赌🌸博",
        "来睹博",
        "网 上 赌 场",
        "网\n上\n赌\n场",
    ],
)
def test_a_word_is_found_however_it_is_taken_apart(text):
    assert rules(text)


def test_a_word_in_pinyin_is_found():
    assert rules("dubo 平台") == ["spelt"]
    assert rules("du bo 平台") == ["spelt"]
    assert rules("du博平台") == ["sound"]
    assert rules("wangshangdubo") == ["spelt"]


def test_a_word_in_other_characters_that_sound_alike_is_found():
    assert rules("堵博平台") == ["sound"]


@pytest.mark.parametrize("text", ["独播剧场", "路上堵，博物馆关了", "路上堵博物馆", "赌，博"])
def test_what_only_sounds_like_it_or_meets_by_chance_is_not(text):
    assert rules(text) == []


def test_a_word_that_is_not_marked_is_not_looked_for_by_its_sound():
    assert rules("dubo", book(word("赌博", "whole"))) == []


def test_letters_are_no_word_inside_a_longer_one():
    assert rules("casino") and rules("c4s1no") and rules("c a s i n o")
    assert rules("casinos") == []


def test_what_is_harmless_cancels_what_it_touches_and_only_there():
    chicken = book(
        word("胸肉", category="sexual"), word("鸡胸肉", "allow", category="sexual"), word("赌博")
    )

    assert rules("鸡胸肉沙拉", chicken) == []
    assert rules("鸡胸肉沙拉，胸肉", chicken) == ["word"]
    assert rules("鸡胸肉，赌博", chicken) == ["word"]


def test_the_end_of_one_word_and_the_beginning_of_another_are_no_word():
    assert rules("前面路口交通管制", book(word("口交", category="sexual"))) == []


def test_weak_signs_add_up_near_each_other_and_not_far_apart():
    weak = book(*(word(each, weight=0.22) for each in ("荷官", "返水", "提款", "庄家")))

    assert rules("荷官返水提款庄家", weak) == ["together"]
    assert rules("荷官荷官荷官荷官荷官", weak) == []
    far = "好" * 200
    assert rules(f"荷官{far}返水{far}提款{far}庄家", weak) == []


def test_a_finding_points_at_what_was_written():
    text = "大家好，来 賭*博 吧"
    [found] = read(text, GAMBLING)

    assert text[found.start : found.end] == "賭*博"


def test_who_tells_of_a_raid_does_not_offer():
    assert rules("警方打掉一个赌博团伙") == []
    assert rules("警方打掉一个赌博团伙，想玩的加微信 abc12345")


@pytest.mark.parametrize("text", ["鸡胸肉", "裸辞", "炮制", "赌气", "毒鸡汤", "打飞机票", "菠菜汤"])
def test_harmless_words_that_look_bad_are_harmless(text):
    assert rules(f"今天说说{text}", starter()) == []
