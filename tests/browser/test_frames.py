"""A circle in a frame of a partner's own site: live, and nothing in it that can be pressed by trickery."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import expect

from tests.people import CIRCLE


@asynccontextmanager
async def partners_site(frame: str) -> AsyncIterator[str]:
    """Another origin, which frames that address."""
    page = f'<!doctype html><title>悦跑</title><iframe src="{frame}" width="480" height="560"></iframe>'

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        body = page.encode()
        writer.write(
            b"HTTP/1.1 200 OK\r\ncontent-type: text/html; charset=utf-8\r\nconnection: close\r\n"
            b"content-length: %d\r\n\r\n" % len(body) + body
        )
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    try:
        yield f"http://localhost:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()


async def test_what_happens_in_the_circle_happens_in_the_frame(opens, cast, xiaolan, editor):
    post = await xiaolan.posts("第一篇")
    async with partners_site(f"{cast.url}/embed/c/{CIRCLE}") as url:
        page = await opens("/", xiaolan, url=url)
        frame = page.frame_locator("iframe")
        await expect(frame.locator("html")).to_have_attribute("data-live", "on")
        await editor.posts("刚刚发的")
        await expect(frame.locator("article").first).to_contain_text("刚刚发的")
        await xiaolan.sends(f"/c/{CIRCLE}/p/{post.post_id}/delete")
        await expect(frame.locator("article")).to_have_count(1)
        await expect(frame.locator("form")).to_have_count(0)
