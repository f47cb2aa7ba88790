"""T18: hosts, paths and ways on that somebody else would like us to take."""

import asyncio
import re

import pytest

from quanzi.web import forms
from quanzi.web.i18n import best_of
from tests.people import CIRCLE

EVIL = "evil.example"

RAW_HEADS = {
    "no host": "GET / HTTP/1.0\r\n\r\n",
    "no host but a forwarded one": f"GET / HTTP/1.0\r\nX-Forwarded-Host: {EVIL}\r\n\r\n",
    "no host but a forwarded one of ours": "GET / HTTP/1.0\r\nX-Forwarded-Host: 127.0.0.1\r\n\r\n",
    "an empty host": "GET / HTTP/1.1\r\nHost:\r\n\r\n",
    "another host": f"GET / HTTP/1.1\r\nHost: {EVIL}\r\n\r\n",
    "two hosts": f"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: {EVIL}\r\n\r\n",
    "two hosts, ours last": f"GET / HTTP/1.1\r\nHost: {EVIL}\r\nHost: 127.0.0.1\r\n\r\n",
    "a list of hosts": f"GET / HTTP/1.1\r\nHost: 127.0.0.1, {EVIL}\r\n\r\n",
    "a user before the host": f"GET / HTTP/1.1\r\nHost: 127.0.0.1@{EVIL}\r\n\r\n",
    "a host that begins as ours": f"GET / HTTP/1.1\r\nHost: 127.0.0.1.{EVIL}\r\n\r\n",
    "a host with another letter for the dot": "GET / HTTP/1.1\r\nHost: 127x0x0x1\r\n\r\n",
    "a whole address": f"GET http://{EVIL}/ HTTP/1.1\r\nHost: {EVIL}\r\n\r\n",
}


@pytest.mark.parametrize("head", RAW_HEADS.values(), ids=RAW_HEADS)
async def test_who_asks_for_another_host_gets_no_page_of_ours(cast, head):
    answer = await raw(cast.url, head)

    assert re.match(rb"HTTP/1\.[01] (400|421) ", answer), answer[:100]
    assert EVIL.encode() not in answer
    assert b"<html" not in answer


FORWARDED = {
    "x-forwarded-host": EVIL,
    "x-forwarded-proto": "https",
    "x-forwarded-server": EVIL,
    "x-forwarded-prefix": "//" + EVIL,
    "x-original-url": "/admin/log",
    "x-rewrite-url": "/admin/log",
    "x-http-method-override": "DELETE",
    "forwarded": f"for=1.2.3.4;host={EVIL};proto=https",
    "x-host": EVIL,
    "origin": f"https://{EVIL}",
    "referer": f"https://{EVIL}/",
}


@pytest.mark.parametrize("name", FORWARDED)
async def test_no_header_moves_our_links_to_another_site(visitor, name):
    for path in ("/", f"/c/{CIRCLE}", "/me/sessions", "/nothing/here", "/signin"):
        plain = await visitor.get(path)
        answer = await visitor.get(path, headers={name: FORWARDED[name]})

        assert answer.status_code == plain.status_code
        assert EVIL not in answer.text + str(answer.headers)


def forms_of_a_path() -> list[str]:
    """Ways out of a folder, as Litestar's CVE-2024-32982 and its kin took them."""
    ups = ["../", "..%2f", "..%2F", "%2e%2e/", "%2e%2e%2f", "..\\", "..%5c", "%252e%252e%252f",
           "..%252f", "%c0%ae%c0%ae/", "..%c0%af", "....//", "..;/", "%2e./", ".%2e/",
           "..%00/", "%00../", "．．/", "%u002e%u002e/", "..%ef%bc%8f"]  # fmt: skip
    ends = [
        "pyproject.toml",
        "src/quanzi/settings.py",
        "etc/passwd%00.css",
        "var/secret",
        ".git/config",
    ]
    heads = ["/assets/0/", "/assets/0/css/"]
    return [head + up * n + end for head in heads for up in ups for n, end in enumerate(ends, 1)]


async def test_two_hundred_ways_lead_to_no_file_outside(cast):
    paths = forms_of_a_path()
    assert len(paths) >= 200
    for path in paths:
        answer = await raw(cast.url, f"GET {path} HTTP/1.1\r\nHost: {host(cast)}\r\n\r\n")

        assert re.match(rb"HTTP/1\.1 (400|404) ", answer), path
        for secret in (b"[build-system]", b"WrongSetting", b"root:", b"[core]"):
            assert secret not in answer, path


ABSOLUTE = ["/etc/passwd", "//etc/passwd", "/proc/self/environ", "C:/x", "file:///etc/passwd"]


@pytest.mark.parametrize("path", ABSOLUTE)
async def test_an_asset_is_one_of_those_that_were_there_at_the_start(visitor, path):
    assert (await visitor.get(f"/assets/0/{path}")).status_code == 404


STAYS = ["/", "/c/night-run", "/c/night-run?before=5&x=%5C", "/m/a#b", "/c/圈/topics/夜跑",
         "/discover?q=//evil.example", "/discover?q=https://evil.example", "/a/"]  # fmt: skip
LEAVES = [
    "",
    f"//{EVIL}",
    f"///{EVIL}",
    f"/\\{EVIL}",
    f"\\/{EVIL}",
    f"\\\\{EVIL}",
    f"/%2f/{EVIL}",
    f"/%2f{EVIL}",
    f"/%2F%2F{EVIL}",
    f"/%5c{EVIL}",
    f"/%252f{EVIL}",
    f"/%255c{EVIL}",
    f"/.//{EVIL}",
    f"/..//{EVIL}",
    f"/a/..//{EVIL}",
    f"/x//{EVIL}",
    f"https:{EVIL}",
    f"https:/{EVIL}",
    f"https://{EVIL}",
    f"HTTPS://{EVIL}",
    f"//{EVIL}/%2f..",
    f"/\t/{EVIL}",
    f"/\n/{EVIL}",
    f"/\r\nLocation: https://{EVIL}",
    f"/%0d%0aLocation:%20https://{EVIL}",
    f" //{EVIL}",
    f"\u2028//{EVIL}",
    f"//{EVIL}@127.0.0.1",
    f"127.0.0.1@{EVIL}",
    f"//[::1].{EVIL}",
    "//[",
    "javascript:alert(1)",
    "java\tscript:alert(1)",
    "data:text/html,x",
    f".{EVIL}",
    f"@{EVIL}",
    "c/night-run",
    "?next=x",
    "#x",
    "/\x00",
    "/%00",
]


@pytest.mark.parametrize("path", STAYS)
def test_a_path_of_ours_is_followed(path):
    assert forms.local(path) == path


@pytest.mark.parametrize("path", LEAVES)
def test_a_way_to_elsewhere_is_not(path):
    assert forms.local(path) == "/"


@pytest.mark.parametrize("path", [f"//{EVIL}", f"/%2f/{EVIL}", f"https:{EVIL}", f"/\\{EVIL}"])
@pytest.mark.parametrize("form", ["/m/joyrun-owner/unfollow", "/me/verification/openid", "/signin"])
async def test_no_form_leads_elsewhere(xiaolan, form, path):
    fields = {"handle": "xiaolan", "password": "a-good-password"} if form == "/signin" else {}
    answer = await xiaolan.sends(form, next=path, **fields)

    assert answer.status_code == 303
    assert EVIL not in answer.headers["location"]


async def test_a_way_on_with_chinese_in_it_is_no_fault(xiaolan):
    answer = await xiaolan.sends(
        "/signin", handle="xiaolan", password="a-good-password", next="/c/圈/topics/夜 跑?a=1&b=%20"
    )

    assert answer.status_code == 303
    assert answer.headers["location"] == ("/c/%E5%9C%88/topics/%E5%A4%9C%20%E8%B7%91?a=1&b=%20")


@pytest.mark.parametrize(
    "wanted",
    ["bytes=" + ",".join(f"{n}-{n}" for n in range(10_000)), "bytes=" + "0-" + ",0-" * 9_999,
     "bytes=-1," * 5_000, "bytes=18446744073709551616-", "bytes=9-1", "bytes=" + "9" * 60_000],
    ids=["ten thousand", "overlapping", "from the end", "2^64", "backwards", "long"],
)  # fmt: skip
async def test_ten_thousand_ranges_take_no_time(cast, visitor, wanted):
    from quanzi.web.assets import asset

    loop = asyncio.get_running_loop()
    plain = await visitor.get(asset("quanzi.css"))
    fastest = 1.0
    for _ in range(3):
        began = loop.time()
        answer = await visitor.get(asset("quanzi.css"), headers={"range": wanted})
        fastest = min(fastest, loop.time() - began)

        assert answer.status_code in {200, 206, 400, 416, 431}
        assert len(answer.content) <= len(plain.content)
    assert fastest < 0.5


def test_what_browsers_wish_for_fills_no_memory():
    for number in range(3000):
        best_of(f"x-{number}")

    assert best_of.cache_info().currsize <= 1000


def host(cast) -> str:
    return cast.url.removeprefix("http://")


async def raw(url: str, head: str) -> bytes:
    reader, writer = await asyncio.open_connection(*url.removeprefix("http://").split(":"))
    writer.write(head.replace("HTTP/1.1\r\n", "HTTP/1.1\r\nConnection: close\r\n").encode())
    try:
        async with asyncio.timeout(10):
            return await reader.read(200_000)
    finally:
        writer.close()
