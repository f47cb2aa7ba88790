"""T20: a request that changes something comes from a page of ours, or changes nothing."""

import hashlib
import re

import httpx
import pytest

from quanzi.db.engine import rows
from tests.house.test_routes import HANDLERS
from tests.people import CIRCLE

# Which deeds may be forged, and why, is held by `tests/house/test_routes.py`.
DEEDS = [
    name.split(" ")[1]
    for name, handler in HANDLERS.items()
    if "POST" in name and not handler.opt.get("forgeable")
]
READS = [name.split(" ")[1] for name in HANDLERS if "GET" in name]

FORGERIES = {
    "no token": ({}, {}),
    "another's token": ({"_csrf_token": "{other}"}, {}),
    "a made up token": ({"_csrf_token": "0" * 64}, {}),
    "an empty token": ({"_csrf_token": ""}, {}),
    "a foreign origin": ({"_csrf_token": "{own}"}, {"origin": "https://evil.example"}),
    "no origin at all": ({"_csrf_token": "{own}"}, {"origin": "null"}),
    "our host at another port": ({"_csrf_token": "{own}"}, {"origin": "http://127.0.0.1:1"}),
    "a foreign page": ({"_csrf_token": "{own}"}, {"sec-fetch-site": "cross-site"}),
    "a sibling page": ({"_csrf_token": "{own}"}, {"sec-fetch-site": "same-site"}),
}


def path_of(route: str, post_id: int) -> str:
    named = (
        route.replace("{circle:str}", CIRCLE)
        .replace("{post_id:int}", str(post_id))
        .replace("{comment_id:int}", "1")
        .replace("{session:str}", "00")
        .replace("{partner:str}", "joyrun")
        .replace("{name:str}", "0" * 32)
        .replace("{size:str}", "s.webp")
        .replace("{digest:str}/{path:path}", "0/css/0-layers.css")
    )
    return re.sub(r"\{\w+:int\}", "1", named)


@pytest.mark.parametrize("how", FORGERIES)
@pytest.mark.parametrize("route", DEEDS)
async def test_a_forged_deed_changes_nothing(route, how, owner, xiaolan):
    written = await owner.posts()
    fields, headers = FORGERIES[how]
    tokens = {"own": await owner.csrf(), "other": await xiaolan.csrf()}
    filled = {name: value.format(**tokens) for name, value in fields.items()}
    before = await fingerprint()

    answer = await owner.client.post(
        path_of(route, written.post_id), data={"body": "伪造", **filled}, headers=headers
    )

    assert answer.status_code == 403
    assert await fingerprint() == before


@pytest.mark.parametrize("media_type", ["text/plain", "application/json", ""])
async def test_a_form_in_disguise_changes_nothing(owner, media_type):
    before = await fingerprint()

    answer = await owner.client.post(
        f"/c/{CIRCLE}/posts",
        content=f"_csrf_token={await owner.csrf()}&body=x".encode(),
        headers={"content-type": media_type} if media_type else {},
    )

    assert answer.status_code == 403
    assert await fingerprint() == before


async def test_a_planted_pair_of_cookie_and_token_is_worth_nothing(cast, xiaolan, aqiang):
    async with httpx.AsyncClient(base_url=cast.url, verify=False) as attacker:
        page = await attacker.get("/signin")
        planted = attacker.cookies["quanzi-form"]
    token = page.text.split('name="_csrf_token" value="')[1].split('"')[0]
    xiaolan.client.cookies.set("quanzi-form", planted)

    answer = await xiaolan.client.post(
        f"/c/{CIRCLE}/posts", data={"_csrf_token": token, "body": "x"}
    )

    assert answer.status_code == 403


async def test_a_cookie_with_markup_stays_out_of_the_page(cast):
    async with httpx.AsyncClient(base_url=cast.url, verify=False) as client:
        page = await client.get("/signin", headers={"cookie": 'quanzi-form="><script>x</script>'})

    assert "<script>x" not in page.text


@pytest.mark.parametrize("route", READS)
async def test_reading_changes_nothing(route, owner):
    written = await owner.posts()
    before = await fingerprint()

    answer = await owner.client.get(path_of(route, written.post_id))

    assert answer.status_code < 500
    assert await fingerprint() == before


async def fingerprint() -> str:
    """Of everything that is kept, but what the site writes by itself: its indexes of words, and
    which circles rise."""
    tables = await rows(
        """select tablename from pg_tables where schemaname = 'public'
           and tablename !~ '_search$' and tablename <> 'rising'"""
    )
    digest = hashlib.sha256()
    for table in sorted(line["tablename"] for line in tables):
        found = await rows(f"select t::text as line from {table} t order by 1")
        digest.update(repr([line["line"] for line in found]).encode())
    return digest.hexdigest()
