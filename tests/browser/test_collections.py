"""Collections as editors order them and as readers have them open; and the circle's best."""

from playwright.async_api import expect

from quanzi.collections import collecting, making, returning
from quanzi.curation import digesting
from quanzi.posts import editing
from tests.browser.pages import equals_a_fresh_load, is_live, reaches
from tests.collections.shelf import made, order, says, sections
from tests.people import CIRCLE
from tests.web.pictures import a_jpeg

HOME = f"/c/{CIRCLE}"
DESK = f"{HOME}/manage/collections"
SOON = 6_000


async def shelf(cast, times: int = 3, **how) -> tuple[int, list[int]]:
    posts = [(await cast.xiaolan.posts(f"第 {n} 条路线 #夜跑#")).post_id for n in range(times)]
    return await made(cast.editor, "热门跑步路线", *posts, **how), posts


async def told(pages, seq: int) -> None:
    for page in pages:
        await reaches(page, seq)
        await equals_a_fresh_load(page)


async def test_an_open_collection_becomes_what_a_fresh_load_is(opens, cast):
    collection_id, (first, second, third) = await shelf(cast)
    other, _ = await shelf(cast, 1)
    path = f"{HOME}/collections/{collection_id}"
    pages = [await opens(path, cast.aqiang), await opens(path, locale="en-GB")]
    elsewhere = await opens(f"{HOME}/collections/{other}")
    for page in (*pages, elsewhere):
        await is_live(page)
    editor = await cast.editor.place()

    await told(pages, await says(cast.editor, collection_id, second, km="5.8", start="海心沙"))
    await expect(pages[0].locator(f"#entry-{second}")).to_be_visible()
    await expect(pages[0].locator(".entry__km")).to_have_text("5.8 公里")
    await told(pages, await editing.edit(await cast.xiaolan.place(), first, "改过的路线", 1))
    await expect(pages[0].locator(f"#entry-{first}")).to_contain_text("改过的路线")
    await told(pages, await digesting.digest(editor, third))
    await told(pages, await collecting.take_out(editor, collection_id, third))
    new = await cast.xiaolan.posts("后来的路线")
    await told(pages, await collecting.add(editor, collection_id, new.post_id))

    await cast.reviewer.decides(second)
    for page in pages:
        await expect(page.locator(f"#entry-{second}")).to_have_count(0, timeout=SOON)
    await told(pages, await returning.put_back(cast.circle_id, second, None))
    await expect(pages[0].locator(".entry__km")).to_have_text("5.8 公里")

    # What a page of another collection is told, it does not show.
    await reaches(elsewhere, await collecting.take_out(editor, collection_id, new.post_id))
    await equals_a_fresh_load(elsewhere)


async def test_one_that_is_taken_back_is_gone_from_open_pages(opens, cast):
    collection_id, _ = await shelf(cast)
    page = await opens(f"{HOME}/collections/{collection_id}")
    await is_live(page)

    await making.withdraw(await cast.editor.place(), collection_id)

    await expect(page.locator(".plain")).to_be_visible(timeout=SOON)
    await expect(page.locator("#collection")).to_have_count(0)


async def test_a_large_one_is_fetched_by_its_pages_themselves(opens, cast):
    collection_id, posts = await shelf(cast, 2)
    for number in range(16):
        long = await cast.editor.posts(f"{number} " + "很长的路线说明，" * 400)
        await collecting.add(await cast.editor.place(), collection_id, long.post_id)
    page = await opens(f"{HOME}/collections/{collection_id}")
    await is_live(page)

    seq = await says(cast.editor, collection_id, posts[0], note="现在才写的话")

    await expect(page.locator(".entry__note")).to_have_text("现在才写的话", timeout=SOON)
    await told([page], seq)


async def test_the_open_page_of_the_best_becomes_what_a_fresh_load_is(opens, cast):
    first, second = await cast.xiaolan.posts("先写的"), await cast.xiaolan.posts("后写的")
    place = await cast.editor.place()
    await digesting.digest(place, second.post_id)
    hers, visitors = await opens(f"{HOME}/digest", cast.xiaolan), await opens(f"{HOME}/digest")
    pages = [hers, visitors]
    for page in pages:
        await is_live(page)

    # The latest choice stands first, whenever it was written.
    await told(pages, await digesting.digest(place, first.post_id))
    await expect(hers.locator("#feed .post").first).to_contain_text("先写的")
    await told(pages, (await cast.xiaolan.posts("不是精华")).seq)
    await told(pages, await digesting.undigest(place, second.post_id))
    await told(pages, await digesting.digest(place, second.post_id))
    await cast.reviewer.decides(first.post_id)
    await expect(hers.locator("#feed .post")).to_have_count(1, timeout=SOON)
    await told(pages, await returning.put_back(cast.circle_id, first.post_id, None))


async def test_two_presses_put_a_post_into_a_collection(opens, cast):
    collection_id, _ = await shelf(cast)
    new = await cast.xiaolan.posts("新的路线")
    page = await opens(HOME, cast.editor, viewport={"width": 390, "height": 800})
    await is_live(page)

    await page.click(f"#post-{new.post_id} .post__more")
    await page.click("#menu >> text=热门跑步路线")

    await expect(page.locator("#menu .collect__one--in")).to_contain_text(
        "热门跑步路线", timeout=SOON
    )
    assert (await order(cast.editor, collection_id))[0][-1] == new.post_id

    await page.click("#menu .collect__new summary")
    await page.fill("#menu .collect__new [name=title]", "雨天路线")
    await page.click("#menu .collect__new button")
    await expect(page.locator("#menu .collect__one--in")).to_have_count(2, timeout=SOON)


async def test_a_member_suggests_from_the_menu(opens, cast):
    await shelf(cast)
    new = await cast.xiaolan.posts("新的路线")
    page = await opens(HOME, cast.aqiang)
    await is_live(page)
    await page.click(f"#post-{new.post_id} .post__more")
    await page.click("#menu >> text=推荐到合集")
    await page.fill("#menu [name=reason]", "路灯亮")
    await page.click("#menu form button")
    await expect(page.locator("#menu")).to_contain_text("谢谢你的推荐", timeout=SOON)

    desk = await opens(f"{DESK}/suggestions", cast.editor)
    await expect(desk.locator(".suggestion")).to_contain_text("路灯亮")
    await desk.click("text=收进合集 >> nth=-1")
    await expect(desk.locator(".empty")).to_be_visible(timeout=SOON)


async def test_an_editor_drags_a_post_by_its_handle_into_another_section(opens, cast):
    collection_id, (a, b, c) = await shelf(cast)
    _, second = await sections(cast.editor, collection_id, "第二节")
    page = await opens(f"{DESK}/{collection_id}", cast.editor)

    await _drag(page, f"#handle-{c}", f"#row-{a}", 0.2)
    await expect(page.locator(".arrange__row").first).to_have_id(f"row-{c}", timeout=SOON)
    await expect(page.locator("#arranged")).to_have_text("移到了第 1 位，共 3 位", timeout=SOON)
    assert await order(cast.editor, collection_id) == [[c, a, b], []]

    await _drag(page, f"#handle-{a}", f"#section-{second} .arrange__rows", 0.5)
    await expect(page.locator(f"#section-{second} #row-{a}")).to_be_visible(timeout=SOON)
    await expect(page.locator(f"#handle-{a}")).to_be_focused(timeout=SOON)
    assert await order(cast.editor, collection_id) == [[c, b], [a]]


async def test_what_could_not_be_moved_goes_back_to_where_it_was(opens, cast):
    collection_id, (a, _, c) = await shelf(cast)
    page = await opens(f"{DESK}/{collection_id}", cast.editor)
    # Somebody else took it out meanwhile.
    await collecting.take_out(await cast.owner.place(), collection_id, c)

    await _drag(page, f"#handle-{c}", f"#row-{a}", 0.2)

    await expect(page.locator("#say")).to_contain_text("没有你要找的内容", timeout=SOON)
    await expect(page.locator(".arrange__row").last).to_have_id(f"row-{c}", timeout=SOON)
    await expect(page.locator(".arrange__row").first).to_have_id(f"row-{a}")


async def test_an_editor_orders_by_keys_alone(opens, cast):
    collection_id, (a, b, c) = await shelf(cast)
    page = await opens(f"{DESK}/{collection_id}", cast.editor)

    await page.focus(f"#handle-{c}")
    await page.keyboard.press("ArrowUp")
    await expect(page.locator("#arranged")).to_have_text("移到了第 2 位，共 3 位", timeout=SOON)
    await expect(page.locator(f"#handle-{c}")).to_be_focused()
    await page.keyboard.press("ArrowUp")
    await expect(page.locator("#arranged")).to_have_text("移到了第 1 位，共 3 位", timeout=SOON)
    assert await order(cast.editor, collection_id) == [[c, a, b]]

    # The buttons, too, by keys.
    await page.focus(f"#down-{c}")
    await page.keyboard.press("Enter")
    await expect(page.locator(".arrange__row").first).to_have_id(f"row-{a}", timeout=SOON)
    assert await order(cast.editor, collection_id) == [[a, c, b]]


async def test_without_scripts_a_collection_is_made_filled_ordered_and_published(opens, cast):
    first, second = await cast.xiaolan.posts("第一条"), await cast.xiaolan.posts("第二条")
    page = await opens(DESK, cast.editor, java_script_enabled=False)
    await page.fill("[name=title]", "跑步路线")
    await page.click("#new button")
    for written in (first, second):
        await page.goto(f"{cast.url}{HOME}/p/{written.post_id}/controls")
        await page.click("text=跑步路线")
        await expect(page.locator(".collect__one--in")).to_be_visible()
    await page.goto(f"{cast.url}{DESK}")
    await page.click(".rows__title a")
    await page.click(f"#up-{second.post_id}")
    await expect(page.locator(".arrange__row").first).to_have_id(f"row-{second.post_id}")
    await expect(page.locator(".arrange__handle").first).to_be_hidden()

    await page.click(f"#row-{second.post_id} .arrange__what")
    await page.fill("[name=km]", "远")
    await page.fill("[name=start]", "海心沙")
    await page.click(".form button")
    await expect(page.locator("#error-km")).to_be_visible()
    await expect(page.locator("[name=start]")).to_have_value("海心沙")
    await page.fill("[name=km]", "6.3")
    await page.set_input_files(
        "[name=map]", {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": a_jpeg()}
    )
    await page.click(".form button")
    await page.click("text=发布")
    await expect(page.locator(".entry__km")).to_have_text("6.3 公里")
    await expect(page.locator(".entry__map img")).to_be_visible()


async def _drag(page, handle: str, onto: str, share: float) -> None:
    """`share`: how far down on it."""
    start = await page.locator(handle).bounding_box()
    end = await page.locator(onto).bounding_box()
    await page.mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
    await page.mouse.down()
    await page.mouse.move(end["x"] + 60, end["y"] + end["height"] * share, steps=6)
    await page.mouse.up()
