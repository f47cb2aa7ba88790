"""Numbers that lead to a person: telephones, identity numbers, cards; and addresses of mail."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from quanzi.screening.finding import Finding
from quanzi.screening.normalising import Normal

PHONE, LANDLINE, IDENTITY, CARD, MAIL = 0.55, 0.3, 0.9, 0.6, 0.3

# With at most a few signs between two digits; so it is read once, from left to right.
_DIGITS = re.compile(r"(?<![a-z0-9])\d(?:[ \-_.·*—~/\\|,、+()]{0,3}\d){6,29}x?(?![a-z0-9])")
_DECIMAL = re.compile(r"\d+\.\d+")
_PARTS = re.compile(r"[0-9]+x?")
_PHONE = re.compile(r"(?:00)?(?:86)?1[3-9]\d{9}")
_LANDLINE = re.compile(r"0(?:10|2\d|[3-9]\d{2})[2-8]\d{6,7}")
_MAIL = re.compile(r"(?<![a-z0-9._+-])[a-z0-9][a-z0-9._+-]{0,63}@[a-z0-9-]{1,63}\.[a-z0-9.-]{2,63}")

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10x98765432"
_REGIONS = frozenset(
    region
    for first, last in (
        (11, 15),
        (21, 23),
        (31, 37),
        (41, 46),
        (50, 54),
        (61, 65),
        (71, 71),
        (81, 82),
    )
    for region in map(str, range(first, last + 1))
)
_OLDEST = 1900
_SHORTEST_CARD, _LONGEST_CARD = 16, 19
_BANKS = ("62", "4", "51", "52", "53", "54", "55")


def numbers(normal: Normal, text: str) -> Iterator[Finding]:
    """`text`: the normal one with its numbers."""
    for found in _DIGITS.finditer(text):
        parts = [
            (found.start() + part.start(), found.start() + part.end())
            for part in _PARTS.finditer(found[0])
        ]
        whole = "".join(text[start:stop] for start, stop in parts)
        decimal = _DECIMAL.fullmatch(found[0])
        told = _told(whole)
        if told and (not decimal or told[1] == "phone"):
            yield Finding("privacy", told[0], *normal.span(*found.span()), told[1])
            continue
        if decimal:  # 38302.81381231001 is a figure, whatever stands behind its point
            continue
        for start, stop in parts + [(one[0], two[1]) for one, two in pairwise(parts)]:
            told = _told("".join(_PARTS.findall(text[start:stop])))
            if told:
                yield Finding("privacy", told[0], *normal.span(start, stop), told[1])
    for found in _MAIL.finditer(text):
        yield Finding("privacy", MAIL, *normal.span(*found.span()), "mail")


def _told(number: str) -> tuple[float, str] | None:
    if is_identity(number):
        return IDENTITY, "identity"
    if _PHONE.fullmatch(number):
        return PHONE, "phone"
    if number.isdigit() and is_card(number):
        return CARD, "card"
    return (LANDLINE, "landline") if _LANDLINE.fullmatch(number) else None


def is_identity(number: str) -> bool:
    """A resident identity number of 18 places: region, birthday, check."""
    if len(number) != len(_WEIGHTS) + 1 or not number[:-1].isdigit():
        return False
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return number[:2] in _REGIONS and born.year >= _OLDEST and number[-1] == _CHECKS[total % 11]


def is_card(number: str) -> bool:
    """By its length, who issues such numbers, and Luhn's sum."""
    if not _SHORTEST_CARD <= len(number) <= _LONGEST_CARD or not number.startswith(_BANKS):
        return False
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(number)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0  # noqa: PLR2004 - two digits
