"""T6: a worker is killed at named moments of a deed; the deed is done whole, or not at all, and once."""

import asyncio
import os
import random
import signal
import time
import uuid
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.faults.crowds import Crowd
from tests.faults.harness import ROOT, Served, beside
from tests.faults.lengths import long_or, told
from tests.faults.marks import marked
from tests.faults.pausing.sitecustomize import MOMENTS
from tests.faults.test_running import _workers
from tests.faults.writers import Writers, nothing_lost_nothing_twice

SEED = 6
KILLS = int(os.environ.get("QUANZI_KILLS", "") or long_or(6, 200))
CIRCLE = "campus-diary"
DEEDS = ("post", "comment", "edit", "remove")
# Whoever was answered is sure of it; whoever was not presses again.
AGAIN = {"post": {303}, "comment": {303}, "edit": {303, 409}, "remove": {303, 404}}


class Doing:
    """One deed of one person, and whether the database has it."""

    def __init__(self, writers: Writers, database: Any, deed: str, author: str) -> None:
        self.writers, self.database, self.deed, self.author = writers, database, deed, author
        self.body, self.key = marked(), str(uuid.uuid4())

    async def prepare(self) -> None:
        if self.deed != "post":
            words = marked()
            assert await self._send(f"/c/{CIRCLE}/posts", words, self.key) == 303
            self.post_id = await self.database.fetchval(
                "select id from post where body = $1", words
            )
            self.key = str(uuid.uuid4())

    async def press(self) -> int | str:
        match self.deed:
            case "post":
                return await self._send(f"/c/{CIRCLE}/posts", self.body, self.key)
            case "comment":
                path = f"/c/{CIRCLE}/p/{self.post_id}/comments"
                return await self._send(path, self.body, self.key)
            case "edit":
                path = f"/c/{CIRCLE}/p/{self.post_id}/edit"
                return await self.writers.send(path, self.author, body=self.body, version="1")
            case _:
                return await self.writers.send(f"/c/{CIRCLE}/p/{self.post_id}/delete", self.author)

    async def insist(self) -> int | str:
        """Until it is answered: the connection may have been one to the worker that is gone."""
        while isinstance(status := await self.press(), str):
            await asyncio.sleep(0.1)
        return status

    async def times(self) -> int:
        """How often it has been done, by what stands and by the log."""
        table = "comment" if self.deed == "comment" else "post"
        if self.deed == "remove":
            asked = "id = $1 and state = 'removed'", self.post_id
        else:
            asked = "body = $1 and state = 'published'", self.body
        op = {"edit": "edited", "remove": "removed"}.get(self.deed, "published")
        found = await self.database.fetch(
            f"select circle_id, id from {table} where {asked[0]}", asked[1]
        )
        events = [
            await self.database.fetchval(
                """select count(*) from circle_event where circle_id = $1 and subject_id = $2
                   and op = $3""",
                line["circle_id"], line["id"], f"{table}.{op}",
            )
            for line in found
        ]  # fmt: skip
        assert events == [1] * len(found)
        return len(found)

    async def _send(self, path: str, body: str, key: str) -> int | str:
        return await self.writers.send(path, self.author, body=body, idempotency_key=key)


async def comes_to(folder: Path, pressing: "asyncio.Task[int | str]") -> int:
    """The process that stands still now."""
    at, started = folder / "at", time.monotonic()
    while not at.exists():
        assert time.monotonic() - started < 30
        if pressing.done():
            assert pressing.result() == 303, pressing.result()
        await asyncio.sleep(0.01)
    pid = int(at.read_text())
    at.unlink()
    return pid


@pytest.mark.timeout(long_or(300, 1800))
async def test_killed_at_any_moment_a_deed_is_done_whole_or_not_at_all_and_once(var, tmp_path):
    kills, chance = KILLS, random.Random(SEED)
    hooked = f"{ROOT / 'tests/faults/pausing'}:{os.environ.get('PYTHONPATH', '')}"
    environment = {"QUANZI_PAUSE": str(tmp_path), "PYTHONPATH": hooked}
    plan = [(MOMENTS[n % len(MOMENTS)], chance.choice(DEEDS)) for n in range(kills)]
    async with (
        Served(var, "--workers", "2", **environment) as site, Writers(site) as writers, Crowd() as crowd,
    ):  # fmt: skip
        await crowd.open(site.port, [CIRCLE], pages=20)
        await crowd.figures()
        async with beside(site) as database:
            people, answers, settled = list(writers.tokens), Counter[str](), []
            for number, (moment, deed) in enumerate(plan):
                doing = Doing(writers, database, deed, people[number % len(people)])
                await doing.prepare()
                (tmp_path / moment).touch()
                pressing = asyncio.create_task(doing.press())
                pid = await comes_to(tmp_path, pressing)
                os.kill(pid, signal.SIGKILL)
                answer = await pressing
                answers[f"{moment} {answer}"] += 1

                # An answer that was handed to the system may still go down with its process.
                assert answer != 303 or moment == "answered", f"{moment} {deed} {answer}"
                assert await doing.times() == (moment != "uncommitted"), f"{moment} {deed}"
                assert await doing.insist() in AGAIN[deed]
                assert await doing.times() == 1, f"{moment} {deed}"
                settled.append(await crowd.settled(within=10))
                while pid in await _workers(site):
                    await asyncio.sleep(0.05)
        assert answers["answered 303"] > kills // len(MOMENTS) // 2, answers
        figures = await crowd.figures()
        told(
            "T6", kills=kills, settled=max(settled), answers=dict(answers), counts=figures["counts"]
        )
        await nothing_lost_nothing_twice(site, writers.written)
