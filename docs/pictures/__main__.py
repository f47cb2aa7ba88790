"""Serves the demo by itself and takes every picture anew, into `docs/images`.

    bin/pictures [NAME …]

Needs Chromium and fonts with Chinese and emoji (Debian's `chromium`, `fonts-noto-cjk`,
`fonts-noto-color-emoji`).
"""

import io
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from docs.pictures.shots import SHOTS, Shot
from quanzi.demo.loading import PASSWORD

IMAGES = Path(__file__).resolve().parents[1] / "images"
CHROMIUM = "/usr/bin/chromium"
PORT = 8763
BASE = f"http://127.0.0.1:{PORT}"
READY_WITHIN = 180
QUALITY = 82


def main() -> None:
    wanted = [shot for shot in SHOTS if not sys.argv[1:] or shot.name in sys.argv[1:]]
    IMAGES.mkdir(exist_ok=True)
    with _demo(), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for shot in wanted:
            size = _taken(browser, shot)
            print(f"{shot.name}.webp {size / 1024:.0f} KB", flush=True)
        browser.close()


@contextmanager
def _demo() -> Iterator[None]:
    with tempfile.TemporaryDirectory(prefix="quanzi-pictures-") as folder:
        # The embedded servers run as a user of their own.
        Path(folder).chmod(0o755)
        serving = subprocess.Popen(
            [sys.executable, "-m", "quanzi.cli", "serve", "--port", str(PORT)],
            env=os.environ | {"QUANZI_VAR": folder},
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            _until_ready(serving)
            yield
        finally:
            serving.send_signal(signal.SIGTERM)
            serving.wait(60)


def _until_ready(serving: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + READY_WITHIN
    while time.monotonic() < until and serving.poll() is None:
        try:
            with urlopen(f"{BASE}/readyz"):
                return
        except URLError:
            time.sleep(0.5)
    sys.exit("quanzi: the demo did not start.")


def _taken(browser: Browser, shot: Shot) -> int:
    width, height = (390, 844) if shot.phone else (1280, 900)
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if shot.dark else "light",
        locale={"zh-Hans": "zh-CN", "zh-Hant": "zh-TW", "en": "en-GB"}[shot.language],
        reduced_motion="reduce",
        is_mobile=shot.phone,
        has_touch=shot.phone,
    )
    page = context.new_page()
    if shot.who:
        _sign_in(page, shot.who)
    page.goto(f"{BASE}{shot.path}")
    page.wait_for_load_state("load")
    # Pictures that load late, and the first word of the live connection.
    page.wait_for_timeout(800)
    whole = page.screenshot(full_page=True)
    context.close()
    return _kept(whole, shot)


def _sign_in(page: Page, handle: str) -> None:
    page.goto(f"{BASE}/signin")
    page.fill("input[name=handle]", handle)
    page.fill("input[name=password]", PASSWORD)
    page.click("main form button:not([formaction])")
    page.wait_for_url(lambda url: "/signin" not in url)


def _kept(png: bytes, shot: Shot) -> int:
    with Image.open(io.BytesIO(png)) as whole:
        shown = whole.crop((0, 0, whole.width, min(shot.height or whole.height, whole.height)))
        made = io.BytesIO()
        shown.convert("RGB").save(made, "WEBP", quality=QUALITY, method=6)
    (IMAGES / f"{shot.name}.webp").write_bytes(made.getvalue())
    return len(made.getvalue())


if __name__ == "__main__":
    main()
