"""People using the demo at a steady rate: they post, talk, like, edit, pin and remove.

Through the same verbs as everybody. It edits, pins and removes only what it wrote itself, so that
the demo's own posts stay as they are.
"""

import asyncio
import random
import time
import uuid
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from quanzi import clock
from quanzi.circles import following
from quanzi.circles.access import Place, place
from quanzi.curation import board, composing, pinning, removing
from quanzi.db.engine import close_pool, open_pool, rows
from quanzi.demo import replies
from quanzi.demo.circles import CIRCLES
from quanzi.demo.people import PEOPLE
from quanzi.demo.sayings import OPENINGS, SAYINGS
from quanzi.errors import Refusal
from quanzi.identity.sessions import Viewer
from quanzi.posts import commenting, editing, liking, reading
from quanzi.posts.drafts import Draft, topics_in

# Of a hundred deeds; the rest are posts.
EDITS, PINS, REMOVALS, COMMENTS, LIKES = 8, 5, 4, 25, 35
# As many of its own posts as it remembers; older ones stay as they are.
REMEMBERED = 60


@dataclass(frozen=True, slots=True)
class Mine:
    circle: str
    post_id: int
    author: Viewer


async def run(rate: float, seconds: float, say: Callable[[str], object]) -> None:
    """`rate` deeds per second; `seconds` 0 is until it is interrupted."""
    await open_pool(2)
    try:
        people = await _people()
        if not people:
            say("There is nobody here: load the demo first (quanzi demo load).")
            return
        crowd = Crowd(people)
        started = time.monotonic()
        done = 0
        while not seconds or time.monotonic() - started < seconds:
            say(await crowd.next_deed())
            done += 1
            await asyncio.sleep(max(0.0, started + done / rate - time.monotonic()))
    finally:
        await close_pool()


class Crowd:
    def __init__(self, people: dict[str, Viewer]) -> None:
        self.people = people
        self.wrote: deque[Mine] = deque(maxlen=REMEMBERED)
        self.chance = random.Random()  # noqa: S311 - who says what, not a secret

    async def next_deed(self) -> str:
        """What was done, in one line."""
        try:
            return await self._deed()
        except Refusal as refused:
            return f"refused: {type(refused).__name__}"

    async def _deed(self) -> str:
        if not self.wrote:
            return await self._post()
        mine = self.chance.choice(self.wrote)
        deeds = {
            self._edit: EDITS,
            self._pin: PINS,
            self._remove: REMOVALS,
            self._comment: COMMENTS,
            self._like: LIKES,
        }
        posts = 100 - sum(deeds.values())
        [deed] = self.chance.choices([*deeds, None], [*deeds.values(), posts])
        return await deed(mine) if deed else await self._post()

    async def _post(self) -> str:
        circle = self.chance.choice(CIRCLES)
        staff = [person.handle for person in PEOPLE if person.partner == circle.partner]
        members = [person.handle for person in PEOPLE if not person.platform_role]
        author = self.people[
            self.chance.choice(staff[:1] if circle.posting == "staff" else members)
        ]
        body = f"{self.chance.choice(OPENINGS)}{self.chance.choice(SAYINGS[circle.category])}"
        draft = Draft(body, tuple(topics_in(body)))
        written = await composing.compose(await place(circle.slug, author), draft)
        self.wrote.append(Mine(circle.slug, written.post_id, author))
        return f"{author.name} posted in {circle.name} ({written.seq})"

    async def _edit(self, mine: Mine) -> str:
        here = await place(mine.circle, mine.author)
        now = await reading.one(here, mine.post_id)
        text = f"{now.body}\n（{clock.now():%H:%M} 补一句：{self.chance.choice(OPENINGS)}）"
        seq = await editing.edit(here, mine.post_id, text, now.version)
        return f"{mine.author.name} edited a post in {here.circle.name} ({seq})"

    async def _pin(self, mine: Mine) -> str:
        here = await self._as_keeper(mine)
        slot = here.circle.pin_slots
        # The last slot is for it; what stood there before comes down.
        taken = await board.slots_taken(here.circle.id)
        if slot in taken:
            await pinning.unpin(here, taken[slot])
        seq = await pinning.pin(here, mine.post_id, slot=slot)
        return f"A post was pinned in {here.circle.name} ({seq})"

    async def _remove(self, mine: Mine) -> str:
        self.wrote.remove(mine)
        here = await place(mine.circle, mine.author)
        seq = await removing.remove(here, mine.post_id)
        return f"{mine.author.name} removed a post in {here.circle.name} ({seq})"

    async def _comment(self, mine: Mine) -> str:
        here = await place(mine.circle, self._somebody())
        says = replies.COMMENTS[here.circle.category_slug]
        said = await commenting.comment(
            here, mine.post_id, self.chance.choice(says), key=uuid.uuid4()
        )
        return f"Somebody commented in {here.circle.name} ({said.seq})"

    async def _like(self, mine: Mine) -> str:
        here = await place(mine.circle, self._somebody())
        await liking.like(here, mine.post_id)
        await following.follow(here)
        return f"Somebody likes a post in {here.circle.name}"

    def _somebody(self) -> Viewer:
        return self.chance.choice(list(self.people.values()))

    async def _as_keeper(self, mine: Mine) -> Place:
        keeper = next(circle.keeper for circle in CIRCLES if circle.slug == mine.circle)
        return await place(mine.circle, self.people[keeper])


async def _people() -> dict[str, Viewer]:
    """Everybody of the demo, as if they were signed in."""
    found = await rows(
        """select handle, id as member_id, name, platform_role from member
           where handle = any($1::text[])""",
        [person.handle for person in PEOPLE],
    )
    return {line["handle"]: Viewer(**line, session=b"", until=clock.now()) for line in found}
