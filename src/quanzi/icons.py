"""`python -m quanzi.icons`: draw the icons of the installed app from `assets/images/icon.svg`.

They are kept in the repository, so that a site draws nothing; a house test draws them again and fails
when the mark has changed and they have not.
"""

import math
import re
import sys
from dataclasses import dataclass

from PIL import Image, ImageDraw

from quanzi.settings import ROOT

IMAGES = ROOT / "assets" / "images"
GROUND = "#f7f6f2"
# Drawn so many times as large and made smaller, for smooth edges.
FINER = 4


@dataclass(frozen=True, slots=True)
class Icon:
    """`fills`: how much of the side the mark takes. What is cut into another shape keeps more room."""

    size: int
    fills: float


ICONS = {
    "icon-180.png": Icon(180, 0.74),
    "icon-192.png": Icon(192, 0.86),
    "icon-512.png": Icon(512, 0.86),
    "icon-maskable-512.png": Icon(512, 0.6),
}


def main() -> None:
    for name, icon in ICONS.items():
        drawn = draw(icon).quantize(64, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        drawn.save(IMAGES / name, optimize=True)
        sys.stdout.write(f"{name}\n")


def draw(icon: Icon) -> Image.Image:
    """The mark as the file says, in the middle of its ground."""
    svg = (IMAGES / "icon.svg").read_text()
    side = float(_said(svg, "svg")[0]["viewBox"].split()[2])
    large = icon.size * FINER
    scale = large * icon.fills / side
    # The mark lies a little off the middle of its own box.
    circles = [
        (float(each["cx"]), float(each["cy"]), float(each["r"])) for each in _said(svg, "circle")
    ]
    middle_x = (min(x - r for x, _, r in circles) + max(x + r for x, _, r in circles)) / 2
    middle_y = (min(y - r for _, y, r in circles) + max(y + r for _, y, r in circles)) / 2
    across, down = large / 2 - middle_x * scale, large / 2 - middle_y * scale

    def box(x: float, y: float, r: float) -> tuple[float, float, float, float]:
        outer = r * scale + width / 2
        left, top = x * scale + across, y * scale + down
        return (left - outer, top - outer, left + outer, top + outer)

    width = float(_said(svg, "g")[0]["stroke-width"]) * scale

    image = Image.new("RGB", (large, large), GROUND)
    pen = ImageDraw.Draw(image)
    for each, (x, y, r) in zip(_said(svg, "circle"), circles, strict=True):
        pen.ellipse(box(x, y, r), outline=each["stroke"], width=round(width))
    # The first circle once more, over the second where the path says: the two are linked.
    x, y, r = circles[0]
    for path in _said(svg, "path"):
        begins, ends = _angles(path["d"], x, y)
        pen.arc(box(x, y, r), begins, ends, fill=path["stroke"], width=round(width))
    return image.resize((icon.size, icon.size), Image.Resampling.BOX)


def _said(svg: str, tag: str) -> list[dict[str, str]]:
    """What each element of this name says of itself: enough for a mark of our own."""
    return [
        dict(re.findall(r'([\w-]+)="([^"]*)"', each)) for each in re.findall(rf"<{tag}\b[^>]*", svg)
    ]


def _angles(path: str, x: float, y: float) -> tuple[float, float]:
    """Where an arc `M x y A r r … x y` around this middle begins and ends, in degrees."""
    numbers = [float(each) for each in re.findall(r"-?[\d.]+", path.replace("A", " "))]
    begin, end = numbers[:2], numbers[-2:]
    return (
        math.degrees(math.atan2(begin[1] - y, begin[0] - x)),
        math.degrees(math.atan2(end[1] - y, end[0] - x)),
    )


if __name__ == "__main__":
    main()
