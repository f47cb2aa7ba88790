"""OAuth 2 by RFC 9700: the whole dance by a client that others wrote, and every way to be refused."""

import secrets
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest
from authlib.oauth2.rfc8414 import AuthorizationServerMetadata

from quanzi.db.engine import rows
from tests.people import CIRCLE
from tests.platform.dance import BACK, answers, app_of, brought, tokens_for

VERIFIER = secrets.token_urlsafe(48)


@pytest.mark.parametrize("public", [False, True])
async def test_he_lets_her_app_act_for_him_from_the_first_question_to_its_end(
    cast, xiaolan, aqiang, public
):
    app = await app_of(xiaolan, cast.url, public=public)
    async with httpx.AsyncClient(base_url=cast.url) as anybody:
        told = (await anybody.get("/.well-known/oauth-authorization-server")).json()
    async with app.client(scope="circles:read posts:write") as client:
        where, state = client.create_authorization_url(
            told["authorization_endpoint"], code_verifier=VERIFIER
        )
        back = await answers(aqiang, where.removeprefix(cast.url))
        assert brought(back)["iss"] == told["issuer"]
        first = await client.fetch_token(
            told["token_endpoint"],
            authorization_response=back.headers["location"],
            state=state,
            code_verifier=VERIFIER,
        )
        assert first["access_token"].startswith("qzo_")
        assert first["scope"] == "circles:read posts:write"
        me = (await client.get(f"{cast.url}/api/v1/me")).json()
        assert (me["handle"], me["scopes"]) == ("aqiang", ["circles:read", "posts:write"])
        written = await client.post(
            f"{cast.url}/api/v1/circles/{CIRCLE}/posts", json={"body": "明晚有雨"}
        )
        assert written.status_code == 201
        second = await client.refresh_token(told["token_endpoint"])
        assert second["refresh_token"] != first["refresh_token"]
        assert (await client.get(f"{cast.url}/api/v1/me")).status_code == 200
        ended = await client.revoke_token(
            told["revocation_endpoint"], second["refresh_token"], "refresh_token"
        )
        assert ended.status_code == 200
    for token in (first["access_token"], second["access_token"]):
        assert (await app.reads(token)).status_code == 401


async def test_what_the_site_says_of_itself_is_what_the_specification_asks_for(cast, visitor):
    told = (await visitor.get("/.well-known/oauth-authorization-server")).json()

    assert told["issuer"] == cast.url
    assert told["code_challenge_methods_supported"] == ["S256"]
    assert told["authorization_response_iss_parameter_supported"] is True
    # On a laptop without certificates; what remains is looked at by who wrote the specification's code.
    as_deployed = {
        name: each.replace("http://", "https://") if isinstance(each, str) else each
        for name, each in told.items()
    }
    AuthorizationServerMetadata(as_deployed).validate()


async def test_who_is_not_signed_in_signs_in_and_comes_back_to_the_question(cast, xiaolan, visitor):
    app = await app_of(xiaolan, cast.url)
    asked = app.asks(state="a b&c=d")
    answer = await visitor.get(asked)

    assert answer.status_code == 303
    to = urlsplit(answer.headers["location"])
    assert (to.path, dict(parse_qsl(to.query))["next"]) == ("/signin", asked)
    form = await visitor.get(answer.headers["location"])
    assert 'name="next"' in form.text


async def test_the_question_stands_in_no_frame_and_its_form_leads_to_the_app_alone(
    cast, xiaolan, aqiang
):
    app = await app_of(xiaolan, cast.url)
    answer = await aqiang.sees(app.asks())

    assert answer.headers["x-frame-options"] == "DENY"
    policy = answer.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in policy
    assert "form-action 'self' https://weather.example;" in policy
    assert answer.headers["cache-control"] == "no-store"


async def test_looking_at_the_question_allows_nothing(cast, xiaolan, aqiang):
    app = await app_of(xiaolan, cast.url)
    await aqiang.sees(f"{app.asks()}&answer=allow")

    assert await rows("select 1 from oauth_grant") == []


async def test_nobody_answers_for_him_from_another_site(cast, xiaolan, aqiang):
    app = await app_of(xiaolan, cast.url)
    said = dict(parse_qsl(urlsplit(app.asks()).query)) | {"answer": "allow"}
    without = await aqiang.client.post("/oauth/authorize", data=said)
    evil = await aqiang.client.post(
        "/oauth/authorize",
        data=said | {"_csrf_token": await aqiang.csrf()},
        headers={"origin": "https://evil.example"},
    )

    assert (without.status_code, evil.status_code) == (403, 403)
    assert await rows("select 1 from oauth_grant") == []


async def test_his_no_goes_back_with_the_state_and_who_says_so(cast, xiaolan, aqiang):
    app = await app_of(xiaolan, cast.url)
    answer = await answers(aqiang, app.asks(state="x y"), "deny")

    assert answer.headers["location"].startswith(f"{BACK}?")
    assert brought(answer) == {"error": "access_denied", "state": "x y", "iss": cast.url}
    assert await rows("select 1 from oauth_grant") == []


@pytest.mark.parametrize(
    "other",
    [
        "https://evil.example/callback",
        f"{BACK}/more",
        f"{BACK}?more=1",
        f"{BACK}#part",
        BACK.removesuffix("k"),
        BACK.replace("example", "example.evil.example"),
        BACK.replace("https", "http"),
        BACK.replace("example/", "example:444/"),
        BACK.replace("callback", "x/../callback"),
        BACK.replace("callback", "%63allback"),
        BACK.upper(),
        f" {BACK}",
        f"{BACK}\\@evil.example",
        "",
    ],
)
async def test_to_an_address_that_was_not_registered_nobody_is_sent_by_link_or_by_press(
    cast, xiaolan, aqiang, other
):
    app = await app_of(xiaolan, cast.url)
    asked = app.asks(redirect_uri=other)
    answer = await aqiang.sees(asked)
    pressed = await aqiang.sends(
        "/oauth/authorize", answer="allow", **dict(parse_qsl(urlsplit(asked).query))
    )

    for each in (answer, pressed):
        assert each.status_code == 422
        assert "location" not in each.headers
        assert "回到应用" not in each.text
        assert "evil.example" not in each.text
    assert await rows("select 1 from oauth_grant") == []


async def test_a_program_on_his_own_machine_comes_with_any_port_and_nothing_else_differing(
    cast, xiaolan, aqiang
):
    app = await app_of(xiaolan, cast.url, public=True, back="http://127.0.0.1/back")
    app.back = "http://127.0.0.1:53682/back"
    policy = (await aqiang.sees(app.asks())).headers["content-security-policy"]
    assert "form-action 'self' http://127.0.0.1:53682;" in policy
    assert (await tokens_for(app, aqiang))["token_type"] == "Bearer"

    for other in (
        "http://127.0.0.1:53682/back/",
        "http://127.0.0.1:53682/back?x",
        "http://127.0.0.1:1@evil.example/back",
        "http://127.0.0.1:x/back",
        "http://127.0.0.2:53682/back",
        "http://localhost:53682/back",
        "http://[::1]:53682/back",
        "https://127.0.0.1/back",
    ):
        assert (await aqiang.sees(app.asks(redirect_uri=other))).status_code == 422, other


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"code_challenge": ""}, "invalid_request"),
        ({"code_challenge_method": ""}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"code_challenge": "short"}, "invalid_request"),
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"response_type": "code token"}, "unsupported_response_type"),
        ({"response_mode": "form_post"}, "invalid_request"),
        ({"request_uri": "https://evil.example/x"}, "invalid_request"),
        ({"scope": "everything"}, "invalid_scope"),
        ({"scope": "circles:read pins:write"}, "invalid_scope"),
        ({"state": "x" * 2_001}, "invalid_request"),
    ],
)
async def test_a_wrong_request_sends_nobody_on_by_itself_and_back_to_the_app_by_a_press(
    cast, xiaolan, aqiang, said, error
):
    app = await app_of(xiaolan, cast.url, "circles:read", "talk:write")
    answer = await aqiang.sees(app.asks(**said))

    assert answer.status_code == 422
    assert "location" not in answer.headers
    assert f"{error}: " in answer.text
    assert f'href="{BACK}?error={error}&amp;' in answer.text
    assert 'action="/oauth/authorize"' not in answer.text


@pytest.mark.parametrize(
    "twice", ["client_id=x", "redirect_uri=https://evil.example/", "scope=x", "state=y"]
)
async def test_what_is_said_twice_could_be_read_in_two_ways(cast, xiaolan, aqiang, twice):
    app = await app_of(xiaolan, cast.url)
    answer = await aqiang.sees(f"{app.asks()}&{twice}")

    assert answer.status_code == 422
    assert "回到应用" not in answer.text


async def test_a_scope_that_is_not_named_is_all_that_the_app_registered(cast, xiaolan, aqiang):
    app = await app_of(xiaolan, cast.url, "circles:read", "talk:write")

    assert (await tokens_for(app, aqiang, scope=""))["scope"] == "circles:read talk:write"


async def test_a_route_whose_scope_he_did_not_allow_is_closed(cast, xiaolan, aqiang):
    app = await app_of(xiaolan, cast.url)
    his = await tokens_for(app, aqiang, scope="circles:read")
    async with httpx.AsyncClient(base_url=cast.url) as client:
        answer = await client.put(
            f"/api/v1/circles/{CIRCLE}/follow",
            headers={"authorization": f"Bearer {his['access_token']}"},
        )
        page = await client.get(
            "/me/apps", headers={"authorization": f"Bearer {his['access_token']}"}
        )

    assert answer.status_code == 403
    assert 'error="insufficient_scope", scope="talk:write"' in answer.headers["www-authenticate"]
    assert page.headers["location"] == "/signin?next=/me/apps"


async def test_the_description_tells_of_both_ways_in(visitor):
    found = (await visitor.get("/api/v1/openapi.json")).json()

    assert found["components"]["securitySchemes"]["oauth"]["type"] == "oauth2"
    assert found["paths"]["/api/v1/me"]["get"]["security"] == [
        {"key": []},
        {"oauth": ["circles:read"]},
    ]
