"""Imports as their page shows them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from quanzi.circles.access import Place
from quanzi.db.engine import row, rows
from quanzi.errors import NotAllowed, NotFound, Said
from quanzi.importing import notes, policy

PAGE, PAGE_OF_ROWS = 20, 50
Key = tuple[datetime, int]
# What can be asked to see of the rows alone.
SHOWN = {
    "wrong": ("wrong", "failed"),
    "double": ("double",),
    "good": ("good", "made"),
}


@dataclass(frozen=True, slots=True)
class Import:
    id: int
    name: str
    state: str
    way: str
    every: int
    dated: bool
    rows: int
    good: int
    wrong: int
    doubles: int
    made: int
    failed: int
    why: Sequence[Said]
    asked_at: datetime
    ended_at: datetime | None
    handle: str
    member: str

    @property
    def runs(self) -> bool:
        return self.state in {"trying", "running"}

    @property
    def tried(self) -> int:
        return self.good + self.wrong + self.doubles

    @property
    def done(self) -> int:
        """Of the good ones."""
        return self.made + self.failed

    @property
    def key(self) -> Key:
        return self.asked_at, self.id


@dataclass(frozen=True, slots=True)
class Row:
    number: int
    state: str
    excerpt: str
    publish_at: datetime | None
    pictures: int
    notes: Sequence[Said]
    post_id: int | None


IMPORT = """
    select i.id, i.name, i.state, i.way, i.every, i.dated, i.rows, i.good, i.wrong, i.doubles, i.made,
           i.failed, i.why, i.asked_at, i.ended_at, m.handle, m.name as member
    from post_import i join member m on m.id = i.member_id
"""


async def one(place: Place, import_id: int) -> Import:
    """Raises NotFound, NotAllowed."""
    _ask(place)
    found = await row(f"{IMPORT} where i.circle_id = $1 and i.id = $2", place.circle.id, import_id)
    if found is None:
        raise NotFound
    return _made(found)


async def some(place: Place, before: Key | None) -> list[Import]:
    """The latest first; one more than a page when there are more."""
    _ask(place)
    found = await rows(
        f"""{IMPORT} where i.circle_id = $1
              and ($2::timestamptz is null or (i.asked_at, i.id) < ($2, $3))
            order by i.asked_at desc, i.id desc limit {PAGE + 1}""",
        place.circle.id,
        *(before or (None, 0)),
    )
    return [_made(line) for line in found]


async def lines(
    place: Place, import_id: int, *, after: int = 0, only: str = "", most: int = PAGE_OF_ROWS + 1
) -> list[Row]:
    """In the order of the file; one more than a page when there are more."""
    _ask(place)
    found = await rows(
        """select number, state, excerpt, publish_at, cardinality(pictures), notes, post_id
           from post_import_row where circle_id = $1 and import_id = $2 and number > $3
             and (cardinality($4::text[]) = 0 or state = any($4::text[]))
           order by number limit $5""",
        place.circle.id,
        import_id,
        after,
        list(SHOWN.get(only, ())),
        most,
    )
    return [
        Row(number, state, excerpt, at, count, notes.unpacked(kept), post_id)
        for number, state, excerpt, at, count, kept, post_id in found
    ]


def _made(line: Sequence[object]) -> Import:
    values = list(line)
    values[12] = notes.unpacked(str(values[12]))
    return Import(*values)  # type: ignore[arg-type]


def _ask(place: Place) -> None:
    if not policy.can_import(place):
        raise NotAllowed
