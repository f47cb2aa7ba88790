"""Things on a table: books, coffee, coins, charts."""

import math
import random

from quanzi.demo.painting.canvas import Canvas, Colour, Point, mix
from quanzi.demo.painting.outdoors import Colours


def books(c: Canvas, p: Colours) -> None:
    """A pile of books with a plant on top."""
    high, table, one, two, three = p
    _table(c, high, table, 0.74)
    x = c.middle
    c.shadow(x, 0.885, 0.4)
    pile = (
        (0.0, 0.36, 0.1, one),
        (0.03, 0.32, 0.075, two),
        (-0.035, 0.34, 0.085, three),
        (0.02, 0.28, 0.07, mix(one, "#ffffff", 0.45)),
    )
    y = 0.88
    for shift, half, thick, colour in pile:
        y -= thick
        _lying_book(c, x + shift, y, half, thick, colour)
    _leaves(c, x - 0.02, y - 0.13, 0.2, mix(two, "#3f8f6b", 0.7))
    c.poly(
        [(x - 0.085, y - 0.15), (x + 0.045, y - 0.15), (x + 0.025, y), (x - 0.065, y)],
        mix(three, "#ffffff", 0.6),
    )
    c.rect(x - 0.095, y - 0.165, 0.15, 0.034, mix(three, "#ffffff", 0.75), 0.01)


def open_book(c: Canvas, p: Colours) -> None:
    """A book lies open under a lamp."""
    high, table, page, cover, light = p
    _table(c, high, table, 0.6)
    x = c.middle
    c.glow(x + 0.24, 0.36, 0.75, light, 0.75)
    c.shadow(x, 0.87, 0.5)
    c.poly(
        [(x, 0.68), (x - 0.43, 0.65), (x - 0.5, 0.86), (x, 0.9), (x + 0.5, 0.86), (x + 0.43, 0.65)],
        cover,
    )
    for side in (-1, 1):
        edge = [
            (x, 0.655),
            (x + side * 0.2, 0.612),
            (x + side * 0.415, 0.635),
            (x + side * 0.475, 0.83),
            (x + side * 0.24, 0.81),
            (x, 0.87),
        ]
        c.poly([(px, py + 0.014) for px, py in edge], mix(page, "#000000", 0.12))
        c.poly(edge, page if side > 0 else mix(page, "#000000", 0.035))
        for n in range(7):
            y = 0.665 + 0.023 * n
            far = 0.37 + 0.012 * n if n != 6 else 0.25
            c.curve(
                [
                    (x + side * (0.045 - 0.001 * n), y + 0.022),
                    (x + side * 0.2, y - 0.012),
                    (x + side * far, y + 0.002),
                ],
                mix(page, cover, 0.4) + "a0",
                0.006,
            )
    c.poly(
        [(x - 0.006, 0.655), (x + 0.006, 0.655), (x + 0.006, 0.87), (x - 0.006, 0.87)],
        mix(page, "#000000", 0.2),
    )
    c.blob(
        [(x + 0.15, 0.63), (x + 0.175, 0.63), (x + 0.19, 0.9), (x + 0.175, 0.93), (x + 0.16, 0.9)],
        mix(light, "#d2553f", 0.75),
    )
    _lamp(c, x + 0.4, 0.62, mix(cover, "#000000", 0.1), light)
    c.rect(x - 0.59, 0.55, 0.13, 0.13, mix(cover, "#ffffff", 0.7), 0.025)
    c.ring(x - 0.605, 0.61, 0.036, mix(cover, "#ffffff", 0.7), 0.014)
    steam(c, x - 0.525, 0.52, "#ffffff")


def shelf(c: Canvas, p: Colours) -> None:
    """Shelves full of books."""
    wall, wood, *spines = p
    c.sky(wall, mix(wall, "#ffffff", 0.2))
    chance = random.Random(12)  # noqa: S311 - the same library every time
    for row in range(3):
        floor = 0.3 + 0.32 * row
        x = 0.03
        while x < c.aspect - 0.05:
            if chance.random() < 0.05:
                _leaves(c, x + 0.06, floor - 0.06, 0.1, "#4f8f6c")
                c.poly(
                    [
                        (x + 0.02, floor - 0.08),
                        (x + 0.1, floor - 0.08),
                        (x + 0.085, floor),
                        (x + 0.035, floor),
                    ],
                    mix(wood, "#ffffff", 0.55),
                )
                x += 0.15
                continue
            wide, high = chance.uniform(0.026, 0.056), chance.uniform(0.15, 0.235)
            colour = mix(chance.choice(spines), "#ffffff", chance.uniform(0, 0.18))
            c.rect(x, floor - high, wide, high, colour, 0.004)
            c.rect(x + wide * 0.2, floor - high * 0.86, wide * 0.6, high * 0.06, "#ffffff80")
            c.rect(x + wide * 0.2, floor - high * 0.18, wide * 0.6, high * 0.03, "#ffffff50")
            x += wide + 0.003
        c.rect(0, floor, c.aspect, 0.028, wood)
        c.rect(0, floor + 0.028, c.aspect, 0.014, mix(wood, "#000000", 0.2) + "60")


def coffee(c: Canvas, p: Colours) -> None:
    """A cup of coffee from above, with what else lies there."""
    table, cup, drink, paper, pen = p
    c.sky(table, mix(table, "#000000", 0.07))
    x, y = c.middle - 0.16, 0.54
    c.poly([(x + 0.3, 0.14), (x + 0.72, 0.05), (x + 0.84, 0.62), (x + 0.42, 0.71)], "#00000018")
    c.poly([(x + 0.29, 0.12), (x + 0.71, 0.03), (x + 0.83, 0.6), (x + 0.41, 0.69)], paper)
    for n in range(6):
        at = 0.19 + 0.068 * n
        c.line(
            [
                (x + 0.345 + 0.0145 * n, at),
                (
                    x + 0.66 + 0.0145 * n - (0.12 if n % 3 == 2 else 0),
                    at - 0.068 + (0.026 if n % 3 == 2 else 0),
                ),
            ],
            mix(paper, pen, 0.3),
            0.007,
        )
    c.line([(x + 0.5, 0.83), (x + 0.85, 0.76)], "#00000018", 0.024)
    c.line([(x + 0.5, 0.815), (x + 0.82, 0.75)], pen, 0.022)
    c.line([(x + 0.82, 0.75), (x + 0.85, 0.744)], mix(pen, "#ffffff", 0.5), 0.012)
    c.disc(x + 0.014, y + 0.022, 0.36, "#00000016")
    c.disc(x, y, 0.35, mix(cup, "#000000", 0.05))
    c.disc(x, y, 0.3, mix(cup, "#ffffff", 0.3))
    c.disc(x + 0.012, y + 0.018, 0.225, "#00000014")
    c.line([(x - 0.18, y - 0.1), (x - 0.275, y - 0.155)], cup, 0.056)
    c.disc(x, y, 0.215, cup)
    c.disc(x, y, 0.18, drink)
    foam = mix(drink, "#fff4e2", 0.78)
    c.disc(x, y, 0.135, mix(drink, "#fff4e2", 0.3))
    for side in (-1, 1):
        for n in range(3):
            c.blob(
                [
                    (x, y + 0.1 - 0.055 * n),
                    (x + side * (0.1 - 0.022 * n), y + 0.02 - 0.05 * n),
                    (x + side * (0.085 - 0.02 * n), y - 0.02 - 0.042 * n),
                    (x, y + 0.05 - 0.05 * n),
                ],
                foam,
            )
    c.blob([(x, y - 0.03), (x + 0.034, y - 0.075), (x, y - 0.105), (x - 0.034, y - 0.075)], foam)


def jar(c: Canvas, p: Colours) -> None:
    """Coins in a jar, and what grows from them."""
    high, table, coin, leaf, lid = p
    _table(c, high, table, 0.78)
    c.disc(c.middle, 0.5, 0.4, mix(high, "#ffffff", 0.45))
    x = c.middle
    c.shadow(x, 0.885, 0.3)
    c.rect(x - 0.225, 0.38, 0.45, 0.505, "#ffffff78", 0.07)
    chance = random.Random(8)  # noqa: S311 - the same savings every time
    for row in range(6):
        for n in range(5 - row % 2):
            at = x - 0.15 + (0.075 * n) + (0.037 if row % 2 else 0) + chance.uniform(-0.008, 0.008)
            _coin(c, at, 0.845 - 0.045 * row, 0.05, mix(coin, "#000000", 0.07 * (n % 2)))
    c.curve([(x, 0.6), (x + 0.006, 0.42), (x - 0.004, 0.2)], mix(leaf, "#000000", 0.12), 0.016)
    for side, y, size in ((-1, 0.35, 0.14), (1, 0.29, 0.15), (-1, 0.22, 0.1), (1, 0.2, 0.075)):
        _leaf(c, x, y, side, size, leaf)
    c.rect(x - 0.225, 0.38, 0.45, 0.505, "#ffffff28", 0.07)
    c.rect(x - 0.24, 0.355, 0.48, 0.05, "#ffffffa8", 0.02)
    c.rect(x - 0.185, 0.45, 0.024, 0.34, "#ffffff90", 0.012)
    for shift, tall in ((0.36, 4), (0.47, 2), (-0.38, 3)):
        for n in range(tall):
            c.oval(x + shift, 0.868 - 0.026 * n, 0.055, 0.021, mix(coin, "#000000", 0.16))
            c.oval(x + shift, 0.86 - 0.026 * n, 0.055, 0.021, coin)
    c.rect(x - 0.1, 0.62, 0.2, 0.1, lid, 0.014)
    c.rect(x - 0.065, 0.648, 0.13, 0.011, "#ffffffc0", 0.005)
    c.rect(x - 0.065, 0.675, 0.085, 0.011, "#ffffff90", 0.005)


def bars(c: Canvas, p: Colours) -> None:
    """A card with columns and a line over them."""
    ground, card, first, second, line = p
    c.sky(ground, mix(ground, "#ffffff", 0.35))
    x = c.middle - 0.5
    c.rect(x + 0.012, 0.13, 1.0, 0.77, "#00000014", 0.045)
    c.rect(x, 0.11, 1.0, 0.77, card, 0.045)
    c.rect(x + 0.075, 0.18, 0.26, 0.032, mix(card, line, 0.6), 0.016)
    c.rect(x + 0.075, 0.232, 0.16, 0.02, mix(card, line, 0.22), 0.01)
    for n in range(4):
        c.rect(x + 0.075, 0.37 + 0.125 * n, 0.85, 0.004, mix(card, line, 0.14))
    tops: list[Point] = []
    for n, high in enumerate((0.14, 0.2, 0.17, 0.26, 0.3, 0.27, 0.38)):
        at = x + 0.1 + 0.118 * n
        c.rect(
            at,
            0.79 - high,
            0.07,
            high,
            second if n == 6 else mix(first, card, 0.3 - 0.05 * n),
            0.014,
        )
        tops.append((at + 0.035, 0.745 - high * 1.05))
    c.curve(tops, line, 0.011)
    for at, y in tops:
        c.disc(at, y, 0.0165, card)
        c.disc(at, y, 0.01, line)


def pie(c: Canvas, p: Colours) -> None:
    """A month's money, cut into parts."""
    ground, card, *parts = p
    c.sky(ground, mix(ground, "#ffffff", 0.35))
    left = c.middle - 0.52
    c.rect(left + 0.012, 0.15, 1.04, 0.73, "#00000014", 0.045)
    c.rect(left, 0.13, 1.04, 0.73, card, 0.045)
    x, y, start = left + 0.33, 0.495, -90.0
    for part, share in zip(parts, (0.42, 0.25, 0.19, 0.14), strict=True):
        c.slice(x, y, 0.245, start, start + share * 360 - 2.5, part)
        start += share * 360
    c.disc(x, y, 0.145, card)
    _coin(c, x, y, 0.072, mix(parts[1], "#f2c14e", 0.7))
    for n, part in enumerate(parts):
        at = 0.285 + 0.12 * n
        c.disc(left + 0.68, at + 0.018, 0.022, part)
        c.rect(left + 0.73, at, 0.22 - 0.03 * (n % 3), 0.016, mix(card, "#3c4650", 0.45), 0.008)
        c.rect(
            left + 0.73, at + 0.028, 0.12 + 0.02 * (n % 2), 0.012, mix(card, "#3c4650", 0.18), 0.006
        )


def laptop(c: Canvas, p: Colours) -> None:
    """A desk with a screen, a plant and a cup."""
    high, table, case, screen, accent = p
    _table(c, high, table, 0.76)
    x = c.middle
    c.rect(x + 0.26, 0.1, 0.3, 0.22, mix(high, "#ffffff", 0.5), 0.014)
    c.blob(
        [(x + 0.3, 0.29), (x + 0.37, 0.19), (x + 0.43, 0.25), (x + 0.49, 0.17), (x + 0.53, 0.29)],
        mix(accent, "#ffffff", 0.5),
    )
    c.shadow(x - 0.04, 0.835, 0.46)
    c.rect(x - 0.4, 0.3, 0.72, 0.48, case, 0.026)
    c.rect(x - 0.375, 0.325, 0.67, 0.42, screen, 0.01)
    c.rect(x - 0.375, 0.325, 0.15, 0.42, mix(screen, "#000000", 0.12))
    for n in range(5):
        c.rect(x - 0.35, 0.36 + 0.055 * n, 0.1 - 0.02 * (n % 2), 0.014, "#ffffff70", 0.007)
    c.rect(x - 0.195, 0.36, 0.22, 0.026, "#ffffffd0", 0.01)
    for n in range(4):
        c.rect(x - 0.195, 0.42 + 0.034 * n, 0.28 - 0.05 * (n % 3), 0.013, "#ffffff70", 0.006)
    for n, tall in enumerate((0.05, 0.09, 0.07, 0.13)):
        c.rect(x - 0.19 + 0.055 * n, 0.715 - tall, 0.036, tall, accent, 0.006)
    c.ring(x + 0.19, 0.63, 0.065, mix(accent, "#ffffff", 0.4), 0.026)
    c.poly(
        [(x - 0.44, 0.78), (x + 0.36, 0.78), (x + 0.4, 0.825), (x - 0.48, 0.825)],
        mix(case, "#ffffff", 0.25),
    )
    c.rect(x - 0.48, 0.82, 0.88, 0.016, mix(case, "#000000", 0.15), 0.008)
    c.rect(x + 0.44, 0.72, 0.09, 0.11, mix(accent, "#ffffff", 0.65), 0.018)
    c.ring(x + 0.54, 0.77, 0.028, mix(accent, "#ffffff", 0.65), 0.011)
    steam(c, x + 0.485, 0.69, "#ffffff")
    _leaves(c, x - 0.57, 0.73, 0.17, "#4c8a66")
    c.poly(
        [(x - 0.625, 0.72), (x - 0.515, 0.72), (x - 0.53, 0.83), (x - 0.61, 0.83)],
        mix(accent, "#b5603c", 0.5),
    )


def bubbles(c: Canvas, p: Colours) -> None:
    """People talking."""
    ground, one, two, three = p
    c.sky(ground, mix(ground, "#ffffff", 0.3))
    x = c.middle
    for left, y, wide, high, colour, side, lines in (
        (x - 0.5, 0.14, 0.6, 0.22, one, -1, 2),
        (x - 0.06, 0.41, 0.56, 0.2, two, 1, 2),
        (x - 0.44, 0.66, 0.46, 0.2, three, -1, 2),
    ):
        tail = left + 0.08 if side < 0 else left + wide - 0.08
        c.rect(left + 0.01, y + 0.018, wide, high, "#00000012", 0.06)
        c.poly(
            [
                (tail - 0.035, y + high - 0.01),
                (tail + 0.035, y + high - 0.01),
                (tail + side * 0.055, y + high + 0.055),
            ],
            colour,
        )
        c.rect(left, y, wide, high, colour, 0.06)
        for n in range(lines):
            c.rect(
                left + 0.06,
                y + 0.062 + 0.055 * n,
                wide - 0.12 - 0.13 * n,
                0.024,
                "#ffffffc8",
                0.012,
            )
    for at, y, colour in ((x - 0.58, 0.43, one), (x + 0.57, 0.67, two), (x - 0.53, 0.92, three)):
        c.disc(at, y, 0.055, mix(colour, "#ffffff", 0.5))
        c.disc(at, y - 0.012, 0.02, mix(colour, "#000000", 0.1))
        c.slice(at, y + 0.045, 0.036, 180, 360, mix(colour, "#000000", 0.1))


def microphone(c: Canvas, p: Colours) -> None:
    """Somebody is going to be asked something."""
    high, low, body, mesh, wave = p
    c.sky(high, low)
    x, y = c.middle, 0.4
    for n in range(1, 10):
        tall = 0.05 + 0.13 * abs(math.sin(n * 1.9)) * (1 - n / 14)
        for side in (-1, 1):
            c.rect(
                x + side * (0.17 + 0.062 * n) - 0.012,
                y + 0.04 - tall,
                0.024,
                2 * tall,
                wave + "b0",
                0.012,
            )
    c.shadow(x, 0.9, 0.22)
    c.rect(x - 0.016, 0.66, 0.032, 0.22, mix(body, "#000000", 0.2))
    c.rect(x - 0.16, 0.865, 0.32, 0.036, body, 0.018)
    c.arc(x, y + 0.11, 0.175, 0, 180, body, 0.026)
    c.rect(x - 0.115, 0.12, 0.23, 0.5, mesh, 0.115)
    for n in range(5):
        c.rect(x - 0.115, 0.22 + 0.045 * n, 0.23, 0.008, mix(mesh, "#000000", 0.18))
    c.rect(x - 0.115, 0.45, 0.23, 0.028, body)
    c.rect(x - 0.08, 0.17, 0.022, 0.25, "#ffffff50", 0.011)


def steam(c: Canvas, x: float, y: float, colour: Colour) -> None:
    for shift in (-0.022, 0.022):
        c.curve(
            [
                (x + shift, y),
                (x + shift + 0.014, y - 0.04),
                (x + shift - 0.012, y - 0.08),
                (x + shift + 0.006, y - 0.12),
            ],
            colour + "90",
            0.009,
        )


def _table(c: Canvas, wall: Colour, wood: Colour, edge: float) -> None:
    c.sky(wall, mix(wall, "#ffffff", 0.25), bottom=edge)
    c.sky(wood, mix(wood, "#000000", 0.08), top=edge)
    c.rect(0, edge, c.aspect, 0.008, mix(wood, "#ffffff", 0.35))


def _lying_book(c: Canvas, x: float, y: float, half: float, thick: float, colour: Colour) -> None:
    c.rect(x - half, y, 2 * half, thick, colour, 0.012)
    c.rect(x - half + 0.06, y + thick * 0.16, 2 * half - 0.05, thick * 0.68, "#fbf4e6", 0.006)
    for n in range(3):
        c.rect(x - half + 0.07, y + thick * (0.3 + 0.18 * n), 2 * half - 0.08, 0.003, "#d8cbb2")
    c.rect(x - half, y, 0.075, thick, colour, 0.012)
    c.rect(x - half + 0.025, y + thick * 0.25, 0.016, thick * 0.5, "#ffffff90", 0.006)


def _leaves(c: Canvas, x: float, y: float, size: float, colour: Colour) -> None:
    for n in range(7):
        turn = math.radians(-90 + (n - 3) * 27)
        tip = (x + size * math.cos(turn), y + size * math.sin(turn))
        across = (math.cos(turn + 1.57) * size * 0.14, math.sin(turn + 1.57) * size * 0.14)
        half = ((x + tip[0]) / 2, (y + tip[1]) / 2)
        c.blob(
            [
                (x, y + 0.02),
                (half[0] + across[0], half[1] + across[1]),
                tip,
                (half[0] - across[0], half[1] - across[1]),
            ],
            mix(colour, "#ffffff", 0.09 * (n % 3)),
        )


def _leaf(c: Canvas, x: float, y: float, side: int, size: float, colour: Colour) -> None:
    tip = (x + side * size, y - size * 0.5)
    c.blob(
        [
            (x, y),
            (x + side * size * 0.35, y - size * 0.52),
            tip,
            (x + side * size * 0.65, y + size * 0.02),
        ],
        colour,
    )
    c.line([(x, y), (x + side * size * 0.8, y - size * 0.38)], mix(colour, "#ffffff", 0.35), 0.005)


def _coin(c: Canvas, x: float, y: float, radius: float, colour: Colour) -> None:
    c.disc(x, y, radius, mix(colour, "#000000", 0.12))
    c.disc(x, y, radius * 0.86, colour)
    c.ring(x, y, radius * 0.62, mix(colour, "#ffffff", 0.35), radius * 0.1)


def _lamp(c: Canvas, x: float, y: float, colour: Colour, light: Colour) -> None:
    c.oval(x + 0.1, y + 0.03, 0.09, 0.02, mix(colour, "#000000", 0.2))
    c.line([(x + 0.1, y + 0.02), (x + 0.16, y - 0.26), (x - 0.02, y - 0.42)], colour, 0.018)
    c.disc(x + 0.16, y - 0.26, 0.017, mix(colour, "#ffffff", 0.3))
    c.poly(
        [(x - 0.03, y - 0.47), (x + 0.03, y - 0.41), (x - 0.01, y - 0.27), (x - 0.17, y - 0.37)],
        colour,
    )
    c.oval(x - 0.09, y - 0.315, 0.05, 0.03, mix(light, "#ffffff", 0.4))
