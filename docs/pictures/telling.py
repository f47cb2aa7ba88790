"""`docs/pages.md`: what was taken, room by room."""

import re
from dataclasses import dataclass
from html import escape

from docs.pictures.routes import NOT_SHOWN

ROOMS = {
    "/c/{circle}/manage": "The desk of a circle",
    "/c/": "A circle",
    "/partners/": "Partners",
    "/admin": "Running the site",
    "/review": "Moderation",
    "/me/": "One's own",
    "/": "The site",
}


@dataclass(frozen=True, slots=True)
class Taken:
    route: str
    title: str
    who: str

    @property
    def file(self) -> str:
        return (re.sub(r"[^a-z]+", "-", self.route).strip("-") or "home") + ".webp"


def told(taken: list[Taken]) -> str:
    parts = [
        "# Every page\n",
        "Of the demo, taken by `bin/pictures`: at a desk, light, in Chinese, and on a phone, dark, in English.",
        "Found by following links, so each can be reached without knowing its address.\n",
    ]
    for room, name in ROOMS.items():
        theirs = [each for each in taken if _room(each.route) == room]
        parts.append(f"## {name}\n")
        parts += [_row(each) for each in sorted(theirs, key=lambda each: each.route)]
    if NOT_SHOWN:
        parts.append("## Not in the pictures\n")
        parts += [f"- `{route}`: {why}" for route, why in sorted(NOT_SHOWN.items())]
    return "\n".join(parts) + "\n"


def _room(route: str) -> str:
    return next(room for room in ROOMS if route.startswith(room))


def _row(each: Taken) -> str:
    seen_by = f"by `{each.who}`" if each.who else "by a visitor"
    return f"**{escape(each.title, quote=False)}** · `{each.route}`, seen {seen_by}\n\n![{escape(each.title)}](pages/{each.file})\n"
