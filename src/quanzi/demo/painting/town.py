"""Campus, streets and offices."""

import math
import random

from quanzi.demo.painting.canvas import Canvas, Colour, mix, smooth
from quanzi.demo.painting.outdoors import Colours, clouds, skyline, tree


def campus(c: Canvas, p: Colours) -> None:
    """The old library with its clock, behind the trees."""
    high, low, wall, roof, leaf, lawn = p
    c.sky(high, low, bottom=0.75)
    clouds(c, ((-0.5, 0.15, 0.075), (0.46, 0.22, 0.06)), "#ffffff90")
    x, ground = c.middle, 0.76
    c.ridge(0.6, 0.07, mix(low, leaf, 0.4), seed=19)
    for side in (-1, 1):
        left = x - 0.5 if side < 0 else x + 0.1
        c.rect(left, 0.47, 0.4, ground - 0.47, wall)
        c.poly(
            [(left - 0.025, 0.475), (left + 0.425, 0.475), (left + 0.37, 0.4), (left + 0.03, 0.4)],
            roof,
        )
        for row in range(2):
            for n in range(4):
                c.rect(
                    left + 0.04 + 0.09 * n,
                    0.51 + 0.125 * row,
                    0.046,
                    0.075,
                    mix(roof, "#20303f", 0.4),
                    0.014,
                )
                c.rect(left + 0.04 + 0.09 * n, 0.545 + 0.125 * row, 0.046, 0.005, wall)
    c.rect(x - 0.11, 0.3, 0.22, ground - 0.3, mix(wall, "#ffffff", 0.18))
    c.poly([(x - 0.14, 0.305), (x + 0.14, 0.305), (x, 0.13)], roof)
    c.line([(x, 0.14), (x, 0.08)], roof, 0.008)
    c.disc(x, 0.395, 0.06, mix(roof, "#000000", 0.1))
    c.disc(x, 0.395, 0.049, "#fffaf0")
    c.line([(x, 0.395), (x, 0.36)], "#3a3a3a", 0.007)
    c.line([(x, 0.395), (x + 0.026, 0.405)], "#3a3a3a", 0.007)
    c.rect(x - 0.045, 0.6, 0.09, 0.17, mix(roof, "#20303f", 0.5), 0.04)
    c.rect(x - 0.045, 0.68, 0.09, 0.08, mix(roof, "#20303f", 0.5))
    c.sky(mix(lawn, "#ffffff", 0.15), lawn, top=ground)
    c.poly(
        [(x - 0.05, ground), (x + 0.05, ground), (x + 0.28, 1), (x - 0.28, 1)],
        mix(lawn, "#fbeedd", 0.75),
    )
    for n in range(int(c.middle / 0.22) + 1):
        for side in (-1, 1):
            tree(
                c,
                x + side * (0.44 + 0.22 * n),
                0.83 + 0.03 * (n % 2),
                0.4 + 0.06 * math.sin(n * 3 + side),
                mix(leaf, "#ffffff", 0.06 * (n % 3)),
                "#6b5544",
            )
    chance = random.Random(2)  # noqa: S311 - the same leaves every time
    for _ in range(round(30 * c.aspect)):
        at = chance.uniform(0, c.aspect)
        c.oval(
            at,
            chance.uniform(0.84, 0.98),
            0.009,
            0.005,
            mix(leaf, "#ffffff", chance.uniform(0.1, 0.4)),
        )


def bicycle(c: Canvas, p: Colours) -> None:
    """A bicycle leans under a tree that loses its leaves."""
    high, low, leaf, ground, frame, seat = p
    c.sky(high, low, bottom=0.76)
    c.sky(ground, mix(ground, "#000000", 0.05), top=0.76)
    chance = random.Random(41)  # noqa: S311 - the same leaves every time
    x = c.middle
    c.poly([(x - 0.47, 0.8), (x - 0.36, 0.8), (x - 0.385, 0.0), (x - 0.445, 0.0)], "#7a6250")
    c.line([(x - 0.41, 0.34), (x - 0.2, 0.08)], "#7a6250", 0.03)
    for _ in range(round(90 * c.aspect)):
        far = chance.random()
        at, y = x - 0.42 + chance.gauss(0, 0.42), 0.02 + abs(chance.gauss(0, 0.1))
        c.disc(at, y, 0.03 + 0.035 * far, mix(leaf, "#ffffff", 0.35 * far))
    for _ in range(round(36 * c.aspect)):
        c.oval(
            chance.uniform(0, c.aspect),
            chance.uniform(0.8, 0.97),
            0.016,
            0.009,
            mix(leaf, "#ffffff", chance.uniform(0, 0.4)),
        )
    for _ in range(9):
        c.oval(chance.uniform(0.1, c.aspect - 0.1), chance.uniform(0.3, 0.7), 0.013, 0.017, leaf)
    back, front, y = x - 0.24, x + 0.3, 0.7
    c.shadow(x + 0.03, 0.875, 0.46, "#00000020")
    for wheel in (back, front):
        c.ring(wheel, y, 0.168, "#3a3f45", 0.016)
        c.ring(wheel, y, 0.15, "#ffffff90", 0.005)
        for n in range(8):
            turn = n * math.pi / 8 + 0.2
            dx, dy = 0.148 * math.cos(turn), 0.148 * math.sin(turn)
            c.line([(wheel - dx, y - dy), (wheel + dx, y + dy)], "#5a626a80", 0.0025)
    pedal, saddle, head = (x - 0.02, y + 0.01), (x - 0.1, 0.47), (x + 0.225, 0.46)
    c.line([(back, y), pedal, head, (x - 0.088, 0.51), pedal], frame, 0.017)
    c.line([(back, y), (x - 0.088, 0.51)], frame, 0.013)
    c.line([head, (front, y)], frame, 0.017)
    c.line([pedal, saddle], frame, 0.017)
    c.rect(saddle[0] - 0.065, 0.445, 0.125, 0.03, seat, 0.015)
    c.curve([head, (x + 0.21, 0.39), (x + 0.15, 0.375), (x + 0.11, 0.39)], "#3a3f45", 0.014)
    c.disc(*pedal, 0.033, "#3a3f45")
    c.line([pedal, (x + 0.03, y + 0.075)], "#3a3f45", 0.01)
    c.poly(
        [(x + 0.235, 0.42), (x + 0.4, 0.42), (x + 0.38, 0.53), (x + 0.255, 0.53)],
        mix(seat, "#d9b48f", 0.65),
    )
    for n in range(5):
        c.disc(
            x + 0.262 + 0.03 * n,
            0.405 - 0.018 * (n % 2),
            0.025,
            mix(leaf, "#ffffff", 0.2 * (n % 3)),
        )


def blocks(c: Canvas, p: Colours) -> None:
    """City blocks from above, as builders draw them."""
    ground, roof, left, right, leaf, street = p
    c.sky(ground, mix(ground, street, 0.35))
    chance = random.Random(6)  # noqa: S311 - the same town every time
    step = 0.16
    for row in range(-4, 21):
        for column in range(-2, int(c.aspect / step) + 2):
            x = column * step * 1.15 + (row % 2) * step * 0.575
            y = row * step * 0.33 + 0.2
            kind = chance.random()
            if kind < 0.2:
                _lot(c, x, y, step * 0.5, mix(leaf, "#ffffff", 0.35))
                for n in range(3):
                    c.disc(
                        x + 0.03 * (n - 1),
                        y - 0.012 - 0.01 * (n % 2),
                        0.017,
                        mix(leaf, "#ffffff", 0.1 * n),
                    )
                continue
            _lot(c, x, y, step * 0.5, street)
            _block(
                c,
                x,
                y,
                step * 0.4,
                chance.uniform(0.04, 0.22),
                mix(roof, "#ffffff", chance.uniform(0, 0.3)),
                left,
                right,
            )


def office(c: Canvas, p: Colours) -> None:
    """Windows of a tall house in the evening; a few people are still there."""
    wall, glass, lit, high, low = p
    c.sky(high, low)
    skyline(c, 1.0, 0.62, mix(low, high, 0.6), mix(lit, low, 0.3), seed=15)
    x = c.middle - 0.42
    c.rect(x - 0.02, 0.06, 0.88, 1, mix(wall, "#000000", 0.15))
    c.rect(x, 0.04, 0.84, 1, wall)
    chance = random.Random(33)  # noqa: S311 - the same people every time
    for row in range(7):
        for column in range(6):
            left, top = x + 0.04 + 0.13 * column, 0.09 + 0.138 * row
            on = chance.random() < 0.4
            c.rect(
                left, top, 0.11, 0.1, lit if on else mix(glass, wall, chance.uniform(0, 0.3)), 0.006
            )
            if on and chance.random() < 0.45:
                c.disc(left + 0.052, top + 0.048, 0.016, mix(wall, "#000000", 0.25))
                c.slice(left + 0.052, top + 0.1, 0.032, 180, 360, mix(wall, "#000000", 0.25))
            elif on:
                c.rect(left + 0.02, top + 0.055, 0.035, 0.028, mix(lit, wall, 0.45), 0.004)
                c.rect(left + 0.07, top + 0.06, 0.02, 0.04, mix(lit, "#4c8a66", 0.6))
            else:
                c.poly(
                    [
                        (left + 0.02, top),
                        (left + 0.05, top),
                        (left + 0.02, top + 0.1),
                        (left, top + 0.1),
                        (left, top + 0.06),
                    ],
                    "#ffffff14",
                )


def metro(c: Canvas, p: Colours) -> None:
    """The first train, coming in."""
    high, low, train, stripe, platform = p
    c.sky(high, low)
    x = c.middle
    for n in range(5):
        c.rect(x - 1.6 + 0.66 * n, 0.06, 0.58, 0.1, mix(low, "#ffffff", 0.4), 0.02)
    c.rect(0, 0.2, c.aspect, 0.02, mix(high, "#000000", 0.15))
    c.rect(0, 0.74, c.aspect, 0.06, mix(high, "#000000", 0.4))
    left = x - 0.5
    c.rect(left - 2, 0.27, 2.85, 0.47, train, 0.05)
    nose = smooth(
        [
            (left + 0.8, 0.27),
            (left + 0.93, 0.33),
            (left + 1.03, 0.5),
            (left + 1.06, 0.66),
            (left + 1.03, 0.74),
        ]
    )
    c.poly([(left + 0.6, 0.27), *nose, (left + 0.6, 0.74)], train)
    c.rect(left - 2, 0.6, 2.9, 0.05, stripe)
    c.poly(
        [(left + 0.86, 0.6), (left + 1.055, 0.6), (left + 1.063, 0.65), (left + 0.86, 0.65)], stripe
    )
    c.poly(
        [
            (left + 0.79, 0.34),
            *smooth([(left + 0.86, 0.34), (left + 0.94, 0.41), (left + 1.0, 0.54)]),
            (left + 0.79, 0.54),
        ],
        mix(high, "#1c2a3a", 0.55),
    )
    for n in range(8):
        at = left + 0.5 - 0.3 * n
        if n % 3 == 1:
            c.rect(at, 0.325, 0.11, 0.39, mix(train, "#000000", 0.1), 0.01)
            c.rect(at + 0.115, 0.325, 0.11, 0.39, mix(train, "#000000", 0.1), 0.01)
            c.rect(at + 0.02, 0.355, 0.07, 0.17, "#fff3cf", 0.012)
            c.rect(at + 0.135, 0.355, 0.07, 0.17, "#fff3cf", 0.012)
        else:
            c.rect(at, 0.355, 0.24, 0.17, "#fff3cf", 0.02)
            c.disc(at + 0.07, 0.46, 0.025, mix(stripe, "#3a3f55", 0.6))
            c.slice(at + 0.07, 0.525, 0.05, 180, 360, mix(stripe, "#3a3f55", 0.6))
    c.disc(left + 1.02, 0.69, 0.018, "#fff6d5")
    c.glow(left + 1.06, 0.69, 0.2, "#fff0c0", 0.7)
    c.sky(platform, mix(platform, "#000000", 0.12), top=0.8)
    c.rect(0, 0.83, c.aspect, 0.022, "#f2c14e")


def rain(c: Canvas, p: Colours) -> None:
    """Umbrellas in the rain."""
    high, low, ground, *umbrellas = p
    c.sky(high, low, bottom=0.8)
    skyline(c, 0.8, 0.4, mix(high, low, 0.35), "#fff3cf", seed=28)
    c.sky(ground, mix(ground, "#000000", 0.12), top=0.8)
    chance = random.Random(10)  # noqa: S311 - the same drops every time
    for _ in range(round(110 * c.aspect)):
        x, y, long = (
            chance.uniform(0, c.aspect + 0.1),
            chance.uniform(-0.05, 0.95),
            chance.uniform(0.025, 0.06),
        )
        c.line([(x, y), (x - long * 0.28, y + long)], "#ffffff58", 0.003)
    for n, colour in enumerate(umbrellas):
        x, y = c.middle + (-0.36, 0.34, 0.0)[n], (0.52, 0.5, 0.58)[n]
        coat = mix(colour, "#2b3140", 0.72)
        c.oval(x, 0.925, 0.13, 0.014, mix(ground, colour, 0.3))
        c.blob(
            [(x - 0.04, y + 0.09), (x + 0.04, y + 0.09), (x + 0.085, 0.84), (x - 0.085, 0.84)], coat
        )
        for side in (-1, 1):
            c.line(
                [(x + side * 0.03, 0.83), (x + side * 0.03, 0.915)],
                mix(coat, "#000000", 0.3),
                0.026,
            )
        c.disc(x, y + 0.055, 0.042, mix("#e9c3a6", colour, 0.12))
        c.slice(x, y + 0.052, 0.047, 160, 380, "#3a2f33")
        c.line([(x + 0.07, y - 0.02), (x + 0.07, y + 0.25)], mix(colour, "#000000", 0.35), 0.008)
        c.slice(x + 0.02, y + 0.03, 0.21, 180, 360, colour)
        for part in range(4):
            c.slice(
                x - 0.1375 + 0.105 * part,
                y + 0.034,
                0.0525,
                180,
                360,
                mix(low, ground, 0.25) if part % 2 else mix(low, ground, 0.2),
            )
        c.slice(x + 0.02, y + 0.03, 0.21, 245, 295, mix(colour, "#ffffff", 0.16))
        for part in range(4):
            c.slice(
                x - 0.1375 + 0.105 * part, y + 0.034, 0.0525, 180, 360, mix(colour, "#000000", 0.22)
            )
        c.line([(x + 0.02, y - 0.18), (x + 0.02, y - 0.21)], mix(colour, "#000000", 0.3), 0.009)


def _lot(c: Canvas, x: float, y: float, half: float, colour: Colour) -> None:
    c.poly([(x, y - half * 0.58), (x + half, y), (x, y + half * 0.58), (x - half, y)], colour)


def _block(
    c: Canvas,
    x: float,
    y: float,
    half: float,
    tall: float,
    roof: Colour,
    left: Colour,
    right: Colour,
) -> None:
    low = half * 0.58
    c.poly([(x - half, y), (x, y + low), (x, y + low - tall), (x - half, y - tall)], left)
    c.poly([(x + half, y), (x, y + low), (x, y + low - tall), (x + half, y - tall)], right)
    c.poly(
        [(x, y - low - tall), (x + half, y - tall), (x, y + low - tall), (x - half, y - tall)], roof
    )
    for n in range(int(tall / 0.032)):
        rise = 0.018 + 0.032 * n
        c.line(
            [(x - half * 0.82, y + low * 0.18 - rise), (x - half * 0.16, y + low * 0.84 - rise)],
            "#ffffff55",
            0.007,
        )
        c.line(
            [(x + half * 0.82, y + low * 0.18 - rise), (x + half * 0.16, y + low * 0.84 - rise)],
            "#ffffff30",
            0.007,
        )
