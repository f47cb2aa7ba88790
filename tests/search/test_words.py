"""Cutting texts and queries, and marking what was found."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markupsafe import escape

from quanzi.db.engine import row
from quanzi.search import asking, marking
from quanzi.search.cutting import is_han
from quanzi.search.folding import folded
from quanzi.search.vectors import vector


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("跑步", "跑步"),
        ("理財與貓糧", "理财与猫粮"),
        ("ＡＢＣ１２３", "abc123"),
        ("Straße", "strasse"),
        ("頭髮", "头发"),
    ],
)
def test_what_is_the_same_to_a_reader_is_the_same_here(written, plain):
    assert folded(written) == plain


async def finds(text: str, typed: str) -> bool:
    query = asking.asked(typed)
    assert query is not None
    found = await row(
        "select $1::text::tsvector @@ $2::text::tsquery as yes", vector(text), query.query
    )
    return bool(found and found["yes"])


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("今晚一起跑步吗", "跑步"),
        ("新买的猫粮它不吃", "猫粮"),
        ("基金理财入门", "理财"),
        ("基金理財入門", "理财"),
        ("基金理财入门", "理財"),
        ("第一次跑完十公里", "跑"),
        ("我想跑", "跑"),
        ("珠江边的夜跑路线整理", "夜跑路线"),
        ("珠江边的夜跑路线整理", "路线 夜跑"),
        ("Running along the river", "run river"),
        ("跑步app推荐", "跑步 APP"),
        ("＃跑步＃ 打卡", "#跑步#"),
        ("喝了三杯Coffee", "coffee"),
        ("5公里", "5公里"),
        ("Cafe\u0301", "café"),
        ("café", "cafe\u0301"),
        ("AI 画的", "ai"),
    ],
)
async def test_it_is_found(database, text, typed):
    assert await finds(text, typed)


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("今晚一起跑步吗", "步跑"),
        ("跑马拉松的步数", "跑步"),
        ("猫。粮", "猫粮"),
        ("runner", "running"),
        ("50公里", "5公里"),
        ("my aim", "ai"),
    ],
)
async def test_it_is_not_found(database, text, typed):
    assert not await finds(text, typed)


async def test_a_real_word_stands_above_the_same_characters_by_chance(database):
    query = asking.asked("和服")
    ranks = [
        await row(
            "select ts_rank('{0.1, 0.2, 0.4, 1.0}', $1::text::tsvector, $2::text::tsquery) as n",
            vector(text),
            query.query,
        )
        for text in ("租了一件和服拍照", "产品和服务都不错")
    ]
    assert ranks[0]["n"] > ranks[1]["n"] * 3


@pytest.mark.parametrize("typed", ["", "  ", "！！！", "'", "&|!()<->", "\x00", "\ud800", "😀"])
def test_there_is_nothing_to_search_for(typed):
    assert asking.asked(typed) is None


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    text=st.text(max_size=400),
    typed=st.text(
        alphabet=st.one_of(st.characters(), st.sampled_from("跑步猫粮'\\&|!()<>:* ")), max_size=300
    ),
)
async def test_whatever_is_written_and_typed_is_understood(database, text, typed):
    query = asking.asked(typed)
    await row("select $1::text::tsvector as v", vector(text))
    if query is not None:
        await row("select $1::text::tsquery as q", query.query)
    marking.snippet(text, query.words if query else ())


async def test_a_text_of_ten_thousand_characters_is_understood(database):
    await row("select $1::text::tsvector as v", vector("今晚跑步" * 2500 + "x" * 5000))
    assert asking.asked("跑步" * 5000) is not None


@pytest.mark.parametrize(
    ("text", "typed", "marked"),
    [
        ("今晚跑步去", "跑步", "今晚<mark>跑步</mark>去"),
        ("學會理財", "理财", "學會<mark>理財</mark>"),
        ("<b>跑步</b>", "跑步", "&lt;b&gt;<mark>跑步</mark>&lt;/b&gt;"),
        ("Run and RUN", "run", "<mark>Run</mark> and <mark>RUN</mark>"),
        ("什么也没有", "跑步", "什么也没有"),
        ("brunch run", "run", "brunch <mark>run</mark>"),
        ("Aim for AI", "ai", "Aim for <mark>AI</mark>"),
        ("夜跑步道", "夜跑 跑步", "<mark>夜跑步</mark>道"),
    ],
)
def test_what_was_found_is_marked_in_the_readers_own_text(text, typed, marked):
    assert str(marking.snippet(text, asking.asked(typed).words)) == marked


def test_of_a_long_text_the_piece_around_the_find_is_shown():
    shown = str(marking.snippet("前" * 500 + "跑步" + "后" * 500, ["跑步"]))

    assert shown.startswith("…")
    assert "<mark>跑步</mark>" in shown
    assert len(shown) < 160


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=st.text(alphabet="夜跑步猫糧理财的和, é", min_size=2, max_size=40), data=st.data())
async def test_any_two_neighbouring_characters_of_a_text_find_it(database, text, data):
    pairs = [
        text[n : n + 2] for n in range(len(text) - 1) if is_han(text[n]) and is_han(text[n + 1])
    ]
    if pairs:
        assert await finds(text, data.draw(st.sampled_from(pairs)))


@given(text=st.text(max_size=200), words=st.lists(st.text(min_size=1, max_size=3), max_size=3))
def test_marking_takes_nothing_away_and_lets_nothing_in(text, words):
    marked = marking.mark(text, marking.found_in(text, [folded(word) for word in words]))

    plain = str(marked).replace("<mark>", "").replace("</mark>", "")
    assert plain == str(escape(text))


def test_what_stands_beside_is_found_but_a_word_in_the_name_counts_more():
    assert vector("跑步", beside=["跑步"]) == "'跑步':1A,5B '步':2D,6D"
