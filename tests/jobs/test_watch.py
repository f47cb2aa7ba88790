"""Nobody asks for what is not due, nobody sleeps through what is, and all rooms ask at once."""

import asyncio
from contextlib import asynccontextmanager

import structlog

from quanzi.db.engine import rows
from quanzi.jobs.watch import Due, Watch, Watched

LETTERS = "select from letter where subject = 'watched'"
PLANT = """insert into letter (key, member_id, recipient, language, subject, text, html, unsubscribe)
           values ('watched', 1, 'lin@example.org', 'en', 'watched', '', '', '')"""


class Desk:
    """Deals with what is due one at a time, and counts how often it looked."""

    def __init__(self, *outcomes: int | Exception) -> None:
        self.outcomes, self.looked = list(outcomes), 0
        self.rested = asyncio.Event()

    async def look(self) -> int:
        self.looked += 1
        outcome = self.outcomes.pop(0) if self.outcomes else 0
        if isinstance(outcome, Exception):
            raise outcome
        if not outcome:
            self.rested.set()
        return outcome


@asynccontextmanager
async def at_work(*watched: Watched):
    for each in watched:
        each.start()
    try:
        yield Watch(watched)
    finally:
        for each in watched:
            await each.stop()


async def test_who_has_nothing_due_does_not_look(database):
    idle, busy = Desk(), Desk(1)
    async with at_work(
        Watched({"idle": Due(LETTERS, idle.look)}), Watched({"busy": Due("select 1", busy.look)})
    ) as watch:
        assert await watch.look_around() == 0
        async with asyncio.timeout(10):
            await busy.rested.wait()

    assert idle.looked == 0
    assert busy.looked == 2, "once for what was due, once for whether there was more"


async def test_what_falls_due_is_seen_in_the_next_round(database):
    desk = Desk(1)
    async with at_work(Watched({"letters": Due(LETTERS, desk.look)})) as watch:
        await watch.look_around()
        await asyncio.sleep(0)
        assert desk.looked == 0

        await rows(PLANT)
        await watch.look_around()

        async with asyncio.timeout(10):
            await desk.rested.wait()


async def test_one_of_a_group_wakes_the_group_and_all_that_is_due_is_done(database):
    first, second = Desk(), Desk(1, 1, 1)
    group = Watched({"first": Due(LETTERS, first.look), "second": Due("select 1", second.look)})
    async with at_work(group) as watch:
        await watch.look_around()
        async with asyncio.timeout(10):
            await second.rested.wait()

    assert second.looked == 4
    assert first.looked >= 3


async def test_whose_question_is_broken_keeps_nobody_else_from_their_work(database):
    broken, sound, idle = Desk(), Desk(1), Desk()
    async with at_work(
        Watched({"broken": Due("select from no_such_table", broken.look)}),
        Watched({"sound": Due("select 1", sound.look)}),
        Watched({"idle": Due(LETTERS, idle.look)}),
    ) as watch:
        with structlog.testing.capture_logs() as logged:
            await watch.look_around()
        async with asyncio.timeout(10):
            await sound.rested.wait()

    assert sound.looked == 2
    assert broken.looked == idle.looked == 0
    # The site that other tests run may say something meanwhile.
    asked = [each["question"] for each in logged if each["event"] == "jobs.watch"]
    assert asked == ["exists (select from no_such_table)"]


async def test_who_looked_in_vain_pauses_and_comes_back(database):
    """Whether it failed or another process has it in hand: not at every round again."""
    over, pauses = asyncio.Event(), 0

    class Patient(Watched):
        async def _pause(self) -> None:
            nonlocal pauses
            pauses += 1
            await over.wait()

    desk = Desk(ValueError("broken"), 1)
    async with at_work(Patient({"desk": Due("select 1", desk.look)})) as watch:
        for _ in range(5):
            await watch.look_around()
        assert desk.looked == 1

        over.set()
        async with asyncio.timeout(10):
            await desk.rested.wait()
    assert desk.looked == 3
    assert pauses == 1, "after what was done nobody pauses"


async def test_every_room_of_the_site_can_be_asked(database, site):
    await site.tickers_rest()
    watch = next(each for each in site.app.state.tickers if isinstance(each, Watch))
    await rows("insert into rising (circle_id, gained, score) values (0, 0, 0)")

    [due] = await rows(watch._all)
    assert not any(due), "nothing is due in an empty database"
    assert len(watch._watched) == sum(isinstance(e, Watched) for e in site.app.state.tickers)
    assert len(watch._all) < 15_000, "longer ones are not kept prepared by the driver"
