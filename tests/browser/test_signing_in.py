"""Signing in by a provider as people do: a button, the provider's page, and back."""

from quanzi.verification import openid
from tests.verification.providers import provider


async def test_anna_signs_in_by_the_provider(opens, cast, monkeypatch):
    async with provider() as (open_id, _):
        monkeypatch.setattr(openid, "provider", lambda: open_id)
        openid._known.clear()
        page = await opens("/signin?next=/discover")
        await page.get_by_role("link", name="用 测试账号 登录").click()
        await page.wait_for_url(f"{open_id.issuer}/**")
        await page.locator('[name="sub"]').first.fill("anna")
        await page.locator('[name="sub"]').first.press("Enter")
        await page.wait_for_url(f"{cast.url}/**")
        await page.get_by_label("用户名").fill("anna-runs")
        await page.get_by_role("button", name="继续").click()

        await page.wait_for_url(f"{cast.url}/discover")
        assert await page.get_by_role("link", name="安娜").count() == 1
