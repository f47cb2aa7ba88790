"""The whole delivery, driven step by step: real verbs, database and hub; wires that can be cut.

A plan is a list of (step, number). `Drive` carries it out and checks what must hold, and by when.
"""

import json
import random
from typing import Any

from quanzi.circles.access import Place
from quanzi.curation import pinning, removing, showing
from quanzi.db.engine import rows
from quanzi.errors import Refusal
from quanzi.live import catching
from quanzi.live.catching import Position
from quanzi.live.hub import Hub
from quanzi.live.listener import Listener
from quanzi.live.log import Audience
from quanzi.posts import editing, withholding
from tests.live.pages import LightPage, State
from tests.people import Cast, Person

STEPS = (
    "post", "post", "edit", "edit", "remove", "withhold", "put_back", "pin", "unpin",
    "ring", "ring", "pass", "hear", "hear", "hear_all", "sync",
    "cut", "reopen", "reopen", "lose", "swap", "beat", "trim", "restore",
)  # fmt: skip


# More than all frames of the longest plan, each heard by every page.
MOST_ROUNDS = 2000


class Wire:
    """A connection that keeps what was written, until the page hears it or it is lost."""

    def __init__(self) -> None:
        self.paused_since = None
        self.inbox: list[dict[str, Any]] = []
        self.open = True

    def write(self, data: bytes) -> None:
        length = data[1]
        start = 2 if length < 126 else 4 if length == 126 else 10
        self.inbox.append(json.loads(data[start:]))

    def waiting(self) -> int:
        return 0

    def lend(self, to: object) -> int:
        return -1

    def leave(self, code: int, reason: str) -> None:
        self.open = False


class ModelPage(LightPage):
    """A light page on a model wire."""

    def __init__(self, drive: "Drive") -> None:
        super().__init__("http://model", drive.circle)
        self.drive = drive
        self.wire: Wire | None = None
        self.listener: Listener | None = None
        self.lossy = False

    async def fresh(self) -> State:
        return State(await self.drive.page_html())

    async def reopen(self) -> None:
        self.shut()
        self.wire = Wire()
        self.listener = Listener(self.wire, self.drive.circle_id, Audience("zh-Hans"), None)
        self.lossy = False
        await catching.greet(self.drive.hub, self.listener, None)
        await self._resume()

    def shut(self) -> None:
        if self.listener is not None:
            self.listener.gone = True
            for stream in self.drive.hub.streams.values():
                stream.drop(self.listener)
        self.wire = self.listener = None

    async def hear_next(self) -> bool:
        if self.wire is None or not self.wire.inbox:
            return False
        frame = self.wire.inbox.pop(0)
        self.drive.check_no_past(frame)
        before = self.state.seq, self.state.epoch
        await self.hear(frame)
        if before[1] == self.state.epoch and frame["kind"] != "reset":
            assert self.state.seq >= before[0], "P6: the page went back"
        return True

    async def _resume(self) -> None:
        if self.listener is not None:
            where = Position(self.state.epoch, self.state.seq)
            await catching.join(self.drive.hub, self.listener, where)


class Drive:
    def __init__(self, hub: Hub, cast: Cast, place: Place, editor: Person, pages: int = 3) -> None:
        self.hub, self.editor, self.place = hub, editor, place
        self.circle, self.circle_id = place.circle.slug, place.circle.id
        self.posts: list[int] = []
        self.withheld: list[int] = []
        self.bodies: dict[int, list[str]] = {}
        self.past: set[str] = set()
        self.pages = [ModelPage(self) for _ in range(pages)]
        self.count = 0

    async def run(self, plan: list[tuple[str, int]]) -> None:
        for page in self.pages:
            await page.load()
            await page.reopen()
        for step, number in plan:
            await getattr(self, f"_{step}")(number)
        await self.settle()

    async def settle(self) -> None:
        """Everything is well again: nobody loses anything, everybody comes back."""
        await self.hub.look()
        for page in self.pages:
            page.lossy = False
            if page.wire is None:
                await page.reopen()
        # Twice, since the first beat may find pages that then ask for what they miss.
        for _ in range(2):
            await self._beat(0)
            await self._hear_all(0)
        await self.equal_fresh(self.pages, "at the end")

    async def equal_fresh(self, pages: list[ModelPage], when: str) -> None:
        fresh = State(await self.page_html())
        posts, pins = fresh.visible()
        for page in pages:
            mine, my_pins = page.state.visible()
            both = min(len(mine), len(posts), 20)
            assert page.state.seq == fresh.seq, f"{when}: P1/P2, {page.state.seq} of {fresh.seq}"
            assert mine[:both] == posts[:both], f"{when}: P1, the feed differs"
            assert my_pins == pins, f"{when}: P1, the pins differ"

    def check_no_past(self, frame: dict[str, Any]) -> None:
        """P7: what was edited away or removed before this page joined is in no frame it hears."""
        for words in self.past:
            assert words not in str(frame), f"P7: {words} was said again"

    async def page_html(self) -> str:
        shown = await showing.show(self.place, "zh-Hans", before=None, after=None, topic="")
        posts = "".join(html for _, html in shown.posts)
        feed = f'id="feed" data-seq="{shown.seq}" data-epoch="{self.hub.epoch}"'
        return f"{shown.pins}<div {feed}>{posts}</div>"

    # ── what people do ──

    async def _post(self, number: int) -> None:
        self.count += 1
        written = await self.editor.posts(f"帖子{self.count}版1", self.circle)
        self.posts.append(written.post_id)
        self.bodies[written.post_id] = [f"帖子{self.count}版1"]

    async def _edit(self, number: int) -> None:
        if self.posts:
            post_id = self.posts[number % len(self.posts)]
            bodies = self.bodies[post_id]
            words = bodies[-1].split("版")[0] + f"版{len(bodies) + 1}"
            await editing.edit(self.place, post_id, words, len(bodies))
            bodies.append(words)
            await self._gone(bodies[-2])

    async def _remove(self, number: int) -> None:
        if self.posts:
            post_id = self.posts.pop(number % len(self.posts))
            await removing.remove(self.place, post_id)
            await self._gone(self.bodies[post_id][-1])

    async def _withhold(self, number: int) -> None:
        if self.posts:
            post_id = self.posts.pop(number % len(self.posts))
            await removing.withhold(self.circle_id, post_id, self.editor.member_id)
            self.withheld.append(post_id)
            await self._gone(self.bodies[post_id][-1])

    async def _put_back(self, number: int) -> None:
        if self.withheld:
            post_id = self.withheld.pop(number % len(self.withheld))
            await withholding.put_back(self.circle_id, post_id, self.editor.member_id)
            words = self.bodies[post_id][-1]
            # Taken away and put back are two versions more; it may be said again.
            self.bodies[post_id] += [words, words]
            self.past.discard(words + "<")
            self.posts.append(post_id)

    async def _gone(self, words: str) -> None:
        """Once this process has heard of it, nobody is told the old words; who was told, was."""
        self.hub._next_beat = float("inf")
        if self.count % 2:
            await self.hub.look()
            await self._hear_all(0)
            self.past.add(words + "<")

    async def _pin(self, number: int) -> None:
        if self.posts:
            try:
                await pinning.pin(
                    self.place, self.posts[number % len(self.posts)], slot=number % 3 + 1
                )
            except Refusal:
                pass  # taken: as good a step as any

    async def _unpin(self, number: int) -> None:
        if self.posts:
            await pinning.unpin(self.place, self.posts[number % len(self.posts)])

    # ── what the machinery does ──

    async def _ring(self, number: int) -> None:
        await self.hub.look({self.circle_id})

    async def _pass(self, number: int) -> None:
        await self.hub.look()

    async def _beat(self, number: int) -> None:
        self.hub._next_beat = 0.0
        await self.hub.look()

    async def _hear(self, number: int) -> None:
        await self.pages[number % len(self.pages)].hear_next()

    async def _hear_all(self, number: int) -> None:
        rounds = 0
        while any([await page.hear_next() for page in self.pages]):
            rounds += 1
            assert rounds < MOST_ROUNDS, "a page asks again and again for what it never gets"

    async def _sync(self, number: int) -> None:
        """By when: one pass, and who lost nothing has everything, without any heartbeat's help."""
        self.hub._next_beat = float("inf")
        self.hub.doubt()
        await self.hub.look()
        await self._hear_all(0)
        await self.equal_fresh([p for p in self.pages if p.wire and not p.lossy], "after a pass")
        self.hub._next_beat = float("inf")

    async def _cut(self, number: int) -> None:
        self.pages[number % len(self.pages)].shut()

    async def _reopen(self, number: int) -> None:
        await self.pages[number % len(self.pages)].reopen()

    async def _lose(self, number: int) -> None:
        page = self.pages[number % len(self.pages)]
        if page.wire and page.wire.inbox:
            page.wire.inbox.pop(number % len(page.wire.inbox))
            page.lossy = True

    async def _swap(self, number: int) -> None:
        page = self.pages[number % len(self.pages)]
        if page.wire and len(page.wire.inbox) > 1:
            random.Random(number).shuffle(page.wire.inbox)
            page.lossy = True

    async def _trim(self, number: int) -> None:
        """The log's old end goes; a page from before it must start over."""
        await rows(
            "update circle_head set floor = greatest(floor, head - $2) where circle_id = $1",
            self.circle_id,
            number % 5,
        )
        await rows(
            """delete from circle_event e using circle_head h
               where e.circle_id = $1 and h.circle_id = $1 and e.seq <= h.floor""",
            self.circle_id,
        )

    async def _restore(self, number: int) -> None:
        """A backup comes back: the last deeds never were, and it is another history."""
        lost = await rows(
            """delete from post where circle_id = $1 and seq > (select head - 2 from circle_head
               where circle_id = $1) and not exists
               (select 1 from pin where pin.circle_id = post.circle_id and post_id = post.id)
               returning id""",
            self.circle_id,
        )
        for line in lost:
            for lists in (self.posts, self.withheld):
                if line["id"] in lists:
                    lists.remove(line["id"])
        await rows("update history set generation = generation + 1")
        self.hub.doubt()
