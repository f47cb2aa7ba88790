"""What the hub asks of the rooms above it; `app.py` hands it in."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol


class Head(NamedTuple):
    """The last number of a circle's log, and the number up to which it has been trimmed."""

    seq: int
    floor: int


@dataclass(frozen=True, slots=True)
class Logged:
    """One row of a circle's log."""

    circle_id: int
    seq: int
    op: str
    subject_id: int
    version: int


class PerLanguage(dict[str, str]):
    """HTML by language, drawn when a language is first asked for: most circles have one."""

    def __init__(self, draw: Callable[[str], str]) -> None:
        super().__init__()
        self._draw = draw

    def __missing__(self, language: str) -> str:
        drawn = self[language] = self._draw(language)
        return drawn


# What shows of a thing that is gone.
NOTHING = PerLanguage(lambda _: "")


@dataclass(frozen=True, slots=True)
class Drawn:
    """A thing as it is now: its version, and its HTML by language.

    `instead`: by an event's own op what to say in its place, since the thing is gone by now, or back.
    For every op of the subject, because its kept events are told with its newest drawing.
    `shows`: other subjects that its HTML shows; when one of them changes, it is stale.
    `within`: the post whose own page shows it; other pages are told only that it happened.
    `collection`: the same of a collection's own page.
    """

    id: str
    version: int
    content: Mapping[str, str]
    instead: Mapping[str, str] = field(default_factory=dict)
    shows: frozenset[str] = frozenset()
    within: int = 0
    collection: int = 0


class Audience(NamedTuple):
    """Pages that are told the same bytes: those of one language, on the page of one post or one
    collection, or of neither.
    """

    language: str
    post_id: int = 0
    collection_id: int = 0


class Drawer(Protocol):
    """Draws the subjects of some events of one circle, as they are now: one answer per event."""

    async def __call__(self, circle_id: int, events: Sequence[Logged]) -> Sequence[Drawn]: ...


class Log(Protocol):
    """The numbered log of all circles."""

    async def heads(self, circle_ids: Iterable[int]) -> dict[int, Head]: ...
    async def after(self, circle_id: int, seq: int, limit: int) -> list[Logged]: ...
    async def epoch(self) -> str: ...


class Figures(Protocol):
    """Figures by their names on the page, as "followers" or "likes:5"."""

    async def read(self, wanted: Mapping[int, Collection[str]]) -> dict[int, dict[str, int]]: ...
    async def on_page(self, circle_id: int) -> set[str]: ...


class Rights(Protocol):
    """Who may go on listening."""

    async def turned_away(self, listening: Sequence[tuple[bytes | None, int]]) -> list[int]: ...
    async def revoked(self) -> Sequence[tuple[int, str, str]]: ...
