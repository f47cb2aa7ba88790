"""What comes out with an owner's word, and what was held before, cannot go around either."""

import asyncio
import re

from quanzi.circles.pace import Rule
from quanzi.db.engine import rows
from quanzi.posts import approving, due, editing, withholding
from tests.people import CIRCLE
from tests.posts.test_planning import missed, plans, sets, soon, state


async def test_words_that_were_held_need_an_owners_word_as_well(cast, editor, owner):
    await sets(owner, approval=True)
    post_id = await plans(editor)
    await approving.approve(await owner.place(), post_id)
    await rows(
        "insert into held_edit (circle_id, post_id, editor_id, version, body) values ($1, $2, $3, 1, '别的话')",
        cast.circle_id,
        post_id,
        editor.member_id,
    )
    await editing.put_held_in_force(cast.circle_id, post_id)
    assert await state(post_id) == ("scheduled", "approval")


async def test_what_was_held_before_owners_had_to_agree_can_be_agreed_to(cast, editor, owner):
    post_id = (await owner.posts("审核中")).post_id
    await rows(
        "update post set state = 'held', held_for = 'people', seq = null, published_at = null"
    )
    await sets(owner, approval=True)
    await editing.edit(await editor.place(), post_id, "编辑的话", 1)
    await withholding.release(cast.circle_id, post_id)
    assert await state(post_id) == ("scheduled", "approval")
    assert (await owner.sees(f"/c/{CIRCLE}/manage/plan/p/{post_id}")).status_code == 200
    assert await approving.approve(await owner.place(), post_id) > 0


async def test_what_is_let_out_after_its_time_is_asked_as_any_that_is_due(cast, editor):
    stays, leaves = await plans(editor), await plans(editor, body="另一篇")
    await rows("update post set state = 'held', held_for = 'people', publish_at = now()")
    assert await withholding.release(cast.circle_id, stays) == 0
    await due.publish_due()
    assert await state(stays) == ("published", "")
    await rows("delete from staff where member_id = $1", editor.member_id)
    await withholding.release(cast.circle_id, leaves)
    await due.publish_due()
    assert await missed(leaves) == "staff"


async def test_an_owner_agrees_to_the_words_they_have_read(editor, owner):
    await sets(owner, approval=True)
    post_id = await plans(editor, body="走" * 600 + "到底")
    page = (await owner.sees(f"/c/{CIRCLE}/manage/plan/p/{post_id}")).text
    assert "走到底" in page
    read = re.search(r'name="version" value="(\d+)"', page)
    await editing.edit(await editor.place(), post_id, "换了一套说法", 1)
    assert read
    answer = await owner.sends(
        f"/c/{CIRCLE}/manage/plan/p/{post_id}/approve", version=read[1], view="", on=""
    )
    assert answer.status_code == 409
    assert await state(post_id) == ("scheduled", "approval")


async def test_two_processes_at_once_do_not_both_bring_out_the_last(editor, owner):
    planned = [await plans(editor, soon(hours=2, minutes=n), body=f"第 {n} 篇") for n in range(4)]
    await sets(owner, editor=Rule(most=1))
    await rows("update post set publish_at = now()")
    await asyncio.gather(*(due.publish_due() for _ in range(6)))
    assert [(await state(each))[0] for each in planned].count("published") == 1
