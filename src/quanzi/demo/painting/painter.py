"""From a drawing's name to the files that pages ask for."""

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast

from quanzi.demo.painting.canvas import Canvas
from quanzi.demo.painting.scenes import DRAWINGS
from quanzi.media import SIZES, FolderStore, Size

# Flat colours with soft edges: the quickest effort looks as good as the slowest.
QUALITY, EFFORT = 82, 0


@dataclass(frozen=True, slots=True)
class Painted:
    width: int
    height: int
    colour: str


def paint(drawing: str, name: str, store: FolderStore, size: tuple[int, int]) -> Painted:
    """Into the store, in every size, under `name`. `size`: in pixels, of the largest."""
    what = DRAWINGS[drawing]
    canvas = Canvas(*size)
    what.scene(canvas, what.colours)
    image = canvas.finished()
    with TemporaryDirectory() as folder:
        for kept, widest in SIZES.items():
            width = min(widest, image.width)
            file = Path(folder, f"{width}.webp")
            if not file.exists():
                image.resize((width, round(image.height * width / image.width))).save(
                    file, "WEBP", quality=QUALITY, method=EFFORT
                )
            store.put(name, cast("Size", kept), file)
    return Painted(image.width, image.height, what.colours[0])
