"""Two browsers: an owner invites by a link; a partner asks for a circle and the platform opens it."""

import re

from playwright.async_api import expect

from tests.people import CIRCLE, PASSWORD
from tests.web.pictures import a_jpeg

STAFF = f"/c/{CIRCLE}/manage/staff"


async def test_the_owner_sends_a_link_and_xiaolan_joins_with_it(opens, owner, xiaolan):
    desk = await opens(f"/c/{CIRCLE}", owner)
    await desk.click("text=管理圈子")
    await desk.click(".drawer >> text=工作人员")
    await desk.click(".offer:has-text('审核员')")
    await desk.fill("[name=note]", "发给小兰")
    await desk.click("text=生成邀请链接")
    link = await desk.locator("#invitation-link").input_value()
    await expect(desk.locator("[data-copy]")).to_be_visible()

    # She has not signed in yet: she is sent there, and comes back.
    hers = await opens("/" + link.split("/", 3)[3])
    await expect(hers.locator("h1")).to_contain_text("加入 悦跑圈")
    await hers.click("text=登录后接受")
    await hers.fill("[name=handle]", "xiaolan")
    await hers.fill("[name=password]", PASSWORD)
    await hers.click("main button")
    await expect(hers).to_have_url(link)
    await hers.click("text=接受邀请")
    await expect(hers).to_have_url(re.compile("/partners/joyrun$"))

    await desk.goto(desk.url.removesuffix("/invite"))
    await expect(desk.locator(".crew")).to_contain_text("小兰")
    await expect(desk.locator(".rows")).to_contain_text("已使用")
    await hers.goto(link)
    await expect(hers.locator(".plain__status")).to_have_text("404")


async def test_joyrun_asks_for_a_circle_with_a_cover_and_it_opens(opens, cast, owner):
    asking = await opens("/partners/joyrun", owner)
    await asking.click("text=申请开圈")
    await asking.fill("[name=name]", "晨跑圈")
    await asking.fill("[name=slug]", CIRCLE)
    await asking.select_option("[name=category]", "fitness")
    await asking.fill("[name=intro]", "早起的人")
    await asking.click("text=提交申请")
    await expect(asking.locator("#error-slug")).to_be_visible()
    await expect(asking.locator("[name=name]")).to_have_value("晨跑圈")

    await asking.fill("[name=slug]", "morning-run")
    await asking.set_input_files(
        "[name=cover]", {"name": "c.jpg", "mimeType": "image/jpeg", "buffer": a_jpeg()}
    )
    await asking.click("text=提交申请")
    await expect(asking.locator(".rows")).to_contain_text("等待审核")

    deciding = await opens("/admin/applications", cast.moderator)
    await deciding.click("text=晨跑圈")
    picture = deciding.locator(".application__picture")
    await expect(picture).to_be_visible()
    assert await picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    await deciding.click("button:has-text('通过')")
    await expect(deciding.locator(".empty")).to_be_visible()

    await asking.reload()
    await asking.click("text=晨跑圈")
    await expect(asking.locator(".circle__name")).to_have_text("晨跑圈")
    await expect(asking.locator("img.circle__cover")).to_be_visible()
