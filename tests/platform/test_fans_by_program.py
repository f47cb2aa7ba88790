"""A partner's program keeps tags and segments as its people do, and learns no more of anybody."""

import pytest

from quanzi.db.engine import rows
from tests.fans.crowd import follows, segment, tag
from tests.offering.shop import offers
from tests.people import CIRCLE, OTHER_CIRCLE
from tests.platform.program import program

TAGS, SEGMENTS = f"/circles/{CIRCLE}/tags", f"/circles/{CIRCLE}/segments"


async def tagged(tag_id: int) -> set[int]:
    return {
        line[0] for line in await rows("select member_id from fan_tagged where tag_id = $1", tag_id)
    }


async def test_a_tag_is_made_once_renamed_put_on_taken_off_and_withdrawn(cast, editor, xiaolan):
    await follows(xiaolan)
    async with program(cast.url, editor) as client:
        made = await client.post(TAGS, json={"name": "常客"}, headers={"idempotency-key": "a"})
        again = await client.post(TAGS, json={"name": "常客"}, headers={"idempotency-key": "a"})
        one = f"{TAGS}/{made.json()['id']}"
        known = {"if-match": made.headers["etag"]}
        renamed = await client.put(one, json={"name": "老朋友"}, headers=known)
        late = await client.put(one, json={"name": "别的"}, headers=known)
        # Somebody who follows, somebody who does not, and somebody who is not there at all.
        names = [xiaolan.handle, cast.maimai.handle, "nobody-at-all"]
        put = await client.patch(f"{one}/fans", json={"put": names})
        on = await tagged(made.json()["id"])
        [listed] = (await client.get(TAGS)).json()
        taken = await client.patch(f"{one}/fans", json={"take": names})
        gone = await client.delete(one)
        none = (await client.get(TAGS)).json()

    assert (made.status_code, again.json()["id"]) == (201, made.json()["id"])
    assert (renamed.json()["name"], late.status_code) == ("老朋友", 412)
    assert (put.json(), on) == ({"put": 1, "taken": 0}, {xiaolan.member_id})
    assert (listed["name"], listed["fans"], listed["rule"]) == ("老朋友", 1, None)
    assert taken.json() == {"put": 0, "taken": 1}
    assert (gone.status_code, none) == (204, [])


async def test_a_hundred_at_once_and_no_more(cast, editor):
    tag_id = await tag(cast.circle_id, "常客")
    names = [f"runner-{n}" for n in range(60)]
    async with program(cast.url, editor) as client:
        many = await client.patch(f"{TAGS}/{tag_id}/fans", json={"put": names, "take": names})

    assert (many.status_code, set(many.json()["errors"])) == (422, {"put"})


async def test_a_tag_with_a_rule_is_put_on_by_nobodys_hand(cast, editor, xiaolan):
    await follows(xiaolan)
    async with program(cast.url, editor) as client:
        rule = {"joined_least": 30}
        made = (await client.post(TAGS, json={"name": "老粉", "rule": rule})).json()
        by_hand = await client.patch(f"{TAGS}/{made['id']}/fans", json={"put": ["xiaolan"]})
        of_rule = {"tags_any": [made["id"]]}
        looped = await client.post(TAGS, json={"name": "更老", "rule": of_rule})

    assert made["rule"] == rule
    assert by_hand.status_code == 409
    assert set(looped.json()["errors"]) == {"rule"}


async def test_a_segment_is_counted_made_once_changed_and_withdrawn(cast, editor, xiaolan):
    await follows(xiaolan, days=40)
    await follows(cast.maimai, days=2)
    tag_id = await tag(cast.circle_id, "常客", xiaolan)
    old = {"joined_least": 30, "tags_any": [tag_id]}
    async with program(cast.url, editor) as client:
        all_fans = (await client.post(f"{SEGMENTS}/count", json={"conditions": {}})).json()
        counted = (await client.post(f"{SEGMENTS}/count", json={"conditions": old})).json()
        wish = {"name": "老朋友", "conditions": old}
        made = await client.post(SEGMENTS, json=wish, headers={"idempotency-key": "a"})
        again = await client.post(SEGMENTS, json=wish, headers={"idempotency-key": "a"})
        one = f"{SEGMENTS}/{made.json()['id']}"
        known = {"if-match": made.headers["etag"]}
        new = {"name": "新朋友", "conditions": {"joined_most": 7}}
        changed = await client.put(one, json=new, headers=known)
        late = await client.put(one, json=new, headers=known)
        bare = await client.put(one, json=new)
        [listed] = (await client.get(SEGMENTS)).json()
        gone = await client.delete(one)
        after = await client.get(one)

    assert (all_fans, counted) == ({"fans": 2, "about": False}, {"fans": 1, "about": False})
    assert (made.status_code, made.json()["conditions"]) == (201, old)
    assert made.json()["count"]["fans"] == 1
    assert again.json()["id"] == made.json()["id"]
    assert changed.json()["conditions"] == {"joined_most": 7}
    assert (late.status_code, bare.status_code) == (412, 428)
    assert (listed["name"], listed["conditions"]) == ("新朋友", {"joined_most": 7})
    assert (gone.status_code, after.status_code) == (204, 404)


async def test_conditions_that_cannot_be_are_refused_by_field(cast, editor):
    tag_id = await tag(cast.circle_id, "常客")
    wrongs = {
        "tags_all": {"tags_all": [987_654]},
        "tags_none": {"tags_any": [tag_id], "tags_none": [tag_id]},
        "silent_for": {"silent_for": 30, "active_within": 7},
        "requested": {"requested": 987_654},
        "joined_before": {"joined_after": "2026-05-01", "joined_before": "2026-04-01"},
    }
    async with program(cast.url, editor) as client:
        for field, conditions in wrongs.items():
            refused = await client.post(f"{SEGMENTS}/count", json={"conditions": conditions})
            assert (refused.status_code, set(refused.json()["errors"])) == (422, {field})
        empty = await client.post(SEGMENTS, json={"name": "所有人", "conditions": {}})
        unknown = await client.post(f"{SEGMENTS}/count", json={"conditions": {"email": "x"}})

    assert set(empty.json()["errors"]) == {"conditions"}
    assert unknown.status_code in {400, 422}


async def test_what_something_names_stays(cast, editor):
    tag_id = await tag(cast.circle_id, "常客")
    named = await segment(cast.circle_id, "老粉", tags_any=(tag_id,))
    await offers(editor, "陪跑", segment="segment", segment_id=str(named))
    async with program(cast.url, editor) as client:
        refused = await client.delete(f"{SEGMENTS}/{named}")
        told = (await client.get(f"{SEGMENTS}/{named}")).json()
        tag_stays = await client.delete(f"{TAGS}/{tag_id}")

    assert (refused.status_code, tag_stays.status_code) == (409, 409)
    assert told["used_by"] == ["陪跑"]


async def test_an_analyst_reads_and_changes_nothing(cast):
    tag_id = await tag(cast.circle_id, "常客")
    named = await segment(cast.circle_id, "老粉", joined_least=30)
    async with program(cast.url, cast.analyst) as client:
        read = [
            await client.get(TAGS),
            await client.get(f"{TAGS}/{tag_id}"),
            await client.get(f"{SEGMENTS}/{named}"),
            await client.post(f"{SEGMENTS}/count", json={"conditions": {}}),
        ]
        refused = [
            await client.post(TAGS, json={"name": "新"}),
            await client.patch(f"{TAGS}/{tag_id}/fans", json={"put": ["xiaolan"]}),
            await client.delete(f"{TAGS}/{tag_id}"),
            await client.delete(f"{SEGMENTS}/{named}"),
        ]

    assert {answer.status_code for answer in read} == {200}
    assert {answer.status_code for answer in refused} == {404}


@pytest.mark.parametrize("who", ["xiaolan", "reviewer", "maimai", "moderator"])
async def test_what_a_partner_notes_about_people_is_nobody_elses_business(cast, who):
    await follows(cast.xiaolan)
    tag_id = await tag(cast.circle_id, "常客", cast.xiaolan)
    named = await segment(cast.circle_id, "老粉", joined_least=30)
    async with program(cast.url, getattr(cast, who)) as client:
        answers = [
            await client.get(TAGS),
            await client.get(f"{TAGS}/{tag_id}"),
            await client.get(f"{SEGMENTS}/{named}"),
            await client.post(f"{SEGMENTS}/count", json={"conditions": {}}),
            await client.patch(f"{TAGS}/{tag_id}/fans", json={"take": ["xiaolan"]}),
        ]

    assert {answer.status_code for answer in answers} == {404}
    assert await tagged(tag_id) == {cast.xiaolan.member_id}


async def test_another_circles_tags_and_segments_are_none_of_this(cast, editor, xiaolan):
    await follows(xiaolan, circle=OTHER_CIRCLE)
    tag_id = await tag(cast.other_id, "大户", xiaolan)
    named = await segment(cast.other_id, "大户", joined_least=30)
    async with program(cast.url, editor) as client:
        answers = [
            await client.get(f"{TAGS}/{tag_id}"),
            await client.put(f"{TAGS}/{tag_id}", json={"name": "我"}, headers={"if-match": '"1"'}),
            await client.patch(f"{TAGS}/{tag_id}/fans", json={"take": ["xiaolan"]}),
            await client.delete(f"{TAGS}/{tag_id}"),
            await client.get(f"{SEGMENTS}/{named}"),
            await client.delete(f"{SEGMENTS}/{named}"),
            await client.get(f"/circles/{OTHER_CIRCLE}/tags"),
        ]

    assert {answer.status_code for answer in answers} == {404}
    assert await tagged(tag_id) == {xiaolan.member_id}


async def test_a_key_without_the_scope_keeps_nothing_apart(cast, editor):
    tag_id = await tag(cast.circle_id, "常客")
    async with program(cast.url, editor, "desk:read") as client:
        assert (await client.get(TAGS)).status_code == 200
        refused = [
            await client.post(TAGS, json={"name": "新"}),
            await client.patch(f"{TAGS}/{tag_id}/fans", json={"put": ["xiaolan"]}),
            await client.post(SEGMENTS, json={"name": "新", "conditions": {"joined_most": 7}}),
        ]

    assert {answer.status_code for answer in refused} == {403}
