"""The circle's head on a page: its figures as this process knows them now."""

from typing import Any

from litestar import Request

from quanzi.circles import live as circles
from quanzi.circles.access import Place
from quanzi.web import i18n


def head(request: Request[Any, Any, Any], place: Place, followers: int) -> str:
    online = request.app.state.station.online(place.circle.id)
    return circles.draw(place.circle, followers, i18n.language_of(request), online)
