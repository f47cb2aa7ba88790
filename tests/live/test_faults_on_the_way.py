"""What fails while a page is let in sends it away for a moment, and never for good."""

import asyncio
import json

import asyncpg
import pytest
from websockets.exceptions import ConnectionClosed

from quanzi.live import catching
from tests.live.test_socket import live

FAULTS = {
    1013: asyncpg.CannotConnectNowError("the database system is starting up"),
    1011: KeyError("a fault of ours"),
}


@pytest.mark.parametrize("code", FAULTS)
async def test_a_page_that_comes_while_something_fails_is_told_to_come_back(
    cast, monkeypatch, code
):
    async def fails(*_: object) -> None:
        raise FAULTS[code]

    monkeypatch.setattr(catching, "greet", fails)
    async with live(cast) as socket:
        await socket.send('{"resume": null}')
        bye = json.loads(await asyncio.wait_for(socket.recv(), 5))
        with pytest.raises(ConnectionClosed) as closed:
            await asyncio.wait_for(socket.recv(), 5)

    assert bye["kind"] == "bye"
    assert 500 <= bye["retry_ms"] <= 3000
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == code


async def test_so_is_a_members_own_line(cast, site, xiaolan, monkeypatch):
    async def fails(*_: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(site.station.hub, "watch", fails)
    async with live(cast, "/live", xiaolan.token) as socket:
        await socket.send('{"since": null}')
        with pytest.raises(ConnectionClosed) as closed:
            while True:
                await asyncio.wait_for(socket.recv(), 5)

    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 1013
