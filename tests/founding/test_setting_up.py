"""An empty site becomes whoever's can read its code: once, and nobody else's."""

import asyncio
import re

import httpx
import pytest

from quanzi.db.engine import row, rows
from quanzi.founding import code
from quanzi.founding.opening import Door
from quanzi.settings import settings
from quanzi.site import naming
from quanzi.web import limits

PASSWORD = "erst-mal-rein"


@pytest.fixture
async def empty(site, database):
    """A site that nobody has set up, as `quanzi serve` leaves it."""
    code.forget()
    code.made()
    site.app.state.founding = Door()
    yield site
    code.forget()
    site.app.state.founding = Door()
    await rows("delete from site")
    await naming.look()


@pytest.fixture
async def stranger(empty):
    async with httpx.AsyncClient(base_url=empty.url, verify=False) as client:
        yield client


def wishes(**more: str) -> dict[str, str]:
    given = {
        "code": code.made(),
        "handle": "lin",
        "name": "林",
        "password": PASSWORD,
        "address": "",
        "site_name": "河边",
        "category_fitness": "on",
        "category_pets": "on",
    }
    return given | more


async def token(client: httpx.AsyncClient) -> str:
    found = re.search(r'name="_csrf_token" value="(\w+)"', (await client.get("/setup")).text)
    assert found
    return found[1]


async def sends(client: httpx.AsyncClient, **more: str) -> httpx.Response:
    return await client.post("/setup", data={"_csrf_token": await token(client)} | wishes(**more))


async def test_every_page_leads_to_the_set_up(stranger):
    for path in ("/", "/discover", "/signin", "/signup", "/me/settings", "/c/nowhere", "/people"):
        answer = await stranger.get(path)
        assert (answer.status_code, answer.headers["location"]) == (303, "/setup"), path
    assert (await stranger.get("/setup")).status_code == 200


async def test_programs_monitors_and_stylesheets_are_not_sent_away(stranger):
    assert (await stranger.get("/healthz")).status_code == 200
    assert (await stranger.get("/readyz")).status_code == 200
    assert (await stranger.get("/metrics")).status_code == 200
    assert (await stranger.get("/terms")).status_code == 200
    assert (await stranger.get("/api/v1/circles")).status_code != 303
    as_json = await stranger.get("/discover", headers={"accept": "application/json"})
    assert as_json.status_code == 200
    sheet = re.search(r'href="(/assets/[^"]+\.css)"', (await stranger.get("/setup")).text)
    assert sheet
    assert (await stranger.get(sheet[1])).status_code == 200


async def test_lin_sets_the_site_up_and_is_its_admin(stranger):
    answer = await sends(stranger)

    assert (answer.status_code, answer.headers["location"]) == (303, "/admin")
    lin = await row("select id, name, platform_role from member where handle = 'lin'")
    assert (lin["name"], lin["platform_role"]) == ("林", "admin")
    found = await rows("select slug from category order by place")
    assert [line["slug"] for line in found] == ["fitness", "pets"]
    assert not code.file().exists()
    logged = await row("select actor_id, member_id from audit_entry where deed = 'site.founded'")
    assert tuple(logged) == (lin["id"], lin["id"])
    home = await stranger.get("/discover")
    assert home.status_code == 200
    assert "河边" in re.search(r'class="top__name".*?</a>', home.text, re.DOTALL)[0]
    assert '<meta name="application-name" content="河边">' in home.text
    assert 'data-viewer="lin"' in home.text


async def test_afterwards_there_is_no_such_page(stranger):
    form = {"_csrf_token": await token(stranger)} | wishes(handle="late")
    assert (await sends(stranger)).status_code == 303

    async with httpx.AsyncClient(base_url=stranger.base_url, verify=False) as other:
        other.cookies = httpx.Cookies()
        assert (await other.get("/setup")).status_code == 404
    assert (await stranger.get("/setup")).status_code == 404
    assert (await stranger.post("/setup", data=form)).status_code in {403, 404}
    assert await row("select 1 from member where handle = 'late'") is None


async def test_it_stays_shut_when_the_only_admin_is_gone(empty, stranger):
    assert (await sends(stranger)).status_code == 303
    await rows("update member set platform_role = '' where handle = 'lin'")
    code.made()
    empty.app.state.founding = Door()

    assert (await stranger.get("/setup")).status_code == 404
    assert (await stranger.get("/discover")).status_code == 200


@pytest.mark.parametrize("typed", ["", "AAAA-BBBB-CCCC", "编码"])
async def test_without_the_code_nobody_takes_the_site(stranger, typed):
    answer = await sends(stranger, code=typed)

    assert answer.status_code == 422
    assert 'id="error-code"' in answer.text
    assert await row("select 1 from member") is None
    assert await row("select 1 from site where founded_at is not null") is None


async def test_the_code_may_be_typed_as_people_type(stranger):
    answer = await sends(stranger, code=f" {code.made().lower().replace('-', ' ')} ")

    assert answer.status_code == 303


async def test_guessing_is_slowed_down(stranger):
    form = {"_csrf_token": await token(stranger)} | wishes(code="AAAA-AAAA-AAAA", password="x")
    codes = [
        (await stranger.post("/setup", data=form)).status_code
        for _ in range(limits.SETTING_UP.burst + 1)
    ]
    assert codes[-1] == 429


async def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_lost(stranger):
    answer = await sends(
        stranger, handle="Lin Lin", site_name="  ", address="nowhere", category_pets=""
    )

    assert answer.status_code == 422
    for name in ("handle", "site_name", "address"):
        assert f'id="error-{name}"' in answer.text
    assert 'value="Lin Lin"' in answer.text
    assert 'value="nowhere"' in answer.text
    assert 'name="category_fitness" checked' in answer.text
    assert 'name="category_pets" checked' not in answer.text
    assert PASSWORD not in answer.text
    assert await row("select 1 from member") is None

    kept = re.search(r'name="kept" value="([^"]+)"', answer.text)
    assert kept
    assert (await sends(stranger, password="", kept=kept[1])).status_code == 303
    form = {"_csrf_token": "", "handle": "lin", "password": PASSWORD}
    async with httpx.AsyncClient(base_url=stranger.base_url, verify=False) as other:
        page = (await other.get("/signin")).text
        form["_csrf_token"] = re.search(r'name="_csrf_token" value="(\w+)"', page)[1]
        assert (await other.post("/signin", data=form)).status_code == 303


async def test_a_password_kept_by_somebody_else_is_none(stranger):
    answer = await sends(stranger, password="", kept="9999999999.JGFyZ29uMmlk.aaaa")

    assert answer.status_code == 422
    assert 'id="error-password"' in answer.text


async def test_of_two_who_send_at_once_one_has_the_site(empty):
    async with (
        httpx.AsyncClient(base_url=empty.url, verify=False) as one,
        httpx.AsyncClient(base_url=empty.url, verify=False) as two,
    ):
        forms = [
            {"_csrf_token": await token(one)} | wishes(handle="lin"),
            {"_csrf_token": await token(two)} | wishes(handle="mei"),
        ]
        answers = await asyncio.gather(
            one.post("/setup", data=forms[0]), two.post("/setup", data=forms[1])
        )
    first, second = sorted(each.status_code for each in answers)
    assert first == 303
    assert second in {404, 409, 422}
    admins = await rows("select handle from member")
    assert len(admins) == 1


async def test_a_letter_is_tried_and_said_what_became_of_it(stranger):
    answer = await sends(stranger, **{"try": "yes"}, address="lin@example.org")

    assert answer.status_code == 200
    assert "QUANZI_MAIL" in re.search(r'id="tried".*?</p>', answer.text, re.DOTALL)[0]
    letters = (settings().var / "mail").glob("letter-0-*.eml")
    assert any(b"To: lin@example.org" in each.read_bytes() for each in letters)
    assert 'value="lin@example.org"' in answer.text
    assert await row("select 1 from member") is None


async def test_who_has_no_code_sends_no_letters(stranger):
    answer = await sends(stranger, **{"try": "yes"}, code="AAAA", address="mei@example.org")

    assert answer.status_code == 422
    letters = (settings().var / "mail").glob("letter-0-*.eml")
    assert not any(b"To: mei@example.org" in each.read_bytes() for each in letters)


async def test_her_address_is_asked_to_confirm_under_the_sites_name(stranger):
    assert (await sends(stranger, address="lin@example.org")).status_code == 303

    letter = await row("select text, recipient from letter")
    assert letter["recipient"] == "lin@example.org"
    assert "河边" in letter["text"]


async def test_without_a_code_at_the_start_nothing_is_asked(site, database, visitor):
    code.forget()
    site.app.state.founding = Door()

    assert (await visitor.get("/setup")).status_code == 404
    assert (await visitor.get("/discover")).status_code == 200
