"""Maps of runs along a river, each with its own way."""

from collections.abc import Sequence

from quanzi.demo.painting.canvas import Canvas, Point, mix, smooth
from quanzi.demo.painting.outdoors import Colours

# From left to right, the right edge of the picture being at 1.
BANK = ((-0.08, 0.62), (0.2, 0.54), (0.45, 0.6), (0.72, 0.46), (1.08, 0.42))


def way(
    c: Canvas,
    p: Colours,
    *,
    run: Sequence[Point],
    closed: bool = False,
    bridges: Sequence[float] = (),
    island: tuple[float, float, float] | None = None,
) -> None:
    """Along `run`. `bridges`: where over the river; `island`: its middle, and how wide."""
    paper, street, water, green, colour, dot = p
    c.sky(paper, mix(paper, "#ffffff", 0.25))
    for x, y, wide, high in (
        (0.05, 0.1, 0.2, 0.18),
        (0.66, 0.7, 0.26, 0.22),
        (0.58, 0.06, 0.14, 0.13),
    ):
        c.rect(x * c.aspect, y, wide * c.aspect, high, green, 0.03)
    for n in range(int(c.aspect / 0.12) + 2):
        c.line(
            [(0.12 * n - 0.08, -0.05), (0.12 * n + 0.05, 1.05)],
            street,
            0.013 if n % 4 == 0 else 0.005,
        )
    for n in range(9):
        c.line(
            [(-0.05, 0.12 * n + 0.04), (c.aspect + 0.05, 0.12 * n - 0.05)],
            street,
            0.013 if n % 4 == 1 else 0.005,
        )
    bank = [(x * c.aspect, y) for x, y in BANK]
    c.curve(bank, mix(water, "#ffffff", 0.35), 0.2)
    c.curve(bank, water, 0.175)
    for x in bridges:
        c.line([(x * c.aspect - 0.01, 0.3), (x * c.aspect + 0.02, 0.78)], street, 0.022)
    if island:
        x, y, wide = island
        c.oval(x * c.aspect, y, wide, 0.055, mix(green, "#ffffff", 0.15))
    points = smooth([(x * c.aspect, y) for x, y in run], closed=closed)
    line = [*points, points[0]] if closed else points
    c.line(line, mix(colour, "#ffffff", 0.65), 0.032)
    c.line(line, colour, 0.018)
    for n in range(1, 6):
        x, y = points[n * (len(points) - 1) // 6]
        c.disc(x, y, 0.017, "#ffffff")
        c.disc(x, y, 0.01, dot)
    _pin(c, points[0], dot)
    if not closed:
        x, y = points[-1]
        c.disc(x, y, 0.03, dot)
        c.disc(x, y, 0.014, "#ffffff")


def _pin(c: Canvas, at: Point, colour: str) -> None:
    x, y = at
    c.oval(x, y + 0.004, 0.026, 0.009, "#00000030")
    c.blob([(x, y), (x - 0.042, y - 0.075), (x, y - 0.122), (x + 0.042, y - 0.075)], colour)
    c.disc(x, y - 0.077, 0.016, "#ffffff")
