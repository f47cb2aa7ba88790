"""Words without values stand in the compiled template; with values they are looked up as ever."""

import pytest

from quanzi.web.templates import environment


def drawn(language: str, source: str, **given: object) -> str:
    return environment(language).from_string(source).render(**given)


@pytest.mark.parametrize(
    ("language", "words"), [("zh-Hans", "通知"), ("zh-Hant", "通知"), ("en", "Notifications")]
)
def test_each_reader_reads_their_own_language(language, words):
    assert drawn(language, "{% trans %}通知{% endtrans %}") == words


def test_what_has_values_is_filled_in_and_escaped():
    source = "{% trans who=who %}{{ who }} 邀请{% endtrans %}"

    assert drawn("zh-Hans", source, who="<b>") == "&lt;b&gt; 邀请"
    assert "&lt;b&gt;" in drawn("en", source, who="<b>")


def test_what_has_none_is_not_looked_up_again(monkeypatch):
    made = environment("en").from_string("{% trans %}通知{% endtrans %}")
    monkeypatch.setitem(environment("en").globals, "gettext", lambda *_: "looked up")

    assert made.render() == "Notifications"


def test_a_percent_sign_is_one_sign_and_markup_is_markup():
    assert drawn("zh-Hans", "{% trans %}<b>100%</b>{% endtrans %}") == "<b>100%</b>"
