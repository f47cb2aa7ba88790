"""A partner's program sees the desk and sends notices as its people do, by the same rules."""

from datetime import timedelta

import pytest

from quanzi import clock
from tests.fans.crowd import follows, segment, tag
from tests.insights.counted import at_day
from tests.offering.shop import asks, offers
from tests.people import CIRCLE
from tests.platform.program import program
from tests.posts.test_planning import plans
from tests.reaching.crowd import all_sent, to_whom

HERE = f"/circles/{CIRCLE}"
NOTICE = {"title": "周末约跑", "body": "海心沙，七点。"}


async def test_an_editors_program_writes_a_notice_sends_it_and_takes_it_back(cast, editor, xiaolan):
    await follows(xiaolan)
    async with program(cast.url, editor) as client:
        made = await client.post(f"{HERE}/notices", json=NOTICE, headers={"idempotency-key": "a"})
        again = await client.post(f"{HERE}/notices", json=NOTICE, headers={"idempotency-key": "a"})
        assert made.status_code == 201
        assert made.json()["id"] == again.json()["id"]
        sending = f"{HERE}/notices/{made.json()['id']}/sending"
        tomorrow = (clock.now() + timedelta(days=1)).isoformat()
        planned = await client.put(sending, json={"send_at": tomorrow}, headers={"if-match": '"1"'})
        assert planned.json()["state"] == "planned"
        assert (await client.delete(sending)).status_code == 204
        [draft] = (await client.get(f"{HERE}/notices")).json()
        assert draft["state"] == "draft"
        now = await client.put(sending, json={}, headers={"if-match": f'"{draft["version"]}"'})
        assert now.status_code == 200
    await all_sent()

    assert await to_whom(made.json()["id"]) == [xiaolan.member_id]


async def test_the_quota_and_an_old_version_hold_for_programs_too(cast, editor):
    async with program(cast.url, editor) as client:
        answers = []
        for _ in range(3):
            made = (await client.post(f"{HERE}/notices", json=NOTICE)).json()
            sending = f"{HERE}/notices/{made['id']}/sending"
            answers.append(await client.put(sending, json={}, headers={"if-match": '"1"'}))
        late = await client.put(sending, json={}, headers={"if-match": '"7"'})
        bare = await client.put(sending, json={})

    assert [answer.status_code for answer in answers] == [200, 200, 422]
    assert "send_at" in answers[2].json()["errors"]
    assert (late.status_code, bare.status_code) == (409, 428)


async def test_what_stands_on_the_calendar_is_told(cast, editor):
    await plans(editor, clock.now() + timedelta(days=3), body="周日早上")
    async with program(cast.url, editor) as client:
        found = (await client.get(f"{HERE}/plan")).json()
        none = (await client.get(f"{HERE}/plan", params={"start": "2031-01-01T00:00"})).json()
        wrong = await client.get(f"{HERE}/plan", params={"start": "someday"})

    assert [(item["kind"], item["title"]) for item in found] == [("post", "周日早上")]
    assert none == []
    assert wrong.status_code == 422


async def test_fans_segments_and_figures_are_told_to_whom_the_desk_shows_them(
    cast, editor, xiaolan, reviewer
):
    await follows(xiaolan)
    tag_id = await tag(cast.circle_id, "常客", xiaolan)
    await segment(cast.circle_id, "老粉", joined_least=30)
    await at_day(cast.circle_id, 5, joined=12, active=3)
    async with program(cast.url, cast.analyst) as client:
        [fan] = (await client.get(f"{HERE}/fans")).json()
        [named] = (await client.get(f"{HERE}/segments")).json()
        days = (await client.get(f"{HERE}/insights?days=7")).json()
    async with program(cast.url, reviewer) as client:
        refused = [await client.get(f"{HERE}/{what}") for what in ("fans", "segments", "insights")]

    assert (fan["member"]["handle"], fan["tags"]) == ("xiaolan", [tag_id])
    assert named["name"] == "老粉"
    assert len(days) == 7
    assert [day["joined"] for day in days][-6] == 12
    assert [answer.status_code for answer in refused] == [404] * 3


async def test_bookings_are_read_and_answered(cast, editor, xiaolan):
    service = await offers(editor, "陪跑")
    asked = await asks(xiaolan, service)
    async with program(cast.url, editor) as client:
        [told] = (await client.get(f"{HERE}/services")).json()
        [booking] = (await client.get(f"{HERE}/requests")).json()
        done = await client.put(f"{HERE}/requests/{asked}/state", json={"state": "accepted"})
        [after] = (await client.get(f"{HERE}/requests")).json()

    assert (told["id"], told["title"]) == (service, "陪跑")
    assert (booking["id"], booking["member"]["handle"]) == (asked, "xiaolan")
    assert done.status_code == 204
    assert after["state"] == "accepted"


@pytest.mark.parametrize("what", ["requests", "plan", "fans", "segments", "insights", "notices"])
async def test_a_key_without_the_scope_opens_nothing_of_the_desk(cast, owner, what):
    async with program(cast.url, owner, "circles:read", "posts:write") as client:
        assert (await client.get(f"{HERE}/{what}")).status_code == 403
