"""Who reviews a circle may do so by program: the same cases, the same rules, the same words to authors."""

import pytest

from quanzi.db.engine import rows
from quanzi.moderation import claiming, reporting
from quanzi.posts import editing
from tests.moderation.test_deciding import case_of
from tests.moderation.words import HELD
from tests.people import CIRCLE, OTHER_CIRCLE
from tests.platform.program import program

CASES = f"/circles/{CIRCLE}/cases"
REMOVE = {"category": "abuse", "action": "remove", "reason": "骂人"}


async def reported(cast, person, body: str = "你们都是猪", circle: str = CIRCLE) -> tuple[int, int]:
    """The post, and the case that the newcomer's report opened."""
    post_id = (await person.posts(body, circle)).post_id
    newcomer = await cast.member("reporter", "举报人")
    await reporting.report(
        await newcomer.place(circle), post_id, 0, category="abuse", note="太难听了"
    )
    [found] = await rows("select id from review_case where post_id = $1", post_id)
    return post_id, found["id"]


async def state(post_id: int) -> str:
    [line] = await rows("select state from post where id = $1", post_id)
    return line["state"]


async def test_a_case_is_read_claimed_and_decided_and_its_author_hears_why(cast, xiaolan, reviewer):
    post_id, case_id = await reported(cast, xiaolan)
    one = f"{CASES}/{case_id}"
    async with program(cast.url, reviewer) as client:
        [listed] = (await client.get(CASES)).json()
        read = await client.get(one)
        unclaimed = await client.put(
            f"{one}/decision", json=REMOVE, headers={"if-match": read.headers["etag"]}
        )
        claimed = await client.put(f"{one}/claim")
        again = await client.get(one, headers={"if-none-match": read.headers["etag"]})
        decided = await client.put(
            f"{one}/decision", json=REMOVE, headers={"if-match": read.headers["etag"]}
        )
        none = (await client.get(CASES)).json()
        after = (await client.get(one)).json()

    assert (listed["id"], listed["author"]["handle"], listed["reports"]) == (case_id, "xiaolan", 1)
    assert read.json()["body"] == "你们都是猪"
    [report] = read.json()["reported"]
    assert (report["by"]["handle"], report["note"]) == ("reporter", "太难听了")
    assert (unclaimed.status_code, claimed.status_code) == (409, 204)
    assert (again.status_code, again.json()["mine"]) == (200, True)
    assert (decided.status_code, none, after["state"]) == (200, [], "decided")
    assert await state(post_id) == "removed"
    assert "骂人" in (await xiaolan.sees(f"/me/decisions/{decided.json()['decision_id']}")).text


async def test_nobody_decides_about_words_that_came_after(cast, xiaolan, reviewer):
    post_id, case_id = await reported(cast, xiaolan)
    one = f"{CASES}/{case_id}"
    async with program(cast.url, reviewer) as client:
        await client.put(f"{one}/claim")
        read = await client.get(one)
        await editing.edit(await xiaolan.place(), post_id, "大家好", 1)
        late = await client.put(
            f"{one}/decision", json=REMOVE, headers={"if-match": read.headers["etag"]}
        )
        bare = await client.put(f"{one}/decision", json=REMOVE)

    assert (late.status_code, bare.status_code) == (412, 428)
    assert await state(post_id) == "published"


async def test_what_a_form_would_refuse_is_refused_by_field(cast, xiaolan, reviewer):
    _, case_id = await reported(cast, xiaolan)
    one = f"{CASES}/{case_id}"
    wrong = {"category": "weather", "action": "remove", "measure": "mute"}
    async with program(cast.url, reviewer) as client:
        await client.put(f"{one}/claim")
        tag = {"if-match": (await client.get(one)).headers["etag"]}
        refused = await client.put(f"{one}/decision", json=wrong, headers=tag)
        everywhere = REMOVE | {"measure": "site_ban", "days": 0}
        too_far = await client.put(f"{one}/decision", json=everywhere, headers=tag)

    assert set(refused.json()["errors"]) == {"category", "days", "reason"}
    assert too_far.status_code in {400, 422}


async def test_a_ban_waits_for_somebody_elses_look(cast, xiaolan, reviewer, owner):
    _, case_id = await reported(cast, xiaolan)
    one = f"{CASES}/{case_id}"
    async with program(cast.url, reviewer) as client:
        await client.put(f"{one}/claim")
        tag = {"if-match": (await client.get(one)).headers["etag"]}
        ban = REMOVE | {"measure": "ban", "days": 7}
        await client.put(f"{one}/decision", json=ban, headers=tag)
        waits = (await client.get(one)).json()
        own_look = await client.put(f"{one}/second", json={"confirm": True})
    async with program(cast.url, owner) as client:
        confirmed = await client.put(f"{one}/second", json={"confirm": True})
        twice = await client.put(f"{one}/second", json={"confirm": True})

    assert (waits["state"], waits["decisions"][0]["measure"]) == ("second", "ban")
    assert (own_look.status_code, confirmed.status_code, twice.status_code) == (403, 204, 409)
    bans = await rows("select kind from ban where member_id = $1", xiaolan.member_id)
    assert "ban" in {line["kind"] for line in bans}


async def test_what_somebody_holds_is_nobody_elses_until_they_let_go(
    cast, xiaolan, editor, reviewer
):
    _, case_id = await reported(cast, xiaolan)
    await claiming.claim(await editor.place(), case_id)
    async with program(cast.url, reviewer) as client:
        held = await client.put(f"{CASES}/{case_id}/claim")
        named = (await client.get(f"{CASES}/{case_id}")).json()["claimed_by"]
        await client.delete(f"{CASES}/{case_id}/claim")
        still = await client.put(f"{CASES}/{case_id}/claim")
    async with program(cast.url, editor) as client:
        let_go = await client.delete(f"{CASES}/{case_id}/claim")
    async with program(cast.url, reviewer) as client:
        free = await client.put(f"{CASES}/{case_id}/claim")

    assert (held.status_code, still.status_code) == (409, 409)
    assert named == editor.viewer.name
    assert (let_go.status_code, free.status_code) == (204, 204)


async def test_nobody_decides_about_themselves(cast, editor):
    _, case_id = await reported(cast, editor)
    async with program(cast.url, editor) as client:
        assert (await client.put(f"{CASES}/{case_id}/claim")).status_code == 403


@pytest.mark.parametrize("who", ["xiaolan", "analyst", "maimai", "moderator"])
async def test_a_queue_is_not_there_for_who_does_not_review_here(cast, xiaolan, who):
    """Nor for the platform's people: a key lends nobody their rank."""
    post_id, case_id = await reported(cast, xiaolan)
    async with program(cast.url, getattr(cast, who)) as client:
        refused = [
            await client.get(CASES),
            await client.get(f"{CASES}/{case_id}"),
            await client.put(f"{CASES}/{case_id}/claim"),
            await client.put(
                f"{CASES}/{case_id}/decision", json=REMOVE, headers={"if-match": '"x"'}
            ),
            await client.put(f"{CASES}/{case_id}/second", json={"confirm": True}),
        ]

    assert {answer.status_code for answer in refused} == {404}
    assert await state(post_id) == "published"


async def test_another_circles_case_is_none_of_this(cast, xiaolan, reviewer):
    _, case_id = await reported(cast, xiaolan, circle=OTHER_CIRCLE)
    async with program(cast.url, reviewer) as client:
        answers = [
            await client.get(f"{CASES}/{case_id}"),
            await client.put(f"{CASES}/{case_id}/claim"),
            await client.delete(f"{CASES}/{case_id}/claim"),
            await client.get(f"/circles/{OTHER_CIRCLE}/cases"),
        ]

    assert {answer.status_code for answer in answers} == {404}


async def test_a_key_that_only_reads_decides_nothing_and_one_that_does_not_sees_nothing(
    cast, xiaolan, reviewer
):
    _, case_id = await reported(cast, xiaolan)
    async with program(cast.url, reviewer, "review:read") as client:
        assert (await client.get(f"{CASES}/{case_id}")).status_code == 200
        assert (await client.put(f"{CASES}/{case_id}/claim")).status_code == 403
    async with program(cast.url, reviewer, "desk:read", "review:write") as client:
        assert (await client.get(CASES)).status_code == 403


async def test_what_the_machine_holds_is_listed_with_what_it_found(cast, xiaolan, reviewer):
    await xiaolan.posts(HELD)
    case = await case_of(cast)
    async with program(cast.url, reviewer) as client:
        told = (await client.get(f"{CASES}/{case.id}")).json()

    assert (told["source"], told["thing_state"]) == ("screening", "held")
    assert told["findings"][0]["score"] <= 1
    assert told["findings"][0]["category"] == "abuse"
