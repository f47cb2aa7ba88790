"""Harmless pictures, all made here, in a store as pages have it; and children with a flaw."""

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw

from quanzi.demo.painting.canvas import Canvas
from quanzi.demo.painting.scenes import DRAWINGS
from quanzi.media import SIZES, FolderStore
from quanzi.screening import child
from quanzi.screening.looking import Looker

SKIN = ("#ffe0bd", "#f1c27d", "#c68642", "#8d5524")
# Scenes, not colours of one: a hash knows nothing of colours.
SCENES = (
    "river-night", "bridge-day", "hills-green", "sea-day", "park-autumn", "track-day",
    "route-night", "shoe-red", "stopwatch-light", "cat-grey", "dog-brown", "window-night",
)  # fmt: skip


@cache
def drawing(name: str) -> Image.Image:
    what = DRAWINGS[name]
    canvas = Canvas(*what.size)
    what.scene(canvas, what.colours)
    return canvas.finished()


def skin_tones() -> Image.Image:
    """Ovals in the colours of skin, and nothing else: for the plumbing."""
    image = Image.new("RGB", (640, 480), SKIN[0])
    for place, colour in enumerate(SKIN):
        ImageDraw.Draw(image).ellipse((90 * place, 60 * place, 300 + 90 * place, 400), colour)
    return image


def hung(store: FolderStore, image: Image.Image) -> str:
    """As the way in does it, in every size. Answers its name."""
    name = secrets.token_hex(16)
    for size, widest in SIZES.items():
        width = min(widest, image.width)
        file = store.path(name, size)
        file.parent.mkdir(parents=True, exist_ok=True)
        height = max(1, round(image.height * width / image.width))
        image.resize((width, height)).save(file, "WEBP", quality=80)
    return name


@asynccontextmanager
async def looking(store: FolderStore) -> AsyncIterator[Looker]:
    looker = Looker(store)
    try:
        yield looker
    finally:
        await looker.close()


def flawed(folder: Path, before: str, instead: str = "") -> Path:
    """eye.py, but before it is read, or before it begins, something is done to it."""
    script = folder / "flawed.py"
    begins = "eye.main(int(sys.argv[1]), Path(sys.argv[2]))"
    lines = ["import os, signal, sys, time", "from pathlib import Path",
             f"sys.path.insert(0, {str(child.SCRIPT.parents[2])!r})", before,
             "from quanzi.screening import eye", instead, begins]  # fmt: skip
    script.write_text("\n".join(lines))
    return script


def pid(looker: Looker) -> int:
    assert looker._eye is not None
    return looker._eye.pid


def lives(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state not in {"Z", "X"}


def megabytes(process: int) -> float:
    [line] = [x for x in Path(f"/proc/{process}/status").read_text().splitlines()
              if x.startswith("VmRSS")]  # fmt: skip
    return int(line.split()[1]) / 1000
