"""The composer with pictures, as hands and keys use it."""

import re
from dataclasses import replace

from playwright.async_api import expect

from quanzi.db.engine import rows
from quanzi.posts import carding, cards
from quanzi.settings import settings
from tests.browser.pages import equals_a_fresh_load, is_live, shows
from tests.links.site import LinkedSite, article
from tests.people import CIRCLE
from tests.web.pictures import a_jpeg


def files(*widths: int):
    return [
        {"name": f"{width}.jpg", "mimeType": "image/jpeg", "buffer": a_jpeg(width, 600)}
        for width in widths
    ]


async def order(page) -> list[int]:
    """By the files' own widths, as they would be sent."""
    return await page.evaluate(
        "Promise.all([...document.querySelector('[name=images]').files].map(async file => (await createImageBitmap(file)).width))"
    )


async def composing(opens, person, **how):
    page = await opens(f"/c/{CIRCLE}", person, **how)
    await is_live(page)
    await page.set_input_files("[name=images]", files(610, 620))
    await page.set_input_files("[name=images]", files(630))
    await expect(page.locator("[data-previews] img")).to_have_count(3)
    return page


async def test_pictures_are_put_in_order_by_buttons_keys_and_hand(opens, xiaolan):
    page = await composing(opens, xiaolan)
    one = page.locator("[data-previews] li")
    assert await order(page) == [610, 620, 630]

    await one.nth(2).locator("[data-move='-1']").click()
    assert await order(page) == [610, 630, 620]

    await one.nth(0).locator("[data-drag]").focus()
    await page.keyboard.press("ArrowRight")
    assert await order(page) == [630, 610, 620]
    await expect(page.locator("#compose [data-told]")).to_have_text("现在是第 2 张")

    start, end = [await one.nth(n).locator("img").bounding_box() for n in (2, 0)]
    await page.mouse.move(start["x"] + 20, start["y"] + 20)
    await page.mouse.down()
    await page.mouse.move(end["x"] + 20, end["y"] + 20, steps=8)
    await page.mouse.up()
    assert await order(page) == [620, 630, 610]

    await one.nth(1).locator("[data-drop]").click()
    assert await order(page) == [620, 610]
    await expect(one.nth(1).locator("[data-move='1']")).to_be_disabled()


async def test_words_go_with_their_picture_and_reach_open_pages(opens, xiaolan, aqiang):
    reader = await opens(f"/c/{CIRCLE}", aqiang)
    await is_live(reader)
    page = await composing(opens, xiaolan)
    one = page.locator("[data-previews] li")
    await one.nth(0).locator("[data-alt]").fill("第一张")
    await page.keyboard.press("Enter")
    await expect(one.nth(1).locator("[data-alt]")).to_be_focused()
    await one.nth(2).locator("[data-alt]").fill("第三张")
    await one.nth(2).locator("[data-drag]").focus()
    await page.keyboard.press("Home")
    await page.fill("[name=body]", "看图")
    await page.click("#compose button:has-text('发布')")

    await shows(reader, "看图")
    assert [
        await image.get_attribute("alt")
        for image in await reader.locator("#feed .pictures img").all()
    ] == ["第三张", "第一张", "小兰的图片 3"]
    await equals_a_fresh_load(reader)
    await expect(page.locator("[data-previews] li")).to_have_count(0)

    # She thinks better of it: the page that is open follows.
    await page.click("#feed .post__more")
    await page.click("#menu [data-edit]")
    chosen = page.locator("#edit .chosen__one")
    await chosen.nth(0).locator("input[name='alt-1']").fill("终点")
    await chosen.nth(0).locator("[data-move='1']").click()
    await page.click("#edit button:has-text('保存')")
    await expect(reader.locator("#feed .pictures img").nth(1)).to_have_attribute("alt", "终点")
    await equals_a_fresh_load(reader)


async def test_a_refused_form_keeps_its_pictures(opens, xiaolan):
    page = await composing(opens, xiaolan)
    await page.locator("[data-alt]").nth(0).fill("江边")
    await page.evaluate(
        "document.querySelector('#compose [name=body]').removeAttribute('required')"
    )
    await page.click("#compose button:has-text('发布')")

    await expect(page.locator("#error-body")).to_be_visible()
    await expect(page.locator("[data-previews] li")).to_have_count(3)
    await expect(page.locator("[data-alt]").nth(0)).to_have_value("江边")
    assert await order(page) == [610, 620, 630]

    await page.fill("[name=body]", "现在有话了")
    await page.click("#compose button:has-text('发布')")
    await shows(page, "现在有话了")
    found = await rows("select width, alt from image order by place")
    assert [tuple(line) for line in found] == [(610, "江边"), (620, ""), (630, "")]


async def test_without_scripts_there_are_fields_for_words_and_order(opens, xiaolan):
    page = await opens(f"/c/{CIRCLE}", xiaolan, java_script_enabled=False)
    await page.set_input_files("[name=images]", files(610, 620))
    await page.fill("#compose [name=body]", "没有脚本")
    await page.click("text=图片的说明和顺序")
    await page.fill("[name='alt-2']", "第二张")
    await page.fill("[name='order-2']", "1")
    await page.click("#compose button:has-text('发布')")

    found = await rows("select width, alt from image order by place")
    assert [tuple(line) for line in found] == [(620, "第二张"), (610, "")]


async def test_the_preview_is_as_wide_as_a_phone_and_shows_her_own_pictures(opens, xiaolan):
    page = await composing(opens, xiaolan)
    await page.locator("[data-alt]").nth(0).fill("江边")
    await page.fill("#compose [name=body]", "今晚 #夜跑#")
    await page.click("[data-preview]")

    phone = page.frame_locator("iframe[data-phone='zh-Hans']")
    await expect(phone.locator(".post .topic")).to_have_text("#夜跑#")
    first = phone.locator(".pictures img").first
    await expect(first).to_have_attribute("alt", "江边")
    await expect(first).to_have_attribute("src", re.compile("^blob:"))
    assert await first.evaluate("image => image.decode().then(() => image.naturalWidth > 0)")
    assert (
        await page.locator("iframe[data-phone='zh-Hans']").evaluate("frame => frame.offsetWidth")
        == 390
    )
    await page.click(".phones__languages >> text=English")
    english = page.frame_locator("iframe[data-phone='en']")
    await expect(english.locator(".pictures img").nth(1)).to_have_attribute(
        "alt", "Picture 2 by 小兰"
    )

    await page.click("[data-close-preview]")
    await expect(page.locator("#compose [name=body]")).to_have_value("今晚 #夜跑#")
    assert await order(page) == [610, 620, 630]
    assert await rows("select 1 from post") == []
    await page.click("#compose button:has-text('发布')")
    await shows(page, "今晚")
    assert len(await rows("select 1 from image")) == 3


async def test_without_scripts_the_preview_is_a_page_with_the_form_below(opens, xiaolan):
    page = await opens(f"/c/{CIRCLE}", xiaolan, java_script_enabled=False)
    await page.fill("#compose [name=body]", "没有脚本")
    await page.click("text=预览")

    await expect(
        page.frame_locator("iframe[data-phone='zh-Hans']").locator(".post")
    ).to_contain_text("没有脚本")
    await page.click("#compose button:has-text('发布')")
    assert [line["body"] for line in await rows("select body from post")] == ["没有脚本"]


async def test_a_card_reaches_open_pages_as_a_fresh_load_shows_it(
    opens, site, cast, xiaolan, monkeypatch
):
    await site.tickers_rest()
    on = replace(settings(), link_previews=True)
    for room in (carding, cards):
        monkeypatch.setattr(room, "settings", lambda: on)
    linked = LinkedSite()
    await linked.start()
    linked.page("/p.jpg", a_jpeg(), content_type="image/jpeg")
    url = linked.page("/a", article(head='<meta property="og:image" content="/p.jpg">'))
    page = await opens(f"/c/{CIRCLE}")
    await is_live(page)
    written = await xiaolan.posts(f"看 {url}")
    await shows(page, "看")

    outbound = linked.outbound()
    await cards.card_due(outbound)

    card = page.locator(f"#feed #post-{written.post_id} .link-card")
    await expect(card.locator(".link-card__title")).to_have_text("夜跑路线十条")
    assert (
        await card.locator("img").evaluate("image => image.decode().then(() => image.naturalWidth)")
        > 0
    )
    await equals_a_fresh_load(page)
    await outbound.close()
    await linked.stop()


async def test_enter_in_a_field_of_the_composer_posts_and_does_nothing_else(opens, editor):
    page = await opens(f"/c/{CIRCLE}", editor, java_script_enabled=False)
    await page.fill("#compose [name=body]", "回车发布")
    await page.click("#compose summary:has-text('话题')")
    await page.fill("#compose [name=topics]", "江边")
    await page.keyboard.press("Enter")

    await expect(page.locator("#feed")).to_contain_text("回车发布")
