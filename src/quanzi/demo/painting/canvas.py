"""A canvas whose height is 1, with the few strokes that the scenes are made of.

Drawn at twice the size it is kept at, which is what makes its edges smooth.
"""

import math
import random
from collections.abc import Sequence
from functools import cache

from PIL import Image, ImageColor, ImageDraw, ImageOps

Point = tuple[float, float]
Colour = str  # "#rrggbb", or "#rrggbbaa" to see through

FINER = 2


class Canvas:
    """`aspect` is the right edge: x runs from 0 to it, y from 0 at the top to 1."""

    def __init__(self, width: int, height: int) -> None:
        self.aspect = width / height
        self.middle = self.aspect / 2
        self._scale = height * FINER
        self._image = Image.new("RGB", (width * FINER, height * FINER))
        self._draw = ImageDraw.Draw(self._image, "RGBA")

    def finished(self) -> Image.Image:
        return self._image.reduce(FINER)

    def sky(self, *colours: Colour, top: float = 0.0, bottom: float = 1.0) -> None:
        """From the first colour at the top to the last at the bottom, over the whole width."""
        start, end = round(top * self._scale), round(bottom * self._scale)
        fade = _slope().resize((1, end - start), Image.Resampling.BICUBIC)
        middle = colours[1] if len(colours) > 2 else None
        band = ImageOps.colorize(fade, black=colours[0], white=colours[-1], mid=middle)
        self._image.paste(
            band.resize((self._image.width, end - start), Image.Resampling.NEAREST), (0, start)
        )

    def glow(self, x: float, y: float, radius: float, colour: Colour, strength: float = 1) -> None:
        size = max(2, round(2 * radius * self._scale))
        halo = _halo().resize((size, size)).point(lambda value: int(value * strength))
        corner = (round((x - radius) * self._scale), round((y - radius) * self._scale))
        self._image.paste(ImageColor.getrgb(colour)[:3], (*corner,), halo)

    def disc(self, x: float, y: float, radius: float, colour: Colour) -> None:
        self.oval(x, y, radius, radius, colour)

    def oval(self, x: float, y: float, wide: float, high: float, colour: Colour) -> None:
        self._draw.ellipse(self._box(x - wide, y - high, x + wide, y + high), fill=colour)

    def ring(self, x: float, y: float, radius: float, colour: Colour, width: float) -> None:
        box = self._box(x - radius, y - radius, x + radius, y + radius)
        self._draw.ellipse(box, outline=colour, width=self._px(width))

    def arc(
        self,
        x: float,
        y: float,
        radius: float,
        start: float,
        end: float,
        colour: Colour,
        width: float,
    ) -> None:
        """Degrees, clockwise from three o'clock."""
        box = self._box(x - radius, y - radius, x + radius, y + radius)
        self._draw.arc(box, start, end, fill=colour, width=self._px(width))

    def arc_oval(
        self, x: float, y: float, wide: float, high: float, colour: Colour, width: float
    ) -> None:
        box = self._box(x - wide, y - high, x + wide, y + high)
        self._draw.ellipse(box, outline=colour, width=self._px(width))

    def slice(
        self, x: float, y: float, radius: float, start: float, end: float, colour: Colour
    ) -> None:
        box = self._box(x - radius, y - radius, x + radius, y + radius)
        self._draw.pieslice(box, start, end, fill=colour)

    def rect(
        self, x: float, y: float, wide: float, high: float, colour: Colour, round_: float = 0
    ) -> None:
        """From its upper left corner."""
        box = self._box(x, y, x + wide, y + high)
        if round_:
            self._draw.rounded_rectangle(box, self._px(round_), fill=colour)
        else:
            self._draw.rectangle(box, fill=colour)

    def poly(self, points: Sequence[Point], colour: Colour) -> None:
        self._draw.polygon([self._at(point) for point in points], fill=colour)

    def blob(self, points: Sequence[Point], colour: Colour) -> None:
        """A closed shape without corners, through these points."""
        self.poly(smooth(points, closed=True), colour)

    def line(self, points: Sequence[Point], colour: Colour, width: float) -> None:
        """With round ends and joints."""
        places = [self._at(point) for point in points]
        thick = self._px(width)
        self._draw.line(places, fill=colour, width=thick, joint="curve")
        for x, y in (places[0], places[-1]) if len(colour) < len("#rrggbbaa") else ():
            r = thick / 2
            self._draw.ellipse((x - r, y - r, x + r, y + r), fill=colour)

    def curve(self, points: Sequence[Point], colour: Colour, width: float) -> None:
        self.line(smooth(points), colour, width)

    def ridge(
        self, height: float, rise: float, colour: Colour, seed: int, bends: float = 3
    ) -> None:
        """Hills from one side to the other; all below them is filled."""
        chance = random.Random(seed)  # noqa: S311 - the same hills every time
        waves = [
            (chance.uniform(0.6, 1.4) * bends * n, chance.uniform(0, 6.3), 1 / n) for n in (1, 2, 3)
        ]
        points: list[Point] = []
        for step in range(121):
            x = self.aspect * step / 120
            swing = sum(size * math.sin(speed * x + shift) for speed, shift, size in waves)
            points.append((x, height - rise * swing / 2))
        self.poly([*points, (self.aspect, 1), (0, 1)], colour)

    def stars(self, count: int, colour: Colour, seed: int, lowest: float = 0.5) -> None:
        chance = random.Random(seed)  # noqa: S311 - the same stars every time
        for _ in range(round(count * self.aspect)):
            x, y = chance.uniform(0, self.aspect), chance.uniform(0, lowest) ** 1.3
            self.disc(x, y, chance.choice((0.0012, 0.0018, 0.0026)), colour)

    def shadow(self, x: float, y: float, wide: float, colour: Colour = "#00000022") -> None:
        """What a thing throws on what it stands on."""
        self.oval(x, y, wide, wide * 0.11, colour)

    def place(self, other: "Canvas", x: float, y: float, wide: float) -> None:
        """Hang another canvas into this one, so wide."""
        size = (self._px(wide), self._px(wide / other.aspect))
        picture = other._image.resize(size, Image.Resampling.BILINEAR)  # noqa: SLF001 - its own kind
        self._image.paste(picture, (round(x * self._scale), round(y * self._scale)))

    def _at(self, point: Point) -> Point:
        return point[0] * self._scale, point[1] * self._scale

    def _box(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        return x0 * self._scale, y0 * self._scale, x1 * self._scale, y1 * self._scale

    def _px(self, length: float) -> int:
        return max(1, round(length * self._scale))


def mix(one: Colour, other: Colour, share: float) -> Colour:
    """So much of the other in the one."""
    a, b = ImageColor.getrgb(one), ImageColor.getrgb(other)
    return "#" + bytes(round(x + (y - x) * share) for x, y in zip(a[:3], b[:3], strict=True)).hex()


def smooth(points: Sequence[Point], *, closed: bool = False) -> list[Point]:
    """Catmull and Rom's curve through the points."""
    last = len(points) - 1
    out: list[Point] = []
    for index in range(len(points) if closed else last):
        around = [index - 1, index, index + 1, index + 2]
        if closed:
            a, b, c, d = (points[each % len(points)] for each in around)
        else:
            a, b, c, d = (points[min(max(each, 0), last)] for each in around)
        out += [_between(a, b, c, d, step / 12) for step in range(12)]
    return out if closed else [*out, points[-1]]


def _between(a: Point, b: Point, c: Point, d: Point, t: float) -> Point:
    def one(p: float, q: float, r: float, s: float) -> float:
        bend = 2 * p - 5 * q + 4 * r - s
        return (2 * q + (r - p) * t + bend * t * t + (3 * q - p - 3 * r + s) * t**3) / 2

    return one(a[0], b[0], c[0], d[0]), one(a[1], b[1], c[1], d[1])


@cache
def _slope() -> Image.Image:
    return Image.linear_gradient("L")


@cache
def _halo() -> Image.Image:
    """White in its middle, and softly nothing at its edge."""
    return Image.radial_gradient("L").point(
        lambda value: int(255 * max(0.0, 1 - value / 181) ** 2.2) if value < 181 else 0
    )
