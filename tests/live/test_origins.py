"""T19: a page of another site opens no live connection, whoever's cookies its browser sends along."""

from dataclasses import replace

import pytest
from websockets.exceptions import InvalidStatus

from quanzi.app import create_app
from quanzi.settings import settings
from quanzi.web import front, origins
from quanzi.web.front import Front
from tests.live.test_socket import live
from tests.people import CIRCLE

LIVE = sorted(
    route.path_format.replace("{circle}", CIRCLE)
    for route in create_app().routes
    if not hasattr(route, "route_handlers")
)

# `{host}` is the site's own, with its port.
FOREIGN = [
    "https://evil.example",
    "null",
    "",
    None,
    "*",
    "http://sub.127.0.0.1",
    "http://127.0.0.1",
    "http://127.0.0.1:1",
    "http://localhost:{port}",
    "http://[::1]:{port}",
    "http://127.0.0.1.evil.example",
    "http://{host}.evil.example",
    "HTTP://127.0.0.1.EVIL.EXAMPLE",
    "HTTP://{host}",
    "http://127-0-0-1",
    "http://127x0x0x1:{port}",
    "https://{host}",
    "ws://{host}",
    "//{host}",
    "{host}",
    "http://evil@{host}",
    "http://{host}@evil.example",
    "http://{host}/",
    "http://{host}/#https://evil.example",
    "http://{host}.",
    "http://{host} https://evil.example",
    "https://evil.example http://{host}",
    "http://{host},https://evil.example",
    "file://",
    "chrome-extension://abcdefghijklmnop",
]


def test_the_live_doors_are_known():
    assert set(LIVE) == {f"/c/{CIRCLE}/live", "/live"}


@pytest.mark.parametrize("path", LIVE)
@pytest.mark.parametrize("origin", FOREIGN)
async def test_a_page_of_another_site_hears_nothing(site, origin, path):
    """Refused at the handshake, before a session or a circle is looked at: there is none here."""
    host = site.url.removeprefix("http://")
    given = origin.format(host=host, port=host.partition(":")[2]) if origin is not None else None

    with pytest.raises(InvalidStatus) as refused:
        async with live(site, path, token="x", origin=given):
            pass

    assert refused.value.response.status_code == 403


@pytest.mark.parametrize("path", LIVE)
async def test_a_page_of_another_site_with_her_cookie_is_refused_like_any(cast, xiaolan, path):
    for origin in ("https://evil.example", None):
        with pytest.raises(InvalidStatus) as refused:
            async with live(cast, path, token=xiaolan.token, origin=origin):
                pass
        assert refused.value.response.status_code == 403


PUBLIC = "https://quanzi.example"
FOREIGN_TO_PUBLIC = [
    "http://quanzi.example",
    "https://quanziXexample",
    "https://quanzi.example.evil",
    "https://quanzi.example.evil.example",
    "https://sub.quanzi.example",
    "https://evilquanzi.example",
    "https://example",
    "https://quanzi.example:443",
    "https://quanzi.example:8443",
    "https://QUANZI.EXAMPLE",
    "https://quanzi.example.",
    "https://quanzi.example/",
    "https://quanzi.example\t",
    "https://quanzi.example%00",
    "https://quanzi。example",
    "wss://quanzi.example",
    "https://127.0.0.1",
    "http://localhost",
    "null",
    "",
    None,
]


@pytest.fixture
def public(monkeypatch):
    """Of a site with a public address: its outermost layer, and who gets through it."""
    told = replace(settings(), url=PUBLIC)
    for module in (front, origins):
        monkeypatch.setattr(module, "settings", lambda: told)
    through: list[str] = []

    async def inside(scope, receive, send) -> None:
        through.append(scope["path"])

    async def knocks(origin: str | None, host: str = "quanzi.example") -> list[str]:
        said: list[str] = []
        headers = [(b"host", host.encode()), (b"cookie", b"__Host-quanzi=x")]
        if origin is not None:
            headers.append((b"origin", origin.encode()))

        async def receive():
            return {"type": "websocket.connect"}

        async def send(message) -> None:
            said.append(message["type"])

        scope = {"type": "websocket", "scheme": "wss", "path": "/live", "headers": headers}
        await Front(inside)(scope, receive, send)
        return said

    knocks.through = through
    return knocks


@pytest.mark.parametrize("origin", FOREIGN_TO_PUBLIC)
async def test_of_a_public_site_only_the_one_origin_that_is_written_down_comes_in(public, origin):
    assert await public(origin) == ["websocket.close"]
    assert public.through == []


async def test_the_one_origin_comes_in_and_another_host_does_not(public):
    assert await public(PUBLIC) == []
    assert public.through == ["/live"]
    assert await public(PUBLIC, host="evil.example") == ["websocket.close"]
    assert public.through == ["/live"]
