"""Levels: what a year's days in a circle come to, and what that is called.

A day counts once for each thing done on it, however often it was done: who posts fifty times a day
gets no further than who posts once.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from quanzi.circles.access import Place
from quanzi.db.engine import row, rows
from quanzi.db.transaction import transaction
from quanzi.errors import Invalid, NotAllowed, Said, said
from quanzi.fans import policy
from quanzi.posts.drafts import clean
from quanzi.screening import pages

DAYS = 365
CHECKED_IN, LIKED, COMMENTED, POSTED = 1, 1, 2, 3
MOST_A_DAY = CHECKED_IN + LIKED + COMMENTED + POSTED
# From so many points on.
STEPS = (0, 10, 40, 120, 300)
NAMES = (said("新朋友"), said("熟面孔"), said("常客"), said("老友"), said("元老"))
LONGEST = 8

# Of member $2 in circle $1 whose days end by the clock of zone $3.
POINTS = f"""
    (select count(*) * {CHECKED_IN} from check_in where circle_id = $1 and member_id = $2
       and day > (now() at time zone $3)::date - {DAYS})
    + (select count(distinct (published_at at time zone $3)::date) * {POSTED} from post
       where author_id = $2 and circle_id = $1 and state = 'published'
         and published_at > now() - interval '{DAYS} days')
    + (select count(distinct (created_at at time zone $3)::date) * {COMMENTED} from comment
       where author_id = $2 and circle_id = $1 and state = 'published'
         and created_at > now() - interval '{DAYS} days')
    + (select count(distinct (at at time zone $3)::date) * {LIKED} from liking
       where member_id = $2 and circle_id = $1 and at > now() - interval '{DAYS} days')
"""


@dataclass(frozen=True, slots=True)
class Level:
    """`number`: from 1. `next_at`: the points of the one above; None for the highest."""

    number: int
    name: Said
    next_at: int | None


def level_of(points: int, names: Sequence[Said]) -> Level:
    number = sum(points >= step for step in STEPS)
    above = STEPS[number] if number < len(STEPS) else None
    return Level(number, names[number - 1], above)


async def names(circle_id: int) -> Sequence[Said]:
    """As the circle calls them, and where it does not, as the site does in everybody's language."""
    own = await own_names(circle_id)
    return [_as_it_is(name) if name else usual for name, usual in zip(own, NAMES, strict=True)]


async def own_names(circle_id: int) -> Sequence[str]:
    found = await row(
        "select levels::text as levels from fan_setting where circle_id = $1", circle_id
    )
    own = [str(each) for each in json.loads(found["levels"])] if found else []
    return [*own, *[""] * len(NAMES)][: len(NAMES)]


async def settle(place: Place, typed: Sequence[str], *, check_ins: bool) -> None:
    """Whether people can check in here, and what levels are called. Raises NotAllowed, Invalid."""
    if not policy.can_manage(place):
        raise NotAllowed
    own = [clean(each).replace("\n", " ") for each in typed]
    wrong = {
        f"level_{n}": said("最多 %(most)d 个字。", most=LONGEST)
        for n, name in enumerate(own, 1)
        if len(name) > LONGEST
    }
    if wrong:
        raise Invalid(**wrong)
    await pages.check(
        of_partner=True, **{f"level_{n}": name for n, name in enumerate(own, 1) if name}
    )
    async with transaction():
        await rows(
            """insert into fan_setting (circle_id, levels) values ($1, $2)
               on conflict (circle_id) do update set levels = excluded.levels""",
            place.circle.id,
            json.dumps(own),
        )
        await rows("update circle set check_ins = $2 where id = $1", place.circle.id, check_ins)


def _as_it_is(name: str) -> Said:
    return Said("%(name)s", name=name)
