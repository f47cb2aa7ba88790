"""Conditions as people read them."""

from dataclasses import fields

from quanzi.fans.conditions import Conditions
from quanzi.fans.wording import sentences
from quanzi.web.i18n import spoken
from tests.fans.test_conditions import ALL


def words(conditions: Conditions, language: str) -> list[str]:
    found = sentences(conditions, {1: "常客", 2: "送过"}, {5: "陪跑"})
    return [spoken(each, language) for each in found]


def test_every_condition_has_its_sentence():
    assert len(set(words(ALL, "zh-Hans"))) == len(fields(Conditions))
    assert words(Conditions(), "zh-Hans") == []


def test_bands_are_called_as_the_reader_calls_them():
    only = Conditions(bands=("good", "best"))

    assert words(only, "zh-Hans") == ["信用等级是 良好 / 极好"]
    assert words(only, "en") == ["Credit is Good / Excellent"]


def test_tags_and_services_are_called_by_their_names_and_those_that_are_gone_are_crossed():
    assert words(Conditions(requested=5, tags_all=(1, 2)), "zh-Hans") == [
        "预约过“陪跑”",
        "有标签 常客 / 送过",
    ]
    assert words(Conditions(tags_none=(3,)), "zh-Hans") == ["没有标签 ×"]
