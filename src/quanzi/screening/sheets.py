"""A book as a table that people edit elsewhere: category, word, weight, flags."""

import csv
import io
from collections.abc import Iterable, Iterator

from quanzi.errors import Invalid, said
from quanzi.screening.book import Book
from quanzi.screening.categories import CATEGORIES
from quanzi.screening.normalising import normalised
from quanzi.screening.words import FLAGS, Word

HEAD = ["category", "word", "weight", "flags"]
LONGEST_WORD, MOST_WORDS, LONGEST_SHEET = 60, 20_000, 2_000_000
# A table that opens in a spreadsheet must not begin to calculate.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")


def as_csv(book: Book) -> str:
    out = io.StringIO()
    sheet = csv.writer(out, lineterminator="\n")
    sheet.writerow(HEAD)
    for word in book.words:
        text = f"'{word.text}" if word.text.startswith(_FORMULA) else word.text
        sheet.writerow([word.category, text, f"{word.weight:g}", " ".join(sorted(word.flags))])
    return out.getvalue()


def from_csv(text: str) -> Book:
    """Raises Invalid with the number of the line."""
    if len(text) > LONGEST_SHEET:
        raise Invalid(words=said("词表太大。"))
    return Book(checked(_words(text.removeprefix("\ufeff"))))


def as_lines(words: Iterable[Word]) -> str:
    """Of one category, as people edit it here: a word per line, its weight, its flags."""
    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\n")
    for word in words:
        text = f"'{word.text}" if word.text.startswith("'") else word.text
        flags = [" ".join(sorted(word.flags))] if word.flags else []
        lines.writerow([text, f"{word.weight:g}", *flags])
    return out.getvalue()


def from_lines(text: str, category: str) -> tuple[Word, ...]:
    """Raises Invalid with the number of the line. A Chinese comma is as good as another."""
    if len(text) > LONGEST_SHEET:
        raise Invalid(words=said("词表太大。"))
    return tuple(
        _word([category, *_cells(line, number)], number)
        for number, line in enumerate(text.splitlines(), 1)
        if line.strip()
    )


def _cells(line: str, number: int) -> list[str]:
    try:
        [cells] = csv.reader([line if "," in line else line.replace("，", ",")], strict=True)
    except (csv.Error, ValueError):
        raise Invalid(words=said("第 %(line)d 行读不出来。", line=number)) from None
    if len(cells) not in {2, 3}:
        raise Invalid(words=said("第 %(line)d 行要写成：词,权重,标记。", line=number))
    return cells


def checked(words: Iterable[Word]) -> tuple[Word, ...]:
    kept = tuple(words)
    if not 1 <= len(kept) <= MOST_WORDS:
        raise Invalid(words=said("词表要有 1 到 %(most)d 个词。", most=MOST_WORDS))
    for line, word in enumerate(kept, 2):
        _check(word, line)
    return kept


def _words(text: str) -> Iterator[Word]:
    sheet = csv.reader(io.StringIO(text), strict=True)
    try:
        for cells in sheet:
            if cells and cells != HEAD:
                yield _word(cells, sheet.line_num)
    except csv.Error:
        raise Invalid(words=said("第 %(line)d 行读不出来。", line=sheet.line_num)) from None


def _word(cells: list[str], line: int) -> Word:
    if len(cells) not in {len(HEAD) - 1, len(HEAD)}:
        raise Invalid(words=said("第 %(line)d 行要有四列：类别、词、权重、标记。", line=line))
    category, text, weight, flags = (*map(str.strip, cells), "")[: len(HEAD)]
    try:
        number = float(weight or 0)
    except ValueError:
        number = -1.0
    word = Word(category, text.removeprefix("'"), number, frozenset(flags.split()))
    _check(word, line)
    return word


def _check(word: Word, line: int) -> None:
    if word.category not in CATEGORIES:
        raise Invalid(words=said("第 %(line)d 行：没有这个类别。", line=line))
    if len(word.text) > LONGEST_WORD or not _says_something(word.text):
        raise Invalid(
            words=said("第 %(line)d 行：词要有 1 到 %(most)d 个字。", line=line, most=LONGEST_WORD)
        )
    if not 0 <= word.weight <= 1:
        raise Invalid(words=said("第 %(line)d 行：权重要是 0 到 1 的数。", line=line))
    if not word.flags <= FLAGS:
        raise Invalid(words=said("第 %(line)d 行：没有这个标记。", line=line))


def _says_something(text: str) -> bool:
    return any(each.isalnum() for each in normalised(text).text)
