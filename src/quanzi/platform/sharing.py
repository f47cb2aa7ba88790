"""What a shared address of a circle or a post looks like; drawn once for each version of it."""

from collections import OrderedDict

from quanzi.circles.access import Place
from quanzi.media import cards
from quanzi.media.cards import Card
from quanzi.platform.embedding import published
from quanzi.posts.pictures import store

MOST_KEPT = 300
WORDS_LONGEST = 200

_kept: OrderedDict[tuple[int, int, int], bytes] = OrderedDict()


async def of_circle(place: Place) -> bytes:
    circle = place.circle
    picture = store().path(circle.cover, "m") if circle.cover else None
    card = Card(circle.name, circle.intro, circle.partner_name, circle.colour, picture)
    return await _drawn((circle.id, 0, circle.version), card)


async def of_post(place: Place, post_id: int) -> bytes:
    """Raises NotFound."""
    post = await published(place, post_id)
    circle = place.circle
    first, _, rest = post.body.strip().partition("\n")
    picture = store().path(post.pictures[0].name, "m") if post.pictures else None
    by = f"{circle.name} · {circle.partner_name}"
    card = Card(first or post.author, rest.strip()[:WORDS_LONGEST], by, circle.colour, picture)
    return await _drawn((circle.id, post.id, post.version), card)


async def _drawn(key: tuple[int, int, int], card: Card) -> bytes:
    found = _kept.get(key)
    if found is None:
        found = _kept[key] = await cards.drawn(card)
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    _kept.move_to_end(key)
    return found
