"""A light page: what `live.js` does, without a browser, so that thousands can be watched.

Kept apart from the program's own code on purpose: it is written from the contract.
"""

import asyncio
import json
import random
import re
import time
from typing import Any

import httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

ARTICLE = re.compile(
    r'<article class="post" id="(post|pin)-(\d+)" data-version="(\d+)" data-seq="(\d+)".*?</article>',
    re.DOTALL,
)
FEED = re.compile(r'id="feed" data-seq="(\d+)" data-epoch="(\w*)"')
PINS = re.compile(r'<section class="pins" id="pins" data-version="(\d+)".*?</section>', re.DOTALL)


class State:
    """What stands on a page: posts with their HTML in order, and the pins."""

    def __init__(self, html: str) -> None:
        feed, pins = FEED.search(html), PINS.search(html)
        assert feed and pins, html[:500]
        self.seq, self.epoch = int(feed[1]), feed[2]
        self.pins_version, self.pins = int(pins[1]), pins[0]
        found = ARTICLE.finditer(html[feed.start() :])
        self.posts = {int(m[2]): (int(m[3]), int(m[4]), m[0]) for m in found}

    def visible(self) -> tuple[list[tuple[int, int, str]], str]:
        """In the order of the feed: newest first."""
        ordered = sorted(self.posts.items(), key=lambda item: -item[1][1])
        return (
            [(post_id, version, _still(html)) for post_id, (version, _, html) in ordered],
            _still(self.pins),
        )


def _still(html: str) -> str:
    """Without the figures: they take no numbers, and `tests/live/test_figures.py` watches them."""
    return re.sub(r'(data-count="\w+" data-of="\d+">)[^<]*', r"\1", html)


class LightPage:
    """Keeps its promises itself: numbers must be dense, nothing may come back after its removal."""

    def __init__(self, url: str, circle: str, token: str = "") -> None:
        self.url, self.circle = url, circle
        self.cookies = {"quanzi": token} if token else {}
        self.removed: dict[int, int] = {}
        self.frames: list[dict[str, Any]] = []
        self.keep_frames = False
        self.resets = self.connects = 0
        self.closed_with: int | None = None
        self.heard_at: dict[int, float] = {}
        self.socket: ClientConnection | None = None
        self.state: State
        self._task: asyncio.Task[None] | None = None
        self._asked_gap = False

    async def load(self) -> None:
        """A fresh load, as a reader's browser makes it."""
        self.state = await self.fresh()
        self.removed.clear()

    async def fresh(self) -> State:
        async with httpx.AsyncClient(cookies=self.cookies, timeout=20) as client:
            answer = await client.get(f"{self.url}/c/{self.circle}?lang=zh-Hans")
        answer.raise_for_status()
        return State(answer.text)

    async def open(self) -> None:
        await self.load()
        self._task = asyncio.create_task(self._live_for_ever())

    async def close(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def reaches(self, seq: int, timeout: float = 10) -> None:
        deadline = time.monotonic() + timeout
        while self.state.seq < seq:
            assert time.monotonic() < deadline, f"stands at {self.state.seq}, not at {seq}"
            if self._task is not None and self._task.done():
                self._task.result()
            await asyncio.sleep(0.005)

    async def cut(self) -> None:
        """The network goes away in the middle of whatever is being said."""
        if self.socket is not None:
            self.socket.transport.abort()

    async def _live_for_ever(self) -> None:
        while True:
            try:
                async with connect(
                    self.url.replace("http", "ws") + f"/c/{self.circle}/live?lang=zh-Hans",
                    origin=self.url,
                    additional_headers={"Cookie": f"quanzi={self.cookies['quanzi']}"}
                    if self.cookies
                    else {},
                    compression=None,
                    max_queue=None,
                    ping_interval=None,
                ) as self.socket:
                    self.connects += 1
                    await self._resume()
                    async for frame in self.socket:
                        await self.hear(json.loads(frame))
            except (ConnectionClosed, InvalidHandshake, OSError, httpx.TransportError):
                pass  # the site is away, or went while it answered
            self.closed_with = self.socket.close_code if self.socket else None
            if self.closed_with == 1008:
                return
            await asyncio.sleep(random.uniform(0.05, 0.5))

    async def hear(self, frame: dict[str, Any]) -> None:
        if self.keep_frames:
            self.frames.append(frame)
        match frame["kind"]:
            case "event":
                await self._event(frame)
            case "batch":
                for event in frame["events"]:
                    await self._event(event)
            case "hello" | "head" if frame["epoch"] != self.state.epoch:
                await self._afresh()
            case "head" if frame["seq"] > self.state.seq:
                await self._resume()
            case "reset":
                self.resets += 1
                await self._afresh()
            case "bye" if frame["retry_ms"] is not None and self.socket is not None:
                await asyncio.sleep(frame["retry_ms"] / 1000)
                await self.socket.close()

    async def _event(self, event: dict[str, Any]) -> None:
        if event["seq"] <= self.state.seq:
            return
        if event["seq"] > self.state.seq + 1:
            await self._resume()
            return
        self.apply(event)
        self.state.seq = event["seq"]
        self.heard_at[event["seq"]] = time.perf_counter()

    def apply(self, event: dict[str, Any]) -> None:
        match event["op"]:
            case "post.removed":
                self.removed[int(event["id"])] = event["version"]
                self.state.posts.pop(int(event["id"]), None)
            case "post.published" | "post.edited" | "post.restored" | "digest.changed":
                self._draw(event)
            case "pins.changed" if event["version"] > self.state.pins_version:
                self.state.pins_version = event["version"]
                self.state.pins = event["content"]

    def _draw(self, event: dict[str, Any]) -> None:
        post_id = int(event["id"])
        assert event["version"] > self.removed.get(post_id, 0), "a removed post came back"
        found = ARTICLE.search(event["content"])
        assert found and int(found[3]) == event["version"]
        self._draw_pin(post_id, event)
        old = self.state.posts.get(post_id)
        if old is None and event["op"] in {"post.edited", "digest.changed"}:
            return
        if old is None or old[0] < event["version"]:
            self.state.posts[post_id] = (event["version"], int(found[4]), found[0])

    def _draw_pin(self, post_id: int, event: dict[str, Any]) -> None:
        for found in ARTICLE.finditer(self.state.pins):
            if int(found[2]) == post_id and int(found[3]) < event["version"]:
                drawn = event["content"].replace('id="post-', 'id="pin-', 1)
                self.state.pins = self.state.pins.replace(found[0], drawn)

    async def _resume(self) -> None:
        if self.socket is not None:
            where = {"epoch": self.state.epoch, "seq": self.state.seq}
            await self.socket.send(json.dumps({"resume": where}))

    async def _afresh(self) -> None:
        await self.load()
        await self._resume()


async def equal_fresh(pages: list[LightPage]) -> None:
    """P1 at its end: every page holds what a fresh load holds, as far as both reach."""
    fresh = await pages[0].fresh()
    posts, pins = fresh.visible()
    for page in pages:
        mine, my_pins = page.state.visible()
        assert page.state.seq == fresh.seq
        both = min(len(mine), len(posts))
        assert mine[:both] == posts[:both]
        assert both >= min(len(posts), 20) or len(mine) == len(posts)
        assert my_pins == pins
