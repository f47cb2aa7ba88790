"""Where bars and lines stand in a drawing of 360 by 140: nothing but arithmetic.

Drawn by templates into SVG, whose numbers are attributes, so that no style is needed for a place.
"""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 360.0, 140.0
# Room for the figures at the left and the days below.
LEFT, TOP, BOTTOM = 38.0, 12.0, 118.0
GAP = 0.25


@dataclass(frozen=True, slots=True)
class Bar:
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Bars:
    """`zero`: where the line of nothing is. `most`, `least`: what stands at top and bottom."""

    up: Sequence[Bar]
    down: Sequence[Bar]
    zero: float
    most: int
    least: int


@dataclass(frozen=True, slots=True)
class Line:
    points: str
    most: int
    least: int


def bars(up: Sequence[int], down: Sequence[int] = ()) -> Bars:
    most, least = nice(max(up, default=0)), nice(max(down, default=0)) if any(down) else 0
    unit = (BOTTOM - TOP) / (most + least)
    zero = TOP + most * unit
    step = (WIDTH - LEFT) / max(1, len(up))
    wide = round(step * (1 - GAP), 2)
    x = [round(LEFT + n * step, 2) for n in range(len(up))]
    return Bars(
        [Bar(x[n], round(zero - v * unit, 2), wide, round(v * unit, 2)) for n, v in enumerate(up)],
        [Bar(x[n], round(zero, 2), wide, round(v * unit, 2)) for n, v in enumerate(down)],
        round(zero, 2),
        most,
        least,
    )


def line(values: Sequence[int]) -> Line:
    """Not from nothing, but from what it was: a circle of a million that gains a hundred shows it."""
    low, high = min(values, default=0), max(values, default=0)
    high = high if high > low else low + 1
    unit = (BOTTOM - TOP) / (high - low)
    points = " ".join(
        f"{middle(n, len(values)):.1f},{BOTTOM - (v - low) * unit:.1f}"
        for n, v in enumerate(values)
    )
    return Line(points, high, low)


def middle(n: int, of: int) -> float:
    """The middle of one of so many days."""
    step = (WIDTH - LEFT) / max(1, of)
    return round(LEFT + (n + (1 - GAP) / 2) * step, 2)


def nice(most: int) -> int:
    """The next round figure: 1, 2, 5, 10, 20, 50 …"""
    size = 1
    while True:
        for digit in (1, 2, 5):
            if digit * size >= most:
                return digit * size
        size *= 10
