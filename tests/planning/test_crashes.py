"""Killed at any step, each thing happens exactly once: found by failing at every question in turn."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from quanzi.curation import due as pins_due
from quanzi.curation import pinning
from quanzi.db import transaction
from quanzi.db.engine import rows
from quanzi.planning import making, series
from quanzi.planning.repeating import Rhythm
from quanzi.planning.series import Wanted
from quanzi.posts import due as posts_due
from tests.posts.test_planning import plans, soon

STEPS = 2000


class Killed(RuntimeError):
    """The process is gone: what stood in the transaction is not there."""


class Fuse:
    """Lets so many questions of transactions through, and then none."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.left = STEPS
        opened = transaction._Open
        monkeypatch.setattr(transaction, "_Open", lambda held: opened(Fused(held, self)))

    async def get_through(self, look: Callable[[], Awaitable[int]]) -> int:
        """How many steps there are, each of which was the last once."""
        for step in range(STEPS):
            self.left = step
            try:
                done = await look()
            except Killed:
                continue
            finally:
                self.left = STEPS
            if done:
                return step
        raise AssertionError("it never got through")


class Fused:
    def __init__(self, held: Any, fuse: Fuse) -> None:
        self._held, self._fuse = held, fuse

    def __getattr__(self, name: str) -> Any:
        return getattr(self._held, name)

    async def fetch(self, *asked: Any) -> Any:
        if self._fuse.left == 0:
            raise Killed
        self._fuse.left -= 1
        return await self._held.fetch(*asked)


@pytest.fixture
async def fuse(monkeypatch, cast, site):
    await site.tickers_rest()
    yield Fuse(monkeypatch)
    await site.tickers_work()


async def test_a_post_comes_out_once_wherever_it_is_killed(fuse, cast, editor):
    post_id = await plans(editor, body="到点发布 #夜跑#")
    await rows("update post set publish_at = now() where id = $1", post_id)
    assert await fuse.get_through(posts_due.publish_due) > 5
    assert await posts_due.publish_due() == 0
    events = await rows(
        "select subject_id from circle_event where circle_id = $1 and op = 'post.published'",
        cast.circle_id,
    )
    assert [line["subject_id"] for line in events] == [post_id]


async def test_what_could_not_be_is_told_once(fuse, cast, editor):
    post_id = await plans(editor)
    await rows("delete from staff where member_id = $1", editor.member_id)
    await rows("update post set publish_at = now() where id = $1", post_id)
    await fuse.get_through(posts_due.publish_due)
    told = await rows("select 1 from concern where kind = 'plan.missed'")
    assert len(told) == 1


async def test_a_pin_begins_and_ends_once(fuse, cast, editor):
    post_id = (await editor.posts("置顶")).post_id
    await pinning.pin(await editor.place(), post_id, starts_at=soon(), ends_at=soon(hours=5))
    for change, state in (
        ("starts_at = now() - interval '2 s'", "shown"),
        ("ends_at = now() - interval '1 s'", "ended"),
    ):
        await rows(f"update pin set {change}")
        assert await fuse.get_through(pins_due.turn_due) > 3
        [line] = await rows("select state from pin")
        assert line["state"] == state
    events = await rows("select 1 from circle_event where op = 'pins.changed'")
    assert len(events) == 2


async def test_a_series_plans_each_day_once(fuse, cast, editor, monkeypatch):
    monkeypatch.setattr(making, "AHEAD", timedelta(days=3))
    today = datetime.now(ZoneInfo("Asia/Shanghai")).date()
    await series.start(await editor.place(), Wanted("每天早安", (), Rhythm("day", 1439, today)))
    assert await fuse.get_through(making.make_due) > 10
    days = [line["on_day"] for line in await rows("select on_day from plan order by on_day")]
    assert days == [today + timedelta(days=n) for n in range(4)]
    posts = await rows("select 1 from post where state = 'scheduled'")
    assert len(posts) == len(days)
