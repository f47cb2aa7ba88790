"""A browser as somebody: signed in, on a phone or at a desk, in a language and a light."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page

from docs.pictures.serving import BASE
from quanzi.demo.loading import PASSWORD

CHROMIUM = "/usr/bin/chromium"
DESK, PHONE = (1280, 900), (390, 844)
LOCALES = {"zh-Hans": "zh-CN", "zh-Hant": "zh-TW", "en": "en-GB"}
# Pictures that load late, and the first word of the live connection.
SETTLED_MS = 800


@contextmanager
def looking(
    browser: Browser, who: str, *, phone: bool, dark: bool, language: str
) -> Iterator[Page]:
    """`who`: a handle of the demo; nobody is signed in when it is empty."""
    width, height = PHONE if phone else DESK
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if dark else "light",
        locale=LOCALES[language],
        reduced_motion="reduce",
        is_mobile=phone,
        has_touch=phone,
    )
    page = context.new_page()
    if who:
        _sign_in(page, who)
    yield page
    context.close()


def _sign_in(page: Page, handle: str) -> None:
    page.goto(f"{BASE}/signin")
    page.fill("input[name=handle]", handle)
    page.fill("input[name=password]", PASSWORD)
    page.click("main form button:not([formaction])")
    page.wait_for_url(lambda url: "/signin" not in url)
