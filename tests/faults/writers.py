"""Many people who post by the site's own forms, at a steady rate, and keep what they were answered."""

import asyncio
import hashlib
import random
import re
import secrets
import time
import uuid
from collections import Counter
from types import TracebackType
from typing import Self

import asyncpg
import httpx
from valkey.asyncio import Valkey

from quanzi.servers import hold
from tests.faults.harness import Served
from tests.faults.marks import marked

# Circles of the demo in which every member may post, and who looks after them.
KEEPERS = {
    "pearl-river-night-run": "joyrun-owner",
    "goddess-run": "joyrun-owner",
    "campus-diary": "campus-owner",
    "white-collar-diary": "office-owner",
    "city-pets": "mengxingren-owner",
    "reading": "wuxiaobo-owner",
}
CIRCLES = list(KEEPERS)
PEOPLE = 30


class Writers:
    """`await writers.write(CIRCLES, rate=2, seconds=20)`; `written` is what was acknowledged."""

    def __init__(self, site: Served) -> None:
        self.site = site
        self.chance = random.Random(1)
        self.tokens: dict[str, str] = {}
        self.csrf: dict[str, str] = {}
        self.written: dict[str, str] = {}
        self.statuses: Counter[int | str] = Counter()
        self.slowest = 0.0
        self.refused: list[str] = []
        self.said = ""
        self._client: httpx.AsyncClient | None = None

    async def __aenter__(self) -> Self:
        await self._arrive()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        what: BaseException | None,
        where: TracebackType | None,
    ) -> None:
        if self._client is not None:
            await self._client.aclose()

    async def _arrive(self) -> None:
        """Signed in, without the time that hashing so many passwords takes."""
        with hold(self.site.servers, postgres=True, valkey=True) as held:
            # How much these people posted before is forgotten.
            valkey = Valkey.from_url(held.valkey_url)
            await valkey.flushall()
            await valkey.aclose()
            database = await asyncpg.connect(held.database_url)
            keepers = sorted(set(KEEPERS.values()))
            found = await database.fetch(
                """select id, handle from member where platform_role = '' and suspended_at is null
                   and handle not in ('newbie', 'aqiang')
                   order by handle = any($1::text[]) desc, id limit $2""",
                keepers, PEOPLE,
            )  # fmt: skip
            for line in found:
                self.tokens[line["handle"]] = await session_of(database, line["id"])
            await database.close()
        self._client = httpx.AsyncClient(
            base_url=self.site.url, timeout=30, verify=False,
            limits=httpx.Limits(max_connections=40, max_keepalive_connections=40),
        )  # fmt: skip
        for handle in self.tokens:
            await self.learn_token(handle)

    async def learn_token(self, handle: str) -> None:
        assert self._client is not None
        answer = await self._client.get("/me/sessions", headers=self._as(handle))
        found_token = re.search(r'data-csrf="(\w+)"', answer.text)
        assert found_token, answer.status_code
        self.csrf[handle] = found_token[1]

    async def write(
        self, circles: list[str], *, rate: float, seconds: float, pins: float = 0.0
    ) -> int:
        """Posts at this rate, whatever the answers take; how many there were to be."""
        started, number = time.monotonic(), 0
        posting: set[asyncio.Task[object]] = set()
        next_pin = started + (1 / pins if pins else seconds + 1)
        while time.monotonic() - started < seconds:
            handle = self._people()[number % len(self.tokens)]
            circle = self.chance.choice(circles)
            task: asyncio.Task[object] = asyncio.create_task(self.post(circle, handle))
            posting.add(task)
            task.add_done_callback(posting.discard)
            if time.monotonic() >= next_pin:
                next_pin += 1 / pins
                turn: asyncio.Task[object] = asyncio.create_task(self.turn_pin(circle))
                posting.add(turn)
                turn.add_done_callback(posting.discard)
            number += 1
            await asyncio.sleep(max(0.0, started + number / rate - time.monotonic()))
        await asyncio.gather(*posting)
        return number

    async def post(self, circle: str, handle: str, *, insists: bool = True) -> bool:
        """Whether it is out. Pressed again, with the same key, until it has been answered."""
        key, body = str(uuid.uuid4()), ""
        for _ in range(20):
            started = time.monotonic()
            body = body or marked()
            status = await self.send(f"/c/{circle}/posts", handle, body=body, idempotency_key=key)
            self.slowest = max(self.slowest, time.monotonic() - started)
            if status == 303:
                self.written[body] = circle
                return True
            self.refused.append(f"{status} {handle} {circle} {self.said}")
            if not insists:
                return False
            await asyncio.sleep(0.5)
        return False

    async def turn_pin(self, circle: str) -> None:
        """The newest post of the circle goes up in the last slot, or comes down from it."""
        keeper = KEEPERS[circle]
        assert self._client is not None
        answer = await self._client.get(f"/c/{circle}?lang=zh-Hans")
        pinned = re.findall(r'id="pin-(\d+)"', answer.text)
        if len(pinned) > 2:
            await self.send(f"/c/{circle}/p/{pinned[-1]}/unpin", keeper)
        newest = re.search(r'id="post-(\d+)"', answer.text)
        if newest and newest[1] not in pinned:
            await self.send(f"/c/{circle}/p/{newest[1]}/pin", keeper)

    async def send(self, path: str, handle: str, **fields: str) -> int | str:
        assert self._client is not None
        try:
            answer = await self._client.post(
                path, data={"_csrf_token": self.csrf[handle], **fields}, headers=self._as(handle)
            )
        except httpx.TransportError as fault:
            self.statuses[type(fault).__name__] += 1
            return type(fault).__name__
        self.statuses[answer.status_code] += 1
        self.said = " ".join(re.findall(r'(?:error|role="alert")[^>]*>([^<]+)', answer.text))
        return answer.status_code

    def _people(self) -> list[str]:
        return list(self.tokens)

    def _as(self, handle: str) -> dict[str, str]:
        return {"cookie": f"quanzi={self.tokens[handle]}"}


async def session_of(database: "asyncpg.Connection[asyncpg.Record]", member_id: int) -> str:
    """Signs a member in; what their browser would keep."""
    token = secrets.token_urlsafe(32)
    await database.execute(
        """insert into session (id, member_id, agent, idle_until, ends_at)
           values ($1, $2, 'httpx', now() + interval '1 day', now() + interval '1 day')""",
        hashlib.sha256(token.encode()).digest(), member_id,
    )  # fmt: skip
    return token


async def nothing_lost_nothing_twice(site: Served, written: dict[str, str]) -> None:
    """P2, P4, P5: what was acknowledged is there once, and numbers have no gaps."""
    with hold(site.servers, postgres=True, valkey=False) as held:
        database = await asyncpg.connect(held.database_url)
        try:
            found = await database.fetch(
                "select body, count(*) as n from post where body = any($1::text[]) group by body",
                list(written),
            )
            assert {line["body"]: line["n"] for line in found} == dict.fromkeys(written, 1)
            gaps = await database.fetch(
                """select h.circle_id from circle_head h join circle_event e using (circle_id)
                   group by h.circle_id, h.head
                   having count(*) <> h.head or max(e.seq) <> h.head or min(e.seq) <> 1"""
            )
            assert not gaps
        finally:
            await database.close()


class Reader:
    """Somebody who loads the feed again and again: how long it takes."""

    def __init__(self, url: str, circle: str, *, every: float = 0.1) -> None:
        self.url, self.circle, self.every = url, circle, every
        self.times: list[float] = []
        self.statuses: Counter[int | str] = Counter()

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._read())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)

    async def _read(self) -> None:
        async with httpx.AsyncClient(base_url=self.url, timeout=20, verify=False) as client:
            while True:
                started = time.monotonic()
                try:
                    answer = await client.get(f"/c/{self.circle}?lang=zh-Hans")
                    self.statuses[answer.status_code] += 1
                except httpx.TransportError as fault:
                    self.statuses[type(fault).__name__] += 1
                self.times.append(time.monotonic() - started)
                await asyncio.sleep(self.every)

    def p99(self) -> float:
        ordered = sorted(self.times)
        return ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]
