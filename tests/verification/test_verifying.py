"""Documents: who sees them, what stays of them, and one person, one account."""

import asyncio
import base64
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag

from quanzi import clock
from quanzi.credit.bands import START
from quanzi.db.engine import row, rows
from quanzi.errors import Conflict, Invalid, NotAllowed, NotFound, TooMany
from quanzi.live import bell
from quanzi.settings import settings
from quanzi.verification import asking, deciding, reading, sealing, settling
from quanzi.verification.asking import Wish
from quanzi.verification.settling import Proof
from tests.credit.test_ledger import score
from tests.people import CIRCLE
from tests.verification.people import resident
from tests.web.pictures import a_jpeg

NAME = "金丝雀测试"
NUMBER = resident()


def folder() -> list[Path]:
    place = settings().var / "verification"
    return sorted(place.iterdir()) if place.exists() else []


@pytest.fixture(autouse=True)
def _an_empty_folder():
    for file in folder():
        file.unlink()


def wish(**other) -> Wish:
    return Wish(**({"kind": "resident", "name": NAME, "number": NUMBER, "agreed": True} | other))


async def asks(person, **other) -> int:
    await asking.ask(person.viewer, wish(**other), [a_jpeg()])
    found = await row(
        "select max(id) as id from verification_request where member_id = $1", person.member_id
    )
    return int(found["id"])


@pytest.fixture
async def admin(cast):
    return await cast.member("admin", "管理员", "admin")


async def is_verified(person) -> bool:
    found = await row("select verified_at from member where id = $1", person.member_id)
    return found["verified_at"] is not None


async def test_she_sends_her_documents_and_an_admin_verifies_her(xiaolan, admin, visitor):
    answer = await xiaolan.sends(
        "/me/verification",
        files={"pictures": ("id.jpg", a_jpeg(), "image/jpeg")},
        kind="resident",
        name=NAME,
        number=NUMBER,
        agreed="on",
        next=f"/c/{CIRCLE}",
    )
    assert answer.status_code == 303
    waiting = (await xiaolan.sees(f"/me/verification?next=/c/{CIRCLE}")).text
    assert "正在等待审核" in waiting
    assert NUMBER not in waiting
    assert f"{NUMBER[0]}{'*' * 16}{NUMBER[-1]}" in waiting
    assert f'href="/c/{CIRCLE}"' in waiting

    [asked] = await reading.queue(None)
    here = f"/admin/verifications/{asked.id}"
    assert NUMBER not in (await admin.sees(here)).text
    looked = (await admin.sends(f"{here}/look", why="核对照片")).text
    assert NUMBER in looked
    assert NAME in looked
    assert "data:image/webp;base64," in looked
    assert (await admin.sends(here, approve="yes")).status_code == 303

    assert await is_verified(xiaolan)
    assert await score(xiaolan) == START + 60
    page = (await xiaolan.sees("/me/verification")).text
    assert "已实名" in page
    assert "核对照片" in page, "she sees who looked, and why"
    assert "已实名" in (await visitor.get("/m/xiaolan")).text
    assert folder() == []


async def test_what_was_sealed_goes_when_it_is_decided(xiaolan, aqiang, admin):
    first, second = await asks(xiaolan), await asks(aqiang, number=resident(serial="002"))
    assert len(folder()) == 2
    await deciding.approve(admin.viewer, first)
    await deciding.refuse(admin.viewer, second, "照片看不清")

    left = await rows(
        """select 1 from verification_request where wrapped_key is not null
           or sealed_name is not null or sealed_number is not null or pictures <> '{}'"""
    )
    kept = await row("select wrapped_key, sealed_name from verified")
    assert left == []
    assert tuple(kept) == (None, None)
    assert folder() == []
    assert "照片看不清" in (await aqiang.sees("/me/verification")).text


async def test_name_and_number_are_kept_sealed_only_if_the_operator_says_so(
    xiaolan, admin, monkeypatch
):
    import dataclasses

    from quanzi.verification import deciding as room

    kept = dataclasses.replace(settings(), keeps_identity=True)
    monkeypatch.setattr(room, "settings", lambda: kept)
    await deciding.approve(admin.viewer, await asks(xiaolan))

    found = await row("select * from verified")
    envelope = sealing.Envelope(xiaolan.member_id, found["wrapped_key"], found["key_version"])
    assert envelope.open("number", found["sealed_number"]).decode() == NUMBER
    with pytest.raises(InvalidTag):
        envelope.open("name", found["sealed_number"])
    other = sealing.Envelope(xiaolan.member_id + 1, found["wrapped_key"], found["key_version"])
    with pytest.raises(InvalidTag):
        other.open("number", found["sealed_number"])

    await asking.withdraw(xiaolan.viewer)
    assert await rows("select 1 from verified") == []


async def test_one_person_is_one_verified_account(xiaolan, aqiang, admin):
    await deciding.approve(admin.viewer, await asks(xiaolan))
    second = await asks(aqiang)

    page = (await admin.sees(f"/admin/verifications/{second}")).text
    assert "已经认证过另一个账号" in page
    assert "xiaolan" not in page
    with pytest.raises(Conflict):
        await deciding.approve(admin.viewer, second)
    assert not await is_verified(aqiang)


async def test_of_two_accounts_at_once_one_is_verified(xiaolan, aqiang):
    proof = Proof("documents", fingerprint=sealing.fingerprint("resident", NUMBER))

    done = await asyncio.gather(
        *(settling.settle(person.member_id, proof, None) for person in (xiaolan, aqiang)),
        return_exceptions=True,
    )

    assert sorted(type(each) for each in done if each) == [Conflict]
    assert [await is_verified(xiaolan), await is_verified(aqiang)].count(True) == 1


async def test_pressing_twice_asks_once_and_approving_twice_counts_once(xiaolan, admin):
    asked = await asks(xiaolan)
    with pytest.raises(Conflict):
        await asks(xiaolan)
    assert len(folder()) == 1, "what was refused left nothing behind"

    await asyncio.gather(
        *(deciding.approve(admin.viewer, asked) for _ in range(3)), return_exceptions=True
    )
    assert await score(xiaolan) == START + 60


async def test_a_child_is_told_kindly_and_nothing_of_it_is_kept(xiaolan, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 24, 12, tzinfo=UTC))
    answer = await xiaolan.sends(
        "/me/verification",
        files={"pictures": ("id.jpg", a_jpeg(), "image/jpeg")},
        kind="resident",
        name=NAME,
        number=resident("20121125"),
        agreed="on",
    )

    assert answer.status_code == 422
    assert "监护人" in answer.text
    assert await rows("select 1 from verification_request") == []
    assert folder() == []
    await asks(xiaolan, number=resident("20121124"))


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("agreed", {"agreed": False}),
        ("name", {"name": " "}),
        ("number", {"number": NUMBER[:-1] + ("0" if NUMBER[-1] != "0" else "1")}),
        ("kind", {"kind": "library card"}),
        ("born", {"kind": "passport", "number": "E12345678"}),
        ("born", {"kind": "passport", "number": "E12345678", "born": "2020-01-01"}),
        ("number", {"kind": "permit", "number": "?", "born": "1990-01-01"}),
    ],
)
async def test_what_is_missing_or_wrong_is_said_beside_its_field(xiaolan, field, given):
    with pytest.raises(Invalid) as wrong:
        await asking.ask(xiaolan.viewer, wish(**given), [a_jpeg()])

    assert field in wrong.value.fields
    assert await rows("select 1 from consent") == []


async def test_without_a_picture_or_with_what_is_none_nothing_is_kept(xiaolan):
    for files in ([], [b"not a picture"], [a_jpeg()] * 3):
        with pytest.raises(Invalid):
            await asking.ask(xiaolan.viewer, wish(), files)
    assert folder() == []


async def test_she_takes_her_consent_back_and_everything_goes(xiaolan, admin):
    await deciding.approve(admin.viewer, await asks(xiaolan))
    await xiaolan.sends("/me/verification/withdraw")

    assert not await is_verified(xiaolan)
    assert await score(xiaolan) == START
    assert await rows("select 1 from verified") == []
    [consent] = await rows("select withdrawn_at, version from consent")
    assert consent["withdrawn_at"] is not None
    await deciding.approve(admin.viewer, await asks(xiaolan))
    assert await score(xiaolan) == START + 60


async def test_a_request_that_waits_can_be_taken_back_with_its_pictures(xiaolan):
    await asks(xiaolan)
    await asking.withdraw(xiaolan.viewer)

    assert folder() == []
    assert await reading.queue(None) == []


async def test_five_times_a_month_are_enough(xiaolan):
    for _ in range(5):
        await asks(xiaolan)
        await asking.withdraw(xiaolan.viewer)
    with pytest.raises(TooMany):
        await asks(xiaolan)


async def test_nobody_but_an_admin_looks_and_nobody_at_their_own(cast, xiaolan, admin):
    asked = await asks(xiaolan)
    for person in (cast.moderator, cast.owner, xiaolan):
        with pytest.raises(NotFound):
            await deciding.look(person.viewer, asked, "好奇")
    own = await asks(admin, number=resident(serial="003"))
    with pytest.raises(NotAllowed):
        await deciding.look(admin.viewer, own, "自己的")
    with pytest.raises(NotAllowed):
        await deciding.approve(admin.viewer, own)
    with pytest.raises(Invalid):
        await deciding.look(admin.viewer, asked, "  ")
    assert await rows("select 1 from sealed_look") == []


async def test_a_look_is_written_down_before_anything_is_opened(xiaolan, admin):
    asked = await asks(xiaolan)
    await rows(
        "update verification_request set sealed_name = sha256('broken') where id = $1", asked
    )

    with pytest.raises(InvalidTag):
        await deciding.look(admin.viewer, asked, "看看")
    [look] = await rows("select looker_id, why from sealed_look")
    assert tuple(look) == (admin.member_id, "看看")


async def test_a_new_key_of_the_site_wraps_and_the_old_one_still_opens(xiaolan):
    before = sealing.new(xiaolan.member_id)
    sealed = before.seal("name", NAME.encode())
    file = settings().var / "identity-keys"
    kept = file.read_text()
    try:
        file.write_text(kept.strip() + "\n" + "ab" * 32 + "\n")
        after = sealing.new(xiaolan.member_id)
        assert (before.version, after.version) == (1, 2)
        assert before.open("name", sealed).decode() == NAME
    finally:
        file.write_text(kept)


def disguises(text: str) -> set[bytes]:
    """As it would stand there in clear, also turned around or written in another alphabet."""
    plain = text.encode()
    return {
        plain,
        text[::-1].encode(),
        base64.b64encode(plain).rstrip(b"="),
        base64.urlsafe_b64encode(plain).rstrip(b"="),
        plain.hex().encode(),
        json.dumps(text).strip('"').encode(),
        text.encode("utf-16-le"),
    }


async def test_the_canary_is_found_nowhere(cast, xiaolan, aqiang, admin, capfd):
    """Its number and its name, through the whole of it: in no table, key, log, file or export."""
    from tests.privacy.test_taking_along import fetched

    await deciding.look(admin.viewer, await asks(xiaolan), "核对")
    [waiting] = await reading.queue(None)
    places = await everywhere()
    await deciding.approve(admin.viewer, waiting.id)
    await admin.sends(
        f"/admin/verifications/{await asks(aqiang, number=resident(serial='004'))}/look", why="核对"
    )
    parcel = await fetched(xiaolan)
    places |= await everywhere()
    places["export"] = b"".join(parcel.read(name) for name in parcel.namelist())
    said = capfd.readouterr()
    places["log"] = (said.out + said.err).encode()

    assert len(places) > 60, "it has looked where there is something"
    for canary in (NUMBER, NAME, resident(serial="004")):
        found = [
            where for where, held in places.items() for each in disguises(canary) if each in held
        ]
        assert found == []


async def everywhere() -> dict[str, bytes]:
    places: dict[str, bytes] = {}
    tables = await rows("select tablename from pg_tables where schemaname = 'public'")
    for line in tables:
        found = await rows(f'select t::text as line from "{line["tablename"]}" t')
        text = "\n".join(each["line"] for each in found).encode()
        places[f"table {line['tablename']}"] = text
    for file in settings().var.rglob("*"):
        if file.is_file() and "postgres" not in file.parts and file.stat().st_size < 2**22:
            places[f"file {file}"] = file.read_bytes()
    valkey = bell.ringer()
    for key in await valkey.keys("*"):
        places[f"valkey {key!r}"] = bytes(key) + (await valkey.dump(key) or b"")
    return places


async def test_who_is_suspended_does_not_come_back_under_another_account(cast, xiaolan, aqiang):
    from datetime import timedelta

    from quanzi.circles import banning

    proof = Proof("documents", fingerprint=b"f" * 32, masked="3****************X")
    await settling.settle(xiaolan.member_id, proof, None)
    await banning.ban(
        xiaolan.member_id, 0, "ban", clock.now() + timedelta(days=7), reason="x", by=None
    )
    await settling.unsettle(xiaolan.member_id)

    with pytest.raises(Conflict):
        await settling.settle(aqiang.member_id, proof, None)
    assert not await is_verified(aqiang)
    columns = await rows(
        "select column_name as name from information_schema.columns where table_name = 'barred_person'"
    )
    assert {line["name"] for line in columns} == {"fingerprint", "until", "at"}
    await rows("update barred_person set until = now()")
    await settling.settle(aqiang.member_id, proof, None)
    assert await is_verified(aqiang)


async def test_who_is_let_in_again_can_be_verified_again(cast, xiaolan):
    from datetime import timedelta

    from quanzi.circles import banning

    proof = Proof("documents", fingerprint=b"g" * 32, masked="3****************X")
    await settling.settle(xiaolan.member_id, proof, None)
    await banning.ban(
        xiaolan.member_id, 0, "ban", clock.now() + timedelta(days=7), reason="x", by=None
    )
    await banning.lift(xiaolan.member_id, 0, "ban")
    await settling.unsettle(xiaolan.member_id)
    await settling.settle(xiaolan.member_id, proof, None)

    assert await is_verified(xiaolan)
