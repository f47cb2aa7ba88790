"""T8: impatient people press again and again, and several editors press at the same time."""

import asyncio
import uuid

import httpx
import pytest

from quanzi.db.engine import rows
from quanzi.web import limits
from tests.faults.lengths import long_or, told
from tests.people import CIRCLE


def many_hands(person, count: int) -> httpx.AsyncClient:
    """A browser of the same session with so many connections."""
    return httpx.AsyncClient(
        base_url=str(person.client.base_url), cookies={"quanzi": person.token}, timeout=30,
        limits=httpx.Limits(max_connections=count), verify=False,
    )  # fmt: skip


@pytest.fixture
def in_no_hurry(monkeypatch):
    """How fast somebody may post is another promise."""
    monkeypatch.setattr(limits, "POSTING", limits.Limit("posting-much", 10**6, 1, 10**6))
    monkeypatch.setattr(limits, "DEEDS", limits.Limit("deeds-much", 10**6, 1, 10**6))


@pytest.mark.timeout(300)
async def test_fifty_equal_forms_at_once_are_one_post(cast, owner, in_no_hurry):
    rounds = int(long_or(3, 100))
    token = await owner.csrf()
    async with many_hands(owner, 50) as client:
        for number in range(rounds):
            key = str(uuid.uuid4())
            form = {"_csrf_token": token, "body": f"按了很多次 {number}", "idempotency_key": key}

            answers = await asyncio.gather(
                *(client.post(f"/c/{CIRCLE}/posts", data=form) for _ in range(50))
            )

            assert {answer.status_code for answer in answers} == {303}
            assert len({answer.headers["location"] for answer in answers}) == 1
            other = await client.post(f"/c/{CIRCLE}/posts", data=form | {"body": "别的内容"})
            assert other.status_code == 422
    posts = await rows("select count(*) as n from post where circle_id = $1", cast.circle_id)
    events = await rows(
        "select count(*) as n, max(seq) as top from circle_event where circle_id = $1",
        cast.circle_id,
    )
    assert posts[0]["n"] == events[0]["n"] == events[0]["top"] == rounds
    told("T8 posts", rounds=rounds, forms=rounds * 50, posts=posts[0]["n"])


@pytest.mark.timeout(300)
async def test_twenty_pins_at_once_fill_the_slots_and_no_more(cast, owner, in_no_hurry):
    rounds = int(long_or(2, 20))
    token = await owner.csrf()
    posts = [(await owner.posts(f"第 {number} 篇，各说各的")).post_id for number in range(20)]
    seen = set()
    async with many_hands(owner, 20) as client:
        for _ in range(rounds):
            answers = await asyncio.gather(
                *(
                    client.post(f"/c/{CIRCLE}/p/{post_id}/pin", data={"_csrf_token": token})
                    for post_id in posts
                )
            )
            seen |= {answer.status_code for answer in answers}
            shown = await rows(
                "select post_id, slot from pin where circle_id = $1 and state = 'shown'",
                cast.circle_id,
            )
            assert sorted(line["slot"] for line in shown) == [1, 2, 3]
            assert sum(answer.status_code == 303 for answer in answers) == 3
            answers = await asyncio.gather(
                *(
                    client.post(
                        f"/c/{CIRCLE}/p/{line['post_id']}/unpin", data={"_csrf_token": token}
                    )
                    for line in shown
                )
            )
            assert {answer.status_code for answer in answers} == {303}
    assert seen == {303, 422}
    told("T8 pins", rounds=rounds, requests=rounds * 20, statuses=sorted(seen))
