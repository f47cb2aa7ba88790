"""Thousands of light pages in a process of its own: `python -m tests.faults.crowd`.

Raw websockets on one loop. What the same bytes say is read once for all pages, so that a frame to
two thousand pages costs each of them a few lookups. Every page keeps the promises of the contract
itself: numbers dense and in order (P2, P6), nothing twice, nothing back after its removal, versions
that only rise; and at the end it is compared with a fresh load (P1).

It is told what to do in lines of JSON and answers each with a line: see `crowds.py`.
"""

import asyncio
import base64
import hashlib
import json
import os
import random
import re
import resource
import socket
import struct
import sys
import time
from collections import Counter, OrderedDict
from typing import Any

import uvloop

from tests.faults.marks import moment_in
from tests.live.pages import ARTICLE, FEED, PINS, _still

# What has been read is kept for the other pages that are told the same.
KEPT = 4000
# A visitor's browser takes longer; a storm is harder when everybody is in a hurry.
HURRY = 1.0
PATIENCE = 60.0
SILENCE = 45.0
# hx-ws does after these, and 1006, which is never sent.
BROWSERS_COME_BACK = {1001, 1005, 1011, 1012, 1013, 1014}
BROKEN = struct.pack("ii", 1, 0)


class Article:
    """A post as it stands: what it shows, whether among the posts or the pins."""

    __slots__ = ("looks", "post_id", "seq", "version")

    def __init__(self, found: re.Match[str]) -> None:
        self.post_id, self.version, self.seq = int(found[2]), int(found[3]), int(found[4])
        html = _still(found[0]).replace('id="pin-', 'id="post-', 1)
        self.looks = hashlib.blake2b(html.encode(), digest_size=8).digest()


def articles(html: str) -> list[Article]:
    return [Article(found) for found in ARTICLE.finditer(html)]


class Fresh:
    """A page as the site draws it now."""

    def __init__(self, html: str) -> None:
        feed, pins = FEED.search(html), PINS.search(html)
        assert feed and pins, html[:300]
        self.seq, self.epoch = int(feed[1]), feed[2]
        self.posts = {each.post_id: each for each in articles(html[feed.start() :])}
        self.pins = {each.post_id: each for each in articles(pins[0])}
        self.pins_version = int(pins[1])
        self.older = 'id="older"' in html


class Event:
    __slots__ = ("article", "moment", "op", "pins", "post_id", "seq", "version")

    def __init__(self, said: dict[str, Any]) -> None:
        self.seq, self.op, self.version = said["seq"], said["op"], said["version"]
        self.post_id = int(said["id"]) if said["op"].startswith("post.") else 0
        content = said["content"]
        found = ARTICLE.search(content) if self.post_id else None
        self.article = Article(found) if found else None
        self.pins = (
            {each.post_id: each for each in articles(content)} if self.op == "pins.changed" else {}
        )
        self.moment = moment_in(content) if self.op == "post.published" else 0


_read: OrderedDict[bytes, dict[str, Any]] = OrderedDict()


def read(payload: bytes) -> dict[str, Any]:
    """The frame, with its events made out."""
    known = _read.get(payload)
    if known is None:
        known = json.loads(payload)
        if known["kind"] == "event":
            known["made"] = [Event(known)]
        elif known["kind"] == "batch":
            known["made"] = [Event(each) for each in known["events"]]
        _read[payload] = known
        if len(_read) > KEPT:
            _read.popitem(last=False)
    return known


class Page(asyncio.Protocol):
    __slots__ = (
        "asked_again", "circle", "crowd", "epoch", "greeted", "heard", "kicked", "left", "older",
        "open", "pins", "pins_version", "posts", "removed", "retry", "seq", "stays", "taken_away",
        "transport", "waiting",
    )  # fmt: skip

    def __init__(self, crowd: "Crowd", circle: str) -> None:
        self.crowd, self.circle = crowd, circle
        self.transport: asyncio.Transport | None = None
        self.waiting = b""
        self.removed: dict[int, int] = {}
        self.open = self.greeted = self.asked_again = False
        self.stays = True
        self.left = self.heard = 0.0
        self.retry: float | None = None
        self.kicked: asyncio.TimerHandle | None = None

    def take(self, fresh: Fresh) -> None:
        self.seq, self.epoch = fresh.seq, fresh.epoch
        self.posts, self.pins = dict(fresh.posts), dict(fresh.pins)
        self.pins_version, self.older = fresh.pins_version, fresh.older
        self.removed, self.taken_away = {}, 0

    # ── the wire ──

    async def come(self) -> None:
        """Until it is connected; a site that is away is tried again."""
        while self.stays:
            try:
                await self.crowd.loop.create_connection(
                    lambda: self, *self.crowd.way(), local_addr=self.crowd.come_from
                )
            except (
                OSError,
                ValueError,
            ):  # uvloop's word for a socket that has been closed under it
                self.crowd.counts["refused"] += 1
                await asyncio.sleep(random.uniform(0.1, HURRY))
            else:
                return

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        self.open = self.greeted = self.asked_again = False
        self.waiting = b""
        self.heard = time.monotonic()
        transport.write(self.crowd.handshake(self.circle))

    def connection_lost(self, _: Exception | None) -> None:
        self.transport = None
        if self.open:
            self.left = time.monotonic()
            self.open = False
        if self.kicked is not None:
            self.kicked.cancel()
        if self.stays:
            self.crowd.counts["lost"] += 1
            wait = random.uniform(0, HURRY) if self.retry is None else self.retry
            self.retry = None
            self.crowd.later(wait, self)

    def data_received(self, data: bytes) -> None:
        self.heard = time.monotonic()
        self.waiting = self.waiting + data if self.waiting else data
        if not self.open and not self._answered():
            return
        while self._next_frame():
            pass

    def _answered(self) -> bool:
        head, found, rest = self.waiting.partition(b"\r\n\r\n")
        if not found:
            return False
        if b" 101 " not in head[:20]:
            self.crowd.counts[f"http {head[9:12].decode()}"] += 1
            assert self.transport is not None
            self.transport.abort()
            return False
        self.waiting = rest
        self.open = True
        self.resume()
        return True

    def _next_frame(self) -> bool:
        data = self.waiting
        if len(data) < 2:
            return False
        opcode, length, start = data[0] & 15, data[1] & 127, 2
        if length == 126:
            length, start = int.from_bytes(data[2:4]), 4
        elif length == 127:
            length, start = int.from_bytes(data[2:10]), 10
        if len(data) < start + length:
            return False
        payload, self.waiting = data[start : start + length], data[start + length :]
        if opcode == 1:
            self.hear(read(payload))
        elif opcode == 8:
            code = int.from_bytes(payload[:2])
            self.crowd.counts[f"closed {code}"] += 1
            if code not in BROWSERS_COME_BACK:
                self.crowd.wrong(self, f"closed with {code}, after which no browser comes back")
            if self.transport is not None:
                self.transport.close()
            return False
        return self.transport is not None

    def say(self, **said: Any) -> None:
        if self.transport is not None and self.open:
            self.transport.write(masked(json.dumps(said).encode()))

    def resume(self) -> None:
        self.say(resume={"epoch": self.epoch, "seq": self.seq})

    def cut(self) -> None:
        """RST: the network goes away in the middle of whatever is being said."""
        if self.transport is not None:
            taken = self.transport.get_extra_info("socket")
            if taken is not None:
                taken.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, BROKEN)
            self.transport.abort()

    # ── the page ──

    def hear(self, frame: dict[str, Any]) -> None:
        match frame["kind"]:
            case "event" | "batch" as kind:
                for event in frame["made"]:
                    self.happen(event, live=kind == "event")
                if kind == "batch":
                    self.crowd.counts["batches"] += 1
            case "hello" | "head" if frame["epoch"] != self.epoch:
                self.crowd.afresh(self)
            case "hello":
                self.greeted = True
                if self.left:
                    self.crowd.back.append(time.monotonic() - self.left)
            case "head" if frame["seq"] > self.seq:
                self.asked_again = True
                self.crowd.counts["reminded"] += 1
                self.resume()
            case "reset":
                self.crowd.counts["resets"] += 1
                self.crowd.afresh(self)
            case "bye":
                self._sent_away(frame)

    def _sent_away(self, frame: dict[str, Any]) -> None:
        """Told to come back later; from a site that leaves, it goes at that time by itself."""
        self.crowd.counts[f"bye {frame['reason']}"] += 1
        if frame["retry_ms"] is not None:
            self.retry = frame["retry_ms"] / 1000
            if frame["reason"] == "deploy":
                self.crowd.loop.call_later(self.retry, self._go)
                self.retry = 0.0

    def _go(self) -> None:
        if self.transport is not None:
            self.transport.close()

    def happen(self, event: Event, *, live: bool) -> None:
        if event.seq <= self.seq:
            if not self.asked_again:
                self.crowd.wrong(self, f"twice: {event.seq} at {self.seq}")
            return
        if event.seq != self.seq + 1:
            self.crowd.wrong(self, f"a gap: {event.seq} after {self.seq}")
            self.asked_again = True
            self.resume()
            return
        self.seq = event.seq
        self.crowd.applied += 1
        if live and event.moment:
            self.crowd.delays.append((time.monotonic_ns() - event.moment) / 1e6)
        match event.op:
            case "post.removed":
                self.removed[event.post_id] = event.version
                self.taken_away += self.posts.pop(event.post_id, None) is not None
            case "post.restored" if not self._reaches_down_to(event.article):
                pass
            case "post.published" | "post.edited" | "post.restored":
                self._draw(event)
            case "pins.changed" if event.version > self.pins_version:
                self.pins_version, self.pins = event.version, dict(event.pins)

    def _reaches_down_to(self, article: Article | None) -> bool:
        """Whether its old place is on this page, or further down, where nobody has been."""
        assert article is not None
        known = article.post_id in self.posts or article.post_id in self.pins
        below = any(post.seq < article.seq for post in self.posts.values())
        return known or below or not self.older

    def _draw(self, event: Event) -> None:
        post_id, article = event.post_id, event.article
        assert article is not None
        if event.version <= self.removed.get(post_id, 0):
            self.crowd.wrong(self, f"post {post_id} came back after its removal")
            return
        pinned, old = self.pins.get(post_id), self.posts.get(post_id)
        if pinned is not None and pinned.version < event.version:
            self.pins[post_id] = article
        if old is None and event.op == "post.edited":
            return
        if old is None or old.version < event.version:
            self.posts[post_id] = article

    def differs(self, fresh: Fresh) -> str:
        """How it differs from a fresh load; nothing when it does not."""
        if self.seq != fresh.seq:
            return f"stands at {self.seq}, not at {fresh.seq}"
        mine, theirs = shown(self.posts), shown(fresh.posts)
        both = min(len(mine), len(theirs))
        # What was taken away makes room for nothing: the next older one comes with a fresh load.
        if both < min(len(theirs), 20) - self.taken_away:
            return f"shows {len(mine)} posts, not {len(theirs)}"
        if mine[:both] != theirs[:both]:
            odd = [a for a, b in zip(mine, theirs, strict=False) if a != b][:2]
            return f"its posts differ: {odd}"
        return "" if pinned(self.pins) == pinned(fresh.pins) else "its pins differ"


class Slow:
    """A page whose machine takes nothing any more, or a byte a second. Its buffer is small."""

    def __init__(self, crowd: "Crowd", circle: str, fresh: Fresh, *, drips: bool) -> None:
        self.crowd, self.circle, self.fresh, self.drips = crowd, circle, fresh, drips
        self.socket = socket.socket()
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self.socket.setblocking(False)

    async def come(self) -> None:
        loop = self.crowd.loop
        await loop.sock_connect(self.socket, self.crowd.way())
        await loop.sock_sendall(self.socket, self.crowd.handshake(self.circle))
        await loop.sock_recv(self.socket, 2048)
        where = {"epoch": self.fresh.epoch, "seq": self.fresh.seq}
        await loop.sock_sendall(self.socket, masked(json.dumps({"resume": where}).encode()))
        if self.drips:
            self.crowd._do(self._drip())

    async def _drip(self) -> None:
        try:
            while await self.crowd.loop.sock_recv(self.socket, 1):
                await asyncio.sleep(1)
        except (OSError, ValueError):  # uvloop's word for a socket that has been closed
            pass

    def close(self) -> None:
        self.socket.close()


def shown(posts: dict[int, Article]) -> list[tuple[int, int, bytes]]:
    ordered = sorted(posts.values(), key=lambda each: -each.seq)
    return [(each.post_id, each.version, each.looks) for each in ordered]


def pinned(pins: dict[int, Article]) -> list[tuple[int, int, bytes]]:
    return [(each.post_id, each.version, each.looks) for each in pins.values()]


def masked(payload: bytes) -> bytes:
    """A client's frame; a mask of zeros is a mask."""
    assert len(payload) < 126
    return bytes((0x81, 0x80 | len(payload))) + b"\0\0\0\0" + payload


class Crowd:
    def __init__(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.pages: list[Page] = []
        self.ports: list[int] = []
        self.host = ""
        self.come_from: tuple[str, int] | None = None
        self.counts: Counter[str] = Counter()
        self.delays: list[float] = []
        self.back: list[float] = []
        self.faults: list[str] = []
        self.applied = 0
        self._tasks: set[asyncio.Task[Any]] = set()
        self._fetching: dict[str, asyncio.Task[Fresh]] = {}
        self._slow: list[Slow] = []

    # ── what it is told to do ──

    async def open(
        self, ports: list[int], circles: list[str], pages: int, rate: float, come_from: str
    ) -> dict[str, Any]:
        """`rate`: so many arrive in a second. `come_from`: the address of their own."""
        self.host, self.ports = f"127.0.0.1:{ports[0]}", ports
        self.come_from = (come_from, 0) if come_from else None
        self._do(self._watch())
        fresh = {circle: await self.fetch(circle) for circle in circles}
        started = time.monotonic()
        for number in range(pages):
            page = Page(self, circles[number % len(circles)])
            page.take(fresh[page.circle])
            self.pages.append(page)
            self.later(number / rate, page)
        await self._all_are_here(pages / rate + 60)
        return {"seconds": time.monotonic() - started}

    async def cut(self, share: float = 1.0, waits: bool = True) -> dict[str, Any]:
        """At once; answers when all are back, if it `waits`."""
        started = time.monotonic()
        some = self.pages if share >= 1 else random.sample(self.pages, int(len(self.pages) * share))
        for page in some:
            page.greeted = False
            page.cut()
        if waits:
            await self._all_are_here(60)
        return {"seconds": time.monotonic() - started}

    async def kick(self, least: float, most: float, seconds: float, seed: int) -> dict[str, Any]:
        """Each page is cut again and again, whatever is being said to it."""
        chance = random.Random(seed)
        until = time.monotonic() + seconds
        due = [(time.monotonic() + chance.uniform(least, most), page) for page in self.pages]
        kicks = 0
        while time.monotonic() < until:
            now = time.monotonic()
            for place, (moment, page) in enumerate(due):
                if moment <= now:
                    page.cut()
                    kicks += 1
                    due[place] = (now + chance.uniform(least, most), page)
            await asyncio.sleep(0.02)
        return {"kicks": kicks}

    async def settle(self, within: float) -> dict[str, Any]:
        """Answers when all pages show what a fresh load shows, or the time is over."""
        started = time.monotonic()
        while True:
            circles = sorted({page.circle for page in self.pages})
            loaded = await asyncio.gather(*map(self.fetch, circles))
            fresh = dict(zip(circles, loaded, strict=True))
            odd = [
                f"{page.circle}: {differs}"
                for page in self.pages
                if (differs := page.differs(fresh[page.circle]))
            ]
            took = time.monotonic() - started
            if not odd or took > within:
                return {"seconds": took, "different": len(odd), "odd": odd[:5]}
            await asyncio.sleep(0.1)

    async def figures(self) -> dict[str, Any]:
        """Since it was last asked."""
        delays, self.delays = sorted(self.delays), []
        back, self.back = sorted(self.back), []
        counts, self.counts = self.counts, Counter()
        applied, self.applied = self.applied, 0
        return {
            "pages": sum(page.greeted for page in self.pages), "applied": applied,
            "delays": len(delays), "p50": of(delays, 0.5), "p99": of(delays, 0.99),
            "worst": of(delays, 1), "back": len(back), "back_p50": of(back, 0.5),
            "back_worst": of(back, 1), "faults": self.faults[:10], "counts": dict(counts),
            "rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        }  # fmt: skip

    async def churn(self, each_second: float, seconds: float) -> dict[str, Any]:
        """Pages leave for good, and as many others come."""
        until, done = time.monotonic() + seconds, 0
        while time.monotonic() < until:
            circle = random.choice(self.pages).circle
            page = Page(self, circle)
            page.take(await self.fetch(circle))
            # Others may have come and gone meanwhile.
            place = random.randrange(len(self.pages))
            gone, self.pages[place] = self.pages[place], page
            gone.stays = False
            gone._go()
            self.later(0, page)
            done += 1
            await asyncio.sleep(1 / each_second)
        await self._all_are_here(60)
        return {"churned": done}

    async def stall(self, circle: str, never: int, drip: int) -> dict[str, Any]:
        """More pages come that do not read any more, or a byte a second; answers when they stand."""
        fresh = await self.fetch(circle)
        self._slow = [Slow(self, circle, fresh, drips=n >= never) for n in range(never + drip)]
        came = await asyncio.gather(*(slow.come() for slow in self._slow), return_exceptions=True)
        return {"slow": came.count(None)}

    async def wake(self, waits: bool = True) -> dict[str, Any]:
        """Those who did not read come back as pages that do, from where they stood."""
        for slow in self._slow:
            slow.close()
            page = Page(self, slow.circle)
            page.take(slow.fresh)
            self.pages.append(page)
            self.later(0, page)
        self._slow = []
        if waits:
            await self._all_are_here(60)
        return {}

    async def thin(self, pages: int) -> dict[str, Any]:
        """Those who have been here longest leave for good, so that so many are left."""
        for page in self.pages[:-pages]:
            page.stays = False
            page._go()
        del self.pages[:-pages]
        return {}

    async def leave(self) -> dict[str, Any]:
        for page in self.pages:
            page.stays = False
            page._go()
        self.pages = []
        await asyncio.sleep(0.2)
        return {}

    # ── what pages ask of it ──

    def way(self) -> tuple[str, int]:
        """With several ports each try goes to one by chance, as behind a name with two addresses."""
        return "127.0.0.1", random.choice(self.ports)

    def handshake(self, circle: str) -> bytes:
        key = base64.b64encode(os.urandom(16)).decode()
        return (
            f"GET /c/{circle}/live?lang=zh-Hans HTTP/1.1\r\nHost: {self.host}\r\n"
            f"Origin: http://{self.host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n\r\n"
        ).encode()

    def later(self, seconds: float, page: Page) -> None:
        self.loop.call_later(seconds, lambda: self._do(page.come()))

    def afresh(self, page: Page) -> None:
        self._do(self._afresh(page))

    async def _afresh(self, page: Page) -> None:
        """Pages of visitors are all the same, so those that ask together share one load."""
        if page.circle not in self._fetching:
            task = asyncio.create_task(self.fetch(page.circle))
            self._fetching[page.circle] = task
            task.add_done_callback(lambda _: self._fetching.pop(page.circle, None))
        page.take(await asyncio.shield(self._fetching[page.circle]))
        page.asked_again = True
        page.resume()

    def wrong(self, page: Page, what: str) -> None:
        self.counts["wrong"] += 1
        if len(self.faults) < 50:
            self.faults.append(f"{page.circle}: {what}")

    async def fetch(self, circle: str) -> Fresh:
        """Until the site gives it."""
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                return Fresh(await self._get(f"/c/{circle}?lang=zh-Hans"))
            except (OSError, EOFError, ValueError):
                assert time.monotonic() < deadline, f"{circle} cannot be loaded"
                await asyncio.sleep(0.2)

    async def _watch(self) -> None:
        """A page that hears nothing for so long takes its connection for dead."""
        while True:
            await asyncio.sleep(1)
            silent = time.monotonic() - SILENCE
            for page in self.pages:
                if page.transport is not None and page.heard < silent:
                    self.counts["silence"] += 1
                    page.cut()

    async def _get(self, path: str) -> str:
        reader, writer = await asyncio.open_connection(*self.way())
        try:
            writer.write(
                f"GET {path} HTTP/1.1\r\nHost: {self.host}\r\nConnection: close\r\n\r\n".encode()
            )
            answer = await reader.read()
        finally:
            writer.close()
        head, _, body = answer.partition(b"\r\n\r\n")
        self.counts[f"loads {head[9:12].decode()}"] += 1
        if b" 200 " not in head[:20]:
            raise ValueError(head[:40])
        return body.decode()

    async def _all_are_here(self, within: float) -> None:
        deadline = time.monotonic() + within
        while not all(page.greeted for page in self.pages):
            missing = sum(not page.greeted for page in self.pages)
            odd = self.faults[:5], [vars_of(page) for page in self.pages if not page.greeted][:2]
            assert time.monotonic() < deadline, f"{missing} did not come: {self.counts} {odd}"
            await asyncio.sleep(0.02)

    def _do(self, coming: Any) -> None:
        task = self.loop.create_task(coming)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: "asyncio.Task[Any]") -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            self.counts["wrong"] += 1
            self.faults.append(repr(task.exception()))


def vars_of(page: Page) -> dict[str, Any]:
    kept = ("open", "stays", "retry", "seq", "transport")
    return {name: repr(getattr(page, name)) for name in kept}


def of(ordered: list[float], share: float) -> float:
    """This percentile."""
    return round(ordered[min(len(ordered) - 1, int(len(ordered) * share))], 3) if ordered else 0.0


async def main() -> None:
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    crowd = Crowd()
    orders = asyncio.StreamReader()
    await crowd.loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(orders), sys.stdin)

    async def obey(number: int, do: str, how: dict[str, Any]) -> None:
        try:
            answer = await getattr(crowd, do)(**how)
        except Exception as fault:  # noqa: BLE001 - told to who asked
            answer = {"failed": repr(fault)}
        sys.stdout.write(json.dumps({"of": number} | answer) + "\n")
        sys.stdout.flush()

    obeying = set()
    while line := await orders.readline():
        order = json.loads(line)
        task = asyncio.create_task(obey(order.pop("number"), order.pop("do"), order))
        obeying.add(task)
        task.add_done_callback(obeying.discard)


if __name__ == "__main__":
    uvloop.run(main())
