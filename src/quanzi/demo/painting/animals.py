"""Cats and dogs."""

import math

from quanzi.demo.painting.canvas import Canvas, Colour, Point, mix
from quanzi.demo.painting.outdoors import Colours, clouds, tree


def cat(c: Canvas, p: Colours) -> None:
    """A cat's face, looking at you."""
    ground, fur, mark, inner, eye = p
    _wall(c, ground)
    x, y = c.middle, 0.56
    c.blob(
        [
            (x - 0.34, 1.1),
            (x - 0.3, 0.86),
            (x - 0.16, 0.76),
            (x + 0.16, 0.76),
            (x + 0.3, 0.86),
            (x + 0.34, 1.1),
        ],
        mix(fur, "#000000", 0.07),
    )
    for side in (-1, 1):
        c.poly([(x + side * 0.29, y - 0.38), (x + side * 0.29, y), (x + side * 0.04, y - 0.2)], fur)
        c.poly(
            [(x + side * 0.262, y - 0.31), (x + side * 0.265, y - 0.06), (x + side * 0.1, y - 0.2)],
            inner,
        )
    c.oval(x, y, 0.315, 0.265, fur)
    for n in (-1, 0, 1):
        c.line(
            [
                (x + n * 0.062, y - 0.25 + abs(n) * 0.018),
                (x + n * 0.048, y - 0.15 + abs(n) * 0.006),
            ],
            mark,
            0.024,
        )
    for side in (-1, 1):
        for n in (0, 1):
            c.line(
                [
                    (x + side * 0.305, y + 0.015 + n * 0.06),
                    (x + side * 0.235, y + 0.022 + n * 0.045),
                ],
                mark,
                0.018,
            )
    c.oval(x - 0.055, y + 0.125, 0.085, 0.072, mix(fur, "#ffffff", 0.62))
    c.oval(x + 0.055, y + 0.125, 0.085, 0.072, mix(fur, "#ffffff", 0.62))
    c.oval(x, y + 0.175, 0.06, 0.055, mix(fur, "#ffffff", 0.62))
    _eyes(c, x, y - 0.015, 0.135, eye)
    c.blob(
        [(x - 0.032, y + 0.072), (x + 0.032, y + 0.072), (x, y + 0.106)],
        mix(inner, "#a04a4a", 0.35),
    )
    for side in (-1, 1):
        c.arc(x + side * 0.031, y + 0.112, 0.031, 0, 180, mix(mark, "#2b211c", 0.55), 0.007)
        for n in (-1, 0, 1):
            c.line(
                [(x + side * 0.12, y + 0.118 + n * 0.02), (x + side * 0.35, y + 0.1 + n * 0.052)],
                "#ffffffb0",
                0.004,
            )


def dog(c: Canvas, p: Colours) -> None:
    """A dog's face, hoping for something."""
    ground, fur, ear, muzzle, tongue = p
    _wall(c, ground)
    x, y = c.middle, 0.52
    dark = "#2d2522"
    c.blob(
        [(x - 0.3, 1.12), (x - 0.25, 0.84), (x, 0.74), (x + 0.25, 0.84), (x + 0.3, 1.12)],
        mix(fur, "#000000", 0.08),
    )
    c.arc(x, y + 0.16, 0.24, 28, 152, tongue, 0.038)
    c.disc(x, y + 0.415, 0.034, mix("#f2c14e", "#ffffff", 0.15))
    c.blob(
        [
            (x - 0.27, y - 0.16),
            (x - 0.17, y - 0.31),
            (x, y - 0.34),
            (x + 0.17, y - 0.31),
            (x + 0.27, y - 0.16),
            (x + 0.265, y + 0.08),
            (x + 0.16, y + 0.25),
            (x, y + 0.285),
            (x - 0.16, y + 0.25),
            (x - 0.265, y + 0.08),
        ],
        fur,
    )
    c.blob(
        [
            (x - 0.05, y - 0.33),
            (x + 0.05, y - 0.33),
            (x + 0.045, y - 0.05),
            (x + 0.1, y + 0.06),
            (x - 0.1, y + 0.06),
            (x - 0.045, y - 0.05),
        ],
        muzzle,
    )
    for side in (-1, 1):
        c.blob(
            [
                (x + side * 0.15, y - 0.3),
                (x + side * 0.28, y - 0.27),
                (x + side * 0.36, y - 0.05),
                (x + side * 0.335, y + 0.13),
                (x + side * 0.265, y + 0.12),
                (x + side * 0.235, y - 0.08),
            ],
            ear,
        )
    c.blob(
        [
            (x, y + 0.0),
            (x + 0.13, y + 0.05),
            (x + 0.155, y + 0.15),
            (x + 0.08, y + 0.235),
            (x, y + 0.245),
            (x - 0.08, y + 0.235),
            (x - 0.155, y + 0.15),
            (x - 0.13, y + 0.05),
        ],
        muzzle,
    )
    c.blob(
        [
            (x - 0.05, y + 0.185),
            (x + 0.05, y + 0.185),
            (x + 0.052, y + 0.27),
            (x, y + 0.315),
            (x - 0.052, y + 0.27),
        ],
        tongue,
    )
    c.line([(x, y + 0.2), (x, y + 0.275)], mix(tongue, "#7a2e2e", 0.35), 0.006)
    for side in (-1, 1):
        c.arc(x + side * 0.055, y + 0.135, 0.055, 0, 180, dark, 0.009)
        c.disc(x + side * 0.125, y - 0.055, 0.036, dark)
        c.disc(x + side * 0.125 + 0.011, y - 0.068, 0.0115, "#ffffff")
        c.curve(
            [
                (x + side * 0.085, y - 0.156),
                (x + side * 0.13, y - 0.158),
                (x + side * 0.172, y - 0.128),
            ],
            mix(fur, dark, 0.3),
            0.01,
        )
    c.line([(x, y + 0.08), (x, y + 0.14)], dark, 0.009)
    c.blob(
        [
            (x - 0.058, y + 0.03),
            (x, y + 0.015),
            (x + 0.058, y + 0.03),
            (x + 0.035, y + 0.085),
            (x, y + 0.1),
            (x - 0.035, y + 0.085),
        ],
        dark,
    )
    c.oval(x - 0.015, y + 0.04, 0.016, 0.008, "#ffffff70")


def window_cat(c: Canvas, p: Colours) -> None:
    """A cat on the sill, looking out."""
    wall, high, low, frame, fur, light = p
    c.sky(wall, mix(wall, "#000000", 0.12))
    x, wide = c.middle, 0.86
    left = x - wide / 2
    c.rect(left - 0.035, 0.055, wide + 0.07, 0.73, frame, 0.02)
    pane = Canvas(round(860 / 2), 660 // 2)
    pane.sky(high, low)
    pane.glow(0.95, 0.3, 0.4, light, 0.6)
    pane.disc(0.95, 0.3, 0.085, light)
    pane.ridge(0.8, 0.14, mix(low, high, 0.55), seed=5)
    pane.ridge(0.9, 0.12, mix(low, "#1e3a36", 0.45), seed=8)
    c.place(pane, left, 0.09, wide)
    c.rect(x - 0.012, 0.08, 0.024, 0.68, frame)
    c.rect(left, 0.36, wide, 0.018, frame)
    c.rect(left - 0.08, 0.75, wide + 0.16, 0.055, mix(frame, "#ffffff", 0.25), 0.012)
    c.rect(left - 0.08, 0.795, wide + 0.16, 0.022, mix(frame, "#000000", 0.12), 0.01)
    _sitting(c, x - 0.17, 0.757, 0.46, fur)
    _pot(c, x + 0.3, 0.752, mix(light, "#c4643a", 0.6))
    for side in (-1, 1):
        edge = x + side * (wide / 2 + 0.1)
        c.blob(
            [
                (edge + side * 0.2, -0.1),
                (edge - side * 0.07, -0.1),
                (edge - side * 0.035, 0.4),
                (edge - side * 0.01, 0.86),
                (edge + side * 0.2, 0.9),
            ],
            mix(wall, "#ffffff", 0.45),
        )


def lawn_dog(c: Canvas, p: Colours) -> None:
    """A dog on the lawn with its ball."""
    high, low, grass, fur, ear, ball = p
    c.sky(high, low, bottom=0.65)
    clouds(c, ((-0.42, 0.2, 0.07), (0.34, 0.14, 0.055)), "#ffffffa0")
    c.ridge(0.56, 0.06, mix(low, grass, 0.5), seed=17)
    for n in range(int(c.aspect / 0.27) + 1):
        if abs(0.12 + 0.27 * n - c.middle) > 0.2:
            tree(
                c,
                0.12 + 0.27 * n,
                0.64,
                0.26 + 0.05 * math.sin(n * 4),
                mix(grass, "#1d4a3a", 0.3),
                "#6b5544",
            )
    c.ridge(0.63, 0.03, grass, seed=6, bends=1.6)
    for n in range(int(c.aspect / 0.09)):
        gx, gy = 0.05 + n * 0.09, 0.78 + 0.15 * abs(math.sin(n * 5.1))
        for lean in (-0.012, 0, 0.012):
            c.line([(gx, gy), (gx + lean, gy - 0.026)], mix(grass, "#1d4a3a", 0.3) + "90", 0.004)
    x, y = c.middle - 0.03, 0.83
    c.shadow(x, y + 0.012, 0.3, "#00000022")
    shade = mix(fur, "#000000", 0.1)
    c.curve([(x - 0.22, y - 0.22), (x - 0.3, y - 0.3), (x - 0.3, y - 0.4)], fur, 0.042)
    for at, colour in ((-0.2, shade), (0.1, shade), (-0.14, fur), (0.15, fur)):
        c.line([(x + at, y - 0.16), (x + at, y - 0.012)], colour, 0.052)
        c.oval(x + at + 0.012, y - 0.006, 0.036, 0.02, colour)
    c.blob(
        [
            (x - 0.25, y - 0.2),
            (x - 0.2, y - 0.29),
            (x, y - 0.285),
            (x + 0.16, y - 0.31),
            (x + 0.21, y - 0.2),
            (x + 0.12, y - 0.13),
            (x - 0.18, y - 0.12),
        ],
        fur,
    )
    c.blob(
        [
            (x + 0.1, y - 0.27),
            (x + 0.14, y - 0.4),
            (x + 0.2, y - 0.46),
            (x + 0.28, y - 0.44),
            (x + 0.25, y - 0.3),
            (x + 0.19, y - 0.2),
        ],
        fur,
    )
    c.blob(
        [
            (x + 0.15, y - 0.44),
            (x + 0.21, y - 0.51),
            (x + 0.3, y - 0.495),
            (x + 0.335, y - 0.44),
            (x + 0.39, y - 0.42),
            (x + 0.4, y - 0.375),
            (x + 0.32, y - 0.345),
            (x + 0.2, y - 0.35),
        ],
        fur,
    )
    c.blob(
        [
            (x + 0.16, y - 0.49),
            (x + 0.22, y - 0.49),
            (x + 0.235, y - 0.4),
            (x + 0.2, y - 0.33),
            (x + 0.15, y - 0.37),
        ],
        ear,
    )
    c.oval(x + 0.395, y - 0.41, 0.02, 0.017, "#2d2522")
    c.disc(x + 0.29, y - 0.445, 0.012, "#2d2522")
    c.line([(x + 0.16, y - 0.31), (x + 0.26, y - 0.285)], ball, 0.022)
    c.disc(x + 0.46, y - 0.03, 0.045, ball)
    c.arc(x + 0.44, y - 0.03, 0.036, -60, 60, "#ffffffb0", 0.006)


def paws(c: Canvas, p: Colours) -> None:
    """Somebody walked here."""
    ground, first, second = p
    c.sky(ground, mix(ground, "#ffffff", 0.35))
    for row in range(-1, 5):
        for column in range(-1, int(c.aspect / 0.3) + 2):
            x, y = column * 0.3 + (row % 2) * 0.15 + 0.06, row * 0.25 + 0.1
            _paw(
                c,
                x,
                y,
                0.052 if (row + column) % 3 else 0.066,
                first if (row + column) % 2 else second,
                -0.35 + 0.25 * ((row * 2 + column) % 4),
            )


def bowl(c: Canvas, p: Colours) -> None:
    """Dinner is served."""
    high, low, dish, food, mark = p
    c.sky(high, mix(high, low, 0.4), bottom=0.66)
    c.sky(low, mix(low, "#000000", 0.06), top=0.66)
    x, y = c.middle, 0.6
    c.shadow(x, 0.835, 0.4, "#00000024")
    for n in range(15):
        turn = n * 2.4
        c.disc(
            x + 0.19 * math.cos(turn) * (0.35 + n / 18),
            y - 0.045 - 0.07 * abs(math.sin(turn * 1.7)) * (1 - n / 20),
            0.048,
            mix(food, "#000000", 0.05 * (n % 4)),
        )
    c.oval(x, y, 0.33, 0.05, mix(dish, "#000000", 0.18))
    for n in range(17):
        c.disc(
            x - 0.26 + 0.0325 * n,
            y - 0.012 - 0.04 * math.sin(n * 0.19 + 0.1),
            0.038,
            mix(food, "#ffffff", 0.06 * (n % 3)),
        )
    c.poly(
        [
            (x - 0.33, y),
            (x + 0.33, y),
            (x + 0.4, 0.8),
            (x + 0.37, 0.84),
            (x - 0.37, 0.84),
            (x - 0.4, 0.8),
        ],
        dish,
    )
    c.rect(x - 0.345, y - 0.018, 0.69, 0.036, mix(dish, "#ffffff", 0.3), 0.018)
    _paw(c, x, 0.735, 0.05, mark, 0)
    for shift, size in ((-0.52, 0.026), (0.5, 0.03), (0.57, 0.02)):
        c.disc(x + shift, 0.83, size, food)


def _wall(c: Canvas, ground: Colour) -> None:
    c.sky(ground, mix(ground, "#ffffff", 0.3))
    c.disc(c.middle, 0.54, 0.43, mix(ground, "#ffffff", 0.42))


def _eyes(c: Canvas, x: float, y: float, apart: float, eye: Colour) -> None:
    for side in (-1, 1):
        at = x + side * apart
        c.oval(at, y, 0.052, 0.056, eye)
        c.oval(at, y, 0.026, 0.047, "#241d1a")
        c.disc(at + 0.015, y - 0.021, 0.013, "#ffffff")


def _sitting(c: Canvas, x: float, y: float, size: float, fur: Colour) -> None:
    """Seen from behind."""

    def at(*points: Point) -> list[Point]:
        return [(x + dx * size, y + dy * size) for dx, dy in points]

    c.curve(at((0.26, -0.04), (0.46, 0.0), (0.52, 0.18), (0.44, 0.3)), fur, 0.075 * size)
    c.blob(
        at(
            (-0.3, 0),
            (-0.31, -0.2),
            (-0.2, -0.46),
            (-0.14, -0.62),
            (0.14, -0.62),
            (0.2, -0.46),
            (0.31, -0.2),
            (0.3, 0),
        ),
        fur,
    )
    c.oval(x, y - 0.74 * size, 0.2 * size, 0.17 * size, fur)
    for side in (-1, 1):
        c.poly(at((side * 0.19, -1.0), (side * 0.195, -0.74), (side * 0.03, -0.88)), fur)


def _pot(c: Canvas, x: float, y: float, clay: Colour) -> None:
    for n in range(7):
        turn = math.radians(-90 + (n - 3) * 24)
        tip = (x + 0.17 * math.cos(turn), y - 0.1 + 0.16 * math.sin(turn))
        middle = (x + 0.09 * math.cos(turn) - 0.01, y - 0.1 + 0.1 * math.sin(turn))
        c.blob(
            [
                (x, y - 0.09),
                (middle[0] - 0.018, middle[1]),
                tip,
                (middle[0] + 0.022, middle[1] + 0.01),
            ],
            mix("#4c8a66", "#ffffff", 0.05 * (n % 3)),
        )
    c.poly([(x - 0.065, y - 0.1), (x + 0.065, y - 0.1), (x + 0.048, y), (x - 0.048, y)], clay)
    c.rect(x - 0.073, y - 0.115, 0.146, 0.03, mix(clay, "#ffffff", 0.15), 0.008)


def _paw(c: Canvas, x: float, y: float, size: float, colour: Colour, turn: float) -> None:
    def at(dx: float, dy: float) -> Point:
        return (
            x + size * (dx * math.cos(turn) - dy * math.sin(turn)),
            y + size * (dx * math.sin(turn) + dy * math.cos(turn)),
        )

    c.blob(
        [at(0, -0.25), at(0.62, 0.3), at(0.5, 0.75), at(0, 0.62), at(-0.5, 0.75), at(-0.62, 0.3)],
        colour,
    )
    for dx, dy in ((-0.85, -0.18), (-0.34, -0.75), (0.34, -0.75), (0.85, -0.18)):
        c.disc(*at(dx, dy), size * 0.27, colour)
