"""T20: a request that changes something comes from a page of ours, or changes nothing.

That every GET as every role leaves everything as it was is held by
`tests/matrix/test_reading_changes_nothing.py`.
"""

import json
import re
from typing import NamedTuple
from urllib.parse import urlencode

import httpx
import pytest

from quanzi.web import csrf
from tests.house.test_routes import HANDLERS
from tests.matrix.kept import fingerprints
from tests.people import CIRCLE

# Which deeds may be forged, and why, is held by `tests/house/test_routes.py`.
DEEDS = [
    name.split(" ")[1]
    for name, handler in HANDLERS.items()
    if handler.http_methods - {"GET", "HEAD", "OPTIONS"}
    and not handler.opt.get("forgeable")
    # What asks for a key is opened by no cookie: `tests/platform/test_by_key.py`.
    and "scope" not in handler.opt
]
FORM, TEXT, JSON = "application/x-www-form-urlencoded", "text/plain", "application/json"


class Forgery(NamedTuple):
    """`token`: what stands in the form, None for nothing. `kind`: what the body says it is."""

    token: str | None = "{own}"
    headers: dict[str, str] = {}  # noqa: RUF012 - never written to
    kind: str = FORM
    planted: bool = False


FORGERIES = {
    "no token": Forgery(None),
    "another member's token": Forgery("{other}"),
    "a made up token": Forgery("0" * 64),
    "an empty token": Forgery(""),
    "a token that is not ASCII": Forgery("令牌"),
    "a planted pair of cookie and token": Forgery("{planted}", planted=True),
    "the words of a text": Forgery(kind=TEXT),
    "the words of a text with another's token": Forgery("{other}", kind=TEXT),
    "JSON": Forgery(kind=JSON),
    "a form that says nothing of itself": Forgery(kind=""),
    "a form in capitals of another kind": Forgery(kind="TEXT/PLAIN; charset=utf-8"),
    "multipart without parts": Forgery(kind="multipart/form-data; boundary=x"),
    "another's token in the header": Forgery(None, {"x-csrf-token": "{other}"}),
    "a method in a header": Forgery(None, {"x-http-method-override": "GET"}),
    "a foreign origin": Forgery(headers={"origin": "https://evil.example"}),
    "no origin at all": Forgery(headers={"origin": "null"}),
    "an empty origin": Forgery(headers={"origin": ""}),
    "our host at another port": Forgery(headers={"origin": "http://127.0.0.1:1"}),
    "our host with another's behind": Forgery(headers={"origin": "{url}.evil.example"}),
    "our host over another scheme": Forgery(headers={"origin": "https://{host}"}),
    "a foreign page": Forgery(headers={"sec-fetch-site": "cross-site"}),
    "a foreign page that navigates": Forgery(
        headers={"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}
    ),
    "a sibling page": Forgery(headers={"sec-fetch-site": "same-site"}),
    "a foreign page with our origin": Forgery(
        headers={"sec-fetch-site": "cross-site", "origin": "{url}"}
    ),
    "a foreign page by htmx": Forgery(
        headers={"sec-fetch-site": "cross-site", "hx-request": "true"}
    ),
}


def path_of(route: str, post_id: int) -> str:
    named = (
        route.replace("{circle:str}", CIRCLE)
        .replace("{post_id:int}", str(post_id))
        .replace("{comment_id:int}", "1")
        .replace("{session:str}", "00")
        .replace("{partner:str}", "joyrun")
    )
    return re.sub(r"\{\w+:\w+\}", "1", named)


@pytest.mark.parametrize("how", FORGERIES)
async def test_no_deed_at_all_can_be_forged(how, cast, owner, xiaolan):
    written = await owner.posts()
    tokens = await tokens_of(cast, owner, xiaolan)
    forgery = FORGERIES[how]
    if forgery.planted:
        owner.client.cookies.set("quanzi-form", "planted")
    before = await fingerprints()

    answers = {
        route: await forged(owner.client, path_of(route, written.post_id), forgery, tokens)
        for route in DEEDS
    }

    # 400: what says that it is a form and is none is not read any further.
    refusals = {400} if "multipart" in forgery.kind else {403}
    assert {route: code for route, code in answers.items() if code not in refusals} == {}
    assert await fingerprints() == before


async def tokens_of(cast, owner, other) -> dict[str, str]:
    return {
        "own": await owner.csrf(),
        "other": await other.csrf(),
        "planted": csrf._token("planted"),
        "url": cast.url,
        "host": cast.url.removeprefix("http://"),
    }


async def forged(
    client: httpx.AsyncClient, path: str, forgery: Forgery, tokens: dict[str, str]
) -> int:
    fields = {"body": "伪造", "name": "伪造", "reason": "伪造", "approve": "yes"}
    if forgery.token is not None:
        fields["_csrf_token"] = forgery.token.format(**tokens)
    body = json.dumps(fields) if forgery.kind == JSON else urlencode(fields)
    headers = {name: value.format(**tokens) for name, value in forgery.headers.items()}
    if forgery.kind:
        headers["content-type"] = forgery.kind
    answer = await client.post(path, content=body.encode(), headers=headers)
    return answer.status_code


async def test_the_same_form_from_our_own_page_is_taken(cast, owner, xiaolan):
    """Or the wall above would be one that nobody comes through."""
    tokens = await tokens_of(cast, owner, xiaolan)

    for headers in ({}, {"origin": cast.url, "sec-fetch-site": "same-origin"}):
        answer = await forged(owner.client, f"/c/{CIRCLE}/posts", Forgery(headers=headers), tokens)
        assert answer == 303


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"])
async def test_there_are_no_other_methods(cast, owner, xiaolan, method):
    """Also not with a token that is right."""
    before = await fingerprints()
    headers = {"x-csrf-token": await owner.csrf()}

    for route in DEEDS:
        answer = await owner.client.request(method, path_of(route, 1), headers=headers)
        assert 400 <= answer.status_code < 500, route

    assert await fingerprints() == before


async def test_a_cookie_with_markup_stays_out_of_the_page(cast):
    async with httpx.AsyncClient(base_url=cast.url, verify=False) as client:
        page = await client.get("/signin", headers={"cookie": 'quanzi-form="><script>x</script>'})

    assert "<script>x" not in page.text
