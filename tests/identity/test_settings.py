"""What a member changes about themselves: name, address, password; and who cannot."""

import re

import pytest

from quanzi.db.engine import row, rows
from quanzi.identity import mailbox, passwords
from quanzi.web import limits
from tests.people import PASSWORD

HERS = "xiaolan@example.org"
NEW = "lan@example.net"


@pytest.fixture(autouse=True)
async def _letters_stay(cast, site):
    await site.tickers_rest()


async def wishes(person, address: str = HERS):
    return await person.sends("/me/settings/address", address=address)


async def letters_to(address: str) -> list[str]:
    found = await rows("select subject from letter where recipient = $1 order by id", address)
    return [line["subject"] for line in found]


async def link(address: str = HERS) -> str:
    """What the newest letter to this address leads to."""
    found = await row(
        "select text from letter where recipient = $1 order by id desc limit 1", address
    )
    return re.search(r"(/confirm/[\w-]+)", found["text"])[1]


async def confirms(person, path: str):
    return await person.sends(path)


async def address_of(person) -> str:
    return (await mailbox.of(person.member_id)).address


async def test_a_name_and_an_intro_are_changed(xiaolan):
    answer = await xiaolan.sends("/me/settings", name="  小  兰 ", intro="跑步\r\n\r\n看书 ")

    assert answer.headers["location"] == "/me/settings?saved"
    found = await row("select name, intro from member where id = $1", xiaolan.member_id)
    assert tuple(found) == ("小 兰", "跑步\n看书")
    assert "小 兰" in (await xiaolan.sees("/me/settings?saved")).text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name": " ", "intro": ""}, "昵称不能空着"),
        ({"name": "长" * 41, "intro": ""}, "昵称最多 40 个字"),
        ({"name": "小兰", "intro": "介" * 201}, "简介最多 200 个字，现在有 201 个"),
    ],
)
async def test_what_will_not_do_comes_back_with_what_was_typed(xiaolan, typed, said):
    answer = await xiaolan.sends("/me/settings", **typed)

    assert answer.status_code == 422
    assert said in answer.text
    assert typed["intro"] in answer.text


async def test_an_address_counts_once_its_link_was_used(xiaolan):
    assert (await wishes(xiaolan)).status_code == 303
    assert await address_of(xiaolan) == ""
    page = (await xiaolan.sees("/me/settings/account")).text
    assert f"确认邮件已发到 {HERS}" in page
    path = await link()
    assert HERS in (await xiaolan.sees(path)).text
    assert await address_of(xiaolan) == "", "looking at a link changes nothing"
    answer = await confirms(xiaolan, path)

    assert answer.status_code == 200
    assert await address_of(xiaolan) == HERS
    assert (await letters_to(HERS))[-1] == "邮箱已确认"


async def test_a_link_works_once(xiaolan):
    await wishes(xiaolan)
    path = await link()
    await confirms(xiaolan, path)

    assert (await confirms(xiaolan, path)).status_code == 404
    assert (await xiaolan.sees(path)).status_code == 404


async def test_a_link_is_good_for_a_day(xiaolan):
    await wishes(xiaolan)
    await rows("update mailbox_wish set ends_at = ends_at - interval '24 hours'")

    assert (await confirms(xiaolan, await link())).status_code == 404
    assert await address_of(xiaolan) == ""


async def test_the_last_wish_counts(xiaolan):
    await wishes(xiaolan)
    first = await link()
    await wishes(xiaolan, NEW)

    assert (await confirms(xiaolan, first)).status_code == 404
    await confirms(xiaolan, await link(NEW))
    assert await address_of(xiaolan) == NEW


async def test_a_planted_token_opens_nothing(xiaolan, aqiang, visitor):
    await wishes(xiaolan)
    kept = (await row("select token_hash from mailbox_wish"))["token_hash"]
    for planted in ("x", kept.hex(), "%00", "a" * 5000):
        assert (await visitor.get(f"/confirm/{planted}")).status_code in {404, 414}
        assert (await aqiang.sends(f"/confirm/{planted}")).status_code in {404, 414}

    assert await address_of(xiaolan) == ""


async def test_the_token_stands_nowhere_but_in_the_letter(xiaolan):
    await wishes(xiaolan)
    token = (await link()).rpartition("/")[2]

    for table in ("mailbox_wish", "mailbox", "session"):
        assert token not in str(await rows(f"select * from {table}"))


async def test_a_link_read_elsewhere_works_without_signing_in(xiaolan, visitor):
    await wishes(xiaolan)
    path = await link()
    page = (await visitor.get(path)).text
    token = re.search(r'data-csrf="([^"]+)"', page)[1]

    assert (await visitor.post(path)).status_code == 403
    assert (await visitor.post(path, data={"_csrf_token": token})).status_code == 200
    assert await address_of(xiaolan) == HERS


async def test_the_old_address_stays_until_the_new_one_is_confirmed_and_both_are_told(xiaolan):
    await wishes(xiaolan)
    await confirms(xiaolan, await link())
    await wishes(xiaolan, NEW)
    assert await address_of(xiaolan) == HERS
    await confirms(xiaolan, await link(NEW))

    assert await address_of(xiaolan) == NEW
    assert (await letters_to(HERS))[-1] == "你的邮箱已更换"
    assert (await letters_to(NEW))[-1] == "邮箱已确认"


async def test_an_address_can_be_taken_away_and_is_told(xiaolan):
    await wishes(xiaolan)
    await confirms(xiaolan, await link())
    await xiaolan.sends("/me/settings/address/forget")

    assert await address_of(xiaolan) == ""
    assert (await letters_to(HERS))[-1] == "你的邮箱已移除"


@pytest.mark.parametrize(
    "typed",
    ["", "x", "a@b", "a b@example.org", "a@example.org\r\nBcc: b@example.org", "a@-.", "é@x.org",
     "a@" + "b" * 250 + ".org", "<a@example.org>"],
)  # fmt: skip
async def test_what_is_no_address_is_refused(xiaolan, typed):
    answer = await wishes(xiaolan, typed)

    assert answer.status_code == 422
    assert "这不像一个邮箱地址" in answer.text
    assert await rows("select 1 from letter") == []


async def test_nobody_is_flooded_with_letters(xiaolan, aqiang):
    answers = [(await wishes(xiaolan, "poor@example.org")).status_code for _ in range(4)]
    others = await wishes(aqiang, "poor@example.org")

    assert answers.count(429) >= 1
    assert others.status_code == 429
    assert limits.LETTERS_TO_ADDRESS.burst == 3


async def test_a_password_is_changed_and_other_devices_are_out(cast, xiaolan):
    await rows("insert into mailbox (member_id, address) values ($1, $2)", xiaolan.member_id, HERS)
    phone = await cast.signed_in("xiaolan", xiaolan.member_id)
    answer = await xiaolan.sends("/me/settings/password", old=PASSWORD, new="another-good-one")

    assert answer.headers["location"] == "/me/settings/account?changed"
    stored = (await row("select password_hash from credential where member_id = $1",
                        xiaolan.member_id))["password_hash"]  # fmt: skip
    assert await passwords.matches("another-good-one", stored)
    assert (await phone.sees("/me/settings")).status_code == 303
    assert (await xiaolan.sees("/me/settings")).status_code == 200
    assert await letters_to(HERS) == ["你的密码已修改"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("wrong", "another-good-one", "现在的密码不对"),
        (PASSWORD, "short", "密码至少 8 个字符"),
        (PASSWORD, PASSWORD, "新密码和现在的一样"),
    ],
)
async def test_a_password_that_will_not_do_changes_nothing(cast, xiaolan, old, new, said):
    phone = await cast.signed_in("xiaolan", xiaolan.member_id)
    answer = await xiaolan.sends("/me/settings/password", old=old, new=new)

    assert answer.status_code == 422
    assert said in answer.text
    assert new not in answer.text
    assert (await phone.sees("/me/settings")).status_code == 200


async def test_a_thief_with_a_session_cannot_try_many_passwords(xiaolan):
    answers = [
        (await xiaolan.sends("/me/settings/password", old=f"try-{n}", new="x" * 9)).status_code
        for n in range(6)
    ]

    assert answers[-1] == 429


async def test_ones_devices_have_names_people_know(cast, xiaolan):
    await rows(
        "update session set agent = $2 where member_id = $1",
        xiaolan.member_id,
        "Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 "
        "(KHTML, like Gecko) Version/19.1 Mobile/15E148 Safari/604.1",
    )

    assert "Safari · iPhone" in (await xiaolan.sees("/me/sessions")).text
