"""The door of programs: a key and a scope, and nothing else opens it."""

import pytest

from quanzi.platform import doors
from quanzi.web import limits
from quanzi.web.limits import Limit
from tests.people import CIRCLE
from tests.platform.program import API, program


async def test_without_a_key_a_program_is_told_what_it_needs(visitor):
    answer = await visitor.get(f"{API}/me")

    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["www-authenticate"] == "Bearer"
    assert answer.json()["status"] == 401


@pytest.mark.parametrize(
    "given", ["Bearer quanzi_no", "Bearer x", "Basic eDp5", "Bearer", "quanzi"]
)
async def test_what_is_no_key_opens_nothing(visitor, given):
    answer = await visitor.get(f"{API}/me", headers={"authorization": given})

    assert answer.status_code == 401


async def test_a_session_is_no_key_so_that_no_page_can_make_her_browser_ask(xiaolan):
    answer = await xiaolan.sees(f"{API}/me")
    written = await xiaolan.client.post(
        f"{API}/circles/{CIRCLE}/posts",
        json={"body": "别人写的"},
        headers={"origin": "https://evil"},
    )

    assert (answer.status_code, written.status_code) == (401, 401)


async def test_a_key_is_no_session(cast, xiaolan):
    async with program(cast.url, xiaolan) as client:
        answer = await client.get(f"{cast.url}/me/keys")

    assert (answer.status_code, answer.headers["location"]) == (303, "/signin?next=/me/keys")


async def test_a_key_without_the_scope_is_told_which(cast, xiaolan):
    async with program(cast.url, xiaolan, "circles:read") as client:
        answer = await client.put(f"/circles/{CIRCLE}/follow")

    assert answer.status_code == 403
    assert 'scope="talk:write"' in answer.headers["www-authenticate"]
    assert "talk:write" in answer.json()["detail"]


async def test_it_is_told_how_much_is_left_and_waits_when_nothing_is(cast, xiaolan, monkeypatch):
    monkeypatch.setattr(doors, "PROGRAMS", Limit("programs-of-a-test", 60, 60, 3))
    async with program(cast.url, xiaolan) as client:
        left = [(await client.get("/me")).headers["ratelimit-remaining"] for _ in range(3)]
        answer = await client.get("/me")

    assert left == ["2", "1", "0"]
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) >= 1
    assert answer.headers["ratelimit-remaining"] == "0"


async def test_without_valkey_it_is_told_less_and_never_more(cast, xiaolan, monkeypatch):
    monkeypatch.setattr(doors, "PROGRAMS", Limit("programs-alone", 60, 60, 6))
    monkeypatch.setattr(limits, "_pause_until", 1e18)
    async with program(cast.url, xiaolan) as client:
        left = [(await client.get("/me")).headers["ratelimit-remaining"] for _ in range(3)]
        answer = await client.get("/me")

    assert left == ["2", "1", "0"]
    assert answer.status_code == 429


async def test_nobody_finds_a_key_by_trying(visitor, monkeypatch):
    monkeypatch.setattr(doors, "UNKNOWN_KEYS", Limit("unknown-of-a-test", 60, 60, 2))
    tried = [
        await visitor.get(f"{API}/me", headers={"authorization": f"Bearer quanzi_{number}"})
        for number in range(3)
    ]

    assert [answer.status_code for answer in tried] == [401, 401, 429]
