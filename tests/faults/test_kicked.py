"""T4: pages are cut again and again while everything is done that a circle's people do."""

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable

import pytest

from quanzi.curation import board, pinning, removing
from quanzi.db.engine import rows
from quanzi.errors import Refusal
from quanzi.posts import editing, withholding
from tests.faults.crowds import Crowd
from tests.faults.lengths import long_or, told
from tests.faults.marks import marked
from tests.people import CIRCLE, Cast

SEED = 4


class Doings:
    """What people of a circle do, by chance, with what has been written here."""

    def __init__(self, cast: Cast, seed: int) -> None:
        self.cast, self.chance = cast, random.Random(seed)
        self.out: list[int] = []
        self.withheld: list[int] = []
        self.done: Counter[str] = Counter()

    async def one(self) -> None:
        deeds: list[tuple[int, Callable[[], Awaitable[object]]]] = [
            (40, self._post), (20, self._edit), (10, self._remove), (8, self._withhold),
            (8, self._restore), (9, self._pin), (5, self._unpin),
        ]  # fmt: skip
        deed = self.chance.choices([each[1] for each in deeds], [each[0] for each in deeds])[0]
        try:
            await deed()
            self.done[deed.__name__.strip("_")] += 1
        except (Refusal, IndexError, ValueError) as refused:
            self.done[type(refused).__name__] += 1

    async def _post(self) -> None:
        written = await self.cast.editor.posts(marked())
        self.out.append(written.post_id)

    async def _edit(self) -> None:
        post_id = self.chance.choice(self.out)
        found = await rows("select version from post where id = $1", post_id)
        await editing.edit(await self.cast.editor.place(), post_id, marked(), found[0]["version"])

    async def _remove(self) -> None:
        post_id = self.out.pop(self.chance.randrange(len(self.out)))
        # With its pin, as by the form.
        await removing.remove(await self.cast.editor.place(), post_id)

    async def _withhold(self) -> None:
        post_id = self.out.pop(self.chance.randrange(len(self.out)))
        await removing.withhold(self.cast.circle_id, post_id, self.cast.reviewer.member_id)
        self.withheld.append(post_id)

    async def _restore(self) -> None:
        post_id = self.withheld.pop(self.chance.randrange(len(self.withheld)))
        await withholding.put_back(self.cast.circle_id, post_id, self.cast.reviewer.member_id)
        self.out.append(post_id)

    async def _pin(self) -> None:
        place = await self.cast.editor.place()
        taken = await board.slots_taken(place.circle.id)
        if len(taken) >= place.circle.pin_slots:
            await pinning.unpin(place, self.chance.choice(list(taken.values())))
        await pinning.pin(place, self.chance.choice(self.out))

    async def _unpin(self) -> None:
        place = await self.cast.editor.place()
        await pinning.unpin(place, self.chance.choice(self.out))


@pytest.mark.timeout(long_or(120, 400))
async def test_pages_that_are_cut_all_the_time_are_right_in_the_end(cast, site):
    pages, seconds = int(long_or(60, 200)), long_or(5, 180)
    doings = Doings(cast, SEED)
    for _ in range(6):
        await doings._post()
    async with Crowd() as crowd:
        port = int(cast.url.rpartition(":")[2])
        await crowd.open(port, [CIRCLE], pages=pages)
        await crowd.figures()
        kicking = asyncio.create_task(
            crowd.tell("kick", least=1, most=4, seconds=seconds, seed=SEED)
        )
        while not kicking.done():
            await asyncio.gather(*(doings.one() for _ in range(3)), asyncio.sleep(0.3))
        kicks = (await kicking)["kicks"]
        settled = await crowd.settled()
        figures = await crowd.figures()

    told(
        "T4", seed=SEED, pages=pages, kicks=kicks, settled=settled, applied=figures["applied"],
        doings=dict(doings.done), counts=figures["counts"],
    )  # fmt: skip
    assert kicks > pages * seconds / 5
    assert settled < 5
    for deed in ("post", "edit", "remove", "withhold", "restore", "pin"):
        assert doings.done[deed], "all of it happened"
