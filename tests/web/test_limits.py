"""T24: how many come through a limit, whoever says they come from where."""

import asyncio
import contextlib
import random
from types import SimpleNamespace

import httpx
import pytest

from quanzi.errors import TooMany
from quanzi.live import bell
from quanzi.web import addresses, limits
from quanzi.web.limits import Limit
from tests.faults.lengths import long_or, told

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.timeout(long_or(120, 600))]


async def passes(limit: Limit, seconds: float, clients: int, subject: str) -> tuple[int, float]:
    """How many of a crowd come through in that time, and the time it really was."""
    loop = asyncio.get_running_loop()
    began = loop.time()
    came = 0

    async def one() -> None:
        nonlocal came
        while loop.time() - began < seconds:
            try:
                await limits.hold(limit, subject)
                came += 1
            except TooMany:
                await asyncio.sleep(0.001)

    await asyncio.gather(*(one() for _ in range(clients)))
    return came, loop.time() - began


async def test_as_many_come_through_as_was_said():
    """Burst, then an even series, by Valkey's clock: twenty at once for four seconds."""
    limit = Limit("test-even", 100, 1.0, 50)
    came, took = await passes(limit, long_or(4, 300), 20, "crowd")

    expected = took * 100 + 50
    told("T24", came=came, expected=expected)
    assert expected * 0.98 <= came <= expected * 1.02


async def test_without_valkey_half_as_many_come_through(monkeypatch):
    monkeypatch.setattr(limits, "_pause_until", float("inf"))
    limit = Limit("test-alone", 100, 1.0, 50)
    came, took = await passes(limit, long_or(3, 300), 20, "crowd")

    expected = took * 50 + 25
    told("T24", came=came, expected=expected)
    assert expected * 0.98 <= came <= expected * 1.02


async def test_when_valkey_goes_halfway_nobody_gains_more_than_one_burst(monkeypatch):
    limit = Limit("test-halfway", 100, 1.0, 50)
    with_valkey, took = await passes(limit, long_or(1.5, 150), 20, "crowd")
    real = bell.ringer

    class Gone:
        async def eval(self, *_):
            raise ConnectionError("gone")

    monkeypatch.setattr(bell, "ringer", Gone)
    without, alone = await passes(limit, long_or(1.5, 150), 20, "crowd")
    monkeypatch.setattr(bell, "ringer", real)

    assert with_valkey <= (took * 100 + 50) * 1.02
    assert without <= (alone * 50 + 25) * 1.02


async def test_who_waits_as_long_as_they_were_told_comes_through():
    """`Retry-After` is whole seconds, never too few, and never a second more than needed."""
    limit = Limit("test-told", 5, 1.0, 3)
    chance = random.Random(7)
    for _ in range(6):
        wait = 0.0
        while not wait:
            try:
                await limits.hold(limit, "one")
            except TooMany as too_many:
                wait = too_many.retry_after
        early = wait * chance.uniform(0.3, 0.8)
        await asyncio.sleep(early)
        with pytest.raises(TooMany):
            await limits.hold(limit, "one")
        await asyncio.sleep(wait - early + 0.005)
        await limits.hold(limit, "one")


async def wrong_passwords(client: httpx.AsyncClient, times: int, **headers_of) -> list[int]:
    page = await client.get("/signin")
    token = page.text.split('name="_csrf_token" value="')[1].split('"')[0]
    got = []
    for number in range(times):
        answer = await client.post(
            "/signin",
            data={"_csrf_token": token, "handle": "xiaolan", "password": "wrong"},
            headers={name: make(number) for name, make in headers_of.items()},
        )
        got.append(answer.status_code)
        if answer.status_code == 429:
            assert 1 <= int(answer.headers["retry-after"]) <= 61
    return got


SPOOFED = {
    "x-forwarded-for": lambda n: f"203.0.113.{n}",
    "x-real-ip": lambda n: f"203.0.113.{n}",
    "forwarded": lambda n: f"for=203.0.113.{n}",
    "true-client-ip": lambda n: f"203.0.113.{n}",
    "cf-connecting-ip": lambda n: f"203.0.113.{n}",
}


async def test_a_password_is_tried_ten_times_whatever_the_request_says_of_itself(cast, visitor):
    got = await wrong_passwords(visitor, 12, **SPOOFED)

    assert got == [422] * 10 + [429] * 2


async def test_a_password_is_tried_five_times_while_valkey_is_gone(cast, visitor, monkeypatch):
    class Gone:
        async def eval(self, *_):
            raise ConnectionError("gone")

    monkeypatch.setattr(bell, "ringer", Gone)
    got = await wrong_passwords(visitor, 7, **SPOOFED)

    assert got == [422] * 5 + [429] * 2


async def test_other_writings_of_one_name_are_one_account(cast, visitor):
    page = await visitor.get("/signin")
    token = page.text.split('name="_csrf_token" value="')[1].split('"')[0]
    names = ["xiaolan", " xiaolan", "XIAOLAN", "xiaolan ", "XiaoLan\t"] * 3
    got = [
        (
            await visitor.post(
                "/signin", data={"_csrf_token": token, "handle": name, "password": "wrong"}
            )
        ).status_code
        for name in names
    ]

    assert got.count(422) == 10


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:192.0.2.7", "192.0.2.7", True),
        ("192.0.2.7", "192.0.2.8", False),
        ("2001:DB8:1:2::1", "2001:0db8:0001:0002::2", True),
        ("fe80::1%eth0", "fe80::2%eth1", True),
    ],
)
async def test_one_customer_is_one_address(one, other, same):
    first, second = (
        addresses.address_of(SimpleNamespace(client=SimpleNamespace(host=each)))
        for each in (one, other)
    )

    assert (first == second) is same


async def test_a_flood_of_strangers_does_not_free_who_is_held(monkeypatch):
    """Without Valkey a process remembers so many per limit: who searches from a million addresses
    pushes out who searches, and nobody who tries passwords."""
    monkeypatch.setattr(limits, "_pause_until", float("inf"))
    held, flooded = Limit("test-held", 10, 300, 10), Limit("test-flooded", 10, 300, 10)
    with contextlib.suppress(TooMany):
        for _ in range(20):
            await limits.hold(held, "victim")
    for number in range(limits.MOST_KEYS + 10):
        limits._early_alone(flooded, f"stranger-{number}")

    assert len(limits._alone["test-flooded"]) == limits.MOST_KEYS
    with pytest.raises(TooMany):
        await limits.hold(held, "victim")


@pytest.mark.parametrize(
    ("forwarded", "most"),
    [
        # The proxy on this machine adds whom it sees at the end; what stands before it is hearsay.
        (lambda n: f"203.0.113.{n}, 192.0.2.9", 20),
        (lambda n: f"203.0.113.{n},10.0.0.{n},2001:db8:1:2::{n:x}", 20),
        (lambda n: f"192.0.2.{n + 20}", 30),
    ],
    ids=["a made-up first address", "one IPv6 network", "really thirty addresses"],
)
async def test_an_address_is_what_the_nearest_proxy_saw(visitor, site, forwarded, most):
    got = [
        (await visitor.get("/discover?q=x", headers={"x-forwarded-for": forwarded(n)})).status_code
        for n in range(30)
    ]

    # The series goes on while it is asked: one a second.
    assert most <= got.count(200) <= most + 4


async def test_what_a_valkey_whose_clock_was_an_hour_fast_has_left_locks_nobody_out():
    """Another takes over with its keys, or its clock is put right."""
    limit = Limit("test-fast-clock", 60, 60, 5)
    await limits.hold(limit, "somebody")
    [key] = [key async for key in bell.ringer().scan_iter(match="quanzi:limit:test-fast-clock:*")]
    left = int(await bell.ringer().get(key)) + 3600 * 1_000_000
    await bell.ringer().set(key, str(left), px=3_700_000)

    with pytest.raises(TooMany) as refused:
        await limits.hold(limit, "somebody")

    assert 0 < refused.value.retry_after <= 1
    await asyncio.sleep(1.1)
    await limits.hold(limit, "somebody")
