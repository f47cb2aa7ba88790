"""Who works for a partner: changing that, and never being left without an owner."""

import asyncio
import time

import pytest

from quanzi.circles import handing_over, staffing
from quanzi.db.engine import rows
from quanzi.errors import Conflict, Invalid, NotAllowed, NotFound
from tests.live.test_rights import ended_within
from tests.live.test_socket import hello, live
from tests.people import CIRCLE, PASSWORD

STAFF = f"/c/{CIRCLE}/manage/staff"


async def role_of(person) -> str:
    found = await rows("select role from staff where member_id = $1", person.member_id)
    return found[0]["role"] if found else ""


async def heard(person) -> list[tuple[str, str]]:
    found = await rows(
        "select kind, note from concern where member_id = $1 order by id", person.member_id
    )
    return [tuple(line) for line in found]


async def test_the_owner_makes_the_editor_a_reviewer_who_hears_of_it(cast, owner, editor):
    answer = await owner.sends(f"{STAFF}/{editor.member_id}/role", role="reviewer")

    assert answer.status_code == 303
    assert await role_of(editor) == "reviewer"
    assert await heard(editor) == [("staff.role", "reviewer")]
    assert (await editor.sends(f"/c/{CIRCLE}/p/1/pin")).status_code in {403, 404}


async def test_the_same_role_again_is_no_news(owner, editor):
    await staffing.change_role(await owner.place(), editor.member_id, "editor")

    assert await heard(editor) == []


async def test_a_role_that_is_none_is_told_beside_the_field(owner, editor):
    answer = await owner.sends(f"{STAFF}/{editor.member_id}/role", role="emperor")

    assert answer.status_code == 422
    assert 'id="error-role"' in answer.text
    assert await role_of(editor) == "editor"


async def test_the_owner_removes_the_analyst_who_hears_of_it(cast, owner):
    answer = await owner.sends(f"{STAFF}/{cast.analyst.member_id}/remove")

    assert answer.status_code == 303
    assert await role_of(cast.analyst) == ""
    assert await heard(cast.analyst) == [("staff.removed", "analyst")]
    assert (await cast.analyst.sees(STAFF)).status_code == 404


async def test_an_editor_changes_nobodys_role_and_finds_no_such_page(editor, reviewer):
    answer = await editor.sends(f"{STAFF}/{reviewer.member_id}/role", role="owner")

    assert answer.status_code == 404
    with pytest.raises(NotAllowed):
        await staffing.change_role(await editor.place(), reviewer.member_id, "owner")
    with pytest.raises(NotAllowed):
        await staffing.remove(await editor.place(), reviewer.member_id)
    assert await role_of(reviewer) == "reviewer"


async def test_another_partners_people_cannot_be_reached_from_this_desk(owner, maimai):
    with pytest.raises(NotFound):
        await staffing.change_role(await owner.place(), maimai.member_id, "analyst")
    with pytest.raises(NotFound):
        await staffing.remove(await owner.place(), maimai.member_id)
    assert await role_of(maimai) == "owner"


async def test_everybody_on_the_staff_sees_it_and_may_leave(cast, reviewer):
    page = await reviewer.sees(STAFF)

    assert page.status_code == 200
    assert "悦跑圈主" in page.text
    assert "生成邀请链接" not in page.text
    assert (await reviewer.sends(f"{STAFF}/leave")).status_code == 303
    assert await role_of(reviewer) == ""


async def test_the_last_owner_neither_leaves_nor_steps_down(owner):
    assert (await owner.sends(f"{STAFF}/leave")).status_code == 409
    answer = await owner.sends(f"{STAFF}/{owner.member_id}/role", role="editor")

    assert answer.status_code == 409
    assert "至少要有一位圈主" in answer.text
    assert await role_of(owner) == "owner"


async def test_a_suspended_owner_is_nobody_to_leave_a_partner_to(owner, editor):
    await staffing.change_role(await owner.place(), editor.member_id, "owner")
    await rows("update member set suspended_at = now() where id = $1", editor.member_id)

    with pytest.raises(Conflict):
        await staffing.leave(await owner.place())


async def test_two_owners_who_demote_each_other_at_once_leave_one(owner, editor):
    await staffing.change_role(await owner.place(), editor.member_id, "owner")
    first, second = await owner.place(), await editor.place()

    await asyncio.gather(
        staffing.change_role(first, editor.member_id, "editor"),
        staffing.change_role(second, owner.member_id, "editor"),
        return_exceptions=True,
    )

    assert sorted([await role_of(owner), await role_of(editor)]) == ["editor", "owner"]


async def test_two_owners_who_leave_at_once_leave_one(owner, editor):
    await staffing.change_role(await owner.place(), editor.member_id, "owner")
    places = [await owner.place(), await editor.place()]

    done = await asyncio.gather(*map(staffing.leave, places), return_exceptions=True)

    assert sorted(type(each).__name__ for each in done) == ["Conflict", "NoneType"]
    assert sorted([await role_of(owner), await role_of(editor)]) == ["", "owner"]


async def test_who_was_removed_meanwhile_decides_nothing_more(owner, editor, reviewer):
    await staffing.change_role(await owner.place(), editor.member_id, "owner")
    stale = await editor.place()
    await staffing.remove(await owner.place(), editor.member_id)

    with pytest.raises(NotAllowed):
        await staffing.remove(stale, reviewer.member_id)
    assert await role_of(reviewer) == "reviewer"


async def test_the_owner_hands_over_and_stays_as_editor(cast, owner, editor):
    answer = await owner.sends(
        f"{STAFF}/hand-over", to=str(editor.member_id), password=PASSWORD, afterwards="editor"
    )

    assert answer.status_code == 303
    assert (await role_of(owner), await role_of(editor)) == ("editor", "owner")
    assert await heard(editor) == [("staff.handed_over", "owner")]
    assert (await owner.sees(f"{STAFF}/hand-over")).status_code == 404


async def test_the_owner_hands_over_and_goes(owner, editor):
    await handing_over.hand_over(
        await owner.place(), editor.member_id, password=PASSWORD, afterwards="leave"
    )

    assert (await role_of(owner), await role_of(editor)) == ("", "owner")


async def test_whoever_sits_before_an_open_browser_hands_nothing_over(owner, editor):
    answer = await owner.sends(
        f"{STAFF}/hand-over", to=str(editor.member_id), password="guessed", afterwards="leave"
    )

    assert answer.status_code == 422
    assert 'id="error-password"' in answer.text
    assert "guessed" not in answer.text
    assert (await role_of(owner), await role_of(editor)) == ("owner", "editor")


async def test_nothing_is_handed_to_a_stranger_to_oneself_or_to_who_is_shut_out(
    owner, xiaolan, maimai, editor
):
    await rows("update member set suspended_at = now() where id = $1", editor.member_id)
    for nobody in (xiaolan, maimai, owner, editor):
        with pytest.raises(Invalid) as refused:
            await handing_over.hand_over(
                await owner.place(), nobody.member_id, password=PASSWORD, afterwards="leave"
            )
        assert set(refused.value.fields) == {"to"}
    assert await role_of(owner) == "owner"


async def test_handing_over_to_two_people_at_once_reaches_one(owner, editor, reviewer):
    place = await owner.place()

    done = await asyncio.gather(
        *(
            handing_over.hand_over(place, heir.member_id, password=PASSWORD, afterwards="leave")
            for heir in (editor, reviewer)
        ),
        return_exceptions=True,
    )

    assert sorted(type(each).__name__ for each in done) == ["NoneType", "NotAllowed"]
    assert [await role_of(editor), await role_of(reviewer)].count("owner") == 1


async def test_an_open_page_of_a_hidden_circle_falls_silent_with_the_role(
    cast, site, owner, editor
):
    # Neither a word of the hiding nor the round of everyone may do what the removal must do.
    await rows("update circle set hidden = true where id = $1", cast.circle_id)
    site.station.tail._guard._next_round = time.monotonic() + 30
    async with live(cast, token=editor.token) as theirs, live(cast, token=owner.token) as own:
        await hello(theirs)
        await hello(own)
        await staffing.remove(await owner.place(), editor.member_id)

        assert await ended_within(theirs, 2.0) == 1008
        await own.ping()
        assert own.close_code is None


async def test_the_desk_shows_each_role_what_it_may_open(cast, owner, editor):
    assert f"/c/{CIRCLE}/manage/settings" in (await owner.sees(f"/c/{CIRCLE}/manage")).text
    theirs = (await editor.sees(f"/c/{CIRCLE}/manage")).text
    assert f"/c/{CIRCLE}/manage/staff" in theirs
    assert "manage/settings" not in theirs
