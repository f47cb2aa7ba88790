"""A cluster of Valkeys rings for each circle where it belongs; one of them may die."""

import asyncio
import re
import time

import httpx
import pytest

from quanzi.live import lines
from tests.faults.cluster import Node, together
from tests.faults.harness import Served

CIRCLES = (
    "campus-diary",
    "city-pets",
    "white-collar-diary",
    "goddess-run",
    "pearl-river-night-run",
)


@pytest.mark.timeout(150)
async def test_three_valkeys_ring_for_their_circles_and_one_may_die(tmp_path):
    nodes = [Node(tmp_path / f"node-{number}") for number in range(3)]
    try:
        await together(nodes)
        (var := tmp_path / "var").mkdir()
        url = f"{lines.CLUSTER}127.0.0.1:{nodes[0].port}"
        async with Served(var, "--workers", "2", VALKEY_URL=url) as site:
            await _rings_everywhere(site)
            nodes[2].kill()
            await _goes_on(site)
            nodes[2].start()
            await _is_heard_again(site)
    finally:
        for node in nodes:
            node.kill()


async def _rings_everywhere(site: Served) -> None:
    browser = await site.signed_in("xiaolan")
    for circle in CIRCLES:
        pages = await site.pages(2, circle)
        await asyncio.sleep(0.5)
        began = time.monotonic()
        await _posts(browser, circle)
        head = (await pages[0].fresh()).seq
        for page in pages:
            await page.reaches(head, timeout=1.5)
        assert time.monotonic() - began < 1.5
        for page in pages:
            await page.close()
    assert await _heard(site) > 0


async def _goes_on(site: Served) -> None:
    """Slower for a moment, and nothing is lost."""
    browser = await site.signed_in("aqiang")
    for circle in CIRCLES[:3]:
        pages = await site.pages(2, circle)
        await _posts(browser, circle)
        head = (await pages[0].fresh()).seq
        for page in pages:
            await page.reaches(head, timeout=4)
            await page.close()


async def _is_heard_again(site: Served) -> None:
    before = await _heard(site)
    browser = await site.signed_in("joyrun-owner")
    async with asyncio.timeout(40):
        while await _heard(site) <= before:
            [page] = await site.pages(1, CIRCLES[0])
            await _posts(browser, CIRCLES[0])
            await asyncio.sleep(1)
            await page.close()


async def _posts(browser, circle: str) -> None:
    answer = await browser.post(f"/c/{circle}/posts", body=f"写于 {time.time_ns()}")
    assert answer.status_code == 303, answer.text


async def _heard(site: Served) -> float:
    """Hints, over the processes that happen to answer."""
    total = 0.0
    for _ in range(6):
        async with httpx.AsyncClient(base_url=site.url) as client:
            text = (await client.get("/metrics")).text
        total += sum(
            map(float, re.findall(r"^quanzi_\w*hints\w*total ([0-9.e+]+)", text, re.MULTILINE))
        )
    return total
