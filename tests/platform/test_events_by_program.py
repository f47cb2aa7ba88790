"""A circle's log for programs: asked for in pages, or listened to as it grows."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx

from quanzi.circles import changing
from quanzi.platform import keys, streaming
from tests.people import CIRCLE, OTHER_CIRCLE
from tests.platform.program import program

EVENTS = f"/circles/{CIRCLE}/events"
STREAM = {"accept": "text/event-stream"}


@asynccontextmanager
async def listening(
    client: httpx.AsyncClient, place: str = ""
) -> AsyncIterator[AsyncIterator[dict]]:
    """What a reader of server-sent events makes of it: op, place and data."""
    headers = STREAM | ({"last-event-id": place} if place else {})
    async with client.stream("GET", EVENTS, headers=headers, timeout=20) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        yield _events(answer)


async def _events(answer: httpx.Response) -> AsyncIterator[dict]:
    held: dict = {}
    async for line in answer.aiter_lines():
        name, _, value = line.partition(": ")
        if not line and "data" in held:
            yield {"op": held["event"], "place": held["id"], **json.loads(held["data"])}
        held = {} if not line else held | {name: value}


async def test_what_happened_is_read_on_from_where_one_was(cast, xiaolan, aqiang):
    async with program(cast.url, aqiang) as client:
        begun = (await client.get(EVENTS)).json()
        written = [await xiaolan.posts(f"第 {number} 篇") for number in range(5)]
        first = (await client.get(EVENTS, params={"after": begun["next"], "limit": 3})).json()
        then = (await client.get(EVENTS, params={"after": first["next"], "limit": 3})).json()
        last = (await client.get(EVENTS, params={"after": then["next"]})).json()

    assert begun["events"] == last["events"] == []
    assert [(each["op"], each["id"], each["seq"]) for each in first["events"] + then["events"]] == [
        ("post.published", each.post_id, each.seq) for each in written
    ]


async def test_who_comes_from_another_history_reads_all_again(cast, aqiang):
    async with program(cast.url, aqiang) as client:
        answer = (await client.get(EVENTS, params={"after": "another:1"})).json()
        ahead = (await client.get(EVENTS, params={"after": f"{answer['epoch']}:999"})).json()
        wrong = await client.get(EVENTS, params={"after": "never"})

    assert (answer["reset"], ahead["reset"]) == (True, True)
    assert wrong.status_code == 422


async def test_a_program_that_stays_is_told_as_it_happens(cast, xiaolan, aqiang):
    async with program(cast.url, aqiang) as client, listening(client) as told:
        written = await xiaolan.posts("今晚有雨")
        found = await anext(told)

    assert (found["op"], found["id"], found["seq"]) == (
        "post.published",
        written.post_id,
        written.seq,
    )


async def test_after_an_interruption_nothing_is_missed_and_nothing_comes_twice(
    cast, xiaolan, aqiang
):
    async with program(cast.url, aqiang) as client:
        async with listening(client) as told:
            await xiaolan.posts("第一篇")
            place = (await anext(told))["place"]
        missed = [await xiaolan.posts(f"没听到的第 {number} 篇") for number in range(3)]
        async with listening(client, place) as told:
            found = [await anext(told) for _ in missed]

    assert [each["seq"] for each in found] == [each.seq for each in missed]


async def test_with_an_ended_key_it_is_told_nothing_more(cast, xiaolan, aqiang):
    async with program(cast.url, aqiang) as client, listening(client) as told:
        [key] = await keys.own(aqiang.viewer)
        await keys.end(aqiang.viewer, key["id"])
        await asyncio.sleep(streaming.ASK_AGAIN + 0.5)
        await xiaolan.posts("不该听到")

        assert [each async for each in told] == []


async def test_of_a_circle_that_went_into_hiding_it_is_told_nothing_more(cast, xiaolan, maimai):
    events = f"/circles/{OTHER_CIRCLE}/events"
    async with (
        program(cast.url, xiaolan) as client,
        client.stream("GET", events, headers=STREAM, timeout=20) as answer,
    ):
        place = await maimai.place(OTHER_CIRCLE)
        here = place.circle
        await changing.change(
            place,
            name=here.name,
            name_en=here.name_en,
            intro=here.intro,
            rules=here.rules,
            posting=here.posting,
            hidden=True,
        )

        assert [each async for each in _events(answer) if each["op"] == "post.published"] == []


async def test_a_key_listens_to_a_few_at_once(cast, aqiang, monkeypatch):
    monkeypatch.setattr(streaming, "MOST", 1)
    async with program(cast.url, aqiang) as client, listening(client):
        refused = await client.get(EVENTS, headers=STREAM)

    assert refused.status_code == 429
