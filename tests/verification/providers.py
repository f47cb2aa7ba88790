"""A real OpenID Connect provider on loopback, in a process of its own, and walking through it."""

import asyncio
import html
import json
import re
import sys
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

import httpx

from quanzi.settings import OpenId
from tests.faults.harness import free_port

USERS = [
    {"sub": "anna", "nickname": "安娜", "real_name": {"verified": True}, "birthdate": "1990-03-07",
     "id_number": "99999919900307001X"},
    {"sub": "twin", "nickname": "又一个安娜", "real_name": {"verified": True},
     "birthdate": "1990-03-07", "id_number": "99999919900307001x"},
    {"sub": "nameless", "nickname": "没实名", "real_name": {"verified": False}},
    {"sub": "silent", "nickname": "什么也没说"},
    {"sub": "words", "nickname": "写成字的", "real_name": {"verified": "true"}},
    {"sub": "child", "nickname": "小朋友", "real_name": {"verified": True},
     "birthdate": "2020-01-01"},
]  # fmt: skip


@asynccontextmanager
async def provider():
    port = free_port()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port),
        "--require-nonce", "true",
        *(part for user in USERS for part in ("--user-claims", json.dumps(user))),
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    issuer = f"http://127.0.0.1:{port}"
    async with httpx.AsyncClient(verify=False) as client:
        for _ in range(200):
            try:
                await client.get(issuer + "/.well-known/openid-configuration")
                break
            except httpx.HTTPError:
                await asyncio.sleep(0.05)
    try:
        yield (
            OpenId(issuer, "quanzi", "a-secret", "测试账号", "real_name.verified", "id_number"),
            process,
        )
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def there(address: str, sub: str) -> str:
    """At the provider: sign in as this person. The address that it leads back to."""
    async with httpx.AsyncClient(verify=False) as client:
        answer = await client.post(address, data={"sub": sub})
    return answer.headers["location"]


async def walks(browser: httpx.AsyncClient, sub: str, query: str = "") -> httpx.Response:
    """From the site to the provider and back; what the site shows then."""
    gone = await browser.get(f"/signin/openid{query}")
    assert gone.status_code == 303, gone.text
    back = urlsplit(await there(gone.headers["location"], sub))
    return await browser.get(f"{back.path}?{back.query}")


def ticket(shown: httpx.Response) -> str:
    found = re.search(r'name="ticket" value="([^"]+)"', shown.text)
    assert found, shown.text
    return html.unescape(found[1])


async def goes_on(browser: httpx.AsyncClient, shown: httpx.Response, **fields) -> httpx.Response:
    token = re.search(r'name="_csrf_token" value="([^"]+)"', shown.text)
    assert token
    return await browser.post(
        "/signin/openid/go-on",
        data={"_csrf_token": token[1], "ticket": ticket(shown), **fields},
    )
