"""Where the circle wants it so, an editor's notice waits for an owner."""

from datetime import timedelta

import pytest

from quanzi import clock
from quanzi.circles import pacing
from quanzi.circles.pace import Pace
from quanzi.errors import Conflict, NotAllowed
from quanzi.notifications import wording
from quanzi.reaching import approving, reading, sending
from tests.fans.crowd import follows
from tests.notifications.news import told, tray
from tests.people import CIRCLE
from tests.reaching.crowd import all_sent, planned, to_whom, written


@pytest.fixture(autouse=True)
async def asking(site, owner, database):
    await site.tickers_rest()
    await pacing.set_pace(await owner.place(), Pace({}, approval=True), "Asia/Shanghai")
    yield
    await site.tickers_work()


async def test_an_editors_goes_out_once_the_owner_has_said_so(editor, owner, xiaolan):
    await follows(xiaolan)
    notice_id = await written(editor)
    await planned(editor, notice_id)
    await all_sent()
    assert await to_whom(notice_id) == []
    await told()
    [asked] = await tray(owner)
    page = await owner.sees(wording.path(asked))
    assert f"/c/{CIRCLE}/manage/notices/{notice_id}/approve" in page.text

    found = await reading.one(await owner.place(), notice_id)
    await owner.sends(f"/c/{CIRCLE}/manage/notices/{notice_id}/approve", version=str(found.version))
    await all_sent()
    await told()
    assert await to_whom(notice_id) == [xiaolan.member_id]
    assert [notice.kind for notice in await tray(editor)] == ["notice.approved"]


async def test_an_owners_own_waits_for_nobody(owner, xiaolan):
    await follows(xiaolan)
    notice_id = await written(owner)
    await planned(owner, notice_id)
    await all_sent()

    assert await to_whom(notice_id) == [xiaolan.member_id]


async def test_sent_back_it_is_a_draft_and_who_wrote_it_hears(editor, owner):
    notice_id = await written(editor)
    await planned(editor, notice_id)
    found = await reading.one(await owner.place(), notice_id)
    await owner.sends(f"/c/{CIRCLE}/manage/notices/{notice_id}/decline", version=str(found.version))
    await told()

    assert (await reading.one(await editor.place(), notice_id)).state == "draft"
    assert [notice.kind for notice in await tray(editor)] == ["notice.declined"]


async def test_at_its_time_when_that_is_still_to_come(editor, owner):
    at = clock.now() + timedelta(days=2)
    notice_id = await written(editor)
    await planned(editor, notice_id, at)
    found = await reading.one(await owner.place(), notice_id)
    await approving.approve(await owner.place(), notice_id, version=found.version)

    found = await reading.one(await owner.place(), notice_id)
    assert (found.state, found.send_at) == ("planned", at)


async def test_what_goes_at_an_occasion_is_asked_for_too(editor, owner):
    notice_id = await written(editor, occasion="joined")
    await planned(editor, notice_id)
    asked = await reading.one(await owner.place(), notice_id)
    assert asked.state == "asked"
    await approving.approve(await owner.place(), notice_id, version=asked.version)

    assert (await reading.one(await owner.place(), notice_id)).state == "on"


async def test_moved_by_an_editor_it_is_asked_for_again(editor, owner):
    notice_id = await written(editor)
    await planned(owner, notice_id, clock.now() + timedelta(days=2))
    await sending.move(await editor.place(), notice_id, clock.now() + timedelta(days=3))

    assert (await reading.one(await editor.place(), notice_id)).state == "asked"


async def test_the_editor_cannot_say_yes_and_nobody_twice(editor, owner):
    notice_id = await written(editor)
    await planned(editor, notice_id)
    version = (await reading.one(await editor.place(), notice_id)).version
    with pytest.raises(NotAllowed):
        await approving.approve(await editor.place(), notice_id, version=version)
    await approving.approve(await owner.place(), notice_id, version=version)
    with pytest.raises(Conflict):
        await approving.approve(await owner.place(), notice_id, version=version)
    with pytest.raises(Conflict):
        await approving.decline(await owner.place(), notice_id, version=version)
