"""What pins show on open pages: always the whole list, with its version."""

from collections.abc import Sequence

from quanzi.curation import board
from quanzi.curation.board import Board
from quanzi.live.log import Drawn, Logged
from quanzi.posts.drawing import drawings
from quanzi.web.i18n import LANGUAGES
from quanzi.web.templates import render

OPS = ("pins.changed",)


async def drawer(circle_id: int, events: Sequence[Logged]) -> list[Drawn]:
    now = await board.read(circle_id)
    content = {language: await draw(circle_id, now, language) for language in LANGUAGES}
    shows = frozenset(f"post:{pin.post_id}" for pin in now.pins)
    return [Drawn(str(circle_id), now.version, content, shows=shows) for _ in events]


async def draw(circle_id: int, now: Board, language: str) -> str:
    html = await drawings(circle_id, now.entries, language)
    pins = [(pin.slot, pin.post_id, html[pin.post_id]) for pin in now.pins if pin.post_id in html]
    return render("curation/_pins.html", language, version=now.version, pins=pins)
