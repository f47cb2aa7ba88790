"""T28: what leads from a pseudonym to a person, pushed through every flow, lies nowhere in clear.

A site of its own, as it is run: its database, Valkey, log, letters, pictures, exports and a backup
are searched for a name, an identity number, a telephone number and where a picture was taken.
"""

import asyncio
import re
from dataclasses import dataclass, field
from pathlib import Path

import asyncpg
import httpx
import pytest

from quanzi.servers import hold
from tests.faults.harness import Browser, Served, run
from tests.privacy import canaries
from tests.verification.people import resident
from tests.web.pictures import a_jpeg

NAME, NUMBER, OTHER_NUMBER = "金丝雀真名", resident(serial="737"), resident(serial="747")
PHONE, NICK, HANDLE = "13987654321", "黄雀飞过", "huangque-fei"
# What `a_jpeg` has in its notes.
PLACE_TAKEN = b"GPS-MARKER"
CIRCLE = "night-run"
PASSWORD = "a-good-password-of-hers"


@dataclass
class Flown:
    """`places`: what was kept when everything had been pushed through. `answers`: what was told."""

    var: Path
    database_url: str
    elsewhere: Path
    site: Served
    hers: Browser
    admins: Browser
    places: dict[str, bytes] = field(default_factory=dict)
    answers: list[httpx.Response] = field(default_factory=list)


# Somebody of the platform, and a circle.
HOUSE = """
    update member set platform_role = 'admin' where handle = 'looks-after';
    insert into category values ('fitness', '健身', 'Fitness', 1);
    insert into partner (slug, name) values ('joyrun', '悦跑圈');
    insert into circle (partner_id, slug, category_slug, name)
        select id, 'night-run', 'fitness', '珠江夜跑圈' from partner;
    insert into circle_head (circle_id) select id from circle;
"""


async def _asked(database_url: str, sql: str) -> None:
    connection = await asyncpg.connect(database_url)
    await connection.execute(sql)
    await connection.close()


@pytest.fixture(scope="module")
async def flown(tmp_path_factory):
    var, elsewhere = tmp_path_factory.mktemp("canaries"), tmp_path_factory.mktemp("elsewhere")
    with hold(var, postgres=True, valkey=True) as held:
        async with Served(var, demo=False, QUANZI_KEEP_IDENTITY="sealed") as site:
            hers = await _signed_up(site)
            await _signed_up(site, "looks-after", "看管的")
            await _asked(held.database_url, HOUSE)
            admins = await site.signed_in("looks-after", PASSWORD)
            made = Flown(var, held.database_url, elsewhere, site, hers, admins)
            for browser in (hers, admins):
                browser.client.event_hooks = {"response": [_kept(made)]}
            await _asks_to_be_verified(made)
            await _says_and_sends(made)
            await _takes_along(made)
            code, said = await run(var, "backup", str(elsewhere / "quanzi.tar"))
            assert code == 0, said
            await _asked(held.database_url, "checkpoint")
            made.places = await canaries.everything(var, made.database_url, elsewhere)
            yield made


def _kept(made: Flown):
    async def keep(answer: httpx.Response) -> None:
        await answer.aread()
        made.answers.append(answer)

    return keep


async def _signed_up(site: Served, handle: str = HANDLE, name: str = NICK) -> Browser:
    hers = Browser(site)
    site._opened.append(hers)
    await hers._learn_token("/signup")
    answer = await hers.post("/signup", handle=handle, name=name, password=PASSWORD)
    assert answer.status_code == 303, answer.text
    await hers._learn_token("/me/sessions")
    return hers


async def _asks_to_be_verified(made: Flown) -> None:
    """Mistyped, refused, verified and kept sealed; and another's, that still waits."""
    picture = {"pictures": ("id.jpg", a_jpeg(), "image/jpeg")}
    asks = {"kind": "resident", "name": NAME, "number": NUMBER, "agreed": "on"}
    for fields, code in ((asks | {"number": NUMBER[:-1]}, 422), (asks | {"agreed": ""}, 422), (asks, 303)):  # fmt: skip
        data = {"_csrf_token": made.hers.token, **fields}
        answer = await made.hers.client.post("/me/verification", data=data, files=picture)
        assert answer.status_code == code, answer.text
    await made.hers.client.get("/me/verification")
    queue = (await made.admins.client.get("/admin/verifications")).text
    [request] = set(re.findall(r"/admin/verifications/(\d+)", queue))
    here = f"/admin/verifications/{request}"
    looked = await made.admins.post(f"{here}/look", why="核对照片")
    assert NUMBER in looked.text
    assert (await made.admins.post(here, approve="yes")).status_code == 303
    other = await _signed_up(made.site, "still-waits", "还在等")
    data = {"_csrf_token": other.token, **asks, "number": OTHER_NUMBER}
    answer = await other.client.post("/me/verification", data=data, files=picture)
    assert answer.status_code == 303, answer.text


async def _says_and_sends(made: Flown) -> None:
    """The same things where they do not belong, and pictures wherever there can be some."""
    hers = made.hers
    await hers.client.get("/discover", params={"q": f"{NAME} {NUMBER}"})
    await hers.client.get(f"/c/{CIRCLE}", params={"topic": NUMBER})
    for wrong in (NUMBER, f" {NUMBER}", NAME):
        async with httpx.AsyncClient(base_url=made.site.url, timeout=20) as stranger:
            page = (await stranger.get("/signin")).text
            token = page.split('name="_csrf_token" value="')[1].split('"')[0]
            fields = {"_csrf_token": token, "handle": wrong, "password": NUMBER}
            assert (await stranger.post("/signin", data=fields)).status_code == 422
    assert (await hers.post("/me/settings/password", old=NUMBER, new=NUMBER)).status_code == 422
    await hers.post("/me/settings/address", address=f"{HANDLE}@example.org", password=PASSWORD)
    await hers.post(
        "/apply/partner", partner_kind="merchant", name="雀店", slug="que-dian", intro="卖谷子",
        contact=PHONE, idempotency_key="7e0b0f0e-0000-4000-8000-000000000002",
    )  # fmt: skip
    data = {"_csrf_token": made.admins.token, "body": "拍了一张"}
    answer = await made.admins.client.post(
        f"/c/{CIRCLE}/posts", data=data, files={"images": ("a.jpg", a_jpeg(), "image/jpeg")}
    )
    assert answer.status_code == 303, answer.text


async def _takes_along(made: Flown) -> None:
    await made.hers.post("/me/data/export")
    async with asyncio.timeout(60):
        while 'href="/me/data/exports/' not in (page := await made.hers.client.get("/me/data")).text:  # fmt: skip
            await asyncio.sleep(0.2)
    address = page.text.split('href="/me/data/exports/')[1].split('"')[0]
    parcel = await made.hers.client.get(f"/me/data/exports/{address}")
    (made.elsewhere / "export.zip").write_bytes(parcel.content)


async def test_the_eyes_see_what_is_there(flown):
    """Of each kind of place, something that is known to lie there."""
    assert any(where.startswith("dump/member") for where in canaries.found(flown.places, NICK))
    assert any("postgres" in where for where in canaries.found(flown.places, NICK))
    assert "quanzi.tar/as text: plain" in canaries.found(flown.places, NICK)
    assert any(where.startswith("export.zip") for where in canaries.found(flown.places, NICK))
    assert any(where.startswith("serve.log") for where in canaries.found(flown.places, "/signin"))
    assert any(where.startswith("valkey/quanzi:limit") for where in flown.places)
    assert any(where.endswith(".webp") for where in flown.places)
    assert any("verification/" in where for where in flown.places)
    masked = f"{NUMBER[0]}{'*' * 16}{NUMBER[-1]}"
    assert any("verified" in where for where in canaries.found(flown.places, masked))
    assert len(flown.places) > 200


@pytest.mark.parametrize("secret", [NUMBER, OTHER_NUMBER, NAME, PLACE_TAKEN], ids=str)
async def test_who_she_is_and_where_it_was_taken_lies_nowhere_in_clear(flown, secret):
    """Not even as a plain hash, which for a number of eighteen digits is as good as the number."""
    assert canaries.found(flown.places, secret) == []


async def test_how_to_reach_her_lies_in_her_application_and_nowhere_else(flown):
    here = {where.split(":")[0] for where in canaries.found(flown.places, PHONE)}

    theirs = {each for each in here if not each.startswith(("postgres/", "quanzi.tar", "export"))}
    assert theirs == {"dump/application"}


async def test_no_address_and_no_page_tells_it(flown):
    """What she typed herself comes back to her own form; what an admin asked for, to the admin."""
    for answer in flown.answers:
        for secret in (NAME, NUMBER):
            own_form = answer.status_code == 422 or answer.request.url.query
            asked = answer.request.url.path.endswith("/look")
            assert secret not in answer.headers.get("location", "")
            assert own_form or asked or secret not in answer.text, answer.request.url.path


async def test_after_she_is_erased_nothing_of_her_is_left(flown):
    """But what lies on disks until it is written over, in files that were made before, in letters
    that were sent to her, and in the lines of the site's log: `docs/privacy.md` says so."""
    (flown.elsewhere / "quanzi.tar").unlink()
    (flown.elsewhere / "export.zip").unlink()
    answer = await flown.hers.post("/me/data/erase", password=PASSWORD)
    assert answer.status_code == 303, answer.text
    connection = await asyncpg.connect(flown.database_url)
    await connection.execute("update leaving set due_at = now()")
    async with asyncio.timeout(60):
        while await connection.fetchval("select count(*) from leaving"):
            await asyncio.sleep(0.2)
    await connection.close()
    code, said = await run(flown.var, "backup", str(flown.elsewhere / "after.tar"))
    assert code == 0, said

    places = await canaries.everything(flown.var, flown.database_url, flown.elsewhere)

    not_kept = ("postgres/", "mail/", "serve.log")
    kept = {where: what for where, what in places.items() if not where.startswith(not_kept)}
    for secret in (HANDLE, NICK, PHONE, NUMBER, NAME):
        assert canaries.found(kept, secret) == []
