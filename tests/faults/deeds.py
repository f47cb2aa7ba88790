"""Everything that people of a circle do, by the site's own forms, post by post.

Each post has a life of its own, told by one task after another, so what it must be in the end is
known exactly; or, where no answer came, that it is one of two things and nothing in between.
"""

import asyncio
import random
import time
import uuid
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import asyncpg

from tests.faults.marks import marked
from tests.faults.writers import CIRCLES, KEEPERS, Writers, session_of

JUDGE = "moderator"
DONE, REFUSED, UNSURE = "done", "refused", "unsure"
PRESSES = 40
# Whoever looks into the database while it breaks; asyncpg has no common kind.
AWAY = (
    asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError, OSError, TimeoutError,
)  # fmt: skip


@dataclass
class Life:
    """One post. Sets hold what may be; one thing, unless an answer never came."""

    circle: str
    author: str
    key: str
    body: str
    outcome: str = ""
    post_id: int = 0
    state: set[str] = field(default_factory=lambda: {"published"})
    bodies: set[str] = field(default_factory=set)
    pinned: set[bool] = field(default_factory=lambda: {False})
    likes: dict[str, set[bool]] = field(default_factory=dict)
    # By their words: whether they are there ('' when they never came), or removed.
    comments: dict[str, set[str]] = field(default_factory=dict)

    @property
    def path(self) -> str:
        return f"/c/{self.circle}/p/{self.post_id}"


def after(known: set[Any], outcome: str, what: Any) -> set[Any]:
    """What is known once a deed has been answered so."""
    return {DONE: {what}, UNSURE: known | {what}, REFUSED: known}[outcome]


class Deeds:
    """`await deeds.go_on(rate, seconds)`; then `lives` says what must be."""

    def __init__(self, writers: Writers, database_url: str, seed: int) -> None:
        self.writers, self.database_url = writers, database_url
        self.chance = random.Random(seed)
        self.lives: list[Life] = []
        self.done: Counter[str] = Counter()
        self.refused: list[str] = []
        self._boards = {circle: asyncio.Lock() for circle in CIRCLES}
        self._up: dict[str, list[Life]] = {circle: [] for circle in CIRCLES}

    async def the_judge_comes(self) -> None:
        database = await asyncpg.connect(self.database_url)
        judge = await database.fetchval("select id from member where handle = $1", JUDGE)
        self._people = [handle for handle in self.writers.tokens if handle not in KEEPERS.values()]
        self.writers.tokens[JUDGE] = await session_of(database, judge)
        await self.writers.learn_token(JUDGE)
        # What was pinned before makes room.
        up = await database.fetch(
            """select c.slug, n.post_id from pin n join circle c on c.id = n.circle_id
               where n.state = 'shown' and c.slug = any($1::text[])""",
            CIRCLES,
        )
        await database.close()
        for slug, post_id in up:
            await self.writers.send(f"/c/{slug}/p/{post_id}/unpin", KEEPERS[slug])

    async def go_on(self, rate: float, seconds: float) -> None:
        """So many lives begin in a second; answers when all have been told."""
        started, living = time.monotonic(), set[asyncio.Task[None]]()
        while time.monotonic() - started < seconds:
            number = len(self.lives)
            author = self._people[number % len(self._people)]
            life = Life(self.chance.choice(CIRCLES), author, str(uuid.uuid4()), marked())
            self.lives.append(life)
            task = asyncio.create_task(self._live(life))
            living.add(task)
            await asyncio.sleep(max(0.0, started + (number + 1) / rate - time.monotonic()))
        await asyncio.gather(*living)

    async def _live(self, life: Life) -> None:
        chance = random.Random(self.chance.random())
        await self._post(life, insists=chance.random() < 0.85)
        if life.outcome != DONE:
            return
        for _ in range(chance.randint(1, 5)):
            await asyncio.sleep(chance.uniform(0, 1.5))
            if life.state != {"published"}:
                return
            await self._something(life, chance)

    async def _something(self, life: Life, chance: random.Random) -> None:
        deeds: list[tuple[int, Callable[[Life, random.Random], Awaitable[None]]]] = [
            (25, self._edit), (10, self._remove), (15, self._pin), (10, self._unpin),
            (20, self._comment), (20, self._like), (15, self._judge),
        ]  # fmt: skip
        await chance.choices([deed for _, deed in deeds], [weight for weight, _ in deeds])[0](
            life, chance
        )

    # ── the deeds ──

    async def _post(self, life: Life, *, insists: bool) -> None:
        life.bodies = {life.body}
        life.outcome = await self._press(
            "post", f"/c/{life.circle}/posts", life.author, insists=insists,
            body=life.body, idempotency_key=life.key,
        )  # fmt: skip
        if life.outcome == DONE:
            life.post_id = await self.asked("select id from post where body = $1", life.body)
            # Somebody is to look at it first: by chance it says what another has said.
            state = await self.asked("select state from post where id = $1", life.post_id)
            life.state = {state}

    async def _edit(self, life: Life, _: random.Random) -> None:
        version = await self.asked("select version from post where id = $1", life.post_id)
        body = marked()
        outcome = await self._press(
            "edit", f"{life.path}/edit", life.author, body=body, version=str(version)
        )
        waits = "select count(*) from held_edit where post_id = $1 and body = $2"
        if outcome == DONE and await self.asked(waits, life.post_id, body):
            return  # until somebody has looked at it
        life.bodies = after(life.bodies, outcome, body)

    async def _remove(self, life: Life, _: random.Random) -> None:
        async with self._boards[life.circle]:
            outcome = await self._press("remove", f"{life.path}/delete", life.author)
            self._gone(life, outcome)

    async def _pin(self, life: Life, _: random.Random) -> None:
        async with self._boards[life.circle]:
            up = self._up[life.circle]
            if life not in up and len(up) > 1:
                await self._down(up[0])
            outcome = await self._press("pin", f"{life.path}/pin", KEEPERS[life.circle])
            life.pinned = after(life.pinned, outcome, True)
            if outcome != REFUSED and life not in up:
                up.append(life)

    async def _unpin(self, life: Life, _: random.Random) -> None:
        async with self._boards[life.circle]:
            await self._down(life)

    async def _down(self, life: Life) -> None:
        outcome = await self._press("unpin", f"{life.path}/unpin", KEEPERS[life.circle])
        life.pinned = after(life.pinned, outcome, False)
        if life in self._up[life.circle]:
            self._up[life.circle].remove(life)

    async def _comment(self, life: Life, chance: random.Random) -> None:
        who, body = self._somebody(life, chance), marked()
        outcome = await self._press(
            "comment", f"{life.path}/comments", who, insists=chance.random() < 0.8,
            body=body, idempotency_key=str(uuid.uuid4()),
        )  # fmt: skip
        life.comments[body] = after({""}, outcome, "published")
        if outcome == DONE and chance.random() < 0.3:
            comment = await self.asked("select id from comment where body = $1", body)
            outcome = await self._press("uncomment", f"{life.path}/comments/{comment}/delete", who)
            life.comments[body] = after(life.comments[body], outcome, "removed")

    async def _like(self, life: Life, chance: random.Random) -> None:
        who = self._somebody(life, chance)
        known = life.likes.get(who, {False})
        likes = known == {False}
        deed = "like" if likes else "unlike"
        outcome = await self._press(deed, f"{life.path}/{deed}", who)
        life.likes[who] = after(known, outcome, likes)

    async def _judge(self, life: Life, chance: random.Random) -> None:
        """Taken away by a decision; then its author appeals, and the keeper puts it back."""
        async with self._boards[life.circle]:
            outcome = await self._press(
                "withhold", f"{life.path}/decide", JUDGE, action="remove", category="other",
                measure="", days="", credit="on", reason="先拿下来",
            )  # fmt: skip
            self._gone(life, outcome)
        if outcome != DONE or chance.random() < 0.2:
            return
        decision = await self.asked("select max(id) from decision where post_id = $1", life.post_id)
        outcome = await self._press(
            "appeal", f"/me/decisions/{decision}", life.author, words="这篇没有问题"
        )
        if outcome == DONE:
            outcome = await self._press(
                "restore", f"/c/{life.circle}/manage/appeals/{decision}", KEEPERS[life.circle],
                overturn="yes", reason="看错了",
            )  # fmt: skip
            life.state = after(life.state, outcome, "published")

    def _gone(self, life: Life, outcome: str) -> None:
        life.state = after(life.state, outcome, "removed")
        life.pinned = after(life.pinned, outcome, False)
        if outcome == DONE and life in self._up[life.circle]:
            self._up[life.circle].remove(life)

    # ── ways ──

    async def _press(
        self, deed: str, path: str, who: str, *, insists: bool = True, **fields: str
    ) -> str:
        """Until it is answered, or once. A refusal after a press without an answer says little."""
        outcome = REFUSED
        for _ in range(PRESSES if insists else 1):
            status = await self.writers.send(path, who, **fields)
            if status == 303:
                self.done[deed] += 1
                return DONE
            if isinstance(status, int) and status < 500 and status != 429:
                self.refused.append(f"{status} {path} {self.writers.said} {outcome}")
                return outcome
            if status != 429:
                outcome = UNSURE
            await asyncio.sleep(0.5)
        return outcome

    def _somebody(self, life: Life, chance: random.Random) -> str:
        return chance.choice([handle for handle in self._people if handle != life.author])

    async def asked(self, sql: str, *values: Any) -> Any:
        """By who looks into the database beside the site, whenever it answers."""
        for _ in range(100):
            try:
                database = await asyncpg.connect(self.database_url, timeout=5)
                try:
                    return await database.fetchval(sql, *values, timeout=15)
                finally:
                    await database.close(timeout=5)
            except AWAY:
                await asyncio.sleep(0.3)
        raise AssertionError("the database does not answer any more")
