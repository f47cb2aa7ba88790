"""What takes less room keeps asyncio's promises."""

import asyncio
import contextlib

import pytest

from quanzi.live.lean import Gate, Inbox


async def test_what_is_put_in_comes_out_in_order_whether_somebody_waits_or_not():
    inbox: Inbox[int] = Inbox()
    inbox.put_nowait(1)
    inbox.put_nowait(2)
    assert [await inbox.get(), await inbox.get()] == [1, 2]

    waiting = asyncio.create_task(inbox.get())
    await asyncio.sleep(0)
    inbox.put_nowait(3)
    inbox.put_nowait(4)
    assert await waiting == 3
    assert await inbox.get() == 4
    assert inbox.empty()


async def test_who_gives_up_waiting_takes_nothing_along():
    inbox: Inbox[int] = Inbox()
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(0.01):
            await inbox.get()
    inbox.put_nowait(1)

    assert await inbox.get() == 1


async def test_who_gives_up_in_the_moment_in_which_something_comes_leaves_it_there():
    inbox: Inbox[int] = Inbox()
    waiting = asyncio.create_task(inbox.get())
    await asyncio.sleep(0)
    inbox.put_nowait(1)
    waiting.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await waiting

    assert await inbox.get() == 1


async def test_a_second_who_wants_to_take_is_told():
    inbox: Inbox[int] = Inbox()
    waiting = asyncio.create_task(inbox.get())
    await asyncio.sleep(0)
    with pytest.raises(RuntimeError):
        await inbox.get()
    inbox.put_nowait(1)
    assert await waiting == 1


async def test_a_gate_lets_everybody_by_when_it_opens_and_holds_the_next():
    gate = Gate()
    await asyncio.wait_for(gate.wait(), 1)
    gate.clear()
    passed: list[int] = []

    async def passes(n: int) -> None:
        await gate.wait()
        passed.append(n)

    going = [asyncio.create_task(passes(n)) for n in range(3)]
    await asyncio.sleep(0.01)
    assert (passed, gate.is_set()) == ([], False)
    going[1].cancel()
    gate.set()
    await asyncio.gather(*going, return_exceptions=True)
    assert passed == [0, 2]
    gate.clear()
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(gate.wait(), 0.01)
