"""The figures as drawings: where each stands between nothing and its aim, and how it got there."""

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

from bench.report.figures import WANTED, Wanted

FILES = {"figures with an aim": "aims.svg", "figures over time": "history.svg"}
WIDTH, ROW, LABEL = 760, 30, 290
FONT = 'font-family="system-ui, sans-serif" font-size="13"'
# Read on white and on black paper alike.
INK, GOOD, BAD, LINE = "#777", "#2a8a63", "#c8662b", "#999"

Found = Mapping[str, Sequence[tuple[str, float]]]


def draw(found: Found, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / FILES["figures with an aim"]).write_text(_aims(found))
    (folder / FILES["figures over time"]).write_text(_history(found))


def _aims(found: Found) -> str:
    """A bar for each, as long as its value beside its aim, which is the upright line."""
    shown = [each for each in WANTED if each.aim and found.get(each.name)]
    at = LABEL + 200
    lines = [_aim(each, found[each.name][-1][1], n) for n, each in enumerate(shown)]
    height = ROW * len(shown) + 24
    upright = f'<path d="M{at} 6V{height - 18}" stroke="{LINE}" stroke-dasharray="3 3"/>'
    caption = f'<text x="{at}" y="{height - 4}" text-anchor="middle" fill="{INK}">aim</text>'
    return _svg(height, "Figures beside their aims", [*lines, upright, caption])


def _aim(wanted: Wanted, value: float, n: int) -> str:
    aim = wanted.aim or 1.0
    good = value <= aim if wanted.less else value >= aim
    long = max(0.0, min(200 * value / aim, WIDTH - LABEL - 70))
    y = n * ROW + 8
    return (
        f'<text x="{LABEL - 8}" y="{y + 14}" text-anchor="end" fill="{INK}">{escape(wanted.name)}</text>'
        f'<rect x="{LABEL}" y="{y}" width="{long:.0f}" height="18" rx="3" fill="{GOOD if good else BAD}"/>'
        f'<text x="{LABEL + long + 6:.0f}" y="{y + 14}" fill="{INK}">{value:g} {"✓" if good else "✗"}</text>'
    )


def _history(found: Found) -> str:
    """Each by itself, between its least and its most."""
    shown = [each for each in WANTED if found.get(each.name)]
    lines = [
        _over_time(each.name, [v for _, v in found[each.name]], n) for n, each in enumerate(shown)
    ]
    return _svg(ROW * len(shown) + 8, "Figures over time", lines)


def _over_time(name: str, values: Sequence[float], n: int) -> str:
    low, high = min(values), max(values)
    step = 300 / max(len(values) - 1, 1)
    y = n * ROW + 8
    points = " ".join(
        f"{LABEL + i * step:.0f},{y + 18 - 16 * ((v - low) / (high - low) if high > low else 0.5):.1f}"
        for i, v in enumerate(values)
    )
    x = LABEL + (len(values) - 1) * step
    last = points.rsplit(" ", 1)[-1].split(",")[1]
    return (
        f'<text x="{LABEL - 8}" y="{y + 14}" text-anchor="end" fill="{INK}">{escape(name)}</text>'
        f'<polyline points="{points}" fill="none" stroke="{GOOD}" stroke-width="2"/>'
        f'<circle cx="{x:.0f}" cy="{last}" r="3" fill="{GOOD}"/>'
        f'<text x="{LABEL + 312}" y="{y + 14}" fill="{INK}">{values[-1]:g}</text>'
    )


def _svg(height: int, title: str, parts: Sequence[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" {FONT}>'
        f"<title>{title}</title>{''.join(parts)}</svg>\n"
    )
