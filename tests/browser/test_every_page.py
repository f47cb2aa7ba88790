"""On no page is there a barrier that a machine can see, nor HTML that says other than it means."""

import asyncio
import json
from collections import defaultdict
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.async_api import Browser, BrowserContext
from playwright.async_api import Page as Tab

from tests.browser import furnished, node
from tests.browser.walk import LOOKERS, Page, pages
from tests.matrix.stage import Stage
from tests.people import Cast, empty_database

pytestmark = pytest.mark.timeout(600)

DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
# Everything once, and then what another theme or a narrower page may change.
LOOKED_AT: list[tuple[dict[str, int], Any, list[str]]] = [
    (DESK, "light", []),
    (PHONE, "dark", ["color-contrast", "target-size", "scrollable-region-focusable"]),
]
LANGUAGES = {"admin": "en-GB", "visitor": "en-GB", "moderator": "zh-TW"}
# What has just changed its colours is on the way to the new ones for a moment, and is not judged then.
AXE = """async ([rules]) => {
  const moving = () => document.getAnimations().filter((each) => each.playState === "running"
    && each.effect.getComputedTiming().endTime < Infinity);
  for (let round = 0; round < 20 && moving().length; round += 1) moving().forEach((each) => each.finish());
  const run = rules.length ? { runOnly: { type: "rule", values: rules } }
                           : { rules: { "target-size": { enabled: true } } };
  const found = await axe.run(document, { resultTypes: ["violations"], ...run });
  return found.violations.flatMap((one) => one.nodes.map((node) => [
    one.impact ?? "", one.id, node.html.slice(0, 160),
    [...node.any, ...node.all, ...node.none].map((each) => each.message).join("; "),
  ]));
}"""
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
async def stage(site) -> AsyncIterator[Stage]:
    await site.tickers_rest()
    await empty_database()
    cast = Cast(site.url)
    async with httpx.AsyncClient(base_url=site.url, timeout=20, verify=False) as client:
        made = Stage(site.url, client)
        await made.set_up(cast)
        await furnished.furnish(made)
        yield made
    await cast.leave()
    await site.tickers_work()


@pytest.fixture(scope="module")
async def walked(stage) -> list[Page]:
    return [page async for page in pages(stage)]


@pytest.mark.parametrize("who", LOOKERS)
async def test_nobody_meets_a_barrier_in_any_theme_on_any_screen(chromium, stage, walked, who):
    """axe, all of its rules that are serious or critical, and no page that slides sideways."""
    found: dict[str, list[str]] = defaultdict(list)
    theirs = [page for page in walked if page.who == who]
    context = await _context(chromium, stage, who)
    waiting = iter(theirs)

    async def look() -> None:
        tab = await context.new_page()
        for page in waiting:
            await _look(tab, stage.url, page, found)

    await asyncio.gather(look(), look())
    await context.close()
    told = [f"{what}\n      {len(where)}×: {where[0]}" for what, where in sorted(found.items())]
    assert not told, "\n".join(told)


async def test_every_page_is_html_as_it_is_written_down(walked, tmp_path):
    """The W3C's own checker; what htmx reads is no attribute of HTML, and is meant so."""
    jar = node.installed() / "vnu-jar" / "build" / "dist" / "vnu.jar"
    java = node.program("java")
    named = {}
    for number, page in enumerate(walked):
        file = tmp_path / f"{number}.html"
        file.write_text(page.html)
        named[file.name] = page
    checker = await asyncio.create_subprocess_exec(
        java, "-jar", str(jar), "--format", "json", "--stdout", "--exit-zero-always",
        str(tmp_path), stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    said, _ = await checker.communicate()
    found: dict[str, list[str]] = defaultdict(list)
    for fault in json.loads(said)["messages"]:
        if fault["type"] == "error" and not fault["message"].startswith("Attribute “hx-"):
            page = named[fault["url"].rpartition("/")[2]]
            found[fault["message"]].append(f"{page}: {fault.get('extract', '')!r}")
    assert not found, "\n".join(f"{what}\n      {where[0]}" for what, where in found.items())


async def _context(chromium: Browser, stage: Stage, who: str) -> BrowserContext:
    context = await chromium.new_context(
        locale=LANGUAGES.get(who, "zh-CN"), reduced_motion="reduce", viewport=DESK
    )
    # This way in is the debugger's: the page's policy stays what it is.
    await context.add_init_script(AXE_SCRIPT)
    person = stage.people[who]
    if person is not None:
        await context.add_cookies([{"name": "quanzi", "value": person.token, "url": stage.url}])
    return context


async def _look(tab: Tab, url: str, page: Page, found: dict[str, list[str]]) -> None:
    await tab.goto(url + page.path)
    for size, theme, rules in LOOKED_AT:
        await tab.set_viewport_size(size)
        await tab.emulate_media(color_scheme=theme)
        where = f"{page}, {theme}, {size['width']} px"
        for impact, rule, html, message in await tab.evaluate(AXE, [rules]):
            if impact in {"serious", "critical"}:
                found[f"{rule}: {message}"].append(f"{where}: {html}")
        if await tab.evaluate(WIDER) > 0:
            found["slides sideways"].append(where)
