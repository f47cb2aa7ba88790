"""What is said of a post's pictures to who does not see them, and the order in which they stand."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from quanzi.db.engine import rows
from quanzi.errors import Invalid, said
from quanzi.posts import drafts

LONGEST = 300


@dataclass(frozen=True, slots=True)
class Caption:
    """`number`: which of the pictures, as they came, from 0."""

    number: int
    alt: str


class Described(Protocol):
    """A picture with what is said of it."""

    @property
    def name(self) -> str: ...
    @property
    def alt(self) -> str: ...


def read(values: Mapping[str, str], count: int) -> list[Caption]:
    """From the fields `alt-1`… and `order-1`…, in the order that is wished for. Raises Invalid.

    A picture that was given a place comes before the one that stood there.
    """
    found: list[tuple[int, bool, Caption]] = []
    for n in range(1, count + 1):
        alt = one_line(values.get(f"alt-{n}", ""))
        if len(alt) > LONGEST:
            raise Invalid(alt=said("第 %(n)d 张图片的说明最多 %(most)d 个字。", n=n, most=LONGEST))
        typed = values.get(f"order-{n}", "").strip()
        wished = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 3 else n  # noqa: PLR2004
        found.append((wished, wished == n, Caption(n - 1, alt)))
    return [caption for *_, caption in sorted(found, key=lambda each: each[:2])]


def wanted(
    now: Sequence[Described], said: Sequence[Caption] | None, alts: Sequence[str]
) -> list[tuple[str, str]]:
    """Name and words of each picture in its new order; none when nothing about them changes. `alts`:
    what is said, as it may be shown.
    """
    before = [(each.name, each.alt) for each in now]
    if said is None or len(said) != len(before):
        return []
    after = [(before[each.number][0], alt) for each, alt in zip(said, alts, strict=True)]
    return [] if after == before else after


def one_line(text: str) -> str:
    return " ".join(drafts.clean(text).split())


async def arrange(circle_id: int, post_id: int, wanted: Sequence[tuple[str, str]]) -> None:
    """`wanted`: name and words of each picture, in order. In the transaction that moves the version."""
    # A place is taken by one picture at any moment: they are laid out anew.
    gone = await rows(
        "delete from image where circle_id = $1 and post_id = $2 returning *", circle_id, post_id
    )
    lines = {line["name"]: line for line in gone}
    for place, (name, alt) in enumerate(wanted):
        line = lines[name]
        await rows(
            """insert into image (circle_id, name, post_id, place, width, height, colour, likeness,
                                  alt) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)""",
            circle_id,
            name,
            post_id,
            place,
            line["width"],
            line["height"],
            line["colour"],
            line["likeness"],
            alt,
        )


def packed(wanted: Sequence[tuple[str, str]]) -> str:
    """For words that wait to be looked at."""
    return json.dumps(list(wanted), ensure_ascii=False) if wanted else ""


def unpacked(kept: str) -> list[tuple[str, str]]:
    return [(name, alt) for name, alt in json.loads(kept or "[]")]
