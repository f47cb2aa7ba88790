"""The site as an app: installed, without a net, with a figure on its icon, and passed on."""

import asyncio
import json

from playwright.async_api import expect

from tests.faults.harness import Served
from tests.people import CIRCLE

KEPT = """async () => {
  const found = [];
  for (const name of await caches.keys())
    for (const each of await (await caches.open(name)).keys()) found.push(new URL(each.url).pathname);
  return found;
}"""
WATCHED = """
    window.badges = [];
    navigator.setAppBadge = async (n) => { window.badges.push(n); };
    navigator.clearAppBadge = async () => { window.badges.push(0); };
"""
SHARES = "window.shared = []; navigator.share = async (what) => { window.shared.push(what); };"
NOT_THERE = "Object.defineProperty(navigator, 'share', { value: undefined });"


async def _works(page) -> list[str]:
    """What the worker keeps, once it keeps the offline page with its looks."""
    await page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    for _ in range(100):
        kept = await page.evaluate(KEPT)
        if "/offline" in kept and any(path.endswith("quanzi.css") for path in kept):
            return kept
        await asyncio.sleep(0.1)
    raise AssertionError(f"the worker keeps {kept}")


async def test_the_browser_finds_nothing_wrong_with_the_manifest(opens):
    page = await opens("/discover")
    asked = await page.context.new_cdp_session(page)
    answer = await asked.send("Page.getAppManifest")

    assert answer["errors"] == []
    assert json.loads(answer["data"])["display"] == "standalone"
    found = await asked.send("Page.getInstallabilityErrors")
    # The tests' windows are private ones, into which nothing is installed.
    assert {each["errorId"] for each in found["installabilityErrors"]} <= {"in-incognito"}


async def test_when_the_site_is_away_the_reader_is_told_in_their_language(opens, tmp_path):
    async with Served(tmp_path) as site:
        page = await opens("/discover?lang=en", url=site.url)
        await _works(page)
        await page.goto(f"{site.url}/c/goddess-run")
        await site.kill()

        await page.goto(f"{site.url}/c/goddess-run?before=9")
        await expect(page.get_by_role("heading")).to_have_text("We cannot be reached right now")
        assert (
            await page.evaluate("getComputedStyle(document.querySelector('.button')).minHeight")
            != "auto"
        )

        await site.start()
        await page.get_by_role("link", name="Try again").click()
        await expect(page.locator("#circle")).to_be_visible()
        assert page.url.endswith("/c/goddess-run?before=9")


async def test_nothing_of_a_members_is_kept(opens, xiaolan, owner):
    post = await owner.posts()
    page = await opens("/", xiaolan)
    await _works(page)
    for path in (f"/c/{CIRCLE}", f"/c/{CIRCLE}/p/{post.post_id}", "/me/notices", "/me/sessions"):
        await page.goto(page.url.split("/", 3)[0] + "//" + page.url.split("/", 3)[2] + path)

    kept = await _works(page)

    assert {path for path in kept if not path.startswith("/assets/")} == {"/offline"}


async def test_the_figure_on_the_icon_is_what_the_bell_says(opens, xiaolan, aqiang):
    page = await opens("/", xiaolan)
    await page.add_init_script(WATCHED)
    await page.reload()
    assert set(await page.evaluate("badges")) == {0}

    await aqiang.posts("周三一起跑吗 @xiaolan")
    await expect(page.locator("[data-count=notices]")).to_have_text("1")
    await page.wait_for_timeout(100)
    assert (await page.evaluate("badges"))[-1] == 1


async def test_a_circle_is_passed_on_by_the_devices_own_way_or_by_its_address(opens, cast):
    page = await opens(f"/c/{CIRCLE}")
    await page.add_init_script(SHARES)
    await page.reload()
    await page.locator("#share > summary").click()
    assert await page.evaluate("shared") == [
        {"title": "珠江夜跑圈", "url": f"{cast.url}/c/{CIRCLE}"}
    ]
    await expect(page.locator("#share-link")).to_be_hidden()

    for scripts in (True, False):
        page = await opens(f"/c/{CIRCLE}", java_script_enabled=scripts)
        if scripts:
            await page.add_init_script(NOT_THERE)
            await page.reload()
        await page.locator("#share > summary").click()
        await expect(page.locator("#share-link")).to_have_value(f"{cast.url}/c/{CIRCLE}")


async def test_a_post_in_the_feed_is_copied_and_leads_to_its_address_without_scripts(
    opens, cast, owner
):
    post = await owner.posts("转发这篇")
    address = f"{cast.url}/c/{CIRCLE}/p/{post.post_id}"
    page = await opens(f"/c/{CIRCLE}")
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=cast.url)
    await page.add_init_script(NOT_THERE)
    await page.reload()
    await page.locator(f"#post-{post.post_id} [data-share]").click()
    await page.locator(".toast", has_text="链接已复制").wait_for()
    assert await page.evaluate("navigator.clipboard.readText()") == address

    page = await opens(f"/c/{CIRCLE}", java_script_enabled=False)
    await page.locator(f"#post-{post.post_id} [data-share]").click()
    await page.wait_for_url(f"{address}#share")
    await page.locator("#share > summary").click()
    await expect(page.locator("#share-link")).to_have_value(address)
