"""A text as it is meant, and for each of its characters the place it was written at.

What cannot be seen is left out, what only looks like something else is that, 繁 is 简, one capital
letter is as good as another.
"""

import re
import unicodedata
from dataclasses import dataclass

from quanzi.screening.lookalikes import MEANT, NUMERALS
from quanzi.search.folding import folded

_LINES = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
# Formats, marks on letters, controls, halves of pairs, and what is not assigned.
_UNSEEN = frozenset({"Cf", "Mn", "Me", "Cc", "Cn", "Co", "Cs"})
MOST = 4
# Letters and signs that are drawn as nothing.
_BLANK = "\u115f\u1160\u3164\uffa0\u2800"
_IN_BRACKETS = re.compile(r"^\((\w+)\)$")
_PLUS = re.compile(r"[+＋](?= ?(?:[vwq]|[微威徽扣卫企]))")
_SWORN = re.compile(r"(?<=[a-z0-9])[$@!](?=[a-z0-9])")
_LETTER_FOR = {"$": "s", "@": "a", "!": "i"}
# Characters taken apart into two that stand side by side.
_APART = {
    "贝者": "赌",
    "贝才": "财",
    "女票": "嫖",
    "木仓": "枪",
    "言正": "证",
    "讠正": "证",
    "亻言": "信",
    "氵去": "法",
    "君羊": "群",
    "衤果": "裸",
    "礻果": "裸",
    "女乃": "奶",
    "饣反": "饭",
    "钅戋": "钱",
    "讠乍": "诈",
    "米青": "精",
    "扌丁": "打",
    "纟工": "红",
}
_TAKEN_APART = re.compile("|".join(_APART))


@dataclass(frozen=True, slots=True)
class Normal:
    """`starts`, `ends`: for each character of `text`, from where to where it was written."""

    text: str
    starts: list[int]
    ends: list[int]

    def span(self, start: int, stop: int) -> tuple[int, int]:
        """In what was written, from the first character to the last."""
        return self.starts[start], self.ends[stop - 1]


class _Table(dict[str, str]):
    def __missing__(self, character: str) -> str:
        meant = self[character] = _meant(character)
        return meant


def normalised(text: str) -> Normal:
    parts = [_TABLE[character] for character in text]
    places = [place for place, part in enumerate(parts) for _ in part]
    plain = _PLUS.sub("加", "".join(parts))
    plain = _SWORN.sub(lambda found: _LETTER_FOR[found[0]], plain)
    return _put_together(Normal(plain, places, [place + 1 for place in places]))


def numbered(text: str) -> str:
    """Numbers written out are numbers; every character keeps its place."""
    return text.translate(NUMERALS)


def _put_together(normal: Normal) -> Normal:
    finds = list(_TAKEN_APART.finditer(normal.text))
    if not finds:
        return normal
    characters = list(normal.text)
    for found in reversed(finds):
        characters[found.start() : found.end()] = _APART[found[0]]
        del normal.starts[found.start() + 1], normal.ends[found.start()]
    return Normal("".join(characters), normal.starts, normal.ends)


def _meant(character: str) -> str:
    if character in _LINES:
        return "\n"
    kind = unicodedata.category(character)
    if character in _BLANK or (kind in _UNSEEN and character != "\t"):
        return " " if kind == "Cs" else ""
    digit = unicodedata.digit(character, None)
    if digit is not None:
        return str(digit)
    return MEANT.get(character) or _plain(character)


def _plain(character: str) -> str:
    plain = "".join(MEANT.get(each, each) for each in folded(character))
    apart = unicodedata.normalize("NFKD", plain)
    bare = "".join(each for each in apart if unicodedata.category(each) != "Mn")
    bracketed = _IN_BRACKETS.match(bare)
    # A few signs stand for a whole sentence.
    return (bracketed[1] if bracketed else bare)[:MOST] or " "


_TABLE = _Table()
