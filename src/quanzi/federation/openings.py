"""Circles that are open to other servers: as they are asked for, and as the owner sees them."""

from dataclasses import dataclass

from quanzi.circles import access
from quanzi.circles.access import Place
from quanzi.db.engine import row
from quanzi.errors import Barred, NotFound
from quanzi.federation import ours
from quanzi.federation.ours import Actors


@dataclass(frozen=True, slots=True)
class Opening:
    """A circle as a visitor has it, and what it answers other servers by."""

    place: Place
    actors: Actors
    private_key: bytes


async def opening(slug: str) -> Opening:
    """Raises NotFound: where the site or the circle takes no part, or visitors may not read it."""
    if not ours.federates():
        raise NotFound
    try:
        place = await access.place(slug, None)
    except Barred:
        raise NotFound from None
    found = await row(
        "select private_key from federated_circle where circle_id = $1 and state = 'on'",
        place.circle.id,
    )
    if found is None:
        raise NotFound
    return Opening(place, Actors(place.circle.slug), found["private_key"])


async def followers(circle_id: int) -> int:
    found = await row(
        "select count(*) as n from federated_follower where circle_id = $1", circle_id
    )
    return int(found["n"]) if found else 0


async def is_on(circle_id: int) -> bool:
    found = await row(
        "select 1 from federated_circle where circle_id = $1 and state = 'on'", circle_id
    )
    return found is not None
