"""Pictures, large and before they have come; long names on a small screen; everything in both looks."""

import pytest
from playwright.async_api import expect

from quanzi.db.engine import rows
from tests.media.pictures import photo, saved
from tests.people import CIRCLE

ROOM = """() => [...document.querySelectorAll("#feed .pictures img")].map((img) => {
  const { width, height } = img.getBoundingClientRect();
  return [img.naturalWidth > 0, Math.round(width), Math.round(height)];
})"""
TINTED = """() => [...document.querySelectorAll("#feed .pictures img")]
  .map((img) => img.style.backgroundColor !== "")"""
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
async def post(xiaolan) -> int:
    """With three pictures of hers, one of them described."""
    files = [
        ("images", (f"{n}.jpg", saved(photo(600, 400), "JPEG"), "image/jpeg")) for n in range(3)
    ]
    answer = await xiaolan.sends(
        f"/c/{CIRCLE}/posts",
        files=files,
        body="三张",
        **{"alt-1": "", "alt-2": "江边的灯", "alt-3": ""},
    )
    assert answer.status_code == 303
    [made] = await rows("select id from post order by id desc limit 1")
    return made["id"]


async def test_a_picture_is_large_by_keys_and_goes_back_to_where_it_was(opens, post):
    page = await opens(f"/c/{CIRCLE}/p/{post}")
    links = page.locator("#feed a.pictures__one")
    await links.nth(0).focus()
    await page.keyboard.press("Enter")
    box = page.locator("#lightbox")
    await expect(box).to_be_visible()
    await expect(box.locator("[data-place]")).to_have_text("第 1 张，共 3 张")

    await page.keyboard.press("ArrowRight")
    await expect(box.locator("img")).to_have_attribute("alt", "江边的灯")
    await expect(box.locator("figcaption")).to_contain_text("江边的灯")
    await page.keyboard.press("End")
    await page.keyboard.press("ArrowRight")
    await expect(box.locator("[data-place]")).to_have_text("第 3 张，共 3 张")
    await expect(box.get_by_role("button", name="下一张")).to_be_hidden()
    await page.keyboard.press("Escape")
    await expect(box).to_be_hidden()
    await expect(links.nth(0)).to_be_focused()


async def test_it_is_swiped_on_a_phone(opens, post):
    page = await opens(
        f"/c/{CIRCLE}/p/{post}", viewport={"width": 390, "height": 844}, has_touch=True
    )
    await page.locator("#feed a.pictures__one").first.tap()
    touch = await page.context.new_cdp_session(page)
    for kind, points in (
        ("touchStart", [{"x": 300, "y": 400}]),
        ("touchMove", [{"x": 120, "y": 410}]),
        ("touchEnd", []),
    ):
        await touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    await expect(page.locator("#lightbox [data-place]")).to_have_text("第 2 张，共 3 张")


async def test_without_scripts_its_link_is_the_picture(opens, post):
    page = await opens(f"/c/{CIRCLE}/p/{post}", java_script_enabled=False)
    address = await page.locator("#feed a.pictures__one").first.get_attribute("href")

    answer = await page.request.get(page.url.split("/c/")[0] + address)

    assert answer.headers["content-type"] == "image/webp"


@pytest.mark.parametrize("many", [1, 3])
async def test_there_is_room_for_a_picture_before_it_comes(opens, post, many):
    if many == 1:
        await rows("delete from image where post_id = $1 and place > 0", post)
        # A drawing that is kept knows three.
        await rows("update post set version = version + 1 where id = $1", post)
    page = await opens(f"/c/{CIRCLE}/p/{post}")
    await expect(page.locator("#feed .pictures img")).to_have_count(many)
    await expect(page.locator("#feed .pictures img").first).to_have_js_property("complete", True)
    come = await page.evaluate(ROOM)

    waits = await opens("/discover")
    await waits.route("**/i/**", lambda route: None)
    await waits.goto(page.url, wait_until="domcontentloaded")
    left = await waits.evaluate(ROOM)
    tinted = await waits.evaluate(TINTED)

    assert len(left) == many
    assert all(tinted)
    assert [size[1:] for size in come] == [size[1:] for size in left]
    assert [size[0] for size in left] == [False] * len(left)


@pytest.mark.parametrize("width", [320, 390, 1280])
async def test_nothing_is_wider_than_the_screen(opens, cast, width):
    admin = await cast.member("admin", "管理员", "admin")
    page = await opens("/dev/gallery", admin, viewport={"width": width, "height": 800})

    assert await page.evaluate(WIDER) <= 0


async def test_who_wants_it_calm_sees_no_post_come_flying(opens, owner):
    page = await opens(f"/c/{CIRCLE}", reduced_motion="reduce")
    await expect(page.locator("html")).to_have_attribute("data-live", "on")
    post = await owner.posts("新来的")
    new = page.locator(f"#post-{post.post_id}")
    await new.wait_for()

    assert await new.evaluate("(e) => getComputedStyle(e).animationDuration") in {"0.001s", "1ms"}


async def test_the_tab_that_is_open_is_in_view_where_not_all_fit(opens, xiaolan):
    page = await opens("/me/apps", xiaolan, viewport={"width": 390, "height": 844})

    tab = page.locator(".settings__tabs [aria-current]")
    await expect(tab).to_be_in_viewport(ratio=1)
    await expect(page.locator(".settings__tabs a").first).not_to_be_in_viewport()
    assert await page.evaluate("scrollY") == 0
