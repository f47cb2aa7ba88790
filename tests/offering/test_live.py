"""Open pages hear that services have changed; what is for some is told to nobody unasked."""

import asyncio
import json
import re

import httpx

from quanzi.offering import showing
from tests.live.test_socket import hello, live
from tests.offering.shop import changes, offers
from tests.people import CIRCLE

STRIP = re.compile(r'<section class="offers-strip".*?</section>', re.DOTALL)


async def events(socket, seconds: float = 1.5) -> list[dict]:
    heard = []
    try:
        async with asyncio.timeout(seconds):
            while True:
                frame = json.loads(await socket.recv())
                heard += frame["events"] if frame["kind"] == "batch" else [frame]
    except TimeoutError:
        return [each for each in heard if each.get("op") == "services.changed"]


async def strip(url: str, token: str = "") -> str:
    async with httpx.AsyncClient(cookies={"quanzi": token} if token else {}) as client:
        page = await client.get(f"{url}/c/{CIRCLE}?lang=zh-Hans")
    return STRIP.search(page.text)[0]


async def test_the_frame_is_what_a_fresh_load_shows_to_anybody(cast, editor, xiaolan):
    first = await offers(editor, "一")
    async with live(cast) as socket:
        await hello(socket)
        await socket.send('{"resume": null}')
        await offers(editor, "二", price="¥9")
        await changes(editor, first, title="一，改过")
        await showing.end(await editor.place(), first)
        heard = await events(socket)

    assert len(heard) == 3
    assert heard[-1]["content"] == await strip(cast.url)
    assert heard[-1]["content"] == await strip(cast.url, xiaolan.token)
    assert heard[-1]["content"] == await strip(cast.url, editor.token)


async def test_the_visitors_page_that_is_kept_is_drawn_anew(cast, editor, visitor):
    await offers(editor, "一")
    assert ">一<" in await strip(cast.url)
    await offers(editor, "二")
    await asyncio.sleep(0.5)

    assert ">二<" in await strip(cast.url)


async def test_what_is_for_some_stands_in_no_frame_and_on_no_shared_page(cast, editor, xiaolan):
    async with live(cast, token=xiaolan.token) as socket:
        await hello(socket)
        await socket.send('{"resume": null}')
        service_id = await offers(editor, "秘密的优惠", segment="verified")
        await changes(editor, service_id, title="秘密的优惠", segment="credit", least="800")
        heard = await events(socket)

    assert len(heard) == 2
    assert "秘密的优惠" not in json.dumps(heard, ensure_ascii=False)
    assert "秘密的优惠" not in await strip(cast.url)
    assert "秘密的优惠" not in await strip(cast.url, editor.token)


async def test_a_draft_and_a_form_are_no_news(cast, editor):
    from tests.offering.shop import PHONE, drafted

    async with live(cast) as socket:
        await hello(socket)
        await socket.send('{"resume": null}')
        await drafted(editor, "草稿", PHONE)

        assert await events(socket, 0.8) == []


async def test_the_page_names_the_version_it_shows(cast, editor, visitor):
    await offers(editor, "一")
    page = (await visitor.get(f"/c/{CIRCLE}/services")).text
    shown = re.search(r'id="services" data-version="(\d+)"', page)

    assert shown and f'data-version="{shown[1]}"' in await strip(cast.url)
