"""Whatever stands on whatever can be read, by day and by night (WCAG 2.2, 1.4.3 and 1.4.11)."""

import math
import re
from functools import cache
from itertools import product

import pytest

from quanzi.settings import ROOT

STYLES = ROOT / "assets" / "css"
THEMES = ("light", "dark")
TEXT, LARGE_OR_LINE = 4.5, 3.0
PAPER = ("ground", "surface")
# Read on the page itself, on a card, and on what is let into either.
ON_PAPER = ("text", "text-soft", "text-quiet", "brand", "brand-strong", "accent-text", "danger")
ON_SUNK = ("text", "text-soft", "text-quiet", "brand-strong", "accent-text", "danger")
# Borders of fields, the line around what has the focus, and marks that say something by themselves.
LINES = ("edge", "brand", "danger")
# Beside what a rule says by itself: its ground is another rule's.
ALSO = [("text-soft", "brand-tint"), ("text-quiet", "brand-tint"), ("brand-strong", "brand-tint"),
        ("accent-text", "accent-tint"), ("danger", "danger-tint"), ("on-brand", "brand"),
        ("on-brand", "brand-strong"), ("ground", "text")]  # fmt: skip


@pytest.mark.parametrize("theme", THEMES)
def test_letters_are_read_on_every_ground(theme):
    on_paper = {*product(ON_PAPER, PAPER), *((ink, "sunk") for ink in ON_SUNK), *ALSO}
    pairs = sorted(on_paper | pairs_of_rules())
    assert len(pairs) > 25
    faint = {
        f"{ink} on {ground}": round(found, 2)
        for ink, ground in pairs
        if (found := contrast(colour(theme, ink), colour(theme, ground))) < TEXT
    }
    assert faint == {}


@pytest.mark.parametrize("theme", THEMES)
def test_the_edges_of_what_is_pressed_or_filled_in_are_seen(theme):
    faint = {
        f"{line} on {ground}": round(found, 2)
        for line, ground in product(LINES, PAPER)
        if (found := contrast(colour(theme, line), colour(theme, ground))) < LARGE_OR_LINE
    }
    assert faint == {}


@pytest.mark.parametrize("theme", THEMES)
def test_who_has_no_picture_has_a_letter_that_is_read(theme):
    """Twelve hues, each with its own letter on its own two tints."""
    turns = [0.0, *map(float, re.findall(r'\[data-hue="\d+"\] { --hue: (\d+); }', sheet("hues")))]
    assert len(turns) == 13
    for hue, ground in product(turns[1:], ("hue-tint", "hue-tint-2")):
        found = contrast(oklch(theme, "hue-text", hue), oklch(theme, ground, hue))
        assert found >= TEXT, f"{hue}° on {ground}: {found:.2f}"


def test_the_measure_itself_is_right():
    assert contrast((0, 0, 0), (1, 1, 1)) == pytest.approx(21)
    assert contrast(hexed("#777"), hexed("#ffffff")) == pytest.approx(4.48, abs=0.01)


def pairs_of_rules() -> set[tuple[str, str]]:
    """Of every rule that names both: what is written, and on what."""
    found = set()
    for file in sorted(STYLES.rglob("*.css")):
        for rule in re.findall(r"{([^{}]*)}", file.read_text()):
            ink = re.search(r"(?<![\w-])color: var\(--([\w-]+)\)", rule)
            ground = re.search(r"(?<![\w-])background(?:-color)?: var\(--([\w-]+)\)", rule)
            if ink and ground and "hue" not in ink[1] + ground[1]:
                found.add((ink[1], ground[1]))
    return found


@cache
def sheet(name: str) -> str:
    return (STYLES / "2-tokens" / f"{name}.css").read_text()


@cache
def tokens(theme: str, name: str) -> dict[str, str]:
    """By day what stands outside of every question; by night also what stands in the one about it."""
    day, _, rest = sheet(name).partition("@media (prefers-color-scheme: dark)")
    night = rest.partition("@media")[0] if theme == "dark" else ""
    return dict(re.findall(r"--([\w-]+): ([^;]+);", day + night))


def colour(theme: str, name: str) -> tuple[float, float, float]:
    value = tokens(theme, "colours")[name]
    inner = re.fullmatch(r"var\(--([\w-]+)\)", value)
    return colour(theme, inner[1]) if inner else hexed(value)


def hexed(value: str) -> tuple[float, float, float]:
    digits = value.removeprefix("#")
    whole = digits if len(digits) == 6 else "".join(each * 2 for each in digits)
    red, green, blue = (int(whole[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return red, green, blue


def oklch(theme: str, name: str, hue: float) -> tuple[float, float, float]:
    said = re.fullmatch(
        r"oklch\((\d+)% ([\d.]+) (?:var\(--hue\)|calc\(var\(--hue\) \+ (\d+)\))\)",
        tokens(theme, "hues")[name],
    )
    assert said, name
    lightness, chroma = float(said[1]) / 100, float(said[2])
    angle = math.radians(hue + float(said[3] or 0))
    a, b = chroma * math.cos(angle), chroma * math.sin(angle)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )
    red, green, blue = (_curved(min(max(each, 0.0), 1.0)) for each in linear)
    return red, green, blue


def contrast(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colours: tuple[float, ...]) -> float:
    red, green, blue = (
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in colours
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _curved(linear: float) -> float:
    return 12.92 * linear if linear <= 0.0031308 else 1.055 * linear ** (1 / 2.4) - 0.055
