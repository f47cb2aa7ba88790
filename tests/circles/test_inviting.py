"""Links to join a staff by: shown once, good once, for a week, and as good as who made them."""

import asyncio
import re

import pytest

from quanzi.circles import inviting, joining, staffing
from quanzi.db.engine import rows
from quanzi.errors import Conflict, NotAllowed, NotFound
from quanzi.identity import sessions
from tests.circles.test_staffing import heard, role_of
from tests.people import CIRCLE

STAFF = f"/c/{CIRCLE}/manage/staff"


async def invites(person, role: str = "editor") -> str:
    return await inviting.invite(await person.place(), role=role, note="")


async def test_the_link_is_shown_once_and_only_its_hash_is_kept(owner):
    answer = await owner.sends(f"{STAFF}/invite", role="editor", note="发给小周")

    token = re.search(r"/join/([\w-]{43})", answer.text)
    assert token
    assert answer.headers["cache-control"] == "no-store"
    assert token[1] not in (await owner.sees(STAFF)).text
    kept = await rows("select * from invitation")
    assert kept[0]["token_hash"] == sessions.hash_of(token[1])
    assert token[1] not in str(kept)
    assert "发给小周" in (await owner.sees(STAFF)).text


async def test_a_role_must_be_chosen_and_what_was_typed_stays(owner):
    answer = await owner.sends(f"{STAFF}/invite", role="", note="发给小周")

    assert answer.status_code == 422
    assert 'id="error-role"' in answer.text
    assert "发给小周" in answer.text
    assert await rows("select 1 from invitation") == []


async def test_xiaolan_joins_and_the_owners_hear_of_it(cast, owner, editor, xiaolan):
    await staffing.change_role(await owner.place(), editor.member_id, "owner")
    token = await invites(owner, "reviewer")

    page = await xiaolan.sees(f"/join/{token}")
    assert page.status_code == 200
    assert "加入 悦跑圈" in page.text
    assert "审核员" in page.text
    answer = await xiaolan.sends(f"/join/{token}")

    assert answer.headers["location"] == "/partners/joyrun"
    assert await role_of(xiaolan) == "reviewer"
    assert ("staff.joined", "reviewer") in await heard(owner)
    assert ("staff.joined", "reviewer") in await heard(editor)
    assert await heard(xiaolan) == []
    assert "已使用" in (await owner.sees(STAFF)).text


async def test_looking_at_the_link_changes_nothing(owner, xiaolan, visitor):
    token = await invites(owner)
    before = await rows("select * from invitation")

    for _ in range(2):
        assert (await xiaolan.sees(f"/join/{token}")).status_code == 200
        assert (await visitor.get(f"/join/{token}")).status_code == 200

    assert await rows("select * from invitation") == before
    assert await role_of(xiaolan) == ""


async def test_a_visitor_signs_in_and_comes_back(owner, visitor):
    token = await invites(owner)

    assert f"/signin?next=/join/{token}" in (await visitor.get(f"/join/{token}")).text


async def test_accepting_twice_or_at_once_is_accepting_once(owner, xiaolan):
    token = await invites(owner)

    first, second = await asyncio.gather(*(xiaolan.sends(f"/join/{token}") for _ in range(2)))
    third = await xiaolan.sends(f"/join/{token}")

    assert {first.status_code, second.status_code, third.status_code} == {303}
    assert (await heard(owner)).count(("staff.joined", "editor")) == 1


async def test_of_two_who_accept_at_once_one_joins(owner, xiaolan, aqiang):
    token = await invites(owner)

    done = await asyncio.gather(
        *(joining.accept(token, person.viewer) for person in (xiaolan, aqiang)),
        return_exceptions=True,
    )

    assert sorted(type(each).__name__ for each in done) == ["NotFound", "str"]
    assert sorted([await role_of(xiaolan), await role_of(aqiang)]) == ["", "editor"]


async def test_who_has_as_much_already_is_told_and_the_link_stays_good(owner, editor, reviewer):
    token = await invites(owner, "editor")

    assert "不需要再接受" in (await editor.sees(f"/join/{token}")).text
    assert (await editor.sends(f"/join/{token}")).status_code == 409
    assert (await owner.sends(f"/join/{token}")).status_code == 409
    assert await role_of(owner) == "owner"
    assert (await reviewer.sends(f"/join/{token}")).status_code == 303
    assert await role_of(reviewer) == "editor"


@pytest.mark.parametrize("why", ["unknown", "used", "ended", "expired", "demoted", "suspended"])
async def test_a_link_that_is_over_looks_like_one_that_never_was(
    cast, owner, editor, xiaolan, aqiang, why
):
    await staffing.change_role(await owner.place(), editor.member_id, "owner")
    token = await invites(editor)
    match why:
        case "unknown":
            token = token[::-1]
        case "used":
            await joining.accept(token, aqiang.viewer)
        case "ended":
            sent = await inviting.sent((await owner.place()).circle.partner_id)
            await inviting.end(await owner.place(), sent[0].id)
        case "expired":
            await rows("update invitation set expires_at = now()")
        case "demoted":
            await staffing.change_role(await owner.place(), editor.member_id, "editor")
            await staffing.change_role(await owner.place(), editor.member_id, "owner")
        case "suspended":
            await sessions.suspend(editor.member_id)

    over, never = await xiaolan.sees(f"/join/{token}"), await xiaolan.sees("/join/never")
    assert over.status_code == never.status_code == 404
    assert plain(over.text, token) == plain(never.text, "never")
    assert (await xiaolan.sends(f"/join/{token}")).status_code == 404
    assert await role_of(xiaolan) == ""


def plain(text: str, token: str) -> str:
    text = text.replace(token, "TOKEN")
    return re.sub(r'nonce="[^"]+"|\b[0-9a-f]{12}\b', "", text)


async def test_only_owners_invite_and_a_stranger_finds_no_such_page(editor, xiaolan, maimai):
    for person in (editor, xiaolan, maimai):
        assert (await person.sends(f"{STAFF}/invite", role="owner")).status_code == 404
    with pytest.raises(NotAllowed):
        await invites(editor)
    assert await rows("select 1 from invitation") == []


async def test_an_invitation_cannot_be_ended_from_another_partners_desk(owner, maimai):
    await invites(owner)
    sent = await inviting.sent((await owner.place()).circle.partner_id)

    with pytest.raises(NotFound):
        await inviting.end(await maimai.place("banking"), sent[0].id)
    assert (await inviting.sent((await owner.place()).circle.partner_id))[0].state == "open"


async def test_twenty_links_may_be_out_and_no_more(owner):
    for _ in range(inviting.MOST_OPEN):
        await invites(owner)

    with pytest.raises(Conflict):
        await invites(owner)


async def test_the_log_does_not_keep_the_key(owner, xiaolan, capfd):
    token = await invites(owner)
    await xiaolan.sees(f"/join/{token}")

    said = capfd.readouterr()
    assert token not in said.err + said.out
