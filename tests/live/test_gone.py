"""A page whose network vanished without a word is noticed within 45 seconds."""

import asyncio
import socket

from quanzi.live.hub import HEARTBEAT
from quanzi.live.tail import EVERY
from tests.live.pages import LightPage
from tests.people import CIRCLE


async def test_the_next_head_and_the_kernels_patience_after_it_are_no_more(cast, site):
    page = LightPage(cast.url, CIRCLE)
    await page.open()
    await page.reaches(page.state.seq)
    while not site.station.hub.present:
        await asyncio.sleep(0.01)
    [listener] = site.station.hub.present

    connected = listener.wire.transport.get_extra_info("socket")
    patience = connected.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) / 1000

    # A head that is due waits for the tail's next pass.
    assert 0 < HEARTBEAT * 1.2 + EVERY + patience <= 45
    await page.close()
