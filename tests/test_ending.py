"""A task that outlives faults ends all the same."""

import asyncio

from quanzi.ending import end
from quanzi.jobs.ticker import Ticker


async def turns_it_into_a_fault(started: asyncio.Event) -> None:
    """As a pool does whose connection breaks in the moment in which who waits for it is cancelled."""
    try:
        started.set()
        await asyncio.sleep(60)
    except asyncio.CancelledError:
        raise ConnectionError from None


async def test_what_makes_a_fault_of_being_cancelled_is_cancelled_again():
    started, faults = asyncio.Event(), 0

    async def goes_on() -> None:
        nonlocal faults
        while True:
            try:
                await turns_it_into_a_fault(started)
            except ConnectionError:
                faults += 1
                if faults > 1:
                    await asyncio.sleep(60)

    task = asyncio.create_task(goes_on())
    await started.wait()
    async with asyncio.timeout(10):
        await end(task)

    assert task.cancelled()
    assert faults == 2


async def test_a_ticker_stops_though_the_database_breaks_in_that_moment():
    looks = 0

    async def look() -> int:
        nonlocal looks
        looks += 1
        if looks == 1:
            await turns_it_into_a_fault(started)
        return 0

    started = asyncio.Event()
    ticker = Ticker({"things": look}, every=0.01)
    ticker.start()
    await started.wait()
    async with asyncio.timeout(10):
        await ticker.stop()
    looked = looks
    await asyncio.sleep(0.05)

    assert looks == looked


async def test_nothing_to_end_and_what_has_ended_end_at_once():
    async def nothing() -> None:
        pass

    done = asyncio.create_task(nothing())
    await done
    await end(done)
    await end(None)
