"""How members want to be found, and whether they want to be shown others."""

from dataclasses import dataclass

from quanzi.db.engine import row, rows
from quanzi.identity.sessions import Viewer


@dataclass(frozen=True, slots=True)
class Choices:
    """See `tables.PeopleSetting`."""

    suggestable: bool = True
    suggestions: bool = True
    circles_shown: bool = True


async def choices(member_id: int) -> Choices:
    found = await row(
        """select suggestable, suggestions, circles_shown from people_setting
           where member_id = $1""",
        member_id,
    )
    return Choices(*found) if found else Choices()


async def choose(viewer: Viewer, chosen: Choices) -> None:
    await rows(
        """insert into people_setting (member_id, suggestable, suggestions, circles_shown)
           values ($1, $2, $3, $4)
           on conflict (member_id) do update
           set suggestable = excluded.suggestable, suggestions = excluded.suggestions,
               circles_shown = excluded.circles_shown""",
        viewer.member_id,
        chosen.suggestable,
        chosen.suggestions,
        chosen.circles_shown,
    )
