"""OAuth in a real browser, whose policy has a say in where a form's answer may lead."""

import asyncio
import re
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import expect

from tests.people import PASSWORD
from tests.platform.dance import app_of, tokens_for


@asynccontextmanager
async def program(came: list[str]) -> AsyncIterator[str]:
    """One on his own machine, that waits for his browser to come back."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        came.append((await reader.readline()).decode().split(" ")[1])
        writer.write(
            b"HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 4\r\n"
            b"connection: close\r\n\r\ndone"
        )
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/back"


@pytest.mark.parametrize("scripts", [True, False])
async def test_he_signs_in_is_asked_says_yes_and_his_program_has_the_code(
    cast, opens, xiaolan, aqiang, scripts
):
    app = await app_of(xiaolan, cast.url, public=True, back="http://127.0.0.1/back")
    came: list[str] = []
    verifier = secrets.token_urlsafe(48)
    async with program(came) as app.back:
        page = await opens(app.asks(verifier), java_script_enabled=scripts)
        await page.fill("[name=handle]", "aqiang")
        await page.fill("[name=password]", PASSWORD)
        await page.click("main button")
        await expect(page.locator("h1")).to_contain_text("天气机器人")
        await page.click("button:text-is('允许')")
        await expect(page.locator("body")).to_have_text("done")

    code = re.search(r"code=([\w-]+)", came[0])
    assert code
    assert (await app.changes(code[1], verifier)).status_code == 200


async def test_without_scripts_she_makes_an_app_gives_it_another_secret_and_deletes_it(
    opens, xiaolan
):
    page = await opens("/me/keys", xiaolan, java_script_enabled=False)
    await page.click("nav >> text=应用")
    await page.fill("[name=name]", "天气机器人")
    await page.fill("[name=redirects]", "https://weather.example/callback")
    await page.check("[name='scope_circles:read']")
    await page.click("button:text-is('登记')")
    first = await page.locator(".keys__secret").nth(1).input_value()
    await page.click("summary:text-is('换新密钥')")
    await page.click("button:text-is('换新密钥')")
    second = await page.locator(".keys__secret").nth(1).input_value()
    assert first.startswith("qzs_")
    assert second.startswith("qzs_")
    assert first != second
    await page.click("summary:text-is('删除应用')")
    await page.click("button:text-is('删除应用')")
    await expect(page.locator("#apps")).to_contain_text("还没有应用")


async def test_what_he_allowed_he_takes_back_with_a_press(cast, opens, xiaolan, aqiang):
    app = await app_of(xiaolan, cast.url)
    his = await tokens_for(app, aqiang)
    page = await opens("/me/apps", aqiang)
    await page.click("button:text-is('不再允许')")
    await expect(page.locator("#allowed")).to_contain_text("还没有允许任何应用")

    assert (await app.reads(his["access_token"])).status_code == 401
