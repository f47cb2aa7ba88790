"""River, hills, sea, parks: what people see when they are out."""

import math
import random

from quanzi.demo.painting.canvas import Canvas, Colour, mix, smooth

Colours = tuple[Colour, ...]


def river(c: Canvas, p: Colours) -> None:
    """A river in front of a skyline, with a moon or a low sun and what it leaves on the water."""
    high, low, far, near, light, lamp = p
    shore = 0.64
    c.sky(high, mix(high, low, 0.5), low, bottom=shore)
    c.stars(60, light + "90", seed=7, lowest=0.36)
    x = c.middle + 0.3
    c.glow(x, 0.22, 0.3, light, 0.45)
    c.disc(x, 0.22, 0.062, light)
    skyline(c, shore, 0.32, far, "", seed=3)
    skyline(c, shore, 0.22, near, lamp, seed=11)
    tower(c, c.middle - 0.3, shore, 0.5, mix(near, lamp, 0.25), lamp)
    c.sky(mix(low, near, 0.45), mix(high, near, 0.3), top=shore)
    _glitter(c, x, shore, light, seed=5)
    chance = random.Random(23)  # noqa: S311 - the same lights every time
    for _ in range(round(26 * c.aspect)):
        at, long = chance.uniform(0, c.aspect), chance.uniform(0.03, 0.13)
        c.rect(at, shore + 0.012, 0.006, long, lamp + "38", 0.003)
    c.rect(0, shore - 0.004, c.aspect, 0.014, mix(near, "#000000", 0.25))


def bridge(c: Canvas, p: Colours) -> None:
    """A long bridge hung on two pylons, its lamps doubled by the water."""
    high, low, far, dark, light, lamp = p
    deck = 0.6
    c.sky(high, mix(high, low, 0.4), low, bottom=0.68)
    c.stars(40, light + "80", seed=4, lowest=0.4)
    c.glow(c.middle, 0.62, 0.75, light, 0.4)
    c.ridge(0.6, 0.05, far, seed=9)
    c.sky(mix(low, far, 0.5), mix(high, dark, 0.5), top=0.68)
    for at in (c.middle - 0.36, c.middle + 0.36):
        for side in (-1, 1):
            for n in range(1, 9):
                c.line([(at, 0.26 + 0.018 * n), (at + side * 0.042 * n, deck)], dark + "c0", 0.0028)
        c.poly([(at - 0.016, 0.2), (at + 0.016, 0.2), (at + 0.024, 0.72), (at - 0.024, 0.72)], dark)
        c.disc(at, 0.2, 0.009, lamp)
        c.rect(at - 0.014, 0.72, 0.028, 0.16, dark + "50")
    c.rect(0, deck, c.aspect, 0.026, dark)
    for n in range(round(c.aspect / 0.075) + 1):
        x = n * 0.075 + 0.02
        c.glow(x, deck - 0.02, 0.035, lamp, 0.6)
        c.disc(x, deck - 0.02, 0.0055, lamp)
        c.rect(x - 0.004, 0.73, 0.008, 0.09 + 0.05 * math.sin(n * 2.4), lamp + "48", 0.004)


def hills(c: Canvas, p: Colours) -> None:
    """Ridge behind ridge in the haze, and the sun above them."""
    high, low, sun, first, last = p
    c.sky(high, mix(high, low, 0.5), low)
    x = c.middle - 0.16
    c.glow(x, 0.36, 0.5, sun, 0.8)
    c.disc(x, 0.36, 0.078, mix(sun, "#ffffff", 0.45))
    for n in range(5):
        c.ridge(
            0.5 + 0.105 * n,
            0.13 - 0.01 * n,
            mix(first, last, n / 4),
            seed=20 + n,
            bends=2.2 + n * 0.5,
        )
    for shift, y in ((0.2, 0.16), (0.27, 0.13), (0.34, 0.19)):
        _bird(c, c.middle + shift, y, last)


def sea(c: Canvas, p: Colours) -> None:
    """Waves upon waves."""
    high, low, sun, first, last = p
    c.sky(high, low, bottom=0.5)
    c.glow(c.middle + 0.2, 0.36, 0.45, sun, 0.75)
    c.disc(c.middle + 0.2, 0.36, 0.07, mix(sun, "#ffffff", 0.4))
    for n in range(7):
        y = 0.46 + 0.085 * n
        points = [
            (c.aspect * s / 90, y + 0.021 * math.sin(s * c.aspect / 90 * (8 - n * 0.6) + n * 1.7))
            for s in range(91)
        ]
        c.poly([*points, (c.aspect, 1), (0, 1)], mix(first, last, n / 6))
        c.line(points, mix(first, "#ffffff", 0.55) + "55", 0.004)


def park(c: Canvas, p: Colours) -> None:
    """A path between trees, with lamps."""
    high, low, leaf, ground, way, lamp = p
    c.sky(high, low, bottom=0.66)
    c.ridge(0.5, 0.08, mix(low, leaf, 0.45), seed=31)
    c.sky(mix(ground, low, 0.25), ground, top=0.58)
    x = c.middle
    left = [
        (x + 0.035, 0.585),
        (x + 0.0, 0.66),
        (x - 0.06, 0.76),
        (x - 0.3, 0.95),
        (x - 0.42, 1.05),
    ]
    right = [
        (x + 0.5, 1.05),
        (x + 0.36, 0.95),
        (x + 0.14, 0.76),
        (x + 0.09, 0.66),
        (x + 0.055, 0.585),
    ]
    c.poly([*smooth(left), *smooth(right)], way)
    for at, y, size in _row_of_trees(c):
        tree(c, at, y, size, leaf, mix(leaf, "#3a2c22", 0.75))
    for at, y, size in ((x - 0.24, 0.76, 0.34), (x + 0.33, 0.72, 0.28)):
        c.rect(at - 0.004, y - size, 0.008, size, mix(leaf, "#20262a", 0.7))
        c.glow(at, y - size, 0.17, lamp, 0.75)
        c.oval(at, y - size, 0.017, 0.02, mix(lamp, "#ffffff", 0.4))


def clouds(c: Canvas, places: tuple[tuple[float, float, float], ...], colour: Colour) -> None:
    """Of three puffs each; a place is (from the middle, y, size)."""
    for shift, y, size in places:
        for n in (-1, 0, 1):
            c.oval(c.middle + shift + n * size, y + abs(n) * size * 0.25, size, size * 0.6, colour)


def tree(c: Canvas, x: float, y: float, size: float, leaf: Colour, trunk: Colour) -> None:
    """Stands at y and is `size` high."""
    c.shadow(x, y, size * 0.3, "#00000018")
    c.poly(
        [
            (x - size * 0.03, y),
            (x + size * 0.03, y),
            (x + size * 0.016, y - size * 0.6),
            (x - size * 0.016, y - size * 0.6),
        ],
        trunk,
    )
    c.oval(x, y - size * 0.64, size * 0.27, size * 0.33, leaf)
    c.oval(x - size * 0.12, y - size * 0.52, size * 0.19, size * 0.19, mix(leaf, "#000000", 0.06))
    c.oval(x + size * 0.1, y - size * 0.72, size * 0.16, size * 0.2, mix(leaf, "#ffffff", 0.12))


def skyline(
    c: Canvas, ground: float, height: float, wall: Colour, window: Colour, seed: int
) -> None:
    """Houses side by side; with a colour for windows, some of these are lit."""
    chance = random.Random(seed)  # noqa: S311 - the same town every time
    x = -0.02
    while x < c.aspect:
        wide = chance.uniform(0.05, 0.12)
        high = height * chance.uniform(0.35, 1)
        c.rect(x, ground - high, wide + 0.003, high, mix(wall, "#ffffff", chance.uniform(0, 0.05)))
        if chance.random() < 0.3:
            c.rect(x + wide / 2, ground - high - 0.05, 0.004, 0.05, wall)
        if window:
            _windows(c, x, ground - high, wide, high, window, chance)
        x += wide


def tower(c: Canvas, x: float, ground: float, height: float, wall: Colour, lamp: Colour) -> None:
    """Slender in its waist, with a mast."""
    left = [
        (x - 0.042, ground),
        (x - 0.014, ground - height * 0.55),
        (x - 0.026, ground - height * 0.82),
    ]
    right = [(2 * x - px, py) for px, py in reversed(left)]
    c.poly([*left, *right], wall)
    c.line([(x, ground - height * 0.82), (x, ground - height)], wall, 0.006)
    for n in range(7):
        y = ground - height * (0.08 + 0.115 * n)
        half = 0.015 + abs(n - 4.6) * 0.0048
        c.line([(x - half, y), (x + half, y)], lamp + "b0", 0.004)
    c.glow(x, ground - height * 0.82, 0.1, lamp, 0.5)


def _windows(
    c: Canvas, x: float, y: float, wide: float, high: float, light: Colour, chance: random.Random
) -> None:
    for row in range(int(high / 0.026) - 1):
        for column in range(int(wide / 0.018) - 1):
            if chance.random() < 0.36:
                c.rect(
                    x + 0.012 + column * 0.018, y + 0.014 + row * 0.026, 0.007, 0.011, light + "b8"
                )


def _glitter(c: Canvas, x: float, top: float, light: Colour, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same water every time
    for n in range(34):
        y = top + 0.02 + (0.98 - top) * n / 34
        wide = chance.uniform(0.02, 0.07) * (0.7 + 1.4 * n / 34)
        at = x + chance.uniform(-0.05, 0.05) * (0.6 + n / 20)
        c.rect(at - wide / 2, y, wide, 0.005, light + "60", 0.0025)


def _row_of_trees(c: Canvas) -> list[tuple[float, float, float]]:
    chance = random.Random(3)  # noqa: S311 - the same trees every time
    places: list[tuple[float, float, float]] = []
    for side in (-1, 1):
        for n in range(int(c.middle / 0.2) + 1):
            near = chance.uniform(0.5, 0.9)
            places.append(
                (
                    c.middle + side * (0.17 + 0.2 * n) + 0.02,
                    0.6 + 0.2 * near - 0.04,
                    0.34 + 0.3 * near,
                )
            )
    return sorted(places, key=lambda place: place[1])


def _bird(c: Canvas, x: float, y: float, colour: Colour) -> None:
    c.curve(
        [
            (x - 0.03, y - 0.012),
            (x - 0.012, y - 0.016),
            (x, y),
            (x + 0.012, y - 0.016),
            (x + 0.03, y - 0.012),
        ],
        colour,
        0.005,
    )
