"""The words have versions; an edit that does worse has to be meant, and nobody overwrites another."""

from dataclasses import replace

import pytest

from quanzi.db.engine import rows
from quanzi.errors import Conflict, Invalid, NotFound
from quanzi.screening import lists
from quanzi.screening.book import Book, starter
from quanzi.screening.samples import bundled, held
from quanzi.screening.sheets import as_csv, from_csv
from quanzi.screening.words import Word

NEW = Word("gambling", "玩个球球盘", 0.9)


@pytest.fixture(autouse=True)
def nobody_remembers():
    lists.forget()
    yield
    lists.forget()


def with_word(*words: Word) -> Book:
    return Book((*starter().words, *words))


async def test_at_first_the_words_of_the_files_are_in_force(database):
    book = await lists.current()

    assert book is starter()
    assert await lists.versions() == []


async def test_an_edit_is_in_force_and_the_one_before_is_kept(owner):
    version = await lists.put_in_force(with_word(NEW), after=0, note="新花样", by=owner.member_id)

    assert version == 1
    assert held("来玩个球球盘", await lists.current())
    assert not held("来玩个球球盘", await lists.of_version(0))
    [line] = await lists.versions()
    assert (line["version"], line["note"], line["made_by"]) == (1, "新花样", "悦跑圈主")


async def test_of_two_edits_at_once_the_second_is_told(owner, editor):
    await lists.put_in_force(with_word(NEW), after=0, note="一", by=owner.member_id)

    with pytest.raises(Conflict):
        await lists.put_in_force(with_word(), after=0, note="二", by=editor.member_id)
    assert (await lists.current()).version == 1


async def test_an_edit_of_a_version_that_never_was_is_refused(owner):
    with pytest.raises(Conflict):
        await lists.put_in_force(with_word(NEW), after=7, note="x", by=owner.member_id, anyway=True)


async def test_an_edit_that_finds_less_has_to_be_meant(owner):
    less = Book(tuple(word for word in starter().words if word.category != "gambling"))

    with pytest.raises(Invalid) as refused:
        await lists.put_in_force(less, after=0, note="少一点", by=owner.member_id)
    assert "words" in refused.value.fields
    assert (
        await lists.put_in_force(less, after=0, note="少一点", by=owner.member_id, anyway=True) == 1
    )


async def test_an_edit_that_holds_what_is_harmless_has_to_be_meant(owner):
    much = with_word(Word("other", "今天", 0.9), Word("other", "孩子", 0.9))

    with pytest.raises(Invalid):
        await lists.put_in_force(much, after=0, note="多一点", by=owner.member_id)
    assert await rows("select 1 from screening_list") == []


async def test_an_edit_says_why(owner):
    with pytest.raises(Invalid) as refused:
        await lists.put_in_force(with_word(NEW), after=0, note=" ", by=owner.member_id)
    assert list(refused.value.fields) == ["note"]


async def test_an_edit_is_tried_before_it_is_in_force(database):
    tried = await lists.try_out(with_word(NEW), bundled(), ["来玩个球球盘", "你好"])
    assert tried.found == ("来玩个球球盘",)
    assert tried.lost == ()
    assert not tried.worse

    less = Book(tuple(word for word in starter().words if word.category != "abuse"))
    tried = await lists.try_out(less, bundled())
    assert tried.worse
    assert tried.lost and tried.recall < tried.recall_before


async def test_another_processs_edit_is_seen_within_seconds(database, monkeypatch):
    await lists.current()
    await rows(
        """insert into screening_list (version, words) values (1, '[["abuse", "某词", 0.9, []]]')"""
    )
    assert (await lists.current()).version == 0

    monkeypatch.setattr(lists, "LOOK_AGAIN_SECONDS", 0.0)
    assert (await lists.current()).words == (Word("abuse", "某词", 0.9),)


async def test_a_version_that_never_was_is_not_found(database):
    with pytest.raises(NotFound):
        await lists.of_version(7)


def test_a_book_comes_back_from_its_table_as_it_was():
    assert from_csv(as_csv(starter())).words == starter().words


@pytest.mark.parametrize("text", ["=1+1", "+8613", "@sum", "-v", "'x", '=cmd|"/c"'])
def test_a_word_is_no_formula(text):
    book = Book((Word("other", text, 0.5),))

    assert not any(cell.startswith(tuple("=+-@")) for line in as_csv(book).splitlines() for cell in line.split(","))  # fmt: skip
    assert from_csv(as_csv(book)).words == book.words


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("nothing,词,0.5,", "类别"),
        ("abuse,,0.5,", "1 到"),
        ("abuse,…,0.5,", "1 到"),
        ("abuse,词,2,", "权重"),
        ("abuse,词,nan,", "权重"),
        ("abuse,词,x,", "权重"),
        ("abuse,词,0.5,loud", "标记"),
        ("abuse", "四列"),
        ('abuse,"词', "读不出来"),
    ],
)
def test_what_is_wrong_in_a_table_is_told_with_its_line(line, says):
    with pytest.raises(Invalid) as refused:
        from_csv(f"category,word,weight,flags\nabuse,好词,0.5,sound\n{line}\n")

    sentence = str(refused.value.fields["words"])
    assert "第 3 行" in sentence
    assert says in sentence


async def test_a_book_that_was_put_together_otherwise_is_checked_too(owner):
    wrong = Book((replace(NEW, weight=7.0),))

    with pytest.raises(Invalid):
        await lists.put_in_force(wrong, after=0, note="x", by=owner.member_id, anyway=True)
