"""Frames go past the transport while nothing waits in it, and nobody is ever written to in error."""

import asyncio
import contextlib
import json
import socket

import pytest

from quanzi.live import frames, ring
from quanzi.live.listener import Listener
from quanzi.live.protocol import NOT_LENT
from tests.live.test_socket import hello, live

FRAME = frames.text_frame(json.dumps({"kind": "head", "filler": "x" * 20_000}).encode())
ROUNDS = 60


@pytest.fixture(params=["in one call", "by a call for each"], autouse=True)
def way(request, monkeypatch):
    """Both ways of writing keep what is promised here."""
    if request.param == "in one call":
        monkeypatch.setattr(frames, "FEW", 1)
    else:
        monkeypatch.setattr(ring, "mine", lambda: None)


@pytest.fixture
def listeners(cast, site):
    """Those who have come in this test."""
    before = set(site.hub.present)

    async def come(count: int = 1) -> list[Listener]:
        while len(site.hub.present - before) != count:
            await asyncio.sleep(0.01)
        return sorted(site.hub.present - before, key=id)

    return come


async def test_a_page_that_reads_is_written_to_directly_and_in_order(cast, xiaolan, listeners):
    async with live(cast) as page:
        await hello(page)
        [listener] = await listeners()
        assert listener.descriptor != NOT_LENT

        for n in range(3):
            await frames.write_to_all([listener], frames.frame("head", epoch="", seq=n))
            listener.write(frames.frame("head", epoch="", seq=100 + n))
        said = [json.loads(await page.recv()) for _ in range(6)]

        assert [each["seq"] for each in said] == [0, 100, 1, 101, 2, 102]


async def test_a_page_that_stops_reading_gets_every_frame_whole_when_it_reads_again(
    cast, listeners
):
    """By hand, since a library would read ahead."""
    page = await _by_hand(cast)
    [listener] = await listeners()
    told = 0
    while listener.descriptor != NOT_LENT or not told:
        await frames.write_to_all([listener], FRAME)
        told += 1
        assert told < ROUNDS
    # The core answers a ping in the middle of it: behind what waits, not into it.
    page.sendall(b"\x89\x80\x00\x00\x00\x00")
    await frames.write_to_all([listener], FRAME)
    told += 1

    got = await asyncio.to_thread(_read_frames, page, told)
    assert got == [FRAME] * told
    while listener.wire.waiting():
        await asyncio.sleep(0.01)
    await frames.write_to_all([listener], FRAME)
    assert listener.descriptor != NOT_LENT
    page.close()


async def test_a_page_that_is_sent_away_hears_nothing_after_its_close(cast, listeners):
    async with live(cast) as page:
        await hello(page)
        [listener] = await listeners()
        listener.close(1008, "away")

        assert listener.descriptor == NOT_LENT
        await frames.write_to_all([listener], FRAME)
        await page.wait_closed()
        assert page.close_code == 1008


async def test_a_page_that_says_goodbye_hears_nothing_after_it(cast, listeners):
    page = await _by_hand(cast)
    [listener] = await listeners()
    page.sendall(b"\x88\x82\x00\x00\x00\x00\x03\xe8")
    while listener.descriptor != NOT_LENT:
        await asyncio.sleep(0)
    await frames.write_to_all([listener], FRAME)

    assert await asyncio.to_thread(page.recv, 100) == b"\x88\x02\x03\xe8"
    page.close()


async def test_who_comes_in_by_the_descriptor_of_who_went_is_not_told_what_was_theirs(
    cast, listeners
):
    gone = await _by_hand(cast)
    [left] = await listeners()
    descriptor = left.descriptor
    # Without a word, as when a laptop is shut.
    gone.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
    gone.close()
    while not left.gone:
        await asyncio.sleep(0)
    assert left.descriptor == NOT_LENT

    others = [await _by_hand(cast) for _ in range(8)]
    come = await listeners(8)
    assert descriptor in {each.descriptor for each in come}, "the kernel gives the lowest again"
    await frames.write_to_all([left], FRAME)
    # How many are here they may be told.
    for each in others:
        assert b"filler" not in await asyncio.to_thread(_what_comes, each)
        each.close()


async def test_what_is_sealed_on_its_way_does_not_go_past_its_seal(cast, listeners):
    async with live(cast) as page:
        await hello(page)
        [listener] = await listeners()
        listener.wire._descriptor = NOT_LENT  # as `run_asgi` leaves it where there is a seal

        listener.write(frames.frame("head", epoch="", seq=7))
        assert listener.descriptor == NOT_LENT
        await frames.write_to_all([listener], frames.frame("head", epoch="", seq=8))
        assert [json.loads(await page.recv())["seq"] for _ in range(2)] == [7, 8]


async def _by_hand(cast) -> socket.socket:
    """A page that has been greeted, and reads when it is told to."""
    host = cast.url.removeprefix("http://")
    name, _, port = host.partition(":")
    page = socket.create_connection((name, int(port)))
    page.sendall(
        (
            f"GET /c/night-run/live HTTP/1.1\r\nHost: {host}\r\nOrigin: {cast.url}\r\n"
            "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        ).encode()
    )
    await asyncio.to_thread(_read_until, page, b"\r\n\r\n")
    word = b'{"resume":null}'
    page.sendall(bytes((0x81, 0x80 | len(word), 0, 0, 0, 0)) + word)
    kinds = []
    while "hello" not in kinds:
        kinds.append(json.loads((await asyncio.to_thread(_read_frame, page))[1])["kind"])
    await asyncio.sleep(0.3)  # the first figures, if any
    page.setblocking(False)
    try:
        page.recv(65536)
    except BlockingIOError:
        pass
    page.setblocking(True)
    return page


def _what_comes(page: socket.socket) -> bytes:
    page.settimeout(0.3)
    got = b""
    with contextlib.suppress(TimeoutError):
        while more := page.recv(65536):
            got += more
    return got


def _read_until(page: socket.socket, end: bytes) -> bytes:
    got = b""
    while not got.endswith(end):
        got += page.recv(1)
    return got


def _read_frame(page: socket.socket) -> tuple[bytes, bytes]:
    head = _exactly(page, 2)
    if head[1] == 126:
        head += _exactly(page, 2)
        return head, _exactly(page, int.from_bytes(head[2:]))
    return head, _exactly(page, head[1])


def _exactly(page: socket.socket, count: int) -> bytes:
    got = b""
    while len(got) < count:
        more = page.recv(count - len(got))
        assert more
        got += more
    return got


def _read_frames(page: socket.socket, count: int) -> list[bytes]:
    """Text frames, each whole; whatever else the core says in between is let by."""
    found: list[bytes] = []
    while len(found) < count:
        head, body = _read_frame(page)
        if head[0] == 0x81:
            found.append(head + body)
    return found
