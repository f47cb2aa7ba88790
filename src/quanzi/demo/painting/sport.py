"""What runners look at."""

import math

from quanzi.demo.painting.canvas import Canvas, mix, smooth
from quanzi.demo.painting.outdoors import Colours, tree


def track(c: Canvas, p: Colours) -> None:
    """The lanes of a running track, going round a bend."""
    high, low, lane, mark, grass = p
    c.sky(high, low, bottom=0.4)
    c.ridge(0.34, 0.06, mix(low, grass, 0.45), seed=14)
    for n in range(int(c.aspect / 0.19) + 1):
        tree(
            c,
            0.1 + 0.19 * n,
            0.405,
            0.15 + 0.035 * math.sin(n * 2.3),
            mix(grass, "#1d4a3a", 0.25),
            "#5b4a3c",
        )
    c.sky(mix(grass, "#ffffff", 0.12), grass, top=0.4)
    x, y = c.middle - 0.62, 1.12
    for n in range(7):
        r = 1.12 - n * 0.095
        c.oval(x, y, r * 1.45, r * 0.62, lane if n % 2 else mix(lane, "#ffffff", 0.07))
        c.arc_oval(x, y, r * 1.45, r * 0.62, mark, 0.0075)
    c.oval(x, y, 0.455 * 1.45, 0.455 * 0.62, mix(grass, "#ffffff", 0.06))
    c.arc_oval(x, y, 0.455 * 1.45, 0.455 * 0.62, mark, 0.0075)


def route(c: Canvas, p: Colours) -> None:
    """A map with a river and somebody's way along it."""
    paper, street, water, green, way, dot = p
    c.sky(paper, mix(paper, "#ffffff", 0.3))
    for x, y, wide, high in (
        (0.06, 0.08, 0.26, 0.2),
        (c.aspect - 0.36, 0.62, 0.3, 0.26),
        (c.middle + 0.1, 0.06, 0.16, 0.14),
    ):
        c.rect(x, y, wide, high, green, 0.03)
    for n in range(int(c.aspect / 0.13) + 2):
        c.line(
            [(0.13 * n - 0.05, -0.05), (0.13 * n + 0.06, 1.05)], street, 0.006 if n % 3 else 0.014
        )
    for n in range(8):
        c.line(
            [(-0.05, 0.13 * n + 0.06), (c.aspect + 0.05, 0.13 * n - 0.03)],
            street,
            0.006 if n % 3 else 0.014,
        )
    bank = [
        (-0.1, 0.62),
        (c.aspect * 0.22, 0.56),
        (c.aspect * 0.45, 0.68),
        (c.aspect * 0.7, 0.46),
        (c.aspect + 0.1, 0.4),
    ]
    c.curve(bank, mix(water, "#ffffff", 0.35), 0.17)
    c.curve(bank, water, 0.145)
    run = [(x, y - 0.12) for x, y in bank[1:4]]
    back = [(x, y + 0.12) for x, y in reversed(bank[1:4])]
    points = smooth(
        [*run, (bank[3][0] + 0.1, bank[3][1]), *back, (bank[1][0] - 0.09, bank[1][1])], closed=True
    )
    c.line([*points, points[0]], mix(way, "#ffffff", 0.6), 0.03)
    c.line([*points, points[0]], way, 0.017)
    for n in range(6):
        x, y = points[n * len(points) // 6]
        c.disc(x, y, 0.019, "#ffffff")
        c.disc(x, y, 0.011, dot)
    x, y = points[0]
    c.oval(x, y + 0.004, 0.024, 0.008, "#00000030")
    c.blob([(x, y), (x - 0.036, y - 0.065), (x, y - 0.105), (x + 0.036, y - 0.065)], dot)
    c.disc(x, y - 0.066, 0.014, "#ffffff")


def shoe(c: Canvas, p: Colours) -> None:
    """A running shoe, seen from its side."""
    high, low, body, sole, trim = p
    c.sky(high, low)
    c.disc(c.middle, 0.48, 0.36, mix(low, "#ffffff", 0.35))
    for n in range(4):
        y = 0.34 + 0.085 * n
        c.rect(
            c.middle - 0.62 + 0.05 * (n % 2), y, 0.16 - 0.03 * (n % 3), 0.012, trim + "88", 0.006
        )
    x, y = c.middle, 0.0
    c.shadow(x + 0.01, 0.755, 0.42, "#00000026")
    upper = [
        (x - 0.34, y + 0.67),
        (x - 0.36, y + 0.5),
        (x - 0.345, y + 0.37),
        (x - 0.27, y + 0.355),
        (x - 0.2, y + 0.43),
        (x - 0.08, y + 0.4),
        (x + 0.04, y + 0.47),
        (x + 0.19, y + 0.55),
        (x + 0.33, y + 0.585),
        (x + 0.375, y + 0.66),
        (x + 0.34, y + 0.69),
    ]
    c.blob(upper, body)
    c.blob(
        [(x - 0.34, 0.66), (x - 0.352, 0.5), (x - 0.3, 0.47), (x - 0.23, 0.56), (x - 0.2, 0.67)],
        mix(body, "#000000", 0.14),
    )
    c.blob(
        [(x - 0.3, 0.365), (x - 0.21, 0.445), (x - 0.1, 0.405), (x - 0.16, 0.385)],
        mix(body, "#ffffff", 0.5),
    )
    c.curve([(x - 0.16, 0.655), (x - 0.03, 0.6), (x + 0.06, 0.535), (x + 0.1, 0.52)], trim, 0.03)
    c.curve([(x - 0.05, 0.66), (x + 0.05, 0.625), (x + 0.15, 0.575)], trim, 0.018)
    for n in range(4):
        lx, ly = x - 0.075 + 0.052 * n, 0.425 + 0.027 * n
        c.line([(lx, ly), (lx + 0.052, ly - 0.034 + 0.006 * n)], "#ffffff", 0.013)
    under = [
        (x - 0.375, 0.665),
        (x - 0.2, 0.672),
        (x + 0.1, 0.68),
        (x + 0.39, 0.655),
        (x + 0.4, 0.69),
        (x + 0.33, 0.735),
        (x, 0.745),
        (x - 0.33, 0.75),
        (x - 0.385, 0.715),
    ]
    c.blob(under, sole)
    c.curve(
        [(x - 0.36, 0.735), (x, 0.737), (x + 0.3, 0.73), (x + 0.38, 0.69)],
        mix(sole, trim, 0.6),
        0.016,
    )


def stopwatch(c: Canvas, p: Colours) -> None:
    """A watch with a lap taken."""
    high, low, case, face, hand = p
    c.sky(high, low)
    for n in range(5):
        c.ring(c.middle, 0.53, 0.44 + 0.13 * n, mix(low, "#ffffff", 0.5) + "55", 0.006)
    x, y = c.middle, 0.53
    c.oval(x + 0.012, y + 0.03, 0.32, 0.32, "#00000020")
    c.rect(x - 0.035, y - 0.42, 0.07, 0.12, mix(case, "#000000", 0.12), 0.016)
    c.rect(x - 0.055, y - 0.44, 0.11, 0.055, case, 0.02)
    c.poly(
        [(x + 0.2, y - 0.28), (x + 0.24, y - 0.24), (x + 0.19, y - 0.19), (x + 0.15, y - 0.23)],
        mix(case, "#000000", 0.12),
    )
    c.disc(x, y, 0.315, case)
    c.disc(x, y, 0.262, face)
    c.slice(x, y, 0.235, -90, 138, hand + "30")
    for n in range(60):
        turn = math.radians(n * 6)
        inner, wide = (0.208, 0.008) if n % 5 == 0 else (0.228, 0.004)
        c.line(
            [
                (x + inner * math.cos(turn), y + inner * math.sin(turn)),
                (x + 0.24 * math.cos(turn), y + 0.24 * math.sin(turn)),
            ],
            mix(case, "#000000", 0.35),
            wide,
        )
    c.line([(x - 0.045, y - 0.05), (x + 0.2 * math.cos(2.4), y + 0.2 * math.sin(2.4))], hand, 0.013)
    c.disc(x, y, 0.022, hand)
    c.disc(x, y, 0.009, face)
