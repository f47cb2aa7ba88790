"""Signing in, and what becomes of sessions."""

import re

import httpx
import pytest

from quanzi.db.engine import row, rows
from quanzi.identity import sessions
from tests.people import PASSWORD


async def sign_in(client: httpx.AsyncClient, handle: str, password: str, **more) -> httpx.Response:
    page = await client.get("/signin")
    token = re.search(r'name="_csrf_token" value="(\w+)"', page.text)
    assert token
    fields = {"_csrf_token": token[1], "handle": handle, "password": password, "next": "/"}
    return await client.post("/signin", data=fields | more)


async def test_a_member_signs_in_and_out_again(cast, visitor):
    assert (await sign_in(visitor, "xiaolan", PASSWORD)).status_code == 303
    page = await visitor.get("/me/sessions")
    assert "小兰" in page.text
    token = re.search(r'data-csrf="(\w+)"', page.text)
    assert token
    kept = visitor.cookies["quanzi"]

    await visitor.post("/signout", data={"_csrf_token": token[1]})

    visitor.cookies.set("quanzi", kept)
    assert (await visitor.get("/me/sessions")).status_code == 303


async def test_a_planted_session_is_left_behind(cast, visitor):
    visitor.cookies.set("quanzi", "planted-by-somebody")
    answer = await sign_in(visitor, "xiaolan", PASSWORD)

    assert answer.status_code == 303
    assert "planted" not in answer.headers["set-cookie"]
    assert await sessions.viewer_of("planted-by-somebody") is None


async def test_a_second_sign_in_makes_a_second_session(cast, visitor):
    await sign_in(visitor, "xiaolan", PASSWORD)
    first = visitor.cookies["quanzi"]
    await sign_in(visitor, "xiaolan", PASSWORD)

    assert visitor.cookies["quanzi"] != first


async def test_the_token_stands_nowhere_in_the_database(cast, visitor):
    await sign_in(visitor, "xiaolan", PASSWORD)
    found = await rows("select s::text as line from session s")

    assert visitor.cookies["quanzi"] not in str([line["line"] for line in found])


@pytest.mark.parametrize(
    ("handle", "password"),
    [("xiaolan", "wrong"), ("nobody-here", PASSWORD), ("", ""), ("x" * 60, "wrong-too")],
)
async def test_one_answer_for_whatever_was_wrong(cast, visitor, handle, password):
    answer = await sign_in(visitor, handle, password)

    assert answer.status_code == 422
    assert "用户名或密码不对" in answer.text
    assert 'id="error-password"' in answer.text
    assert not password or password not in answer.text


async def test_a_suspended_member_is_out_at_once(cast, xiaolan, visitor):
    await sessions.suspend(xiaolan.member_id)

    assert await sessions.viewer_of(xiaolan.token) is None
    answer = await sign_in(visitor, "xiaolan", PASSWORD)
    assert answer.status_code == 403
    assert "quanzi" not in answer.cookies
    assert (await sign_in(visitor, "xiaolan", "another-password")).status_code == 422


async def test_she_ends_another_of_her_sessions_but_not_his(cast, xiaolan, aqiang):
    other = await cast.signed_in("xiaolan", xiaolan.member_id)

    await xiaolan.sends(f"/me/sessions/{other.viewer.session.hex()}/end")
    await xiaolan.sends(f"/me/sessions/{aqiang.viewer.session.hex()}/end")

    assert await sessions.viewer_of(other.token) is None
    assert await sessions.viewer_of(aqiang.token) is not None


async def test_she_ends_all_but_the_one_she_uses(cast, xiaolan):
    other = await cast.signed_in("xiaolan", xiaolan.member_id)

    await xiaolan.sends("/me/sessions/end-others")

    assert await sessions.viewer_of(other.token) is None
    assert await sessions.viewer_of(xiaolan.token) is not None


async def test_a_session_ends_by_the_databases_clock(cast, xiaolan):
    await rows("update session set idle_until = now() - interval '1 second'")

    assert await sessions.viewer_of(xiaolan.token) is None


async def test_platform_people_have_short_sessions(cast):
    found = await row(
        "select max(ends_at - created_at) as length from session where member_id = $1",
        cast.moderator.member_id,
    )

    assert found
    assert found["length"].total_seconds() == 12 * 3600


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"handle": "ab"}, "handle"),
        ({"handle": "Has Space"}, "handle"),
        ({"handle": "-dash"}, "handle"),
        ({"handle": "admin"}, "handle"),
        ({"handle": "xiaolan"}, "handle"),
        ({"password": "short"}, "password"),
        ({"name": "长" * 41}, "name"),
    ],
)
async def test_what_will_not_do_at_sign_up_is_told_beside_the_field(cast, visitor, fields, field):
    page = await visitor.get("/signup")
    token = re.search(r'name="_csrf_token" value="(\w+)"', page.text)
    assert token
    good = {
        "_csrf_token": token[1],
        "handle": "new-runner",
        "name": "新人",
        "password": "long-enough",
    }

    answer = await visitor.post("/signup", data=good | fields)

    assert answer.status_code == 422
    assert f'id="error-{field}"' in answer.text
    assert fields.get("handle", "new-runner") in answer.text


async def test_signing_up_signs_in(cast, visitor):
    page = await visitor.get("/signup")
    token = re.search(r'name="_csrf_token" value="(\w+)"', page.text)
    assert token
    fields = {
        "_csrf_token": token[1],
        "handle": "new-runner",
        "name": "新人",
        "password": "long-enough",
    }

    assert (await visitor.post("/signup", data=fields)).status_code == 303
    assert "新人" in (await visitor.get("/me/sessions")).text


async def test_guessing_passwords_is_slowed_down_also_without_valkey(cast, visitor, monkeypatch):
    from quanzi.web import limits

    def away(*_):
        raise ConnectionError

    monkeypatch.setattr(limits.bell, "ringer", away)
    answers = [await sign_in(visitor, "aqiang", "wrong") for _ in range(7)]

    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["retry-after"]) > 0
