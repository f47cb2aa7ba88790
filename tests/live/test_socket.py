"""T17: who may open a live connection, and what becomes of one that misbehaves."""

import asyncio
import json
import os
import struct

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from quanzi.db.engine import rows
from quanzi.identity import sessions
from quanzi.live import socket as endpoint
from tests.people import CIRCLE


def live(cast, path: str = f"/c/{CIRCLE}/live", token: str = "", **how):
    headers = {"Cookie": f"quanzi={token}"} if token else {}
    how = {"origin": cast.url, "compression": None, "max_size": None} | how
    return connect(cast.url.replace("http", "ws") + path, additional_headers=headers, **how)


async def hello(socket) -> dict:
    await socket.send('{"resume": null}')
    return json.loads(await asyncio.wait_for(socket.recv(), 5))


async def test_a_page_of_ours_is_told_where_the_log_stands(cast, xiaolan):
    await xiaolan.posts()

    async with live(cast) as socket:
        said = await hello(socket)

    assert said["kind"] == "hello"
    assert (said["seq"], said["until"]) == (1, None)
    assert said["epoch"]
    assert said["heartbeat"] == 20


async def test_a_members_page_is_told_when_the_session_ends(cast, xiaolan):
    async with live(cast, token=xiaolan.token) as socket:
        assert (await hello(socket))["until"] == xiaolan.viewer.until.isoformat()


BAD_FRAMES = [
    ("hello", 1008),
    ("", 1008),
    ("[]", 1008),
    ("null", 1008),
    ("42", 1008),
    ("{}", 1008),
    ('{"post": "a deed"}', 1008),
    ('{"resume": null, "more": 1}', 1008),
    ('{"pong": 1}', 1008),
    ('{"resume": {}}', 1008),
    ('{"resume": []}', 1008),
    ('{"resume": {"epoch": "x"}}', 1008),
    ('{"resume": {"epoch": 1, "seq": 1}}', 1008),
    ('{"resume": {"epoch": "x", "seq": "1"}}', 1008),
    ('{"resume": {"epoch": "x", "seq": 1.5}}', 1008),
    ('{"resume": {"epoch": "x", "seq": true}}', 1008),
    ('{"resume": {"epoch": "x", "seq": -1}}', 1008),
    ('{"resume": {"epoch": "x", "seq": 9223372036854775808}}', 1008),
    ('{"resume": {"epoch": "%s", "seq": 1}}' % ("x" * 65), 1008),
    ('{"__proto__": {"resume": null}}', 1008),
    ('{"constructor": 1}', 1008),
    ('{"__class__": 1}', 1008),
    ("[" * 4000, 1008),
    ('{"resume": null}' + " " * 5000, 1009),
    ('{"resume": null, "resume": {}}', 1008),
    ('{"RESUME": null}', 1008),
    ('{"resume": NaN}', 1008),
    ('{"resume": "null"}', 1008),
    ('{"resume": {"epoch": "x", "seq": 1e400}}', 1008),
    ('{"resume": {"epoch": "x", "seq": 1e3}}', 1008),
    ('{"resume": {"epoch": "x", "seq": %s}}' % ("9" * 3900), 1008),
    ('{"resume": {"epoch": null, "seq": 1}}', 1008),
    ('{"resume": {"epoch": "x", "seq": null}}', 1008),
    ('{"resume": {"epoch": ["x"], "seq": 1}}', 1008),
    ('{"resume": {"__class__": "x", "seq": 1}}', 1008),
    ('{"resume": {"__proto__": {"seq": 1}}}', 1008),
    ('{"__init__": {"__globals__": 1}}', 1008),
    ('{"prototype": {"resume": null}}', 1008),
    ('{"since": null}', 1008),
    ('{"a":' * 600 + "1" + "}" * 600, 1008),
    ('{"resume": %s}' % ("[" * 1500 + "]" * 1500), 1008),
    ('{"resume": null}{"resume": null}', 1008),
    ("\ufeff" + '{"resume": null}', 1008),
    ("\x00", 1008),
    ("{'resume': None}", 1008),
    ('{"resume": "\\ud800"}', 1008),
    (b'{"resume": null}', 1008),
    (b"\x00\xff" * 10, 1008),
]


@pytest.mark.parametrize(("said", "code"), BAD_FRAMES)
async def test_a_page_that_says_what_pages_do_not_say_is_sent_away(cast, said, code):
    async with live(cast) as healthy, live(cast) as socket:
        await hello(healthy)
        await socket.send(said)

        assert await closing_code(socket) == code
        await healthy.ping()


RAW = [
    ("reserved bits", b"\xf1\x80\x00\x00\x00\x00", 1002),
    ("an unmasked frame", b"\x81\x05hello", 1002),
    ("an unknown opcode", b"\x83\x80\x00\x00\x00\x00", 1002),
    ("a control frame in pieces", b"\x09\x80\x00\x00\x00\x00", 1002),
    ("a control frame that is too long", b"\x89\xfe\x00\x7e\x00\x00\x00\x00" + b"x" * 126, 1002),
    ("a frame of 16 MiB", b"\x81\xff" + struct.pack("!Q", 1 << 24) + b"\x00" * 4, 1009),
    ("a length of 2^63", b"\x81\xff" + struct.pack("!Q", 1 << 63) + b"\x00" * 4, 1009),
    ("text that is not UTF-8", b"\x81\x82\x00\x00\x00\x00\xff\xfe", 1007),
    ("a continuation of nothing", b"\x80\x80\x00\x00\x00\x00", 1002),
    ("pieces without end", b"\x01\x80\x00\x00\x00\x00" + b"\x00\x80\x00\x00\x00\x00" * 1000, 1009),
    ("a closing code that is not one", b"\x88\x82\x00\x00\x00\x00\x03\xe7", 1002),
    (
        "a hundred thousand pieces",
        b"\x01\x80\x00\x00\x00\x00" + b"\x00\x81\x00\x00\x00\x00x" * 100_000,
        1009,
    ),
    ("a message within a message", b"\x01\x80\x00\x00\x00\x00\x81\x80\x00\x00\x00\x00", 1002),
    ("the second reserved bit", b"\xa1\x80\x00\x00\x00\x00", 1002),
    ("the third reserved bit", b"\x91\x80\x00\x00\x00\x00", 1002),
    ("a reserved control opcode", b"\x8b\x80\x00\x00\x00\x00", 1002),
    ("a closing frame of one byte", b"\x88\x81\x00\x00\x00\x00\x03", 1002),
    ("a closing reason that is not UTF-8", b"\x88\x83\x00\x00\x00\x00\x03\xe8\xff", 1007),
    ("a compressed ping", b"\xc9\x80\x00\x00\x00\x00", 1002),
    (
        "a piece that is half a letter",
        b"\x01\x81\x00\x00\x00\x00\xe5" + b"\x80\x80\x00\x00\x00\x00",
        1007,
    ),
    ("a surrogate in UTF-8", b"\x81\x83\x00\x00\x00\x00\xed\xa0\x80", 1007),
    ("an overlong slash", b"\x81\x82\x00\x00\x00\x00\xc0\xaf", 1007),
    ("another request in the middle", b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", 1002),
    (
        "five thousand bytes in two pieces",
        b"\x01\xfe\x0a\x00\x00\x00\x00\x00"
        + b"x" * 2560
        + b"\x80\xfe\x0a\x00\x00\x00\x00\x00"
        + b"x" * 2560,
        1009,
    ),
    ("compressed although nothing was agreed", b"\xc1\x81\x00\x00\x00\x00x", 1002),
]


@pytest.mark.parametrize(("what", "data", "code"), RAW, ids=[each[0] for each in RAW])
async def test_broken_protocol_ends_that_page_only(cast, what, data, code, caplog, capfd):
    async with live(cast) as healthy:
        await hello(healthy)
        reader, writer = await raw_page(cast)

        writer.write(data)

        assert await raw_closing_code(reader) == code
        writer.transport.abort()
        await healthy.ping()
    assert "Traceback" not in capfd.readouterr().err + caplog.text


def test_sixty_ways_to_misbehave_are_tried():
    assert len(BAD_FRAMES) + len(RAW) >= 60


HANDSHAKES = {
    "a version of long ago": {"Sec-WebSocket-Version": "8"},
    "no key": {"Sec-WebSocket-Key": None},
    "a short key": {"Sec-WebSocket-Key": "eA=="},
    "two keys": {"Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Key: eA=="},
    "two origins": {"Origin": "{url}\r\nOrigin: https://evil.example"},
    "no upgrade": {"Connection": "close"},
    "another protocol": {"Upgrade": "h2c"},
    "another host": {"Host": "evil.example"},
}


@pytest.mark.parametrize("what", HANDSHAKES)
async def test_a_handshake_that_is_none_opens_nothing(cast, what, capfd, caplog):
    host = cast.url.removeprefix("http://")
    said = {
        "Host": host,
        "Origin": cast.url,
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    } | HANDSHAKES[what]
    lines = "".join(f"{k}: {v.format(url=cast.url)}\r\n" for k, v in said.items() if v is not None)
    reader, writer = await asyncio.open_connection(*host.split(":"))
    writer.write(f"GET /c/{CIRCLE}/live HTTP/1.1\r\n{lines}\r\n".encode())

    first = await asyncio.wait_for(reader.readline(), 5)
    writer.transport.abort()
    assert b" 101 " not in first
    assert int(first.split()[1]) < 500
    assert "Traceback" not in capfd.readouterr().err + caplog.text


def test_a_page_has_fifteen_seconds_to_say_where_it_stands():
    assert endpoint.FIRST_FRAME_WITHIN <= 15


async def test_who_says_half_a_frame_and_then_nothing_is_sent_away_as_well(cast, monkeypatch):
    monkeypatch.setattr(endpoint, "FIRST_FRAME_WITHIN", 0.3)
    reader, writer = await raw_page(cast)
    writer.write(b"\x81\xfe")

    # Not for good: on a bad way the other half may be coming still.
    assert await raw_closing_code(reader) == 1013
    writer.transport.abort()


async def test_pages_that_are_nowhere_leave_no_stream_behind(cast, site):
    before = len(site.hub.streams)
    for number in range(200):
        async with live(cast, f"/c/nowhere-{number}/live") as socket:
            assert await closing_code(socket) == 1008

    assert len(site.hub.streams) <= before


async def test_a_flood_of_pings_fills_no_memory(cast, site):
    _, writer = await raw_page(cast)
    ping = b"\x89\xfd" + os.urandom(4) + b"x" * 125

    # It never reads the pongs; once they pile up, its pings are not read either.
    writer.write(ping * 50_000)
    await asyncio.sleep(1)

    waiting = [c.transport.get_write_buffer_size() for c in site.server.server_state.connections]
    assert max(waiting) < 512 * 1024
    writer.transport.abort()


async def test_a_page_that_says_nothing_is_sent_away(cast, monkeypatch):
    monkeypatch.setattr(endpoint, "FIRST_FRAME_WITHIN", 0.2)
    async with live(cast) as socket:
        assert await closing_code(socket) == 1013


async def test_a_page_that_resumes_without_end_is_sent_away(cast):
    async with live(cast) as socket:
        for _ in range(endpoint.RESUMES_ALLOWED + 2):
            await socket.send('{"resume": null}')
        assert await closing_code(socket) == 1008


@pytest.mark.parametrize("circle", ["no-such-circle", "__proto__", "constructor", "%2e%2e", "'--"])
async def test_an_unknown_circle_ends_for_good(cast, circle):
    async with live(cast, f"/c/{circle}/live") as socket:
        assert await closing_code(socket) == 1008


async def test_a_hidden_circle_is_as_unknown_to_a_stranger_as_to_a_visitor(cast, aqiang, editor):
    await rows("update circle set hidden = true where id = $1", cast.circle_id)

    for token in ("", aqiang.token):
        async with live(cast, token=token) as socket:
            assert await closing_code(socket) == 1008
    async with live(cast, token=editor.token) as socket:
        assert (await hello(socket))["kind"] == "hello"


async def test_a_dead_session_ends_for_good(cast, xiaolan):
    await sessions.end(xiaolan.viewer, xiaolan.viewer.session)
    await rows("update circle set hidden = true where id = $1", cast.circle_id)

    async with live(cast, token=xiaolan.token) as socket:
        assert await closing_code(socket) == 1008


async def test_a_position_from_the_future_or_another_past_starts_over(cast, xiaolan):
    await xiaolan.posts()
    async with live(cast) as socket:
        epoch = (await hello(socket))["epoch"]
        await socket.send(json.dumps({"resume": {"epoch": epoch, "seq": 99}}))
        assert json.loads(await socket.recv()) == {"kind": "reset", "reason": "ahead"}
        await socket.send(json.dumps({"resume": {"epoch": "another", "seq": 1}}))
        assert json.loads(await socket.recv()) == {"kind": "reset", "reason": "epoch"}


async def closing_code(socket) -> int:
    try:
        async with asyncio.timeout(5):
            while True:
                await socket.recv()
    except ConnectionClosed:
        return int(socket.close_code)


async def raw_page(cast) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    host = cast.url.removeprefix("http://")
    reader, writer = await asyncio.open_connection(*host.split(":"))
    writer.write(
        f"GET /c/{CIRCLE}/live HTTP/1.1\r\nHost: {host}\r\nOrigin: {cast.url}\r\n"
        "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        "Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n".encode()
    )
    head = await reader.readuntil(b"\r\n\r\n")
    assert b"101" in head
    assert b"permessage-deflate" not in head.lower()
    return reader, writer


async def raw_closing_code(reader: asyncio.StreamReader) -> int:
    async with asyncio.timeout(5):
        while True:
            first, second = await reader.readexactly(2)
            length = second & 0x7F
            if length == 126:
                length = struct.unpack("!H", await reader.readexactly(2))[0]
            payload = await reader.readexactly(length)
            if first & 0x0F == 8:
                return int(struct.unpack("!H", payload[:2])[0])
