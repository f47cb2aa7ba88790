"""The circle that a request names, as who asks stands in it; to change something, not too fast."""

from typing import Any

from litestar import Request

from quanzi.circles import access
from quanzi.circles.access import Place
from quanzi.web import limits, sessions

type_of_request = Request[Any, Any, Any]


async def place(request: type_of_request, circle: str) -> Place:
    """Raises NotFound, Barred."""
    return await access.place(circle, await sessions.viewer(request))


async def front(request: type_of_request, circle: str) -> Place:
    """For what a circle says of itself. Raises NotFound."""
    return await access.front(circle, await sessions.viewer(request))


async def place_for_deed(request: type_of_request, circle: str) -> Place:
    """As `place`, to change something. Raises TooMany, too."""
    return await _counted(await place(request, circle))


async def front_for_deed(request: type_of_request, circle: str) -> Place:
    return await _counted(await front(request, circle))


async def _counted(here: Place) -> Place:
    await limits.hold(limits.DEEDS, here.member_id)
    return here
