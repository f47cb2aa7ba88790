"""A partner reads figures: on a phone, without scripts, and by the tables that each chart has."""

from playwright.async_api import expect

from quanzi.curation import pinning
from quanzi.db.engine import rows
from tests.insights.counted import HERE, at_day


async def weeks(cast) -> None:
    for days_ago in range(1, 30):
        await at_day(cast.circle_id, days_ago, joined=20 + days_ago, gone=6, pages=300, active=40)


async def test_every_chart_has_its_table_and_nothing_sticks_out_on_a_phone(opens, cast):
    await weeks(cast)
    page = await opens(
        f"{HERE}?days=28", cast.owner, viewport={"width": 390, "height": 844}, java_script_enabled=False
    )  # fmt: skip
    charts = page.locator(".chart:has(svg)")
    assert await charts.count() >= 4
    for number in range(await charts.count()):
        await expect(charts.nth(number).locator("table").first).to_be_attached()
    assert await page.locator("body").evaluate("() => document.documentElement.scrollWidth") <= 390


async def test_another_period_is_one_press_away_and_the_sheet_comes_down(opens, cast):
    await weeks(cast)
    page = await opens(f"{HERE}?days=28", cast.analyst)
    await page.locator(".chips a").first.click()
    await expect(page.locator(".chips [aria-current=page]")).to_have_count(1)
    async with page.expect_download() as coming:
        await page.locator("a[href*=export]").first.click()
    assert (await coming.value).suggested_filename.endswith(".csv")


async def test_what_a_pin_brought_stands_beside_it(opens, cast):
    post_id = (await cast.editor.posts("今晚的路线")).post_id
    await pinning.pin(await cast.editor.place(), post_id)
    await rows(
        """insert into pin_brought (circle_id, pin_id, views, opens)
           select circle_id, id, 1234, 56 from pin on conflict (circle_id, pin_id)
           do update set views = excluded.views, opens = excluded.opens"""
    )
    page = await opens(HERE, cast.editor)
    line = page.locator("tr", has_text="今晚的路线").last
    await expect(line).to_contain_text("1234")
    await expect(line).to_contain_text("56")
