"""What a person sees on a circle's page, in sentences."""

import asyncio
import time
from typing import Any

from playwright.async_api import Page, expect

# A page as it stands, without what may rightly differ: relative times, who is looking, arrival marks.
STATE = """() => {
  const shown = (id) => {
    const part = document.getElementById(id)?.cloneNode(true);
    if (!part) return null;
    for (const time of part.querySelectorAll("time")) { time.textContent = ""; time.removeAttribute("title"); }
    for (const post of part.querySelectorAll(".post, .comment")) {
      post.classList.remove("post--new", "comment--new", "mine"); post.removeAttribute("hidden");
      if (!post.getAttribute("class")) post.removeAttribute("class");
    }
    for (const here of part.querySelectorAll("[data-count=online]")) here.textContent = "";
    for (const picture of part.querySelectorAll("img[style]")) picture.removeAttribute("style");
    for (const mine of part.querySelectorAll(".mine")) mine.classList.remove("mine");
    part.removeAttribute("style");
    part.normalize();
    return part.outerHTML.replace(/>\\s+</g, "><").trim();
  };
  const bell = document.querySelector("[data-count=notices]")?.textContent.trim() ?? null;
  return { circle: shown("circle"), pins: shown("pins"), feed: shown("feed"),
           comments: shown("comments"), bell };
}"""


async def is_live(page: Page) -> None:
    await is_how(page, "on")


async def is_how(page: Page, how: str, timeout: float = 10_000) -> None:
    await expect(page.locator("html")).to_have_attribute("data-live", how, timeout=timeout)


async def reaches(page: Page, seq: int, timeout: float = 10_000) -> None:
    """Asked again and again from here: the page's policy forbids the browser to be asked to wait."""
    deadline = time.monotonic() + timeout / 1000
    while (now := await page.evaluate("Number(document.getElementById('feed').dataset.seq)")) < seq:
        assert time.monotonic() < deadline, f"the page stands at {now}, not at {seq}"
        await asyncio.sleep(0.01)


async def state(page: Page) -> dict[str, Any]:
    return await page.evaluate(STATE)


async def equals_a_fresh_load(page: Page) -> None:
    """P8: the old page and the frames make the page that a fresh load makes."""
    fresh = await page.context.new_page()
    # Figures take no numbers: they follow within a second or two, and so do notices.
    deadline = time.monotonic() + 10
    while True:
        await fresh.goto(page.url)
        loaded, lived = await state(fresh), await state(page)
        if lived == loaded or time.monotonic() > deadline:
            break
        await asyncio.sleep(0.1)
    await fresh.close()
    assert lived == loaded


async def shows(page: Page, words: str, timeout: float = 5_000) -> None:
    await expect(page.locator("#feed")).to_contain_text(words, timeout=timeout)
