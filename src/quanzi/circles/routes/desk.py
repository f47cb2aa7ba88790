"""Places at the partner's desk. To who may not open a part of it, there is no such page."""

from collections.abc import Callable
from typing import Any

from litestar import Request

from quanzi.circles import access
from quanzi.circles.access import Place
from quanzi.errors import NotFound
from quanzi.web import limits, sessions

type_of_request = Request[Any, Any, Any]


async def place_at_desk(
    request: type_of_request, circle: str, may: Callable[[Place], bool]
) -> Place:
    """Raises NotFound for who may not."""
    place = await access.front(circle, await sessions.viewer(request))
    if not may(place):
        raise NotFound
    return place


async def place_for_deed(
    request: type_of_request, circle: str, may: Callable[[Place], bool]
) -> Place:
    """As `place_at_desk`, to change something. Raises TooMany, too."""
    place = await place_at_desk(request, circle, may)
    await limits.hold(limits.DEEDS, place.member_id)
    return place
