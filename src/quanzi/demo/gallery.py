"""The demo's pictures: each drawing is painted once, and hangs wherever it is used."""

import asyncio
import hashlib
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from quanzi.demo.circles import Circle
from quanzi.demo.painting.painter import Painted, paint
from quanzi.demo.painting.scenes import COVER, DRAWINGS
from quanzi.demo.posts import POSTS
from quanzi.demo.shelves import SHELVES
from quanzi.demo.shop import SERVICES
from quanzi.media import SIZES, FolderStore
from quanzi.posts.pictures import store


@dataclass(frozen=True, slots=True)
class Hung:
    """A picture in the store, under the name that one post or one cover has for it."""

    name: str
    painted: Painted


Spot = tuple[str, ...]
Gallery = dict[Spot, Hung]
# A drawing's name, and how large it is painted.
Canvas = tuple[str, tuple[int, int]]


async def hang(circles: Iterable[Circle]) -> Gallery:
    """All pictures of these circles, by (circle, post's number, place), (circle, "cover"), (circle,
    "collection", its number) for the cover, and there the number of an entry for its map.
    """
    wanted = {spot: canvas for circle in circles for spot, canvas in _wanted(circle).items()}
    return await asyncio.to_thread(_hang, wanted, store())


def _wanted(circle: Circle) -> dict[Spot, Canvas]:
    spots: dict[Spot, Canvas] = {(circle.slug, "cover"): (circle.cover, COVER)}
    for number, post in enumerate(POSTS[circle.slug]):
        for place, drawing in enumerate(post.drawings):
            spots[circle.slug, str(number), str(place)] = (drawing, DRAWINGS[drawing].size)
    for number, shelf in enumerate(SHELVES.get(circle.slug, ())):
        spots[circle.slug, "collection", str(number)] = (
            shelf.cover,
            DRAWINGS[shelf.cover].size,
        )
        for place, each in enumerate(shelf.placed):
            if each.map:
                drawn = (each.map, DRAWINGS[each.map].size)
                spots[circle.slug, "collection", str(number), str(place)] = drawn
    for service in SERVICES:
        if service.circle == circle.slug:
            spots[circle.slug, "service", service.title] = (
                service.drawing,
                DRAWINGS[service.drawing].size,
            )
    return spots


def _hang(wanted: dict[Spot, Canvas], into: FolderStore) -> Gallery:
    first = {canvas: spot for spot, canvas in reversed(wanted.items())}
    # Pillow lets go of the interpreter while it draws: two threads are nearly twice as fast.
    with ThreadPoolExecutor() as painters:
        results = painters.map(
            lambda each: paint(each[0], _name(first[each]), into, each[1]), first
        )
        painted = dict(zip(first, results, strict=True))
    gallery: Gallery = {}
    for spot, canvas in wanted.items():
        if spot != first[canvas]:
            _link(into, _name(first[canvas]), _name(spot))
        gallery[spot] = Hung(_name(spot), painted[canvas])
    return gallery


def _name(spot: Spot) -> str:
    """The same at every load, so that a load that was cut short leaves nothing behind."""
    return hashlib.sha256("/".join(("demo", *spot)).encode()).hexdigest()[:32]


def _link(into: FolderStore, from_name: str, name: str) -> None:
    """A name of its own: when a post is removed, only its own pictures go."""
    for size in SIZES:
        place = into.path(name, size)
        place.parent.mkdir(mode=0o700, exist_ok=True)
        place.unlink(missing_ok=True)
        place.hardlink_to(into.path(from_name, size))
