"""T18: what holds for every answer."""

import asyncio
import re

import pytest

from tests.matrix.headers import faults
from tests.people import CIRCLE

PATHS = [
    "/",
    "/discover",
    "/signin",
    "/signup",
    f"/c/{CIRCLE}",
    f"/c/{CIRCLE}/about",
    f"/c/{CIRCLE}?before=5",
    "/c/nothing-here",
    "/nothing/at/all",
    "/healthz",
    "/readyz",
    "/assets/0/css/0-layers.css",
    "/assets/0/../../pyproject.toml",
    "/me/sessions",
]


@pytest.mark.parametrize("path", PATHS)
async def test_every_answer_has_its_headers(visitor, path):
    answer = await visitor.get(path)

    policy = answer.headers["content-security-policy"]
    if answer.headers["content-type"].startswith("text/css"):
        # Nothing runs in a sandbox, and nothing is fetched from there.
        assert policy == "default-src 'none'; sandbox"
        assert answer.headers["x-frame-options"] == "DENY"
        assert answer.headers["x-content-type-options"] == "nosniff"
        return
    assert "unsafe" not in policy
    for directive in ("default-src 'none'", "object-src 'none'", "base-uri 'none'"):
        assert directive in policy
    assert "frame-ancestors 'none'" in policy
    assert "require-trusted-types-for 'script'" in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert answer.headers["x-request-id"]
    assert "server" not in answer.headers


async def test_every_answer_has_a_nonce_of_its_own_and_its_scripts_carry_it(visitor):
    seen = set()
    for _ in range(3):
        answer = await visitor.get(f"/c/{CIRCLE}")
        nonce = re.search(r"'nonce-([^']+)'", answer.headers["content-security-policy"])
        assert nonce
        assert set(re.findall(r'nonce="([^"]+)"', answer.text)) == {nonce[1]}
        seen.add(nonce[1])

    assert len(seen) == 3


async def test_cookies_are_for_the_browser_only(visitor, xiaolan, cast):
    await visitor.get("/signin")
    token = (await visitor.get("/signin")).text.split('name="_csrf_token" value="')[1].split('"')[0]
    answer = await visitor.post(
        "/signin", data={"_csrf_token": token, "handle": "xiaolan", "password": "a-good-password"}
    )

    for cookie in answer.headers.get_list("set-cookie"):
        assert "HttpOnly" in cookie
        assert "SameSite=lax" in cookie
        assert "Path=/" in cookie
        assert "Domain" not in cookie


async def test_a_members_page_is_kept_by_nobody(xiaolan):
    answer = await xiaolan.sees(f"/c/{CIRCLE}")

    assert answer.headers["cache-control"] == "no-store"


async def test_a_visitors_page_comes_again_only_when_something_changed(
    visitor, xiaolan, cast, site
):
    first = await visitor.get(f"/c/{CIRCLE}")
    again = {"if-none-match": first.headers["etag"]}

    kept = await visitor.get(f"/c/{CIRCLE}", headers=again)
    assert kept.status_code == 304
    # The page that the browser has goes by the nonce that it came with.
    assert "content-security-policy" not in kept.headers
    written = await xiaolan.posts("新的")
    while site.hub.streams[cast.circle_id].head < written.seq:
        await asyncio.sleep(0.005)
    changed = await visitor.get(f"/c/{CIRCLE}", headers=again)
    assert changed.status_code == 200
    assert "新的" in changed.text


async def test_one_persons_page_is_never_shown_to_another(cast, visitor, xiaolan, editor):
    pages = [
        (await xiaolan.sees(f"/c/{CIRCLE}")).text,
        (await visitor.get(f"/c/{CIRCLE}")).text,
        (await editor.sees(f"/c/{CIRCLE}")).text,
        (await visitor.get(f"/c/{CIRCLE}")).text,
    ]

    assert 'data-viewer="xiaolan"' in pages[0]
    assert 'data-viewer=""' in pages[1]
    assert 'data-viewer="joyrun-editor"' in pages[2]
    assert 'data-viewer=""' in pages[3]


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "evil@127.0.0.1", ""])
async def test_another_host_is_not_ours(visitor, host):
    answer = await visitor.get("/", headers={"host": host})

    assert answer.status_code in {400, 421}


@pytest.mark.parametrize(
    "path",
    [
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "\\\\evil",
        "javascript:x",
        "/\t/x",
    ],
)
async def test_after_signing_in_people_stay_here(visitor, cast, path):
    token = (await visitor.get("/signin")).text.split('name="_csrf_token" value="')[1].split('"')[0]
    answer = await visitor.post(
        "/signin",
        data={
            "_csrf_token": token,
            "handle": "xiaolan",
            "password": "a-good-password",
            "next": path,
        },
    )

    assert answer.status_code == 303
    assert answer.headers["location"] == "/"


async def test_what_goes_wrong_is_answered_with_the_same_headers(xiaolan, visitor, monkeypatch):
    from quanzi.discovery import finding
    from quanzi.web import limits

    async def breaks(*_, **__):
        raise RuntimeError("a fault of ours")

    too_large = "x" * (130 * 1024)
    for accept in ("text/html", "application/json"):
        for htmx in ({}, {"hx-request": "true"}):
            headers = {"accept": accept, **htmx}
            token = await xiaolan.csrf()
            asked = {
                403: ("POST", "/people/settings", {"headers": headers}),
                404: ("GET", "/nowhere", {"headers": headers}),
                405: ("DELETE", "/signin", {"headers": headers}),
                413: (
                    "POST",
                    "/people/settings",
                    {"headers": {**headers, "x-csrf-token": token}, "data": {"x": too_large}},
                ),
                422: ("POST", f"/c/{CIRCLE}/posts", {"headers": headers, "data": {"body": ""}}),
            }
            for status, (method, path, more) in asked.items():
                if method == "POST" and status == 422:
                    more["data"]["_csrf_token"] = token
                answer = await xiaolan.client.request(method, path, **more)
                assert answer.status_code == status
                assert faults(answer, "xiaolan") == [], f"{status} as {headers}"
            with monkeypatch.context() as broken:
                broken.setattr(finding, "circles", breaks, raising=False)
                broken.setattr(limits, "hold", breaks)
                answer = await xiaolan.client.get("/discover?q=x", headers=headers)
                assert answer.status_code == 500
                # The page of a fault asks nothing, so it knows nobody: it has no `data-viewer`.
                assert faults(answer, "xiaolan") == [], f"500 as {headers}"
                assert "a fault of ours" not in answer.text
            with monkeypatch.context() as slow:
                slow.setattr(limits, "_early", lambda *_: _three_seconds())
                answer = await xiaolan.client.get("/discover?q=x", headers=headers)
                assert answer.status_code == 429
                assert answer.headers["retry-after"] == "4"
                assert faults(answer, "xiaolan") == [], f"429 as {headers}"


async def _three_seconds() -> float:
    return 3.2e6


async def test_asking_for_the_head_or_the_options_is_answered_with_them_too(visitor):
    for method in ("HEAD", "OPTIONS", "TRACE", "PUT"):
        for path in ("/", f"/c/{CIRCLE}", "/me/sessions", "/assets/0/css/0-layers.css"):
            answer = await visitor.request(method, path)

            assert answer.status_code < 500
            assert faults(answer) == [], f"{method} {path}"
            assert "access-control-allow-origin" not in answer.headers
