"""Tokens: had for a code, for the token before or for a secret; used twice, given back, over."""

import asyncio
import secrets

import httpx
import pytest
from authlib.integrations.base_client.errors import OAuthError
from authlib.oauth2.rfc7636 import create_s256_code_challenge

from quanzi.db.engine import rows
from quanzi.identity import leaving
from quanzi.identity import sessions as identity
from quanzi.platform import due
from quanzi.platform.routes import oauth
from quanzi.web.limits import Limit
from tests.platform.dance import BACK, app_of, code_for, tokens_for

VERIFIER = secrets.token_urlsafe(48)


async def test_only_who_began_the_dance_ends_it(cast, xiaolan, aqiang):
    """An intercepted code, without the verifier."""
    app = await app_of(xiaolan, cast.url, public=True)
    for verifier in (secrets.token_urlsafe(48), create_s256_code_challenge(VERIFIER), "x", "圈"):
        code = await code_for(app, aqiang, VERIFIER)
        assert (await app.changes(code, verifier)).json()["error"] == "invalid_grant"
        # And nobody tries twice.
        assert (await app.changes(code, VERIFIER)).json()["error"] == "invalid_grant"
    code = await code_for(app, aqiang, VERIFIER)
    assert (await app.changes(code, "")).json()["error"] == "invalid_request"


async def test_a_code_goes_with_its_own_redirect_and_its_own_app(cast, xiaolan, aqiang):
    app, other = await app_of(xiaolan, cast.url), await app_of(aqiang, cast.url)
    code = await code_for(app, aqiang, VERIFIER)

    assert (await other.changes(code, VERIFIER)).json()["error"] == "invalid_grant"
    assert (await app.changes(code, VERIFIER)).status_code == 200
    code = await code_for(app, aqiang, VERIFIER)
    elsewhere = await app.changes(code, VERIFIER, redirect_uri=f"{BACK}/x")
    assert elsewhere.json()["error"] == "invalid_grant"


async def test_a_code_that_comes_twice_ends_all_that_came_of_it(cast, xiaolan, aqiang):
    app = await app_of(xiaolan, cast.url)
    code = await code_for(app, aqiang, VERIFIER)
    first = (await app.changes(code, VERIFIER)).json()
    assert (await app.reads(first["access_token"])).status_code == 200

    second = await app.changes(code, VERIFIER)

    assert (second.status_code, second.json()["error"]) == (400, "invalid_grant")
    assert (await app.reads(first["access_token"])).status_code == 401
    assert (await app.refreshes(first["refresh_token"])).json()["error"] == "invalid_grant"


async def test_of_two_who_come_with_the_same_at_once_neither_keeps_anything(cast, xiaolan, aqiang):
    app = await app_of(xiaolan, cast.url, public=True)
    code = await code_for(app, aqiang, VERIFIER)
    by_code = await asyncio.gather(*(app.changes(code, VERIFIER) for _ in range(4)))
    his = await tokens_for(app, aqiang)
    by_token = await asyncio.gather(*(app.refreshes(his["refresh_token"]) for _ in range(4)))

    for answers_given in (by_code, by_token):
        good = [answer.json() for answer in answers_given if answer.status_code == 200]
        assert len(good) == 1
        assert (await app.reads(good[0]["access_token"])).status_code == 401
    assert await rows("select 1 from oauth_grant") == []


async def test_a_code_is_good_for_a_minute(cast, xiaolan, aqiang):
    app = await app_of(xiaolan, cast.url)
    code = await code_for(app, aqiang, VERIFIER)
    [line] = await rows("select extract(epoch from ends_at - now()) as left from oauth_code")
    assert 0 < line["left"] <= 60
    await rows("update oauth_code set ends_at = now()")

    assert (await app.changes(code, VERIFIER)).json()["error"] == "invalid_grant"


@pytest.mark.parametrize("public", [False, True])
async def test_a_refresh_token_that_comes_again_ends_the_whole_family(
    cast, xiaolan, aqiang, public
):
    app = await app_of(xiaolan, cast.url, public=public)
    first, beside = await tokens_for(app, aqiang), await tokens_for(app, aqiang)
    second = (await app.refreshes(first["refresh_token"])).json()
    third = (await app.refreshes(second["refresh_token"])).json()
    await rows("update oauth_token set spent_at = spent_at - interval '11 seconds'")

    stolen = await app.refreshes(first["refresh_token"])

    assert stolen.json()["error"] == "invalid_grant"
    for each in (first, second, third):
        assert (await app.reads(each["access_token"])).status_code == 401
    assert (await app.refreshes(third["refresh_token"])).json()["error"] == "invalid_grant"
    # What he allowed another time is another family.
    assert (await app.reads(beside["access_token"])).status_code == 200


async def test_whose_answer_was_lost_asks_again_if_it_has_a_secret(cast, xiaolan, aqiang):
    app = await app_of(xiaolan, cast.url)
    first = await tokens_for(app, aqiang)
    await app.refreshes(first["refresh_token"])

    again = await app.refreshes(first["refresh_token"])

    assert again.status_code == 200
    assert (await app.refreshes(again.json()["refresh_token"])).status_code == 200
    public = await app_of(xiaolan, cast.url, public=True)
    first = await tokens_for(public, aqiang)
    second = (await public.refreshes(first["refresh_token"])).json()
    assert (await public.refreshes(first["refresh_token"])).json()["error"] == "invalid_grant"
    assert (await public.reads(second["access_token"])).status_code == 401


async def test_a_refresh_asks_for_less_and_never_for_more(cast, xiaolan, aqiang):
    app = await app_of(xiaolan, cast.url)
    first = await tokens_for(app, aqiang, scope="circles:read talk:write")

    more = await app.refreshes(first["refresh_token"], scope="circles:read posts:write")
    less = await app.refreshes(first["refresh_token"], scope="circles:read")
    all_again = await app.refreshes(less.json()["refresh_token"])

    assert more.json()["error"] == "invalid_scope"
    assert less.json()["scope"] == "circles:read"
    me = (await app.reads(less.json()["access_token"])).json()
    assert me["scopes"] == ["circles:read"]
    assert all_again.json()["scope"] == "circles:read talk:write"


async def test_tokens_are_good_for_their_kind_their_time_and_their_app_alone(cast, xiaolan, aqiang):
    app, other = await app_of(xiaolan, cast.url), await app_of(xiaolan, cast.url)
    his = await tokens_for(app, aqiang)

    assert (his["token_type"], his["expires_in"]) == ("Bearer", 3600)
    assert (await app.reads(his["refresh_token"])).status_code == 401
    assert (await app.refreshes(his["access_token"])).json()["error"] == "invalid_grant"
    assert (await other.refreshes(his["refresh_token"])).json()["error"] == "invalid_grant"
    ends = await rows(
        "select kind, round(extract(epoch from ends_at - now())) as s from oauth_token"
    )
    assert {(each["kind"], round(each["s"] / 3600)) for each in ends} == {
        ("access", 1),
        ("refresh", 720),
    }
    await rows("update oauth_token set ends_at = now()")
    assert (await app.reads(his["access_token"])).status_code == 401
    assert (await app.refreshes(his["refresh_token"])).json()["error"] == "invalid_grant"


async def test_an_app_by_itself_acts_for_who_made_it(cast, xiaolan):
    app = await app_of(xiaolan, cast.url, "circles:read")
    async with app.client(token_endpoint_auth_method="client_secret_post") as client:
        token = await client.fetch_token(f"{cast.url}/oauth/token", grant_type="client_credentials")
        me = (await client.get(f"{cast.url}/api/v1/me")).json()
        with pytest.raises(OAuthError, match="invalid_scope"):
            await client.fetch_token(
                f"{cast.url}/oauth/token", grant_type="client_credentials", scope="posts:write"
            )

    assert (me["handle"], me["scopes"]) == ("xiaolan", ["circles:read"])
    assert "refresh_token" not in token
    public = await app_of(xiaolan, cast.url, public=True)
    refused = await public.sends("/oauth/token", grant_type="client_credentials", **public.named())
    assert refused.json()["error"] == "unauthorized_client"
    # It is no app that she let act for her.
    assert "不再允许" not in (await xiaolan.sees("/me/apps")).text


async def test_no_app_gets_in_without_its_own_proof(cast, xiaolan, aqiang):
    app, other = await app_of(xiaolan, cast.url), await app_of(xiaolan, cast.url)
    public = await app_of(xiaolan, cast.url, public=True)
    grant = {"grant_type": "client_credentials"}
    tried = [
        {"client_id": app.client_id},
        {"client_id": app.client_id, "client_secret": other.secret},
        {"client_id": app.client_id, "client_secret": "圈\x7f"},
        {"client_id": public.client_id, "client_secret": "x"},
        {"client_id": "qzc_nobody", "client_secret": app.secret},
        {"client_secret": app.secret},
        {},
    ]
    for said in tried:
        answer = await app.sends("/oauth/token", **grant, **said)
        assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client"), said
        assert answer.headers["www-authenticate"].startswith("Basic")
        assert answer.headers["cache-control"] == "no-store"
    async with httpx.AsyncClient(base_url=cast.url) as client:
        for given in ("Basic x", "Basic 5ZyI", "Bearer x", "Basic " + "A" * 500):
            answer = await client.post("/oauth/token", data=grant, headers={"authorization": given})
            assert answer.json()["error"] == "invalid_client", given
        both = await client.post(
            "/oauth/token", data=grant | app.named(), auth=(app.client_id, app.secret)
        )
    assert both.json()["error"] == "invalid_request"


async def test_nobody_finds_a_secret_by_trying(cast, xiaolan, monkeypatch):
    app = await app_of(xiaolan, cast.url)
    monkeypatch.setattr(oauth, "UNKNOWN_CLIENTS", Limit("unknown-clients-of-a-test", 60, 60, 2))
    tried = [
        await app.sends("/oauth/token", client_id=app.client_id, client_secret=f"qzs_{number}")
        for number in range(3)
    ]

    assert [answer.status_code for answer in tried] == [401, 401, 429]
    assert int(tried[2].headers["retry-after"]) >= 1


async def test_what_is_asked_for_wrongly_is_answered_as_programs_expect(cast, xiaolan):
    app = await app_of(xiaolan, cast.url)
    for said, error in (
        ({}, "invalid_request"),
        ({"grant_type": "password", "username": "a", "password": "b"}, "unsupported_grant_type"),
        ({"grant_type": "authorization_code"}, "invalid_request"),
        ({"grant_type": "refresh_token", "refresh_token": "圈"}, "invalid_grant"),
    ):
        answer = await app.sends("/oauth/token", **said, **app.named())
        assert (answer.status_code, answer.json()["error"]) == (400, error)
        assert answer.json()["error_description"].isascii()
        assert answer.headers["content-type"] == "application/json"
        assert (answer.headers["cache-control"], answer.headers["pragma"]) == (
            "no-store",
            "no-cache",
        )


async def test_who_is_suspended_or_leaving_is_acted_for_by_nobody(cast, xiaolan, aqiang, editor):
    app = await app_of(editor, cast.url)
    his, hers = await tokens_for(app, aqiang), await tokens_for(app, xiaolan)

    await identity.suspend(aqiang.member_id)
    await leaving.leave(xiaolan.viewer)

    for each in (his, hers):
        assert (await app.reads(each["access_token"])).status_code == 401
        assert (await app.refreshes(each["refresh_token"])).json()["error"] == "invalid_grant"


async def test_an_app_ends_with_who_made_it(cast, xiaolan, aqiang):
    app = await app_of(xiaolan, cast.url)
    his = await tokens_for(app, aqiang)

    await identity.suspend(xiaolan.member_id)

    assert (await app.reads(his["access_token"])).status_code == 401
    assert (await app.refreshes(his["refresh_token"])).json()["error"] == "invalid_client"
    assert (await aqiang.sees(app.asks())).status_code == 422


async def test_a_program_gives_its_tokens_back(cast, xiaolan, aqiang):
    app, other = await app_of(xiaolan, cast.url), await app_of(xiaolan, cast.url)
    his, theirs = await tokens_for(app, aqiang), await tokens_for(other, aqiang)
    for token in ("unknown", theirs["refresh_token"], his["access_token"], his["access_token"]):
        answer = await app.sends("/oauth/revoke", token=token, **app.named())
        assert answer.status_code == 200

    assert (await app.reads(his["access_token"])).status_code == 401
    assert (await other.reads(theirs["access_token"])).status_code == 200
    again = await app.refreshes(his["refresh_token"])
    assert again.status_code == 200
    await app.sends("/oauth/revoke", token=his["refresh_token"], **app.named())
    assert (await app.reads(again.json()["access_token"])).status_code == 401
    unnamed = await app.sends("/oauth/revoke", token=theirs["refresh_token"])
    assert unnamed.json()["error"] == "invalid_client"


async def test_codes_tokens_and_secrets_stand_nowhere_in_the_database(cast, xiaolan, aqiang):
    app = await app_of(xiaolan, cast.url)
    code = await code_for(app, aqiang, VERIFIER)
    his = (await app.changes(code, VERIFIER)).json()
    lines = [
        line["line"]
        for table in ("oauth_app", "oauth_grant", "oauth_code", "oauth_token")
        for line in await rows(f"select t::text as line from {table} t")
    ]

    assert len(lines) == 5
    for secret in (code, VERIFIER, app.secret, his["access_token"], his["refresh_token"]):
        assert not any(secret in line or secret.encode().hex() in line for line in lines)


async def test_what_is_over_is_forgotten_and_what_is_good_is_not(cast, xiaolan, aqiang):
    app = await app_of(xiaolan, cast.url)
    his = await tokens_for(app, aqiang)
    await code_for(app, aqiang, VERIFIER)
    await rows("update oauth_token set ends_at = now() - interval '1 s' where kind = 'access'")
    await rows(
        """update oauth_grant set ends_at = now() - interval '1 s'
           where id in (select grant_id from oauth_code where not spent)"""
    )

    assert await due.forget_due() == 2
    assert await due.forget_due() == 0
    assert (await app.refreshes(his["refresh_token"])).status_code == 200


async def test_all_his_tokens_of_an_app_have_one_pace(cast, xiaolan, aqiang):
    app = await app_of(xiaolan, cast.url)
    first, second = await tokens_for(app, aqiang), await tokens_for(app, aqiang)
    hers = await tokens_for(app, xiaolan)
    left = [
        int((await app.reads(each["access_token"])).headers["ratelimit-remaining"])
        for each in (first, second, hers)
    ]

    assert left[1] <= left[0]
    assert left[2] >= left[1]
