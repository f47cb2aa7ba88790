"""At home: the nursery, the kitchen, flowers."""

import math

from quanzi.demo.painting.canvas import Canvas, Colour, mix
from quanzi.demo.painting.outdoors import Colours
from quanzi.demo.painting.things import steam


def mobile(c: Canvas, p: Colours) -> None:
    """What turns above a cot: moon, stars, a cloud, a whale."""
    wall, rod, moon, star, cloud, whale = p
    c.sky(wall, mix(wall, "#ffffff", 0.35))
    for n in range(int(c.aspect / 0.16) + 2):
        for row in range(7):
            c.disc(0.16 * n + 0.08 * (row % 2), 0.07 + 0.15 * row, 0.007, "#ffffff90")
    x = c.middle
    c.line([(x, -0.05), (x, 0.16)], rod, 0.008)
    c.curve(
        [(x - 0.46, 0.225), (x - 0.2, 0.165), (x, 0.16), (x + 0.2, 0.165), (x + 0.46, 0.225)],
        rod,
        0.016,
    )
    c.disc(x, 0.155, 0.024, rod)
    for shift, top, y in (
        (-0.45, 0.22, 0.5),
        (-0.23, 0.17, 0.66),
        (0.0, 0.16, 0.42),
        (0.23, 0.17, 0.7),
        (0.45, 0.22, 0.5),
    ):
        c.line([(x + shift, top), (x + shift, y)], rod + "b0", 0.004)
    c.disc(x - 0.45, 0.55, 0.088, moon)
    c.disc(x - 0.412, 0.527, 0.07, mix(wall, "#ffffff", 0.2))
    _star(c, x - 0.23, 0.7, 0.075, star)
    _cloud(c, x, 0.48, 0.1, cloud)
    _star(c, x + 0.23, 0.74, 0.06, mix(star, moon, 0.5))
    _whale(c, x + 0.45, 0.55, 0.115, whale)
    for n in range(3):
        c.blob(
            [
                (x - 0.016 + 0.09 * (n - 1), 0.6 + 0.05 * (n % 2)),
                (x + 0.09 * (n - 1), 0.57 + 0.05 * (n % 2)),
                (x + 0.016 + 0.09 * (n - 1), 0.6 + 0.05 * (n % 2)),
                (x + 0.09 * (n - 1), 0.622 + 0.05 * (n % 2)),
            ],
            mix(whale, "#ffffff", 0.4),
        )


def toys(c: Canvas, p: Colours) -> None:
    """Blocks, a ball and a bear on the floor."""
    wall, floor, one, two, three, bear = p
    c.sky(wall, mix(wall, "#ffffff", 0.3), bottom=0.7)
    c.sky(floor, mix(floor, "#000000", 0.05), top=0.7)
    x = c.middle
    for n in range(int(c.aspect / 0.22) + 1):
        c.poly(
            [(0.22 * n, 0.12), (0.22 * n + 0.13, 0.12), (0.22 * n + 0.065, 0.23)],
            (one, two, three)[n % 3],
        )
    c.line([(0, 0.12), (c.aspect, 0.12)], mix(floor, "#000000", 0.3), 0.005)
    c.oval(x, 0.87, 0.62, 0.1, mix(one, "#ffffff", 0.65))
    c.oval(x, 0.865, 0.5, 0.075, mix(one, "#ffffff", 0.78))
    left = x - 0.46
    for at, y, colour, mark in (
        (left, 0.7, two, "disc"),
        (left + 0.18, 0.7, three, "bar"),
        (left + 0.08, 0.53, one, "disc"),
    ):
        c.rect(at, y, 0.165, 0.165, colour, 0.02)
        c.rect(at + 0.02, y + 0.02, 0.125, 0.125, mix(colour, "#ffffff", 0.3), 0.012)
        if mark == "disc":
            c.disc(at + 0.0825, y + 0.0825, 0.036, colour)
        else:
            _star(c, at + 0.0825, y + 0.0825, 0.044, colour)
    _bear(c, x + 0.16, 0.88, bear)
    c.disc(x + 0.47, 0.82, 0.082, three)
    c.arc(x + 0.4, 0.82, 0.09, -45, 45, "#ffffffd0", 0.014)
    c.arc(x + 0.54, 0.82, 0.09, 135, 225, "#ffffffd0", 0.014)


def washing(c: Canvas, p: Colours) -> None:
    """Small clothes on the line."""
    high, low, *clothes = p
    c.sky(high, low)
    c.glow(c.middle - 0.4, 0.16, 0.4, "#fff3cf", 0.8)
    for shift, y, size in ((-0.2, 0.14, 0.075), (0.45, 0.2, 0.06)):
        _cloud(c, c.middle + shift, y, size, "#ffffffd0")
    c.ridge(0.86, 0.08, mix(low, "#7fae7a", 0.65), seed=4)
    c.ridge(0.93, 0.05, mix(low, "#5f9a6c", 0.85), seed=9)
    places: list[float] = []
    at = c.middle - 0.44 - 0.44 * int((c.middle - 0.3) / 0.44)
    while at < c.aspect + 0.2:
        places.append(at)
        at += 0.22
    c.curve([(-0.1, 0.3), (c.middle, 0.365), (c.aspect + 0.1, 0.3)], "#7a6250", 0.006)
    for n, x in enumerate(places):
        y = 0.365 - 0.062 * ((x - c.middle) / (c.middle + 0.1)) ** 2
        colour = clothes[n % len(clothes)]
        (_shirt, _socks, _trousers)[n % 3](c, x, y, colour)


def flowers(c: Canvas, p: Colours) -> None:
    """A bunch in a vase by the window."""
    wall, table, vase, one, two, leaf = p
    c.sky(wall, mix(wall, "#ffffff", 0.35), bottom=0.8)
    c.sky(table, mix(table, "#000000", 0.06), top=0.8)
    x = c.middle
    c.disc(x, 0.42, 0.36, mix(wall, "#ffffff", 0.5))
    c.shadow(x + 0.02, 0.885, 0.18)
    heads = (
        (0, 0.22, 0.095, one),
        (-0.19, 0.3, 0.08, two),
        (0.2, 0.28, 0.085, two),
        (-0.09, 0.38, 0.07, mix(one, "#ffffff", 0.4)),
        (0.1, 0.4, 0.075, one),
        (-0.28, 0.44, 0.05, mix(two, "#ffffff", 0.35)),
        (0.29, 0.43, 0.055, mix(one, "#ffffff", 0.3)),
    )
    for dx, y, _, _ in heads:
        c.curve([(x + dx * 0.15, 0.66), (x + dx * 0.55, 0.54), (x + dx, y)], leaf, 0.009)
    for side, y, size in ((-1, 0.54, 0.17), (1, 0.53, 0.18), (-1, 0.62, 0.13), (1, 0.62, 0.12)):
        c.blob(
            [
                (x + side * 0.03, y + 0.06),
                (x + side * size * 0.6, y - 0.05),
                (x + side * size * 1.35, y - 0.03),
                (x + side * size * 0.8, y + 0.045),
            ],
            mix(leaf, "#ffffff", 0.14 if size > 0.15 else 0),
        )
    for dx, y, size, colour in heads:
        _flower(c, x + dx, y, size, colour)
    c.blob(
        [
            (x - 0.08, 0.6),
            (x + 0.08, 0.6),
            (x + 0.075, 0.66),
            (x + 0.13, 0.78),
            (x + 0.08, 0.88),
            (x - 0.08, 0.88),
            (x - 0.13, 0.78),
            (x - 0.075, 0.66),
        ],
        vase,
    )
    c.blob(
        [(x - 0.07, 0.7), (x - 0.05, 0.7), (x - 0.07, 0.8), (x - 0.09, 0.8)],
        mix(vase, "#ffffff", 0.45),
    )


def lunch(c: Canvas, p: Colours) -> None:
    """A bowl of noodles with its neighbours, from above."""
    table, bowl, soup, green, red, mat = p
    c.sky(table, mix(table, "#000000", 0.06))
    x, y = c.middle, 0.53
    c.rect(x - 0.56, 0.11, 1.12, 0.82, mat, 0.03)
    for n in range(14):
        c.rect(x - 0.56, 0.15 + 0.056 * n, 1.12, 0.003, mix(mat, "#000000", 0.1))
    bx = x - 0.1
    c.disc(bx + 0.014, y + 0.022, 0.335, "#0000001c")
    c.disc(bx, y, 0.33, bowl)
    c.disc(bx, y, 0.29, mix(bowl, "#ffffff", 0.35))
    c.disc(bx, y, 0.265, soup)
    for n in range(9):
        r = 0.07 + 0.021 * n
        c.arc(
            bx + 0.014 * (n % 3),
            y + 0.012 * (n % 2),
            r,
            20 + n * 31,
            190 + n * 37,
            mix(soup, "#fff2cf", 0.72),
            0.013,
        )
    c.disc(bx - 0.1, y + 0.07, 0.088, "#fffaf0")
    c.disc(bx - 0.1, y + 0.07, 0.046, "#f2b13c")
    for n in range(6):
        turn = -1.9 + 0.35 * n
        c.blob(
            [
                (bx + 0.08 * math.cos(turn), y + 0.08 * math.sin(turn)),
                (bx + 0.18 * math.cos(turn - 0.16), y + 0.18 * math.sin(turn - 0.16)),
                (bx + 0.235 * math.cos(turn), y + 0.235 * math.sin(turn)),
                (bx + 0.18 * math.cos(turn + 0.16), y + 0.18 * math.sin(turn + 0.16)),
            ],
            mix(green, "#ffffff", 0.12 * (n % 3)),
        )
    for n in range(3):
        c.disc(bx + 0.12 + 0.03 * n, y + 0.06 + 0.055 * n, 0.047, mix(red, "#ffffff", 0.12 * n))
        c.ring(bx + 0.12 + 0.03 * n, y + 0.06 + 0.055 * n, 0.03, "#ffffff60", 0.006)
    for dx in (0.31, 0.345):
        c.line([(x + dx + 0.012, 0.2), (x + dx + 0.032, 0.88)], "#00000018", 0.015)
        c.line([(x + dx, 0.19), (x + dx + 0.02, 0.87)], "#8a5a3a", 0.015)
        c.line([(x + dx, 0.19), (x + dx + 0.005, 0.33)], red, 0.016)
    c.disc(x + 0.475, 0.27, 0.075, bowl)
    c.disc(x + 0.475, 0.27, 0.057, mix(green, "#fff2cf", 0.45))
    steam(c, bx, y - 0.12, "#ffffff")


def _star(c: Canvas, x: float, y: float, radius: float, colour: Colour) -> None:
    points = []
    for n in range(10):
        r = radius if n % 2 == 0 else radius * 0.52
        turn = math.radians(-90 + 36 * n)
        points.append((x + r * math.cos(turn), y + r * math.sin(turn)))
    c.poly(points, colour)


def _cloud(c: Canvas, x: float, y: float, size: float, colour: Colour) -> None:
    solid = colour[:7]
    c.rect(x - size, y, size * 2, size * 0.5, solid, size * 0.25)
    c.disc(x - size * 0.4, y, size * 0.42, solid)
    c.disc(x + size * 0.3, y - size * 0.08, size * 0.55, solid)


def _whale(c: Canvas, x: float, y: float, size: float, colour: Colour) -> None:
    c.blob(
        [
            (x - size, y - size * 0.1),
            (x - size * 0.5, y - size * 0.55),
            (x + size * 0.25, y - size * 0.45),
            (x + size * 0.85, y - size * 0.15),
            (x + size * 0.4, y + size * 0.4),
            (x - size * 0.6, y + size * 0.42),
        ],
        colour,
    )
    c.blob(
        [
            (x + size * 0.7, y - size * 0.05),
            (x + size * 0.82, y - size * 0.5),
            (x + size * 1.05, y - size * 0.62),
            (x + size * 1.3, y - size * 0.45),
            (x + size * 1.02, y - size * 0.2),
        ],
        colour,
    )
    c.blob(
        [
            (x - size * 0.92, y + size * 0.12),
            (x - size * 0.2, y + size * 0.18),
            (x + size * 0.3, y + size * 0.38),
            (x - size * 0.55, y + size * 0.41),
        ],
        mix(colour, "#ffffff", 0.55),
    )
    c.disc(x - size * 0.5, y - size * 0.14, size * 0.07, "#2b3140")


def _bear(c: Canvas, x: float, y: float, fur: Colour) -> None:
    pale = mix(fur, "#fff2df", 0.6)
    c.shadow(x, y, 0.19)
    for side in (-1, 1):
        c.oval(x + side * 0.11, y - 0.04, 0.075, 0.052, fur)
        c.oval(x + side * 0.125, y - 0.035, 0.036, 0.03, pale)
        c.oval(x + side * 0.135, y - 0.18, 0.042, 0.075, mix(fur, "#000000", 0.06))
        c.disc(x + side * 0.1, y - 0.43, 0.05, fur)
        c.disc(x + side * 0.1, y - 0.43, 0.027, pale)
    c.oval(x, y - 0.15, 0.125, 0.145, fur)
    c.oval(x, y - 0.135, 0.078, 0.095, pale)
    c.oval(x, y - 0.345, 0.14, 0.122, fur)
    c.oval(x, y - 0.31, 0.066, 0.05, pale)
    c.oval(x, y - 0.335, 0.021, 0.015, "#3a2c26")
    c.arc(x, y - 0.32, 0.022, 20, 160, "#3a2c26", 0.005)
    for side in (-1, 1):
        c.disc(x + side * 0.058, y - 0.372, 0.013, "#3a2c26")


def _flower(c: Canvas, x: float, y: float, size: float, colour: Colour) -> None:
    for n in range(8):
        turn = n * math.pi / 4 + size * 9
        c.disc(
            x + size * 0.62 * math.cos(turn),
            y + size * 0.62 * math.sin(turn),
            size * 0.4,
            mix(colour, "#ffffff", 0.12 * (n % 2)),
        )
    c.disc(x, y, size * 0.55, mix(colour, "#000000", 0.06))
    c.disc(x, y, size * 0.32, "#f4cf73")


def _shirt(c: Canvas, x: float, y: float, colour: Colour) -> None:
    c.poly(
        [
            (x - 0.06, y),
            (x + 0.06, y),
            (x + 0.125, y + 0.075),
            (x + 0.088, y + 0.12),
            (x + 0.066, y + 0.098),
            (x + 0.066, y + 0.25),
            (x - 0.066, y + 0.25),
            (x - 0.066, y + 0.098),
            (x - 0.088, y + 0.12),
            (x - 0.125, y + 0.075),
        ],
        colour,
    )
    c.slice(x, y, 0.03, 0, 180, mix(colour, "#000000", 0.14))
    for n in range(3):
        c.rect(x - 0.066, y + 0.13 + 0.038 * n, 0.132, 0.013, "#ffffff70")
    _pegs(c, x - 0.05, x + 0.05, y)


def _socks(c: Canvas, x: float, y: float, colour: Colour) -> None:
    for dx in (-0.045, 0.045):
        c.rect(x + dx - 0.024, y, 0.048, 0.11, colour, 0.008)
        c.rect(x + dx - 0.024, y + 0.075, 0.085, 0.05, colour, 0.022)
        c.rect(x + dx - 0.024, y, 0.048, 0.022, mix(colour, "#ffffff", 0.5))
    _pegs(c, x - 0.045, x + 0.045, y)


def _trousers(c: Canvas, x: float, y: float, colour: Colour) -> None:
    c.poly(
        [
            (x - 0.07, y),
            (x + 0.07, y),
            (x + 0.088, y + 0.24),
            (x + 0.016, y + 0.24),
            (x, y + 0.1),
            (x - 0.016, y + 0.24),
            (x - 0.088, y + 0.24),
        ],
        colour,
    )
    c.rect(x - 0.071, y, 0.142, 0.03, mix(colour, "#000000", 0.12))
    c.rect(x - 0.055, y + 0.12, 0.04, 0.04, mix(colour, "#ffffff", 0.35), 0.006)
    _pegs(c, x - 0.055, x + 0.055, y)


def _pegs(c: Canvas, one: float, other: float, y: float) -> None:
    for x in (one, other):
        c.rect(x - 0.006, y - 0.018, 0.012, 0.042, "#d9a86c", 0.004)
