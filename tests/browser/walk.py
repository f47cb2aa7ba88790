"""Every page of the site, by whom it looks different: from the table of doors, so that none is forgotten."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from tests.matrix.asking import door, objects
from tests.matrix.stage import Stage
from tests.matrix.table import ROWS, Row
from tests.people import CIRCLE

# Who is asked first shows most: whoever follows is only looked at for what the others did not show.
LOOKERS = ("owner", "admin", "member", "visitor", "moderator", "reviewer")
# Doors that open to what is no page: files, figures, and what programs read; and the gallery, which
# shows side by side, with their names twice, what no page has at once.
NO_PAGES = re.compile(
    r"GET /(api/|assets/|healthz|readyz|metrics|sw\.js|robots\.txt|sitemap|oembed|dev/gallery)"
)
# Pages whose address says something besides, and one that is not there.
BESIDES = {
    "GET /discover": ["?q=大家"],
    "GET /c/{circle}/manage/review": ["?state=decided", "?state=second"],
    "GET /c/{circle}/manage/plan": ["?view=month", "?view=list"],
    "GET /c/{circle}/manage/services/requests": ["?state=new"],
    "GET /left": ["/nowhere"],
}


@dataclass(frozen=True)
class Page:
    who: str
    path: str
    html: str = field(repr=False)

    def __str__(self) -> str:
        return f"{self.who} at {self.path}"


async def pages(stage: Stage) -> AsyncIterator[Page]:
    for row in ROWS:
        if row.door.startswith("GET ") and not NO_PAGES.match(row.door):
            shown: set[str] = set()
            for who in LOOKERS:
                for path in _paths(stage, row, who):
                    await stage.calm()
                    answer = await stage.ask(who, "GET", path)
                    is_page = answer.text[:200].lower().lstrip().startswith("<!doctype html")
                    parts = looks(answer.text) if is_page else set()
                    if parts - shown:
                        shown |= parts
                        yield Page(who, path, answer.text)


def _paths(stage: Stage, row: Row, who: str) -> list[str]:
    """Of several things of a kind one is enough: what is public, and Joyrun's."""
    form = door(row)[1]
    found: dict[str, str] = {}
    for at in objects(stage, row, who):
        values = {name: at.values[name] for name in re.findall(r"{(\w+)}", form)}
        if values.get("circle", CIRCLE) == CIRCLE and values.get("partner", "joyrun") == "joyrun":
            found.setdefault(at.kind, form.format(**values))
    also = BESIDES.get(row.door, [])
    first = next(iter(found.values()), "")
    return [*found.values(), *(each if each[0] == "/" else first + each for each in also)]


def looks(html: str) -> set[str]:
    """Elements by what they are and how they are dressed, without what is written in them."""
    named = re.compile(r'\s(class|role|type|name|aria-[a-z]+|hx-[a-z:]+)="([^"]*)"')
    return {
        tag + "".join(sorted(f" {name}={value if name == 'class' else ''}"
                             for name, value in named.findall(attributes)))
        for tag, attributes in re.findall(r"<([a-z][a-z0-9]*)((?:\s[^<>]*)?)>", html)
    }  # fmt: skip
