"""A picture of every page, found by following the demo's links, and `docs/pages.md` that shows them.

Each picture is a page at a desk, light and in Chinese, beside the same on a phone, dark and in English.
"""

import io
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from PIL import Image
from playwright.sync_api import Browser, Page, Response

from docs.pictures.looking import DESK, PHONE, SETTLED_MS, looking
from docs.pictures.routes import NOT_SHOWN, route_of, routes
from docs.pictures.serving import BASE
from docs.pictures.telling import Taken, told

DOCS = Path(__file__).resolve().parents[1]
FOLDER = DOCS / "pages"
HEIGHT, GAP, QUALITY = 420, 8, 60
# Of a kind of page two are asked: what the first has no link to, the other may have.
OF_A_KIND = 2
# Whoever comes first is pictured: a member's page shows more than a visitor's, and only theirs lead to the desk.
# aqiang: about whom something was decided.
LOOKERS = ("xiaolan", "", "aqiang", "joyrun-owner", "moderator", "admin")
LINKS = "[...new Set([...document.querySelectorAll('a[href]')].map((each) => each.href))]"


def take_every_page(browser: Browser) -> None:
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.webp"):
        old.unlink()
    taken: dict[str, Taken] = {}
    for who in LOOKERS:
        for each in _found_by(browser, who, taken):
            print(f"{each.route}  {each.title}", flush=True)
    (DOCS / "pages.md").write_text(told(list(taken.values())))
    missing = [route for route in routes() if route not in taken and route not in NOT_SHOWN]
    if missing:
        print("No link led to:", *missing, sep="\n  ")


def _found_by(browser: Browser, who: str, taken: dict[str, Taken]) -> Iterator[Taken]:
    with (
        looking(browser, who, phone=False, dark=False, language="zh-Hans") as desk,
        looking(browser, who, phone=True, dark=True, language="en") as phone,
    ):
        waiting, seen = ["/"], {"/"}
        asked: dict[str, int] = {}
        for address in waiting:
            path = urlsplit(address).path
            route = route_of(path)
            if route is None or asked.get(route, 0) >= OF_A_KIND:
                continue
            asked[route] = asked.get(route, 0) + 1
            if not _is_page(desk.goto(BASE + address), path):
                continue
            waiting += [each for each in _links(desk) if each not in seen]
            seen.update(waiting)
            if route not in taken:
                taken[route] = _taken(desk, phone, route, address, who)
                yield taken[route]


def _links(page: Page) -> list[str]:
    """To pages of this site, in the language it is in."""
    there = [urlsplit(link) for link in page.evaluate(LINKS) if link.startswith(BASE)]
    return [
        each.path + f"?{each.query}" * bool(each.query)
        for each in there
        if not each.query.startswith("lang=")
    ]


def _is_page(answer: Response | None, path: str) -> bool:
    """That very page, and not one it led on to."""
    return (
        answer is not None
        and answer.ok
        and urlsplit(answer.url).path == path
        and answer.headers.get("content-type", "").startswith("text/html")
    )


def _taken(desk: Page, phone: Page, route: str, path: str, who: str) -> Taken:
    phone.goto(BASE + path)
    desk.wait_for_timeout(SETTLED_MS)
    made = Taken(route, desk.title().rpartition(" · ")[0] or desk.title(), who)
    _beside(desk.screenshot(), phone.screenshot()).save(
        FOLDER / made.file, "WEBP", quality=QUALITY, method=6
    )
    return made


def _beside(desk: bytes, phone: bytes) -> Image.Image:
    wide, narrow = (
        Image.open(io.BytesIO(png))
        .convert("RGB")
        .resize((round(size[0] * HEIGHT / size[1]), HEIGHT))
        for png, size in ((desk, DESK), (phone, PHONE))
    )
    both = Image.new("RGB", (wide.width + GAP + narrow.width, HEIGHT), "white")
    both.paste(wide, (0, 0))
    both.paste(narrow, (wide.width + GAP, 0))
    return both
