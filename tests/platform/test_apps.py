"""A member's apps: registered, shown once, given another secret, deleted; and apps that were allowed."""

import re
import uuid

import pytest

from quanzi.db.engine import rows
from quanzi.errors import Conflict, Invalid, NotFound
from quanzi.platform import apps, redirects
from quanzi.platform.apps import Wish
from tests.platform.dance import BACK, answers, app_of, tokens_for

FORM = {"name": "天气机器人", "redirects": BACK, "kind": "confidential", "scope_circles:read": "on"}


async def test_she_registers_one_and_sees_its_secret_once(xiaolan):
    answer = await xiaolan.sends("/me/apps", idempotency_key=str(uuid.uuid4()), **FORM)

    secret = re.search(r'value="(qzs_[\w-]+)"', answer.text)
    client_id = re.search(r'value="(qzc_[\w-]+)"', answer.text)
    assert secret
    assert client_id
    again = (await xiaolan.sees("/me/apps")).text
    assert client_id[1] in again
    assert secret[1] not in again
    assert f"…{secret[1][-4:]}" in again
    kept = await rows("select a::text as line from oauth_app a")
    assert secret[1] not in kept[0]["line"]
    assert secret[1].encode().hex() not in kept[0]["line"]


async def test_a_public_one_has_no_secret(xiaolan):
    answer = await xiaolan.sends(
        "/me/apps", **FORM | {"kind": "public", "redirects": "http://127.0.0.1/back"}
    )

    assert "qzs_" not in answer.text
    assert "qzc_" in answer.text
    with pytest.raises(NotFound):
        await apps.rotate(xiaolan.viewer, (await apps.own(xiaolan.viewer))[0]["id"])


async def test_a_double_click_makes_one_and_says_how_to_come_by_a_secret(xiaolan):
    key = str(uuid.uuid4())
    first = await xiaolan.sends("/me/apps", idempotency_key=key, **FORM)
    second = await xiaolan.sends("/me/apps", idempotency_key=key, **FORM)

    assert len(await apps.own(xiaolan.viewer)) == 1
    assert "qzs_" in first.text
    assert "qzs_" not in second.text
    assert "换一个新的" in second.text


async def test_what_is_missing_is_said_beside_each_field_and_nothing_typed_is_lost(xiaolan):
    answer = await xiaolan.sends(
        "/me/apps", name="", redirects="http://evil.example", kind="public"
    )

    assert answer.status_code == 422
    for name in ("name", "redirects", "scopes"):
        assert f'id="error-{name}"' in answer.text
    assert ">http://evil.example</textarea>" in answer.text
    assert 'value="public" checked' in answer.text
    assert await apps.own(xiaolan.viewer) == []


@pytest.mark.parametrize(
    "address",
    [
        "http://weather.example/callback",
        "http://localhost/callback",
        "http://127.0.0.1.evil.example/",
        "http://127.0.0.1@evil.example/",
        "https://good@evil.example/",
        "https://weather.example/#part",
        "https://weather.example\\@evil.example/",
        "https://*.example/",
        "https://",
        "https:///callback",
        "//weather.example/callback",
        "/callback",
        "javascript:alert(1)",
        "data:text/html,x",
        "weather://callback",
        "https://weather.example/\u202ex",
        "https://圈.example/",
        "https://weather.example/;script-src *",
        "https://a.example;script-src/",
        "https://weather.example/" + "a" * redirects.LONGEST,
    ],
)
async def test_no_app_is_registered_with_an_address_that_may_lead_elsewhere(xiaolan, address):
    with pytest.raises(Invalid) as refused:
        await apps.register(
            xiaolan.viewer, Wish("x", address, ["circles:read"], True), key=uuid.uuid4()
        )

    assert set(refused.value.fields) == {"redirects"}


async def test_a_name_that_could_deceive_by_signs_nobody_sees_is_refused(xiaolan):
    for name in ("官方\u202e", "官\u200b方", "a\nb", "x" * 61, "  "):
        with pytest.raises(Invalid) as refused:
            await apps.register(
                xiaolan.viewer, Wish(name, BACK, ["circles:read"], True), key=uuid.uuid4()
            )
        assert set(refused.value.fields) == {"name"}


async def test_a_new_secret_ends_the_old_one_and_what_was_had_by_it_alone(cast, xiaolan, aqiang):
    app = await app_of(xiaolan, cast.url)
    his = await tokens_for(app, aqiang)
    hers = (await app.sends("/oauth/token", grant_type="client_credentials", **app.named())).json()

    shown = await xiaolan.sends(f"/me/apps/{app.id}/secret")
    secret = re.search(r'value="(qzs_[\w-]+)"', shown.text)
    assert secret
    assert secret[1] != app.secret

    assert (await app.reads(hers["access_token"])).status_code == 401
    assert (await app.refreshes(his["refresh_token"])).json()["error"] == "invalid_client"
    app.secret = secret[1]
    assert (await app.reads(his["access_token"])).status_code == 200
    assert (await app.refreshes(his["refresh_token"])).status_code == 200


async def test_a_deleted_app_can_do_nothing_more_for_anybody(cast, xiaolan, aqiang):
    app = await app_of(xiaolan, cast.url)
    his = await tokens_for(app, aqiang)

    await xiaolan.sends(f"/me/apps/{app.id}/delete")

    assert (await app.reads(his["access_token"])).status_code == 401
    assert (await app.refreshes(his["refresh_token"])).json()["error"] == "invalid_client"
    assert (await aqiang.sees(app.asks())).status_code == 422
    assert "天气机器人" not in (await aqiang.sees("/me/apps")).text


async def test_for_others_her_app_is_not_there(cast, xiaolan, aqiang):
    app = await app_of(xiaolan, cast.url)

    secret = await aqiang.sends(f"/me/apps/{app.id}/secret")
    deleted = await aqiang.sends(f"/me/apps/{app.id}/delete")

    assert (secret.status_code, deleted.status_code) == (404, 404)
    assert app.client_id not in (await aqiang.sees("/me/apps")).text
    assert (
        await app.sends("/oauth/token", grant_type="client_credentials", **app.named())
    ).status_code == 200


async def test_he_sees_what_he_allowed_and_what_he_takes_back_ends_at_once(cast, xiaolan, aqiang):
    app = await app_of(xiaolan, cast.url)
    his = await tokens_for(app, aqiang, scope="circles:read talk:write")
    hers = await tokens_for(app, xiaolan)
    page = (await aqiang.sees("/me/apps")).text
    assert "天气机器人" in page
    assert "还没有用过" in page
    assert "评论、点赞" in page
    assert "置顶" not in page.partition('id="apps"')[0]
    await app.reads(his["access_token"])
    assert "最近使用" in (await aqiang.sees("/me/apps")).text

    await aqiang.sends(f"/me/apps/{app.id}/revoke")

    assert (await app.reads(his["access_token"])).status_code == 401
    assert (await app.refreshes(his["refresh_token"])).json()["error"] == "invalid_grant"
    assert (await app.reads(hers["access_token"])).status_code == 200
    assert "天气机器人" not in (await aqiang.sees("/me/apps")).text


async def test_there_are_twenty_at_most(cast, xiaolan):
    for _ in range(apps.MOST):
        await app_of(xiaolan, cast.url)

    with pytest.raises(Conflict):
        await app_of(xiaolan, cast.url)
    answer = await xiaolan.sends("/me/apps", **FORM)
    assert answer.status_code == 409
    assert BACK in answer.text


async def test_nothing_is_done_to_her_apps_from_other_sites(cast, xiaolan):
    app = await app_of(xiaolan, cast.url)
    for deed in ("secret", "delete", "revoke"):
        answer = await xiaolan.client.post(f"/me/apps/{app.id}/{deed}")
        assert answer.status_code == 403
    assert (await xiaolan.client.post("/me/apps", data=FORM)).status_code == 403
    assert len(await apps.own(xiaolan.viewer)) == 1


async def test_an_app_is_asked_about_with_its_maker_and_where_it_leads(cast, xiaolan, aqiang):
    app = await app_of(xiaolan, cast.url)
    page = (await aqiang.sees(app.asks(scope="posts:write"))).text

    for words in ("天气机器人", "小兰", "@xiaolan", "发帖", BACK, "@aqiang"):
        assert words in page
    # Every page has the words of what can be undone; what is asked for stands in its main part.
    assert "置顶" not in page.partition("<main")[2].partition("</main>")[0]
    denied = await answers(aqiang, app.asks(), "deny")
    assert "error=access_denied" in denied.headers["location"]
