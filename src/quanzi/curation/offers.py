"""The circle's shelf, as its page shows it: the first services that everybody may see.

Whom others are for, and all that can be done with them, is known to the services' own room above.
"""

import json
import time
from collections import OrderedDict
from dataclasses import dataclass

from quanzi.circles.access import CIRCLE, Shown, shown
from quanzi.db.engine import row
from quanzi.posts.carrying import Offer
from quanzi.web.templates import render

FEW = 3
MOST_KEPT = 2_000
# After a restore a version may come again with something else in it.
OLDEST = 60.0

_kept: OrderedDict[tuple[int, int, int, str], tuple[float, str]] = OrderedDict()


@dataclass(frozen=True, slots=True)
class Shelf:
    """`more`: there are others on the page of all services."""

    version: int
    offers: tuple[Offer, ...]
    more: bool


# Of the circle $1, one more than the page shows.
SHELF = f"""
    (select json_build_array((select max(b.version) from service_shelf b where b.circle_id = $1),
        (select json_agg(json_build_array(o.id, o.title, o.price, o.picture, o.state)
                         order by o.place, o.id)
         from (select * from service s where s.circle_id = $1 and s.state = 'shown'
               and s.segment = 'everyone' order by s.place, s.id limit {FEW + 1}) o)))"""


def read(kept: str) -> Shelf:
    version, found = json.loads(kept)
    offers = tuple(Offer(*each) for each in found or ())
    return Shelf(version or 0, offers[:FEW], len(offers) > FEW)


async def fresh(circle_id: int) -> tuple[Shown, Shelf]:
    """As it is now, with whose it is. Raises LookupError when there is no such circle."""
    found = await row(
        f"select here.*, {SHELF} as shelf from ({CIRCLE} where c.id = $1) here", circle_id
    )
    if found is None:
        raise LookupError(f"circle {circle_id} is gone")
    values = dict(found)
    shelf = read(values.pop("shelf"))
    return shown(values), shelf


def draw(circle: Shown, shelf: Shelf, language: str) -> str:
    """Once per version and language: it stands on every page of the circle."""
    key = circle.id, circle.version, shelf.version, language
    drawn_at, html = _kept.get(key, (0.0, ""))
    if html and time.monotonic() - drawn_at < OLDEST:
        return html
    html = render("curation/_offers.html", language, circle=circle, shelf=shelf)
    _kept[key] = time.monotonic(), html
    while len(_kept) > MOST_KEPT:
        _kept.popitem(last=False)
    return html
