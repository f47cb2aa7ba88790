"""One way to write a thing: full and half width, upper and lower case, 繁 and 简 are the same.

Character by character, so that a place in the folded text can be told in the text itself.
"""

import unicodedata
from functools import cache

from opencc import OpenCC

_simplified = OpenCC("t2s").convert


class _Table(dict[int, str]):
    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold(chr(code))
        return folded


def folded(text: str) -> str:
    # Put together first: some keyboards send an é as two characters.
    return unicodedata.normalize("NFC", text).translate(_TABLE)


def folded_with_places(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its characters the place it had in `text`."""
    parts = [_TABLE[ord(character)] for character in text]
    places = [place for place, part in enumerate(parts) for _ in part]
    return "".join(parts), places


@cache
def _fold(character: str) -> str:
    # A lone surrogate cannot be encoded, and stands for nothing.
    if "\ud800" <= character <= "\udfff":
        return " "
    plain = unicodedata.normalize("NFKC", character).casefold()
    return _simplified(plain) if plain else " "


_TABLE = _Table()
