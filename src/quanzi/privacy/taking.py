"""Asking for one's data, and being handed it: only one's own, one at a time, for seven days."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from quanzi.db.engine import row, rows
from quanzi.errors import Conflict, NotFound, said
from quanzi.identity.sessions import Viewer
from quanzi.settings import settings

KEPT = "7 days"


@dataclass(frozen=True, slots=True)
class Export:
    """`done` of `parts` are written while its state is 'making'."""

    id: int
    state: str
    done: int
    parts: int
    bytes: int
    asked_at: datetime
    ends_at: datetime | None

    @property
    def running(self) -> bool:
        return self.state in {"waiting", "making"}


EXPORT = "select id, state, done, parts, bytes, asked_at, ends_at from data_export"


async def ask(viewer: Viewer, language: str) -> int:
    """The export's id; it is made in the background. Raises Conflict while another is."""
    made = await row(
        """insert into data_export (member_id, language) values ($1, $2)
           on conflict (member_id) where state in ('waiting', 'making') do nothing returning id""",
        viewer.member_id,
        language,
    )
    if made is None:
        raise Conflict(said("已经在准备了，请等它完成。"))
    return int(made["id"])


async def latest(viewer: Viewer) -> list[Export]:
    """The one that is being made, and the one that can be fetched: two at most."""
    found = await rows(
        f"""{EXPORT} where member_id = $1 and (ends_at is null or ends_at > now())
            order by id desc limit 2""",
        viewer.member_id,
    )
    return [Export(*line) for line in found]


async def fetched(viewer: Viewer, export_id: int) -> Path:
    """Where it lies. Raises NotFound, also for somebody else's."""
    found = await row(
        """select file from data_export
           where id = $1 and member_id = $2 and state = 'ready' and ends_at > now()""",
        export_id,
        viewer.member_id,
    )
    if found is None or not path_of(found["file"]).exists():
        raise NotFound
    return path_of(found["file"])


def folder() -> Path:
    """Processes on several machines need one that they share, as for pictures."""
    return settings().var / "exports"


def path_of(file: str) -> Path:
    return folder() / f"{file}.zip"
