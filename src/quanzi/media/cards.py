"""What an address looks like where it is shared: title, some words, a picture. 1200 × 630, JPEG.

Words are drawn by a font of the machine that has Chinese; without one only what any font has, and the
picture. `docs/operating.md` says which package brings one.
"""

import asyncio
import functools
import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont, ImageOps

WIDTH, HEIGHT, EDGE, BESIDE = 1200, 630, 64, 470
PAPER, INK, QUIET = "#f7f6f2", "#1d2321", "#5d6662"
FONTS = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-{weight}.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-{weight}.ttc",
    "/usr/share/fonts/google-noto-cjk/NotoSansCJK-{weight}.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
)
# Stand at the end of a line rather than at the beginning of the next.
HANGING = frozenset("，。、！？；：）》」』”’…")
# Of the five that Noto's file holds, the one for 简体.
SIMPLIFIED = 2
TITLE_LINES, WORD_LINES, CUT = 2, 4, "…"

Font = ImageFont.FreeTypeFont


@dataclass(frozen=True, slots=True)
class Style:
    size: int
    weight: str
    ink: str


TITLE, WORDS, BY = Style(64, "Bold", INK), Style(36, "Regular", QUIET), Style(30, "Bold", INK)


@dataclass(frozen=True, slots=True)
class Card:
    """`colour`: #rrggbb. `picture`: a file of ours; what it holds is covered where words stand."""

    title: str
    words: str
    by: str
    colour: str
    picture: Path | None = None


# One at a time: it is for who sends an address on, and who reads should not feel it.
_hand = ThreadPoolExecutor(max_workers=1, thread_name_prefix="cards")


async def drawn(card: Card) -> bytes:
    return await asyncio.get_running_loop().run_in_executor(_hand, _draw, card)


def _draw(card: Card) -> bytes:
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(image)
    wide = WIDTH - 2 * EDGE - (BESIDE if _place(image, card.picture) else 0)
    pen.rectangle((0, 0, 18, HEIGHT), fill=card.colour)
    y = EDGE
    for text, style, most in ((card.title, TITLE, TITLE_LINES), (card.words, WORDS, WORD_LINES)):
        y = _write(pen, _set(text, style, wide, most), style, y) + 26
    _sign(pen, card.by, wide)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=86, optimize=True)
    return out.getvalue()


def _place(image: Image.Image, file: Path | None) -> bool:
    """At the right, over the whole height. A picture that is gone or broken is left out."""
    if file is None:
        return False
    try:
        with Image.open(file) as picture:
            fitted = ImageOps.fit(picture.convert("RGB"), (BESIDE, HEIGHT))
    except OSError:
        return False
    image.paste(fitted, (WIDTH - BESIDE, 0))
    return True


def _set(text: str, style: Style, wide: int, most: int) -> list[tuple[str, Font]]:
    """In lines; none when no font here has its signs."""
    font = _font(style.weight, style.size, plain=text.isascii())
    lines = _lines(" ".join(text.split()), font, wide, most) if font else []
    return [(line, font) for line in lines if font]


def _write(pen: ImageDraw.ImageDraw, lines: list[tuple[str, Font]], style: Style, y: int) -> int:
    """Where it ends."""
    for line, font in lines:
        pen.text((EDGE, y), line, font=font, fill=style.ink)
        y += round(style.size * 1.4)
    return y


def _sign(pen: ImageDraw.ImageDraw, by: str, wide: int) -> None:
    """The two rings, and whose it is."""
    top = HEIGHT - EDGE - 44
    pen.ellipse((EDGE, top, EDGE + 34, top + 34), outline="#2a8a63", width=5)
    pen.ellipse((EDGE + 20, top + 12, EDGE + 54, top + 46), outline="#d9813a", width=5)
    for line, font in _set(by, BY, wide - 80, 1):
        pen.text((EDGE + 72, top + 2), line, font=font, fill=BY.ink)


def _lines(text: str, font: Font, wide: int, most: int) -> list[str]:
    """Broken between any two signs of Chinese, and between words elsewhere; the last with … if cut."""
    lines, line = list[str](), ""
    for sign in text:
        if font.getlength(line + sign) <= wide or sign in HANGING:
            line += sign
            continue
        if len(lines) == most - 1:
            while line and font.getlength(line + CUT) > wide:
                line = line[:-1]
            return [*lines, line.rstrip() + CUT]
        begun = _word_begun(line, sign)
        lines.append(line[: len(line) - len(begun)].rstrip())
        line = (begun + sign).lstrip()
    return [*lines, line] if line else lines


def _word_begun(line: str, sign: str) -> str:
    """What of a Latin word stands at the end already and goes on; nothing when that is all of it."""
    if not (sign.isascii() and sign.isalnum()):
        return ""
    cut = len(line)
    while cut and line[cut - 1].isascii() and line[cut - 1].isalnum():
        cut -= 1
    return line[cut:] if cut else ""


@functools.lru_cache(maxsize=16)
def _font(weight: str, size: int, *, plain: bool) -> Font | None:
    for pattern in FONTS:
        file = Path(pattern.format(weight=weight))
        if file.exists():
            return ImageFont.truetype(file, size, index=SIMPLIFIED if "Noto" in pattern else 0)
    found = ImageFont.load_default(size) if plain else None
    return found if isinstance(found, ImageFont.FreeTypeFont) else None
