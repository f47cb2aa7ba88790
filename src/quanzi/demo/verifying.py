"""Somebody who waits to be verified: a card that looks like none, and a number that nobody has."""

import asyncio
import io

from PIL import Image, ImageDraw

from quanzi.db.engine import row
from quanzi.identity import sessions
from quanzi.verification import asking
from quanzi.verification.asking import Wish

# Region 999999 was never given out.
NAME, NUMBER = "周示例", "999999199408150010"


async def verify(member_id: int) -> None:
    """Who has asked before asks for nothing now."""
    if await row("select 1 from verification_request where member_id = $1", member_id):
        return
    card = await asyncio.to_thread(_card)
    await asking.ask(
        sessions.absent(member_id), Wish("resident", NAME, NUMBER, agreed=True), [card]
    )


def _card() -> bytes:
    """Grey lines where words would be, and a head without a face."""
    made = Image.new("RGB", (860, 540), "#e9eef2")
    draw = ImageDraw.Draw(made)
    draw.rounded_rectangle((24, 24, 836, 516), 36, fill="#f8fafb", outline="#b9c6cf", width=4)
    for line, width in enumerate((260, 180, 340, 400, 400)):
        top = 90 + line * 62
        draw.rounded_rectangle((80, top, 80 + width, top + 24), 12, fill="#c9d4db")
    draw.rounded_rectangle((80, 430, 620, 462), 14, fill="#9fb0bb")
    draw.ellipse((620, 110, 740, 240), fill="#c9d4db")
    draw.pieslice((570, 250, 790, 480), 180, 360, fill="#c9d4db")
    into = io.BytesIO()
    made.save(into, "JPEG", quality=85)
    return into.getvalue()
