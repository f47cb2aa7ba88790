"""A member's keys for programs: made, shown once, ended."""

import re

import httpx
import pytest

from quanzi.db.engine import rows
from quanzi.errors import Conflict, Invalid
from quanzi.identity import leaving
from quanzi.identity import sessions as identity
from quanzi.platform import keys
from tests.platform.program import API, program

SCOPES = ["circles:read"]


async def test_she_makes_one_on_the_page_sees_it_once_and_it_opens_what_she_chose(cast, xiaolan):
    answer = await xiaolan.sends("/me/keys", name="天气", days="90", **{"scope_circles:read": "on"})

    secret = re.search(r'value="(quanzi_[\w-]+)"', answer.text)
    assert secret
    again = (await xiaolan.sees("/me/keys")).text
    assert secret[1] not in again
    assert f"…{secret[1][-4:]}" in again
    async with httpx.AsyncClient(base_url=cast.url) as client:
        me = await client.get(f"{API}/me", headers={"authorization": f"Bearer {secret[1]}"})
    assert me.json()["handle"] == "xiaolan"
    assert me.json()["scopes"] == ["circles:read"]


async def test_the_secret_stands_nowhere_in_the_database(xiaolan):
    secret = await keys.make(xiaolan.viewer, "天气", SCOPES, 90)

    found = await rows("select k::text as line from access_key k")
    assert len(found) == 1
    assert secret not in found[0]["line"]
    assert secret.encode().hex() not in found[0]["line"]


async def test_what_is_missing_is_said_beside_each_field_and_nothing_typed_is_lost(xiaolan):
    answer = await xiaolan.sends("/me/keys", name="", days="7", **{"scope_posts:write": "on"})

    assert answer.status_code == 422
    assert 'id="error-name"' in answer.text
    assert 'id="error-days"' in answer.text
    assert re.search(r'name="scope_posts:write" checked', answer.text)
    with pytest.raises(Invalid) as refused:
        await keys.make(xiaolan.viewer, "x", ["everything"], 90)
    assert set(refused.value.fields) == {"scopes"}


async def test_an_ended_one_opens_nothing_from_the_next_request_on(cast, xiaolan):
    async with program(cast.url, xiaolan) as client:
        assert (await client.get("/me")).status_code == 200
        [key] = await keys.own(xiaolan.viewer)
        await xiaolan.sends(f"/me/keys/{key['id']}/end")

        assert (await client.get("/me")).status_code == 401
    assert await keys.own(xiaolan.viewer) == []


async def test_nobody_ends_the_keys_of_others(cast, xiaolan, aqiang):
    async with program(cast.url, xiaolan) as client:
        [key] = await keys.own(xiaolan.viewer)
        await aqiang.sends(f"/me/keys/{key['id']}/end")

        assert (await client.get("/me")).status_code == 200


async def test_who_is_suspended_or_leaving_has_no_programs(cast, xiaolan, aqiang):
    async with program(cast.url, xiaolan) as hers, program(cast.url, aqiang) as his:
        await identity.suspend(xiaolan.member_id)
        await leaving.leave(aqiang.viewer)

        assert (await hers.get("/me")).status_code == 401
        assert (await his.get("/me")).status_code == 401


async def test_one_that_is_over_opens_nothing(cast, xiaolan):
    async with program(cast.url, xiaolan) as client:
        await rows("update access_key set ends_at = now()")

        assert (await client.get("/me")).status_code == 401


async def test_there_are_twenty_at_most(xiaolan):
    for number in range(keys.MOST):
        await keys.make(xiaolan.viewer, f"第 {number} 个", SCOPES, 30)

    with pytest.raises(Conflict):
        await keys.make(xiaolan.viewer, "再来一个", SCOPES, 30)
    [newest, *_] = await keys.own(xiaolan.viewer)
    await keys.end(xiaolan.viewer, newest["id"])
    await keys.make(xiaolan.viewer, "再来一个", SCOPES, 30)
