"""A post becomes one of the circle's best at its time, once; and what is said when it cannot."""

import asyncio
from contextvars import Context
from datetime import timedelta

import pytest

from quanzi.curation import digesting, removing
from quanzi.db.engine import rows
from quanzi.db.transaction import transaction
from quanzi.errors import Conflict, Invalid, NotAllowed, NotFound
from quanzi.planning import highlighting, mending
from quanzi.posts import reading
from tests.people import CIRCLE, OTHER_CIRCLE
from tests.planning.test_pages import PLAN, local
from tests.posts.test_planning import plans, soon


async def comes() -> int:
    await rows("update plan_digest set at = now()")
    return await highlighting.digest_due()


async def is_digest(post_id: int) -> bool:
    return bool(await rows("select 1 from digested where post_id = $1", post_id))


async def test_it_happens_once_at_its_time(cast, editor, xiaolan):
    post_id = (await xiaolan.posts("写得真好")).post_id
    await highlighting.plan(await editor.place(), post_id, soon())
    assert await highlighting.digest_due() == 0
    assert await comes() == 1
    assert await comes() == 0
    assert await is_digest(post_id)
    events = await rows("select 1 from circle_event where op = 'digest.changed'")
    assert len(events) == 1


async def test_it_stands_on_the_calendar_and_is_moved_there(editor):
    post_id = (await editor.posts("要加精")).post_id
    await highlighting.plan(await editor.place(), post_id, soon())
    assert "要加精" in (await editor.sees(f"{PLAN}?view=list&on={local(soon())[:10]}")).text
    await mending.move(await editor.place(), "digest", post_id, soon(days=2))
    at = await highlighting.planned_for(await editor.place(), post_id)
    assert at is not None
    assert at > soon(days=1)


async def test_a_form_plans_it_and_an_empty_one_calls_it_off(editor):
    post_id = (await editor.posts("要加精")).post_id
    page = f"{PLAN}/digest/{post_id}"
    assert (await editor.sends(page, digest_at="2020-01-01T00:00")).status_code == 422
    await editor.sends(page, digest_at=local(soon()))
    assert await highlighting.planned_for(await editor.place(), post_id) is not None
    await editor.sends(page, digest_at="")
    assert await highlighting.planned_for(await editor.place(), post_id) is None


async def test_not_before_the_post_is_out(editor):
    post_id = await plans(editor, soon(days=2))
    with pytest.raises(Invalid):
        await highlighting.plan(await editor.place(), post_id, soon(days=1))
    await highlighting.plan(await editor.place(), post_id, soon(days=3))


async def test_who_planned_it_hears_why_it_did_not_happen(cast, editor):
    post_id = (await editor.posts("没了")).post_id
    await highlighting.plan(await editor.place(), post_id, soon())
    await removing.remove(await editor.place(), post_id)
    assert await comes() == 1
    told = await rows(
        "select kind from concern union all select kind from notice where kind = 'digest.missed'"
    )
    assert "digest.missed" in [line["kind"] for line in told]


async def test_who_left_the_staff_does_not_decide_any_more(editor, xiaolan):
    post_id = (await xiaolan.posts("写得真好")).post_id
    await highlighting.plan(await editor.place(), post_id, soon())
    await rows("delete from staff where member_id = $1", editor.member_id)
    await comes()
    assert not await is_digest(post_id)


async def test_only_who_edits_here_and_only_what_is_none_yet(editor, xiaolan, reviewer, maimai):
    post_id = (await editor.posts("要加精")).post_id
    for person in (xiaolan, reviewer):
        with pytest.raises(NotAllowed):
            await highlighting.plan(await person.place(), post_id, soon())
        with pytest.raises(NotAllowed):
            await highlighting.call_off(await person.place(), post_id)
    with pytest.raises(NotFound):
        await highlighting.plan(await maimai.place(OTHER_CIRCLE), post_id, soon())
    await digesting.digest(await editor.place(), post_id)
    with pytest.raises(Conflict):
        await highlighting.plan(await editor.place(), post_id, soon() + timedelta(days=1))
    assert (await xiaolan.sees(f"/c/{CIRCLE}/manage/plan/digest/{post_id}")).status_code == 404


async def test_one_that_fails_holds_up_no_other(editor, xiaolan, monkeypatch):
    first, second = [(await xiaolan.posts(f"第 {n} 篇")).post_id for n in range(2)]
    for post_id in (first, second):
        await highlighting.plan(await editor.place(), post_id, soon())
    await rows("update plan_digest set at = now() + (post_id - $1) * interval '1 ms'", second + 1)
    digest = digesting.digest

    async def breaks(place, post_id):
        if post_id == first:
            raise LookupError("no log")
        return await digest(place, post_id)

    monkeypatch.setattr(digesting, "digest", breaks)
    with pytest.raises(LookupError):
        await highlighting.digest_due()
    assert (await is_digest(first), await is_digest(second)) == (False, True)


async def test_moving_one_at_the_moment_it_is_due_ends_in_one_of_the_two(cast, editor, xiaolan):
    post_id = (await xiaolan.posts("写得真好")).post_id
    place = await editor.place()
    await highlighting.plan(place, post_id, soon())
    await rows("update plan_digest set at = now()")
    async with transaction():
        await reading.locked(place, post_id)
        looking = asyncio.create_task(highlighting.digest_due(), context=Context())
        await asyncio.sleep(0.3)
        await highlighting.plan(place, post_id, soon())
    assert await looking == 0
    assert not await is_digest(post_id)
