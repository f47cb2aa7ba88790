"""Serves the demo by itself and takes every picture anew: those of the guides, and one of every page.

    bin/pictures            all of them
    bin/pictures NAME …     some of the guides'
    bin/pictures pages      of every page: docs/pages.md and docs/pages

Needs Chromium and fonts with Chinese and emoji (Debian's `chromium`, `fonts-noto-cjk`,
`fonts-noto-color-emoji`).
"""

import io
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from docs.pictures.atlas import take_every_page
from docs.pictures.looking import CHROMIUM, SETTLED_MS, looking
from docs.pictures.serving import BASE, demo
from docs.pictures.shots import SHOTS, Shot

IMAGES = Path(__file__).resolve().parents[1] / "images"
QUALITY = 82
EVERY_PAGE = "pages"


def main() -> None:
    asked = sys.argv[1:]
    wanted = [shot for shot in SHOTS if not asked or shot.name in asked]
    IMAGES.mkdir(exist_ok=True)
    with demo(), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for shot in wanted:
            size = _taken(browser, shot)
            print(f"{shot.name}.webp {size / 1024:.0f} KB", flush=True)
        if not asked or EVERY_PAGE in asked:
            take_every_page(browser)
        browser.close()


def _taken(browser: Browser, shot: Shot) -> int:
    with looking(
        browser, shot.who, phone=shot.phone, dark=shot.dark, language=shot.language
    ) as page:
        page.goto(f"{BASE}{shot.path}")
        page.wait_for_load_state("load")
        page.wait_for_timeout(SETTLED_MS)
        whole = page.screenshot(full_page=True)
    return _kept(whole, shot)


def _kept(png: bytes, shot: Shot) -> int:
    with Image.open(io.BytesIO(png)) as whole:
        shown = whole.crop((0, 0, whole.width, min(shot.height or whole.height, whole.height)))
        made = io.BytesIO()
        shown.convert("RGB").save(made, "WEBP", quality=QUALITY, method=6)
    (IMAGES / f"{shot.name}.webp").write_bytes(made.getvalue())
    return len(made.getvalue())


if __name__ == "__main__":
    main()
