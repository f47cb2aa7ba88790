"""What services show on open pages: to all the same, what everybody may see.

The page of all services fetches its part anew when it hears of it: what is for some is told to nobody
unasked.
"""

from collections.abc import Sequence
from functools import partial

from quanzi.curation import offers
from quanzi.live.log import Drawn, Logged, PerLanguage

OPS = ("services.changed",)


async def drawer(circle_id: int, events: Sequence[Logged]) -> list[Drawn]:
    circle, shelf = await offers.fresh(circle_id)
    content = PerLanguage(partial(offers.draw, circle, shelf))
    return [Drawn(str(circle_id), shelf.version, content) for _ in events]
