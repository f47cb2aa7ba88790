"""Signing in by a provider, and being verified by what it says: against a real one."""

import base64
import hmac
import json
import time
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

from quanzi.db.engine import row, rows
from quanzi.identity import sessions
from quanzi.verification import openid, tickets
from quanzi.verification.openid import NotToldBy
from tests.verification.providers import goes_on, provider, there, ticket, walks


@pytest.fixture(scope="module")
async def running():
    async with provider() as (open_id, process):
        yield open_id, process


@pytest.fixture
async def open_id(running, monkeypatch, database):
    monkeypatch.setattr(openid, "provider", lambda: running[0])
    openid._known.clear()
    return running[0]


@pytest.fixture
async def browser(cast):
    async with httpx.AsyncClient(base_url=cast.url, timeout=20, verify=False) as client:
        yield client


async def verified(handle: str) -> bool:
    found = await row("select verified_at from member where handle = $1", handle)
    return found is not None and found["verified_at"] is not None


async def links() -> list[tuple[str, str]]:
    found = await rows(
        """select l.subject, m.handle from openid_link l join member m on m.id = l.member_id
           order by 1"""
    )
    return [tuple(line) for line in found]


async def agrees_and_walks(person, sub: str) -> httpx.Response:
    await person.sends("/me/verification/openid", agreed="on")
    return await walks(person.client, sub, "?for=verify&next=/c/night-run")


async def test_anna_comes_by_the_provider_and_the_second_time_she_is_known(open_id, browser):
    assert "用 测试账号 登录" in (await browser.get("/signin")).text
    shown = await walks(browser, "anna", "?next=/discover")
    assert await links() == [], "nothing is made before she says so"
    answer = await goes_on(browser, shown, handle="anna-runs")

    assert answer.status_code == 303
    assert answer.headers["location"] == "/discover"
    assert await links() == [("anna", "anna-runs")]
    assert "安娜" in (await browser.get("/me/settings")).text
    async with httpx.AsyncClient(base_url=str(browser.base_url), verify=False) as phone:
        again = await walks(phone, "anna")
        assert "欢迎回来，安娜" in again.text
        assert (await goes_on(phone, again)).status_code == 303
        assert (await phone.get("/me/settings")).status_code == 200
    assert await links() == [("anna", "anna-runs")]
    assert not await verified("anna-runs"), "without her consent nothing is taken from there"


async def test_who_came_by_the_provider_can_choose_a_password_and_leave(open_id, browser):
    await goes_on(browser, await walks(browser, "silent"), handle="silent-one")
    page = (await browser.get("/me/settings/account")).text
    assert 'name="old"' not in page
    token = page.split('name="_csrf_token" value="')[1].split('"')[0]
    refused = await browser.post(
        "/me/data/erase", data={"_csrf_token": token, "password": "whatever it may be"}
    )
    assert refused.status_code == 422
    assert "还没有设置密码" in refused.text

    await browser.post("/me/settings/password", data={"_csrf_token": token, "new": "one of my own"})
    assert 'name="old"' in (await browser.get("/me/settings/account")).text
    left = await browser.post(
        "/me/data/erase", data={"_csrf_token": token, "password": "one of my own"}
    )
    assert left.status_code == 303


async def test_a_member_links_it_signs_in_by_it_and_lets_it_go(open_id, browser, xiaolan):
    shown = await walks(xiaolan.client, "silent", "?for=link")
    await goes_on(xiaolan.client, shown)
    assert await links() == [("silent", "xiaolan")]
    assert "不再用它登录" in (await xiaolan.sees("/me/verification")).text
    assert (await goes_on(browser, await walks(browser, "silent"))).status_code == 303
    assert "小兰" in (await browser.get("/me/settings")).text

    await xiaolan.sends("/me/verification/openid/unlink")
    assert await links() == []


async def test_the_only_way_in_is_not_let_go(open_id, browser):
    await goes_on(browser, await walks(browser, "silent"), handle="silent-one")
    page = (await browser.get("/me/verification")).text
    token = page.split('name="_csrf_token" value="')[1].split('"')[0]
    answer = await browser.post("/me/verification/openid/unlink", data={"_csrf_token": token})

    assert answer.status_code == 409
    assert await links() == [("silent", "silent-one")]


async def test_who_is_somebody_else_s_there_is_not_linked_here(open_id, xiaolan, aqiang):
    await goes_on(xiaolan.client, await walks(xiaolan.client, "silent", "?for=link"))
    answer = await goes_on(aqiang.client, await walks(aqiang.client, "silent", "?for=link"))

    assert answer.status_code == 422
    assert await links() == [("silent", "xiaolan")]


async def test_a_handle_that_is_taken_is_said_so_and_another_goes(open_id, browser, xiaolan):
    shown = await walks(browser, "anna")
    taken = await goes_on(browser, shown, handle="xiaolan")
    assert taken.status_code == 422
    assert "已被使用" in taken.text
    assert (await goes_on(browser, taken, handle="xiaolan-2")).status_code == 303


async def test_with_consent_she_is_verified_by_it_and_comes_back(open_id, xiaolan):
    page = (await xiaolan.sees("/me/verification?next=/c/night-run")).text
    assert "用 测试账号 认证" in page
    shown = await agrees_and_walks(xiaolan, "anna")
    assert "测试账号 确认你已经实名" in shown.text
    answer = await goes_on(xiaolan.client, shown)

    assert answer.headers["location"] == "/me/verification?next=/c/night-run"
    assert await verified("xiaolan")
    kept = await row("select provider, receipt, masked, wrapped_key from verified")
    assert tuple(kept) == (open_id.issuer, "anna", "9****************X", None)
    assert 'href="/c/night-run"' in (await xiaolan.sees(answer.headers["location"])).text


@pytest.mark.parametrize("sub", ["nameless", "silent", "words", "child"])
async def test_who_is_not_proved_there_or_too_young_is_not_verified_here(open_id, xiaolan, sub):
    answer = await goes_on(xiaolan.client, await agrees_and_walks(xiaolan, sub))

    assert answer.status_code == 422
    assert not await verified("xiaolan")
    assert await rows("select 1 from verified") == []


async def test_one_number_verifies_one_account_whoever_asks(open_id, xiaolan, aqiang):
    await goes_on(xiaolan.client, await agrees_and_walks(xiaolan, "anna"))
    answer = await goes_on(aqiang.client, await agrees_and_walks(aqiang, "twin"))

    assert answer.status_code == 422
    assert "xiaolan" not in answer.text
    assert not await verified("aqiang")


async def test_without_consent_a_member_is_not_verified(open_id, xiaolan):
    shown = await walks(xiaolan.client, "anna", "?for=verify")
    assert (await goes_on(xiaolan.client, shown)).status_code == 422
    assert not await verified("xiaolan")


async def test_who_is_suspended_here_does_not_come_in_by_there(open_id, browser, xiaolan):
    await goes_on(xiaolan.client, await agrees_and_walks(xiaolan, "anna"))
    await sessions.suspend(xiaolan.member_id)

    shown = await walks(browser, "anna")
    assert shown.status_code == 403


async def test_a_way_that_began_in_another_browser_leads_nowhere(open_id, browser, cast):
    gone = await browser.get("/signin/openid")
    back = urlsplit(await there(gone.headers["location"], "anna"))
    async with httpx.AsyncClient(base_url=cast.url, verify=False) as victim:
        lured = await victim.get(f"{back.path}?{back.query}")
        assert lured.status_code == 409
        await victim.get("/signin/openid")
        assert (await victim.get(f"{back.path}?{back.query}")).status_code == 409


async def test_a_ticket_is_worth_nothing_in_another_browser(open_id, browser, cast):
    stolen = ticket(await walks(browser, "anna"))
    async with httpx.AsyncClient(base_url=cast.url, verify=False) as thief:
        shown = await walks(thief, "silent")
        token = shown.text.split('name="_csrf_token" value="')[1].split('"')[0]
        answer = await thief.post(
            "/signin/openid/go-on",
            data={"_csrf_token": token, "ticket": stolen, "handle": "thief"},
        )
    assert answer.status_code == 409
    assert await links() == []


async def test_a_code_is_good_once(open_id, browser):
    gone = await browser.get("/signin/openid")
    back = urlsplit(await there(gone.headers["location"], "anna"))

    assert (await browser.get(f"{back.path}?{back.query}")).status_code == 200
    assert (await browser.get(f"{back.path}?{back.query}")).status_code == 409


@pytest.mark.parametrize("change", ["state", "iss", "code", "error"])
async def test_what_comes_back_changed_is_not_believed(open_id, browser, change):
    gone = await browser.get("/signin/openid")
    back = urlsplit(await there(gone.headers["location"], "anna"))
    given = {name: value[0] for name, value in parse_qs(back.query).items()}
    given |= {change: "https://evil.example" if change == "iss" else "something-else"}
    if change == "error":
        given.pop("code")

    assert (await browser.get(back.path, params=given)).status_code == 409


@pytest.mark.parametrize("name", ["state", "iss", "code"])
@pytest.mark.parametrize("said", ["状态", "é", "\u202e", "\ufffd", "😀", "x" * 4000])
async def test_what_comes_back_in_other_letters_is_no_fault(open_id, browser, name, said):
    gone = await browser.get("/signin/openid")
    back = urlsplit(await there(gone.headers["location"], "anna"))
    given = {name: value[0] for name, value in parse_qs(back.query).items()} | {name: said}

    assert (await browser.get(back.path, params=given)).status_code == 409
    assert await links() == []


async def test_a_state_that_is_no_text_at_all_is_no_fault(open_id, browser):
    await browser.get("/signin/openid")

    for raw in ("%ff%fe", "%ED%A0%80", "%", "a&state=b"):
        answer = await browser.get(f"/signin/openid/back?code=x&state={raw}")
        assert answer.status_code == 409


async def test_it_asks_with_pkce_and_leads_back_here_and_nowhere_else(open_id, browser, cast):
    gone = await browser.get("/signin/openid?next=https://evil.example/")
    asked = {k: v[0] for k, v in parse_qs(urlsplit(gone.headers["location"]).query).items()}

    assert asked["code_challenge_method"] == "S256"
    assert asked["redirect_uri"] == f"{cast.url}/signin/openid/back"
    assert "verifier" not in gone.headers["location"]
    cookie = gone.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "samesite=lax" in cookie.lower()
    back = urlsplit(await there(gone.headers["location"], "anna"))
    shown = await browser.get(f"{back.path}?{back.query}")
    answer = await goes_on(browser, shown, handle="anna-runs")
    assert answer.headers["location"] == "/"


async def test_a_provider_that_is_away_opens_nothing(running, monkeypatch, browser):
    from dataclasses import replace

    away = replace(running[0], issuer="http://127.0.0.1:9")
    monkeypatch.setattr(openid, "provider", lambda: away)
    answer = await browser.get("/signin/openid")

    assert answer.status_code == 409
    assert "请稍后再试" in answer.text


KEY = RSAKey.generate_key(2048, {"kid": "theirs"})
OTHER = RSAKey.generate_key(2048, {"kid": "theirs"})


def claims(open_id, **other) -> dict[str, object]:
    now = int(time.time())
    good = {"iss": open_id.issuer, "sub": "anna", "aud": open_id.client_id, "nonce": "n",
            "iat": now, "exp": now + 300}  # fmt: skip
    return {k: v for k, v in (good | other).items() if v is not None}


def signed(said: dict[str, object], key=KEY, alg: str = "RS256") -> str:
    return jwt.encode({"alg": alg, "kid": "theirs"}, said, key, algorithms=[alg])


async def believed(open_id, token: str) -> dict[str, object]:
    jwks = open_id.issuer + "/keys"
    keys = KeySet([KEY]).as_dict(private=False)

    async def fetched(url: str, *, anew: bool = False):
        assert url == jwks
        return keys

    real, openid._fetched = openid._fetched, fetched
    try:
        return await openid._claims(open_id, {"jwks_uri": jwks}, token, "n")
    finally:
        openid._fetched = real


async def test_a_good_token_is_believed(open_id):
    assert (await believed(open_id, signed(claims(open_id))))["sub"] == "anna"
    two = claims(open_id, aud=["else", open_id.client_id], azp=open_id.client_id)
    assert (await believed(open_id, signed(two)))["sub"] == "anna"


@pytest.mark.parametrize(
    "other",
    [
        {"iss": "https://evil.example"},
        {"aud": "another-client"},
        {"aud": ["quanzi", "another"], "azp": "another"},
        {"nonce": "m"},
        {"nonce": None},
        {"exp": 1_700_000_000},
        {"exp": None},
        {"sub": None},
        {"aud": None},
        {"iat": None},
    ],
    ids=str,
)
async def test_a_token_that_is_not_for_this_is_not_believed(open_id, other):
    with pytest.raises((openid.JoseError, ValueError, KeyError)):
        await believed(open_id, signed(claims(open_id, **other)))


def part(said: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(said).encode()).rstrip(b"=").decode()


async def test_a_token_that_somebody_else_signed_or_nobody_is_not_believed(open_id):
    unsigned = f"{part({'alg': 'none'})}.{part(claims(open_id))}."
    # The public key, which everybody has, taken for a secret.
    head = f"{part({'alg': 'HS256', 'kid': 'theirs'})}.{part(claims(open_id))}"
    mark = hmac.digest(KEY.as_pem(private=False), head.encode(), "sha256")
    confused = f"{head}.{base64.urlsafe_b64encode(mark).rstrip(b'=').decode()}"

    for token in (signed(claims(open_id), OTHER), unsigned, confused):
        with pytest.raises((openid.JoseError, ValueError)):
            await believed(open_id, token)


def test_a_ticket_of_one_kind_is_none_of_another_and_none_when_it_is_late(monkeypatch):
    made = tickets.written("way", {"a": 1})
    assert tickets.read("way", made) is not None
    assert tickets.read("stranger", made) is None
    assert tickets.read("way", made[:-4] + "AAAA") is None
    assert tickets.read("way", "äöü") is None
    monkeypatch.setattr(tickets.time, "time", lambda: time.monotonic() + 10**10)
    assert tickets.read("way", made) is None


async def test_without_a_provider_there_is_no_such_door(cast, browser):
    assert (await browser.get("/signin/openid")).status_code == 404
    assert "/signin/openid" not in (await browser.get("/signin")).text
    with pytest.raises(NotToldBy):
        raise NotToldBy
