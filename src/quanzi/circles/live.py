"""What a circle shows of itself on open pages: its head, with name, intro and rules."""

from collections.abc import Sequence
from functools import partial

from quanzi.activity import tallying
from quanzi.circles.access import CIRCLE, Shown, shown
from quanzi.db.engine import row
from quanzi.live.log import Drawn, Logged, PerLanguage
from quanzi.web.templates import render

OPS = ("circle.changed",)


async def drawer(circle_id: int, events: Sequence[Logged]) -> list[Drawn]:
    found = await row(f"{CIRCLE} where c.id = $1", circle_id)
    if found is None:
        raise LookupError(f"circle {circle_id} is gone")
    circle = shown(dict(found))
    followers = await tallying.followers(circle_id)
    content = PerLanguage(partial(draw, circle, followers))
    return [Drawn(str(circle_id), circle.version, content) for event in events]


def draw(circle: Shown, followers: int, language: str, online: int = 0) -> str:
    """Who is here only a process knows that serves them; pages set it by what they were told."""
    return render("circles/_head.html", language, circle=circle, followers=followers, online=online)
