"""Many sends in one call: each page gets what it would have got by a call of its own."""

import random
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from quanzi.live import ring

BIG = b"x" * 60_000

pytestmark = pytest.mark.skipif(ring.mine() is None, reason="this kernel lets nobody have a ring")


@pytest.fixture
def pairs() -> Iterator[list[tuple[socket.socket, socket.socket]]]:
    with ExitStack() as open_:
        made = [socket.socketpair() for _ in range(ring.ENTRIES)]
        for each in made:
            for end in each:
                end.setblocking(False)
                open_.enter_context(end)
        yield made


def test_every_page_gets_every_frame_whole_and_in_order_however_many_there_are(pairs):
    chance = random.Random(7)
    mine = ring.mine()
    for turn in range(80):
        count = chance.choice([1, 3, 100, 255, ring.ENTRIES, chance.randrange(1, ring.ENTRIES)])
        frames = [chance.randbytes(chance.randrange(1, 5000)) for _ in range(2)]
        numbers = [ours.fileno() for ours, _ in pairs[:count]]
        for frame in frames:
            assert mine.send(numbers, frame) == [], turn
        assert {theirs.recv(20_000) for _, theirs in pairs[:count]} == {b"".join(frames)}


def test_who_takes_only_a_part_is_named_with_how_much(pairs):
    mine = ring.mine()
    ours, theirs = pairs[0]
    ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 40_000)
    others = [each.fileno() for each, _ in pairs[1:5]]
    sent, short = 0, []
    while not short:
        short = mine.send([others[0], others[1], ours.fileno(), *others[2:]], BIG)
        sent += len(BIG)
        for _, each in pairs[1:5]:
            assert each.recv(100_000) == BIG
    [(position, taken)] = short

    assert position == 2
    assert 0 <= taken < len(BIG)
    got = 0
    while got < sent - len(BIG) + taken:
        got += len(theirs.recv(100_000))
    with pytest.raises(BlockingIOError):
        theirs.recv(1)


def test_who_has_gone_takes_nothing_and_the_others_get_theirs(pairs):
    pairs[1][1].close()
    numbers = [pairs[0][0].fileno(), pairs[1][0].fileno(), -1, pairs[2][0].fileno(), 1_000_000]

    assert sorted(ring.mine().send(numbers, b"news")) == [(1, 0), (2, 0), (4, 0)]
    assert pairs[0][1].recv(10) == pairs[2][1].recv(10) == b"news"


@pytest.mark.parametrize("accepted", [-1, 0, 1, 100])
def test_what_the_kernel_did_not_accept_is_said_and_never_sent_later(pairs, monkeypatch, accepted):
    mine, call = ring.mine(), ring._call
    numbers = [ours.fileno() for ours, _ in pairs]

    def refuses(number: int, descriptor: int, count: int, *rest: object) -> int:
        return call(number, descriptor, accepted, accepted, *rest[1:]) if accepted > 0 else accepted

    with monkeypatch.context() as broken:
        broken.setattr(ring, "_call", refuses)
        short = mine.send(numbers, b"one")
    assert short == [(n, 0) for n in range(max(0, accepted), ring.ENTRIES)]
    assert mine.send(numbers, b"two") == []
    got = [theirs.recv(10) for _, theirs in pairs]
    assert got == [b"onetwo"] * max(0, accepted) + [b"two"] * (ring.ENTRIES - max(0, accepted))


def test_each_thread_has_its_own(pairs):
    found = []
    thread = threading.Thread(target=lambda: found.append(ring.mine()))
    thread.start()
    thread.join()

    assert ring.mine() is ring.mine()
    assert found[0] not in {None, ring.mine()}


def test_who_may_not_have_one_is_told_that_there_is_none(monkeypatch):
    monkeypatch.setattr(ring, "_call", lambda *_: -1)

    assert ring._opened() is None
