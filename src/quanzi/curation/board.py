"""The board: which post stands in which slot. Every change locks its row first and raises it."""

from dataclasses import dataclass

from quanzi.activity.recording import record
from quanzi.db.engine import row, rows
from quanzi.posts.feed import ENTRY, Entry


@dataclass(frozen=True, slots=True)
class Pinned:
    """A pin that is shown: enough to draw it by the post's own drawing."""

    slot: int
    post_id: int
    version: int
    comments: int
    likes: int


@dataclass(frozen=True, slots=True)
class Board:
    version: int
    pins: tuple[Pinned, ...]

    @property
    def entries(self) -> list[Entry]:
        return [Entry(pin.post_id, pin.version, 0, pin.comments, pin.likes) for pin in self.pins]


async def read(circle_id: int) -> Board:
    found = await rows(
        f"""select b.version as board, n.slot, {ENTRY}
           from (select 1) once
           left join pin_board b on b.circle_id = $1
           left join pin n on n.circle_id = $1 and n.state = 'shown'
           left join post p on p.circle_id = $1 and p.id = n.post_id
           order by n.slot""",
        circle_id,
    )
    pins = tuple(
        Pinned(line["slot"], line["id"], line["version"], line["comments"], line["likes"])
        for line in found
        if line["id"]
    )
    return Board(found[0]["board"] or 0, pins)


async def lock(circle_id: int) -> None:
    """From here to the commit nobody else changes this circle's pins."""
    await rows(
        """insert into pin_board (circle_id) values ($1)
           on conflict (circle_id) do update set version = pin_board.version""",
        circle_id,
    )


async def slots_taken(circle_id: int) -> dict[int, int]:
    """slot → post."""
    found = await rows(
        "select slot, post_id from pin where circle_id = $1 and state = 'shown'", circle_id
    )
    return {line["slot"]: line["post_id"] for line in found}


async def changed(circle_id: int, actor_id: int | None) -> int:
    """Raise the board's version and write the event; the last thing in its transaction."""
    raised = await row(
        "update pin_board set version = version + 1 where circle_id = $1 returning version",
        circle_id,
    )
    version = int(raised["version"]) if raised else 0
    return await record(circle_id, "pins.changed", circle_id, version, actor_id)
