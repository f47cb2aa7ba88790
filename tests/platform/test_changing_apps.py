"""An app's maker changes where it leads and what it may ask for: what others allowed only grows less."""

import asyncio
import secrets

import pytest

from quanzi.errors import Invalid, NotFound
from quanzi.platform import apps
from tests.people import CIRCLE
from tests.platform.dance import BACK, answers, app_of, code_for, tokens_for

ELSEWHERE = "https://weather.example/other"
READS, WRITES = "circles:read", "posts:write"


async def changes(person, app, *scopes: str, back: str = BACK) -> None:
    await apps.change(person.viewer, app.id, back, scopes or (READS, WRITES))


async def test_she_changes_both_on_the_page(cast, xiaolan):
    app = await app_of(xiaolan, cast.url, READS)

    answer = await xiaolan.sends(
        f"/me/apps/{app.id}",
        redirects=f"{BACK}\n{ELSEWHERE}",
        **{"scope_circles:read": "on", "scope_talk:write": "on"},
    )

    assert answer.status_code == 303
    [kept] = await apps.own(xiaolan.viewer)
    assert kept["redirects"] == [BACK, ELSEWHERE]
    assert kept["scopes"] == [READS, "talk:write"]
    assert f">{BACK}\n{ELSEWHERE}</textarea>" in (await xiaolan.sees("/me/apps")).text


async def test_what_cannot_be_is_said_beside_its_field_and_nothing_changes(cast, xiaolan):
    app = await app_of(xiaolan, cast.url, READS)

    answer = await xiaolan.sends(f"/me/apps/{app.id}", redirects="http://evil.example")

    assert answer.status_code == 422
    for name in ("redirects", "scopes"):
        assert answer.text.count(f'id="error-{name}"') == 1
    assert ">http://evil.example</textarea>" in answer.text
    assert [each["redirects"] for each in await apps.own(xiaolan.viewer)] == [[BACK]]
    with pytest.raises(Invalid):
        await apps.change(xiaolan.viewer, app.id, "", [READS])


async def test_for_others_her_app_is_not_there(cast, xiaolan, aqiang):
    app = await app_of(xiaolan, cast.url, READS)

    answer = await aqiang.sends(
        f"/me/apps/{app.id}", redirects=ELSEWHERE, **{"scope_circles:read": "on"}
    )
    wrong = await aqiang.sends(f"/me/apps/{app.id}", redirects="")

    assert (answer.status_code, wrong.status_code) == (404, 404)
    with pytest.raises(NotFound):
        await apps.change(aqiang.viewer, app.id, ELSEWHERE, [READS])
    assert [each["redirects"] for each in await apps.own(xiaolan.viewer)] == [[BACK]]


async def test_what_it_may_not_ask_for_any_more_no_token_opens_from_that_moment(
    cast, xiaolan, aqiang
):
    app = await app_of(xiaolan, cast.url, READS, WRITES)
    his = await tokens_for(app, aqiang, scope=f"{READS} {WRITES}")

    await changes(xiaolan, app, READS)

    assert (await app.reads(his["access_token"], f"/circles/{CIRCLE}")).status_code == 200
    me = (await app.reads(his["access_token"])).json()
    assert me["scopes"] == [READS]
    fresh = (await app.refreshes(his["refresh_token"])).json()
    assert fresh["scope"] == READS
    assert "发帖" not in (await aqiang.sees("/me/apps")).text.partition('id="apps"')[0]


async def test_what_is_put_back_or_new_he_is_asked_for_again(cast, xiaolan, aqiang):
    app = await app_of(xiaolan, cast.url, READS, WRITES)
    his = await tokens_for(app, aqiang, scope=f"{READS} {WRITES}")

    await changes(xiaolan, app, READS)
    await changes(xiaolan, app, READS, WRITES, "talk:write")

    assert (await app.reads(his["access_token"])).json()["scopes"] == [READS]
    more = await app.refreshes(his["refresh_token"], scope=f"{READS} {WRITES}")
    assert more.json()["error"] == "invalid_scope"
    anew = await tokens_for(app, aqiang, scope=f"{WRITES} talk:write")
    assert set(anew["scope"].split()) == {WRITES, "talk:write"}


async def test_a_permission_of_which_nothing_is_left_has_ended(cast, xiaolan, aqiang):
    app = await app_of(xiaolan, cast.url, READS, WRITES)
    his = await tokens_for(app, aqiang, scope=WRITES)

    await changes(xiaolan, app, READS)

    assert (await app.reads(his["access_token"])).status_code == 401
    assert (await app.refreshes(his["refresh_token"])).json()["error"] == "invalid_grant"
    assert "天气机器人" not in (await aqiang.sees("/me/apps")).text


async def test_what_the_app_has_by_itself_grows_less_too(cast, xiaolan):
    app = await app_of(xiaolan, cast.url, READS, WRITES)
    own = (await app.sends("/oauth/token", grant_type="client_credentials", **app.named())).json()

    await changes(xiaolan, app, READS)

    assert (await app.reads(own["access_token"])).json()["scopes"] == [READS]
    more = await app.sends(
        "/oauth/token", grant_type="client_credentials", scope=WRITES, **app.named()
    )
    assert more.json()["error"] == "invalid_scope"


async def test_a_removed_address_leads_nowhere_from_that_moment(cast, xiaolan, aqiang):
    app = await app_of(xiaolan, cast.url, READS, WRITES)
    verifier = secrets.token_urlsafe(48)
    code = await code_for(app, aqiang, verifier)
    kept = await tokens_for(app, aqiang)

    await changes(xiaolan, app, back=ELSEWHERE)

    assert (await aqiang.sees(app.asks())).status_code == 422
    assert (await app.changes(code, verifier)).json()["error"] == "invalid_grant"
    # What had arrived before is the app's, wherever it arrived.
    assert (await app.reads(kept["access_token"])).status_code == 200
    app.back = ELSEWHERE
    assert (await aqiang.sees(app.asks())).status_code == 200


async def test_a_code_that_goes_to_an_address_that_stays_is_good(cast, xiaolan, aqiang):
    app = await app_of(xiaolan, cast.url, READS, WRITES, back="http://127.0.0.1/back")
    app.back = "http://127.0.0.1:50123/back"
    verifier = secrets.token_urlsafe(48)
    code = await code_for(app, aqiang, verifier)

    await changes(xiaolan, app, READS, back="http://127.0.0.1/back")

    assert (await app.changes(code, verifier)).status_code == 200


async def test_who_presses_while_it_changes_allows_nothing_that_it_no_longer_asks_for(
    cast, xiaolan, aqiang
):
    app = await app_of(xiaolan, cast.url, READS, WRITES)
    question = app.asks(scope=WRITES)
    assert (await aqiang.sees(question)).status_code == 200

    await asyncio.gather(
        changes(xiaolan, app, READS),
        *(_pressed(aqiang, question) for _ in range(4)),
    )

    assert "天气机器人" not in (await aqiang.sees("/me/apps")).text


async def _pressed(person, question: str) -> None:
    try:
        await answers(person, question)
    except AssertionError:
        return  # the page was no question any more
