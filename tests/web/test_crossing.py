"""A program in a browser, on a page of another site, asks the interface by its token; pages stay apart."""

import uuid

import httpx
import pytest

from quanzi.platform import apps, keys
from quanzi.platform.apps import Wish
from tests.people import CIRCLE

ELSEWHERE = {"origin": "https://weather.example"}


def asks_first(method: str, *headers: str) -> dict[str, str]:
    return ELSEWHERE | {
        "access-control-request-method": method,
        "access-control-request-headers": ",".join(headers),
    }


async def test_the_browser_asks_first_and_is_told_what_a_program_may(visitor):
    for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
        answer = await visitor.options(
            f"/api/v1/circles/{CIRCLE}/posts", headers=asks_first(method, "authorization")
        )
        assert answer.status_code == 204
        assert answer.headers["access-control-allow-origin"] == "*"
        assert method in answer.headers["access-control-allow-methods"].split(", ")
    allowed = answer.headers["access-control-allow-headers"].lower().split(", ")
    # By name: to a browser `*` does not stand for the one that matters.
    for name in ("authorization", "content-type", "idempotency-key", "if-match", "if-none-match"):
        assert name in allowed


async def test_the_answer_and_what_goes_with_it_can_be_read_there(cast, xiaolan):
    await xiaolan.posts("大家好")
    secret = await keys.make(xiaolan.viewer, "网页", ["circles:read"], 30)
    async with httpx.AsyncClient(base_url=cast.url, headers=ELSEWHERE) as client:
        known = {"authorization": f"Bearer {secret}"}
        read = await client.get(f"/api/v1/circles/{CIRCLE}/posts", headers=known)
        refused = await client.get(f"/api/v1/circles/{CIRCLE}/posts")
        absent = await client.get("/api/v1/no/such/thing")

    assert (read.status_code, refused.status_code, absent.status_code) == (200, 401, 404)
    for answer in (read, refused, absent):
        assert answer.headers.get_list("access-control-allow-origin") == ["*"]
        exposed = answer.headers["access-control-expose-headers"].lower().split(", ")
        for name in ("link", "etag", "ratelimit-limit", "ratelimit-remaining", "retry-after"):
            assert name in exposed


async def test_nobodys_cookie_opens_it_from_anywhere(xiaolan):
    answer = await xiaolan.client.get("/api/v1/me", headers=ELSEWHERE)

    assert answer.status_code == 401
    assert "access-control-allow-credentials" not in answer.headers
    assert "set-cookie" not in answer.headers


async def test_a_public_app_in_a_browser_comes_for_its_tokens(cast, xiaolan):
    wish = Wish("网页", "https://weather.example/back", ["circles:read"], confidential=False)
    await apps.register(xiaolan.viewer, wish, key=uuid.uuid4())
    async with httpx.AsyncClient(base_url=cast.url, headers=ELSEWHERE) as client:
        first = await client.options("/oauth/token", headers=asks_first("POST", "content-type"))
        answer = await client.post("/oauth/token", data={"grant_type": "authorization_code"})
        where = await client.get("/.well-known/oauth-authorization-server")

    assert first.status_code == 204
    assert answer.json()["error"] == "invalid_client"
    for each in (first, answer, where):
        assert each.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize(
    "path",
    ["/", f"/c/{CIRCLE}", "/oauth/authorize", "/me/apps", "/developers", f"/embed/c/{CIRCLE}"],
)
async def test_no_page_is_read_from_another_site(cast, xiaolan, path):
    shown = await xiaolan.client.get(path, headers=ELSEWHERE)
    first = await xiaolan.client.options(path, headers=asks_first("GET", "authorization"))

    for answer in (shown, first):
        assert not [name for name in answer.headers if name.startswith("access-control")]
