"""Real Chromium, from Debian's packages; two people side by side."""

import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from playwright.async_api import Browser, BrowserContext, Page, async_playwright

from tests.people import Person

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
async def chromium() -> AsyncIterator[Browser]:
    # The one without windows takes two thirds of the time, where the machine has it.
    async with browser("chromium-headless-shell", "chromium") as started:
        yield started


@asynccontextmanager
async def browser(*names: str) -> AsyncIterator[Browser]:
    """The first of these that the machine has."""
    path = next(filter(None, map(shutil.which, names)), None)
    assert path, "install the package 'chromium' for the browser tests"
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(executable_path=path, args=QUIET)
        yield started
        await started.close()


Opens = Callable[..., Awaitable[Page]]


@pytest.fixture
async def opens(chromium: Browser, cast) -> AsyncIterator[Opens]:
    """`await opens("/c/night-run", xiaolan)`: a page of hers, or of a visitor without her."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    async def open_page(path: str, person: Person | None = None, *, url: str = "", **how) -> Page:
        how = {"locale": "zh-CN", "viewport": {"width": 1280, "height": 900}} | how
        context = await chromium.new_context(**how)
        contexts.append(context)
        base = url or cast.url
        if person is not None:
            await context.add_cookies([{"name": "quanzi", "value": person.token, "url": base}])
        page = await context.new_page()
        page.on("console", lambda said: _note(complaints, said))
        page.on("pageerror", lambda fault: complaints.append(str(fault)))
        if how.get("java_script_enabled", True):
            _as_fast_as_its_scripts(page)
        await page.goto(base + path)
        return page

    yield open_page
    for context in contexts:
        await context.close()
    assert complaints == [], "the browser complained"


def _as_fast_as_its_scripts(page: Page) -> None:
    """These people wait for the scripts; what a page is before and without has tests of its own."""
    for way in ("goto", "reload", "go_back", "wait_for_url"):
        setattr(page, way, _then_they_are_there(page, getattr(page, way)))


def _then_they_are_there(page: Page, go: Callable[..., Awaitable[Any]]) -> Callable[..., Any]:
    async def goes(*where: Any, **how: Any) -> Any:
        answer = await go(*where, **how)
        await page.wait_for_selector("template[data-later]", state="detached")
        return answer

    return goes


def _note(complaints: list[str], said) -> None:
    expected = ("WebSocket connection", "htmx:ws:error", "Failed to load resource", "ERR_", "net::")
    if said.type == "error" and not any(word in said.text for word in expected):
        complaints.append(said.text)


@pytest.fixture(autouse=True)
def _chromium_has_a_home(tmp_path) -> None:
    os.environ.setdefault("HOME", str(tmp_path))
