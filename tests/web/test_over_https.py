"""T18 on https: a site with a public address. In a process of its own, since settings are read once."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from quanzi.settings import settings

ROOT = Path(__file__).resolve().parents[2]
PUBLIC = "https://quanzi.example"

# Speaks ASGI to the whole site, as the proxy with TLS would, and prints what came.
PROGRAM = """
import asyncio, json, re, sys
import httpx
from quanzi.app import create_app
from quanzi.web.front import Front

async def main():
    app = create_app()
    async with app.lifespan():
        transport = httpx.ASGITransport(Front(app), raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="https://quanzi.example",
                                     verify=False) as client:
            found = {}
            async def ask(name, method, path, **more):
                answer = await client.request(method, path, **more)
                found[name] = {"status": answer.status_code,
                               "headers": [list(each) for each in answer.headers.multi_items()],
                               "path": path}
                return answer
            page = await ask("sign-up", "GET", "/signup?lang=en")
            token = page.text.split('name="_csrf_token" value="')[1].split('"')[0]
            fields = {"handle": "https-person", "name": "x", "password": "a-long-password-9",
                      "_csrf_token": token}
            here = {"origin": "https://quanzi.example"}
            await ask("another origin", "POST", "/signup", data=fields,
                      headers={"origin": "http://quanzi.example"})
            await ask("signed up", "POST", "/signup", data=fields, headers=here)
            home = await ask("home", "GET", "/")
            token = re.search(r'data-csrf="(\\w+)"', home.text)[1]
            await ask("not found", "GET", "/nowhere")
            await ask("wrong method", "PUT", "/")
            await ask("other host", "GET", "/", headers={"host": "evil.example"})
            await ask("dots are dots", "GET", "/", headers={"host": "quanziXexample"})
            await ask("left", "POST", "/signout", data={"_csrf_token": token}, headers=here)
            print(json.dumps(found))

asyncio.run(main())
"""


@pytest.fixture
async def answers(database) -> dict:
    env = os.environ | {"QUANZI_URL": PUBLIC, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
    env["QUANZI_VAR"] = str(settings().var)
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], env=env, capture_output=True, text=True, check=False,
        timeout=60, cwd=ROOT,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


async def test_on_https_every_answer_says_https_only_and_every_cookie_is_bound_to_the_host(answers):
    for what, answer in answers.items():
        headers = [(name, value) for name, value in answer["headers"]]
        said = dict(headers)
        assert said["strict-transport-security"] == "max-age=31536000; includeSubDomains", what
        assert said["cache-control"] == "no-store", what
        assert "unsafe" not in said["content-security-policy"]
        for name, cookie in headers:
            if name == "set-cookie":
                flags = {each.strip().lower() for each in cookie.split(";")}
                assert cookie.startswith("__Host-"), what
                assert {"secure", "httponly", "samesite=lax", "path=/"} <= flags, what
                assert "domain" not in cookie.lower()
    cookies = {
        value.split("=")[0]
        for answer in answers.values()
        for name, value in answer["headers"]
        if name == "set-cookie"
    }
    assert cookies == {"__Host-quanzi", "__Host-quanzi-form", "__Host-quanzi-language"}


async def test_on_https_the_configured_host_and_origin_alone_are_ours(answers):
    assert {what: answer["status"] for what, answer in answers.items()} == {
        "sign-up": 200,
        "another origin": 403,
        "signed up": 303,
        "home": 200,
        "not found": 404,
        "wrong method": 405,
        "other host": 421,
        "dots are dots": 421,
        "left": 303,
    }
