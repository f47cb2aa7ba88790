"""What is looked at, counted in this process until somebody takes the figures.

No reader waits for a figure; a process that is killed takes its last seconds along. What a page shows
is one key, so that a view costs one addition however many posts stand on it.
"""

from collections import Counter
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property

# Whoever asks chooses what is counted: of more than so many at once some go uncounted.
MOST = 10_000
MOST_PEOPLE = 50_000

_views: Counter[tuple[int, tuple[int, ...]]] = Counter()
_opened: Counter[tuple[int, int]] = Counter()
_people: set[tuple[int, int]] = set()


@dataclass(frozen=True)
class Seen:
    """`views`: how often a circle's page was shown, with which posts on it. `opened`: by circle and
    post, how often a post's own page was. `people`: (circle, member) of who looked.
    """

    views: Mapping[tuple[int, tuple[int, ...]], int]
    opened: Mapping[tuple[int, int], int]
    people: AbstractSet[tuple[int, int]]

    def __bool__(self) -> bool:
        return bool(self.views or self.opened or self.people)

    @cached_property
    def pages(self) -> Mapping[int, int]:
        """By circle."""
        found: Counter[int] = Counter()
        for (circle_id, _), n in self.views.items():
            found[circle_id] += n
        return found

    @cached_property
    def shown(self) -> Mapping[tuple[int, int], int]:
        """By circle and post: on how many of the pages it stood."""
        found: Counter[tuple[int, int]] = Counter()
        for (circle_id, post_ids), n in self.views.items():
            for post_id in post_ids:
                found[circle_id, post_id] += n
        return found


def page_shown(circle_id: int, post_ids: tuple[int, ...], member_id: int | None = None) -> None:
    key = (circle_id, post_ids)
    if key in _views or len(_views) < MOST:
        _views[key] += 1
    _came(circle_id, member_id)


def post_opened(circle_id: int, post_id: int, member_id: int | None = None) -> None:
    if (circle_id, post_id) in _opened or len(_opened) < MOST:
        _opened[circle_id, post_id] += 1
    _came(circle_id, member_id)


def taken() -> Seen:
    """Since they were taken last."""
    found = Seen(_views.copy(), _opened.copy(), _people.copy())
    _views.clear()
    _opened.clear()
    _people.clear()
    return found


def put_back(seen: Seen) -> None:
    """What could not be written down is tried again with what has come since."""
    _views.update(seen.views)
    _opened.update(seen.opened)
    _people.update(seen.people)


def _came(circle_id: int, member_id: int | None) -> None:
    if member_id is not None and len(_people) < MOST_PEOPLE:
        _people.add((circle_id, member_id))
