"""Planning a post: when it comes out, who has to agree, and what is said when it could not."""

import asyncio
import uuid
from datetime import UTC, datetime, timedelta

import pytest

from quanzi.circles import banning, pacing
from quanzi.circles.pace import Pace, Rule
from quanzi.db.engine import rows
from quanzi.errors import Conflict, Invalid, NotAllowed, NotFound
from quanzi.posts import approving, due, editing, replanning, writing
from quanzi.posts.drafts import Draft
from tests.people import CIRCLE

ZONE = "Asia/Shanghai"


def soon(**later) -> datetime:
    return datetime.now(UTC).replace(microsecond=0) + timedelta(**(later or {"hours": 3}))


async def plans(person, at: datetime | None = None, body: str = "明早七点见", **more) -> int:
    draft = Draft(body, publish_at=at or soon(), **more)
    return (await writing.publish(await person.place(), draft)).post_id


async def keeps(person, body: str = "还没写完") -> int:
    return (await writing.publish(await person.place(), Draft(body, kept=True))).post_id


async def sets(chief, approval: bool = False, **rules: Rule) -> None:
    await pacing.set_pace(await chief.place(), Pace(rules, approval), ZONE)


async def comes(post_id: int) -> None:
    """Its time."""
    await rows("update post set publish_at = now() where id = $1", post_id)
    await due.publish_due()


async def state(post_id: int) -> tuple[str, str]:
    [line] = await rows("select state, waits_for from post where id = $1", post_id)
    return line["state"], line["waits_for"]


async def missed(post_id: int) -> str:
    found = await rows("select missed_why from plan where post_id = $1", post_id)
    return found[0]["missed_why"] if found else ""


async def told(person) -> list[tuple[str, str]]:
    found = await rows(
        "select kind, note from concern where member_id = $1 order by id", person.member_id
    )
    notices = await rows(
        "select kind, note from notice where member_id = $1 order by id", person.member_id
    )
    return [tuple(line) for line in (*found, *notices)]


async def test_a_draft_waits_until_somebody_chooses_a_time(editor, owner, visitor):
    post_id = await keeps(editor)
    await comes(0)
    assert await state(post_id) == ("scheduled", "time")
    assert (await visitor.get(f"/c/{CIRCLE}/p/{post_id}")).status_code == 404

    await replanning.move(await owner.place(), post_id, soon())
    assert await state(post_id) == ("scheduled", "")
    await comes(post_id)
    assert await state(post_id) == ("published", "")


async def test_a_planned_post_goes_back_to_the_drafts_and_out_at_once(editor):
    post_id = await plans(editor)
    place = await editor.place()
    assert await replanning.keep(place, post_id)
    assert not await replanning.keep(place, post_id)
    assert await replanning.out_now(place, post_id) > 0
    assert await state(post_id) == ("published", "")
    with pytest.raises(Conflict):
        await replanning.move(place, post_id, soon())


async def test_only_who_edits_the_circle_plans(editor, xiaolan, reviewer, maimai):
    post_id = await plans(editor)
    with pytest.raises(NotAllowed):
        await keeps(xiaolan)
    for person in (xiaolan, reviewer, maimai):
        with pytest.raises(NotFound):
            await replanning.move(await person.place(), post_id, soon())
        with pytest.raises(NotFound):
            await replanning.out_now(await person.place(), post_id)


@pytest.mark.parametrize("at", [soon(hours=-1), soon(days=400)])
async def test_no_time_that_is_over_or_far_off(editor, at):
    post_id = await plans(editor)
    with pytest.raises(Invalid) as refused:
        await replanning.move(await editor.place(), post_id, at)
    assert "publish_at" in refused.value.fields


async def test_ten_that_look_at_once_bring_it_out_once(cast, editor):
    post_id = await plans(editor)
    await rows("update post set publish_at = now() where id = $1", post_id)
    await asyncio.gather(*(due.publish_due() for _ in range(10)))
    found = await rows(
        "select 1 from circle_event where circle_id = $1 and op = 'post.published'", cast.circle_id
    )
    assert len(found) == 1


async def test_one_that_cannot_come_out_holds_up_no_other(cast, editor, monkeypatch):
    first, second = await plans(editor), await plans(editor, body="第二篇")
    await rows("update post set publish_at = now() - id * interval '1 ms'")
    bring_out = writing.bring_out

    async def breaks(circle_id, post_id, version, actor_id):
        if post_id == first:
            raise LookupError("no log")
        return await bring_out(circle_id, post_id, version, actor_id)

    monkeypatch.setattr(writing, "bring_out", breaks)
    with pytest.raises(LookupError):
        await due.publish_due()
    assert (await state(first))[0] == "scheduled"
    assert (await state(second))[0] == "published"


async def test_quiet_hours_refuse_a_post_with_the_time_when_they_are_over(editor, owner, xiaolan):
    await sets(owner, editor=Rule(quiet_from=0, quiet_to=1439), member=Rule(quiet_from=0, quiet_to=1439))  # fmt: skip
    for person, field in ((editor, "publish_at"), (xiaolan, "body")):
        with pytest.raises(Invalid) as refused:
            await person.posts("半夜")
        assert "23:59" in str(refused.value.fields[field])
    await owner.posts("圈主不受限制")


async def test_what_is_planned_takes_its_place_among_the_posts_of_its_day(editor, owner):
    await sets(owner, editor=Rule(most=1), owner=Rule(most=1))
    at = soon(days=3)
    await plans(editor, at)
    with pytest.raises(Invalid):
        await plans(owner, at + timedelta(minutes=1), body="同一天第二篇")
    await plans(owner, at + timedelta(days=1), body="第二天")


async def test_what_members_post_counts_for_each_alone(xiaolan, aqiang, owner):
    await sets(owner, member=Rule(most=1))
    await xiaolan.posts("第一篇")
    await aqiang.posts("我的第一篇")
    with pytest.raises(Invalid):
        await xiaolan.posts("第二篇，不行")


async def test_what_is_still_looked_at_counts_from_when_it_was_written(xiaolan, owner):
    await sets(owner, member=Rule(most=1))
    held = (await xiaolan.posts("先看看再说")).post_id
    await rows(
        "update post set state = 'held', seq = null, published_at = null where id = $1", held
    )
    with pytest.raises(Invalid):
        await xiaolan.posts("第二篇，不行")
    await rows("update post set created_at = now() - interval '2 days' where id = $1", held)
    await xiaolan.posts("昨天的不算")


async def test_two_at_once_are_not_both_the_last(xiaolan, owner):
    await sets(owner, member=Rule(most=1))
    answers = await asyncio.gather(
        *(xiaolan.posts(f"同时发的第 {n} 篇") for n in range(6)), return_exceptions=True
    )
    assert sum(isinstance(each, Invalid) for each in answers) == 5


async def test_a_move_is_held_to_the_pace_and_does_not_stand_in_its_own_way(editor, owner):
    at = soon(days=3)
    post_id = await plans(editor, at)
    await sets(owner, editor=Rule(apart=120))
    await replanning.move(await editor.place(), post_id, at + timedelta(minutes=30))
    await plans(editor, at + timedelta(hours=6), body="晚一点")
    with pytest.raises(Invalid):
        await replanning.move(await editor.place(), post_id, at + timedelta(hours=5))


async def test_an_owner_moves_an_editors_post_to_where_it_will_come_out(editor, owner):
    """It is held to what is asked of its author, who is the one that it comes out for."""
    post_id = await plans(editor)
    await sets(owner, editor=Rule(quiet_from=0, quiet_to=1439))
    with pytest.raises(Invalid):
        await replanning.move(await owner.place(), post_id, soon(days=1))
    with pytest.raises(Invalid):
        await replanning.out_now(await owner.place(), post_id)
    mine = await plans(owner, body="圈主的")
    await replanning.move(await editor.place(), mine, soon(days=1))


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        (Rule(quiet_from=0, quiet_to=1439), "quiet"),
        (Rule(most=1), "most"),
        (Rule(apart=600), "apart"),
    ],
)
async def test_a_rule_that_came_later_is_told_to_the_author(editor, owner, rule, why):
    await editor.posts("今天已经有一篇")
    post_id = await plans(editor)
    await sets(owner, editor=rule)
    await comes(post_id)
    assert await state(post_id) == ("scheduled", "time")
    assert await missed(post_id) == why
    assert ("plan.missed", why) in await told(editor)


async def test_of_three_that_are_planned_for_a_day_of_two_the_first_two_come_out(editor, owner):
    first, second, third = [await plans(editor, soon(hours=2, minutes=n), body=f"第 {n} 篇") for n in range(3)]  # fmt: skip
    await sets(owner, editor=Rule(most=2))
    for post_id in (first, second, third):
        await comes(post_id)
    assert [(await state(each))[0] for each in (first, second, third)] == [
        "published",
        "published",
        "scheduled",
    ]
    assert await missed(third) == "most"


async def test_who_left_the_staff_is_not_spoken_for(cast, editor):
    post_id = await plans(editor)
    await rows("delete from staff where member_id = $1", editor.member_id)
    await comes(post_id)
    assert await missed(post_id) == "staff"


async def test_who_may_not_talk_is_not_spoken_for_and_hears_why(cast, editor, owner):
    post_id = await plans(editor)
    await replanning.move(await owner.place(), post_id, soon(hours=4))
    await banning.ban(editor.member_id, cast.circle_id, "mute", soon(days=1), reason="x", by=None)
    await comes(post_id)
    assert await missed(post_id) == "barred"
    for person in (editor, owner):
        assert ("plan.missed", "barred") in await told(person)


async def test_a_new_time_forgets_what_went_wrong(editor, owner):
    post_id = await plans(editor)
    await sets(owner, editor=Rule(quiet_from=0, quiet_to=1439))
    await comes(post_id)
    await sets(owner)
    await replanning.move(await editor.place(), post_id, soon())
    assert await missed(post_id) == ""
    await comes(post_id)
    assert (await state(post_id))[0] == "published"


async def test_an_editors_plan_waits_for_an_owner_who_hears_of_it(editor, owner):
    await sets(owner, approval=True)
    post_id = await plans(editor)
    assert await state(post_id) == ("scheduled", "approval")
    assert [kind for kind, _ in await told(owner)] == ["plan.asked"]

    assert await approving.approve(await owner.place(), post_id) == 0
    assert [kind for kind, _ in await told(editor)] == ["plan.approved"]
    await comes(post_id)
    assert (await state(post_id))[0] == "published"


async def test_what_an_editor_posts_at_once_comes_out_with_the_owners_word(editor, owner):
    await sets(owner, approval=True)
    written = await writing.publish(await editor.place(), Draft("现在就发"))
    assert (written.seq, written.outcome) == (None, "asked")
    assert await approving.approve(await owner.place(), written.post_id) > 0
    assert (await state(written.post_id))[0] == "published"


async def test_an_owner_who_declines_says_why_and_it_becomes_a_draft(editor, owner):
    await sets(owner, approval=True)
    post_id = await plans(editor)
    await approving.decline(await owner.place(), post_id, "路线写错了")
    assert await state(post_id) == ("scheduled", "time")
    assert [kind for kind, _ in await told(editor)] == ["plan.declined"]
    with pytest.raises(Conflict):
        await approving.approve(await owner.place(), post_id)


async def test_an_editor_cannot_agree_to_their_own_plan(editor, owner, xiaolan):
    await sets(owner, approval=True)
    post_id = await plans(editor)
    with pytest.raises(NotAllowed):
        await approving.approve(await editor.place(), post_id)
    with pytest.raises(NotFound):
        await approving.approve(await xiaolan.place(), post_id)


async def test_other_words_than_an_owner_agreed_to_need_another_word(editor, owner):
    await sets(owner, approval=True)
    post_id = await plans(editor)
    await approving.approve(await owner.place(), post_id)
    await editing.edit(await editor.place(), post_id, "换了一套说法", 1)
    assert await state(post_id) == ("scheduled", "approval")


async def test_what_nobody_agreed_to_in_time_does_not_come_out(editor, owner):
    await sets(owner, approval=True)
    post_id = await plans(editor)
    await comes(post_id)
    assert await state(post_id) == ("scheduled", "time")
    assert await missed(post_id) == "approval"


async def test_the_same_key_twice_keeps_one_draft(editor):
    key = uuid.uuid4()
    place = await editor.place()
    first, second = [
        await writing.publish(place, Draft("草稿", kept=True, key=key)) for _ in range(2)
    ]
    assert (first.post_id, second.again) == (second.post_id, True)


async def test_only_an_owner_sets_the_pace(editor, owner, reviewer, maimai):
    for person in (editor, reviewer, maimai):
        with pytest.raises(NotAllowed):
            await pacing.set_pace(await person.place(), Pace(), ZONE)
    # The second is one of this machine's, which the database does not know.
    for zone in ("Mars/Olympus", "localtime"):
        with pytest.raises(Invalid):
            await pacing.set_pace(await owner.place(), Pace(), zone)
    await pacing.set_pace(await owner.place(), Pace(approval=True), "Asia/Tokyo")
    place = await editor.place()
    assert (place.circle.time_zone, place.circle.pace.approval) == ("Asia/Tokyo", True)
