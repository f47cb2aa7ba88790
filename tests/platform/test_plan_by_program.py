"""A partner's program plans as its people do: other times, none, now; an owner's word; what comes again."""

from datetime import timedelta

import pytest

from quanzi import clock
from quanzi.db.engine import rows
from tests.people import CIRCLE, OTHER_CIRCLE
from tests.platform.program import program
from tests.posts.test_planning import keeps, plans, sets, soon, state

PLAN, SERIES = f"/circles/{CIRCLE}/plan", f"/circles/{CIRCLE}/series"
DAILY = {"body": "早安跑，七点海心沙", "every": "day", "time": "07:00", "first_day": "2030-01-01"}


async def time_of(post_id: int):
    [line] = await rows("select publish_at from post where id = $1", post_id)
    return line["publish_at"]


async def test_a_draft_gets_a_time_another_and_none_again(cast, editor):
    draft, at = await keeps(editor), soon(days=2)
    async with program(cast.url, editor) as client:
        given = await client.put(f"{PLAN}/{draft}/time", json={"publish_at": at.isoformat()})
        first = await time_of(draft)
        later = at + timedelta(hours=1)
        await client.put(f"{PLAN}/{draft}/time", json={"publish_at": later.isoformat()})
        second = await time_of(draft)
        taken = await client.delete(f"{PLAN}/{draft}/time")

    assert (given.status_code, first, second) == (204, at, later)
    assert (taken.status_code, await time_of(draft)) == (204, None)
    assert await state(draft) == ("scheduled", "time")


async def test_a_time_that_is_none_or_over_is_refused_by_its_field(cast, editor):
    draft = await keeps(editor)
    async with program(cast.url, editor) as client:
        for when in ("", "someday", (clock.now() - timedelta(days=1)).isoformat()):
            refused = await client.put(f"{PLAN}/{draft}/time", json={"publish_at": when})
            assert (refused.status_code, set(refused.json()["errors"])) == (422, {"publish_at"})

    assert await time_of(draft) is None


async def test_what_waits_comes_out_at_once_and_then_has_no_time_to_change(cast, editor):
    post = await plans(editor)
    async with program(cast.url, editor) as client:
        out = await client.post(f"{PLAN}/{post}/now")
        late = await client.delete(f"{PLAN}/{post}/time")

    assert out.json()["seq"] > 0
    assert await state(post) == ("published", "")
    assert late.status_code == 409


async def test_an_owner_agrees_to_the_words_that_were_read(cast, owner, editor):
    await sets(owner, approval=True)
    post = await plans(editor)
    async with program(cast.url, editor) as client:
        own_word = await client.put(
            f"{PLAN}/{post}/word", json={"agreed": True}, headers={"if-match": '"1"'}
        )
        read = await client.get(f"/circles/{CIRCLE}/posts/{post}")
        await client.patch(
            f"/circles/{CIRCLE}/posts/{post}",
            json={"body": "明早八点见"},
            headers={"if-match": read.headers["etag"]},
        )
    async with program(cast.url, owner) as client:
        word = f"{PLAN}/{post}/word"
        known = {"if-match": read.headers["etag"]}
        late = await client.put(word, json={"agreed": True}, headers=known)
        bare = await client.put(word, json={"agreed": True})
        now = (await client.get(f"/circles/{CIRCLE}/posts/{post}")).headers["etag"]
        agreed = await client.put(word, json={"agreed": True}, headers={"if-match": now})
        twice = await client.put(word, json={"agreed": True}, headers={"if-match": now})

    assert own_word.status_code == 403
    assert (late.status_code, bare.status_code) == (412, 428)
    assert (agreed.status_code, twice.status_code) == (200, 409)
    assert await state(post) == ("scheduled", "")


async def test_an_owner_says_no_and_it_is_a_draft_again(cast, owner, editor):
    await sets(owner, approval=True)
    post = await plans(editor)
    async with program(cast.url, owner) as client:
        said = await client.put(
            f"{PLAN}/{post}/word",
            json={"agreed": False, "note": "改到周日"},
            headers={"if-match": '"1"'},
        )

    assert said.status_code == 200
    assert await state(post) == ("scheduled", "time")


async def test_what_comes_again_is_started_once_listed_and_ended(cast, editor):
    weekly = DAILY | {"every": "week", "weekdays": [5, 6], "topics": ["夜跑"], "pin_hours": 2}
    async with program(cast.url, editor) as client:
        made = await client.post(SERIES, json=weekly, headers={"idempotency-key": "a"})
        again = await client.post(SERIES, json=weekly, headers={"idempotency-key": "a"})
        [listed] = (await client.get(SERIES)).json()
        ended = await client.delete(f"{SERIES}/{listed['id']}")
        none = (await client.get(SERIES)).json()

    assert (made.status_code, made.json()) == (201, again.json())
    assert listed == made.json()
    assert (listed["weekdays"], listed["time"], listed["state"]) == ([5, 6], "07:00", "running")
    assert (ended.status_code, none) == (204, [])


async def test_a_series_that_makes_no_sense_is_refused_by_field(cast, editor):
    async with program(cast.url, editor) as client:
        late = {"time": "25:00", "last_day": "2029-01-01"}
        refused = await client.post(SERIES, json=DAILY | late | {"body": ""})
        weekless = await client.post(SERIES, json=DAILY | {"every": "week"})

    assert (refused.status_code, "time" in refused.json()["errors"]) == (422, True)
    assert set(weekless.json()["errors"]) == {"weekdays"}


async def test_an_editors_series_runs_with_an_owners_word(cast, owner, editor):
    await sets(owner, approval=True)
    async with program(cast.url, editor) as client:
        made = (await client.post(SERIES, json=DAILY)).json()
        own_word = await client.put(f"{SERIES}/{made['id']}/word")
    async with program(cast.url, owner) as client:
        agreed = await client.put(f"{SERIES}/{made['id']}/word")
        twice = await client.put(f"{SERIES}/{made['id']}/word")
        [running] = (await client.get(SERIES)).json()

    assert (made["state"], running["state"]) == ("asked", "running")
    assert (own_word.status_code, agreed.status_code, twice.status_code) == (403, 204, 409)


@pytest.mark.parametrize("who", ["xiaolan", "analyst", "maimai"])
async def test_who_does_not_plan_here_finds_nothing(cast, editor, who):
    post = await plans(editor)
    async with program(cast.url, getattr(cast, who)) as client:
        refused = [
            await client.put(f"{PLAN}/{post}/time", json={"publish_at": soon().isoformat()}),
            await client.delete(f"{PLAN}/{post}/time"),
            await client.post(f"{PLAN}/{post}/now"),
            await client.put(
                f"{PLAN}/{post}/word", json={"agreed": True}, headers={"if-match": '"1"'}
            ),
            await client.get(SERIES),
            await client.post(SERIES, json=DAILY),
        ]

    assert {answer.status_code for answer in refused} == {404}
    assert await state(post) == ("scheduled", "")


async def test_another_circles_plan_is_none_of_this(cast, editor, maimai):
    async with program(cast.url, maimai) as client:
        theirs = f"/circles/{OTHER_CIRCLE}"
        later = {"body": "周末读财报", "publish_at": soon().isoformat()}
        post = (await client.post(f"{theirs}/posts", json=later)).json()["id"]
        series = (await client.post(f"{theirs}/series", json=DAILY)).json()["id"]
    async with program(cast.url, editor) as client:
        refused = [
            await client.delete(f"{PLAN}/{post}/time"),
            await client.post(f"{PLAN}/{post}/now"),
            await client.delete(f"{SERIES}/{series}"),
            await client.put(f"{SERIES}/{series}/word"),
        ]

    assert [answer.status_code for answer in refused[:3]] == [404] * 3
    assert refused[3].status_code == 403  # an editor agrees to nothing, whatever it is
    assert await state(post) == ("scheduled", "")


async def test_a_key_without_the_scope_plans_nothing(cast, editor):
    post = await plans(editor)
    async with program(cast.url, editor, "desk:read", "posts:write") as client:
        refused = [
            await client.delete(f"{PLAN}/{post}/time"),
            await client.post(f"{PLAN}/{post}/now"),
            await client.post(SERIES, json=DAILY),
        ]

    assert {answer.status_code for answer in refused} == {403}
