"""Going to see where a link leads never leads inside, however the way is written or bent."""

import asyncio
import gzip
import zlib

import pytest

from quanzi.outbound import getting
from quanzi.outbound.getting import fetch, plain
from quanzi.outbound.posting import NotReached, Outbound

KINDS = ("text/html",)
# As they stand in a post. Whatever `plain` makes of them, nothing is connected to.
NASTY = [
    "http://127.0.0.1/", "http://127.0.0.1:80/", "http://127.1/", "http://127.0.1/",
    "http://0/", "http://0.0.0.0/", "http://2130706433/", "http://0x7f000001/", "http://0x7f.0.0.1/",
    "http://0177.0.0.1/", "http://017700000001/", "http://127.0.0.1./", "http://localhost/",
    "http://LOCALHOST/", "http://localhost./", "http://127。0。0。1/", "http://①②⑦.⓪.⓪.①/",
    "http://１２７.０.０.１/", "http://[::1]/", "http://[::]/", "http://[0:0:0:0:0:0:0:1]/",
    "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/", "http://[::127.0.0.1]/",
    "http://[64:ff9b::7f00:1]/", "http://[2002:7f00:1::]/", "http://[fe80::1%25lo]/",
    "http://[fc00::1]/", "http://[fd00::1]/", "http://[fec0::1]/", "http://[ff02::1]/",
    "http://10.0.0.1/", "http://10.1/", "http://172.16.0.1/", "http://172.31.255.254/",
    "http://192.168.0.1/", "http://192.168.1/", "http://100.64.0.1/", "http://169.254.169.254/",
    "http://169.254.169.254/latest/meta-data/", "http://[fd00:ec2::254]/", "http://0xa9fea9fe/",
    "http://2852039166/", "http://224.0.0.1/", "http://255.255.255.255/", "http://198.18.0.1/",
    "https://127.0.0.1/", "https://localhost/", "http://127.0.0.1:8080/", "http://a.example:22/",
    "http://a.example:6379/", "http://a.example:99999/", "http://user@a.example/",
    "http://a.example@127.0.0.1/", "http://127.0.0.1#@a.example/", "http://127.0.0.1?@a.example/",
    "http://a.example\\@127.0.0.1/", "http:///127.0.0.1/", "http:127.0.0.1", "//127.0.0.1/",
    "ftp://127.0.0.1/", "file:///etc/passwd", "gopher://127.0.0.1:6379/_x", "dict://127.0.0.1/",
    "javascript:alert(1)", "data:text/html,x", "unix:///run/x.sock", "http://", "http://[::1/",
    "http://a.example/\r\nHost: b", "http://127.0.0.1\t/", "http://exa mple/", "http://..../",
    "http://xn--/", "http://" + "a" * 64 + ".example/", "http://a.example/" + "x" * 3000,
]  # fmt: skip


@pytest.fixture
def connected(monkeypatch):
    """Where a connection was opened to. Nothing of this machine's is ever reached."""
    import httpcore

    seen: list[str] = []

    async def connect(self, host, port, *_):
        seen.append(f"{host}:{port}")
        raise httpcore.ConnectError("nobody there")

    monkeypatch.setattr(httpcore.AnyIOBackend, "connect_tcp", connect)
    return seen


def test_there_are_enough_of_them():
    assert len(set(NASTY)) >= 40


@pytest.mark.parametrize("url", NASTY)
async def test_a_nasty_address_is_not_connected_to(url, connected):
    async def resolve(host, port):
        # Names that are no numbers in disguise lead inside as well.
        if host.endswith(".example"):
            return ["10.0.0.1"]
        found = await asyncio.get_running_loop().getaddrinfo(host, port)
        return [str(each[4][0]) for each in found]

    outbound = Outbound(resolve=resolve)
    for written in (url, plain(url)):
        with pytest.raises(NotReached):
            await fetch(outbound, written, KINDS, agent="x")
    await outbound.close()
    assert connected == []


@pytest.mark.parametrize("way", ["http://127.0.0.1/", "http://[::1]/", "http://169.254.169.254/x",
    "//127.0.0.1/", "http://localhost/", "file:///etc/passwd", "ftp://a.example/", "http://2130706433/",
    "http://a.example:22/", "javascript:1", "http://user@a.example/", "gopher://127.0.0.1/"])  # fmt: skip
async def test_a_page_outside_that_leads_inside_is_left_alone(linked, outbound, way):
    start = linked.leads("/start", way)

    with pytest.raises(NotReached):
        await fetch(outbound, start, KINDS, agent="x")
    assert linked.asked == ["/start"]


async def test_a_real_server_inside_is_not_reached_by_a_redirect(linked, outbound):
    from tests.links.site import LinkedSite

    inside = LinkedSite()
    await inside.start()
    secret = inside.page("/secret", "<title>geheim</title>")
    start = linked.leads("/start", secret)

    with pytest.raises(NotReached):
        await fetch(outbound, start, KINDS, agent="x")
    await inside.stop()
    assert linked.asked == ["/start"]
    assert inside.asked == []


async def test_a_name_that_answers_otherwise_the_second_time_gains_nothing(connected):
    answers = iter([["93.184.216.34"], ["127.0.0.1"]])

    async def resolve(host, port):
        return next(answers)

    outbound = Outbound(resolve=resolve)
    with pytest.raises(NotReached):
        await fetch(outbound, "http://rebinds.example/", KINDS, agent="x")
    with pytest.raises(NotReached, match="not an address outside"):
        await fetch(outbound, "http://rebinds.example/", KINDS, agent="x")
    await outbound.close()
    assert connected == ["93.184.216.34:80"]


async def test_three_redirects_are_followed_and_no_fourth(linked, outbound):
    linked.page("/0", "<title>da</title>")
    for n in range(1, 5):
        linked.leads(f"/{n}", f"/{n - 1}", 301 + n % 3)

    found = await fetch(outbound, linked.url + "/3", KINDS, agent="x")
    assert found.url == linked.url + "/0"
    with pytest.raises(NotReached, match="too many"):
        await fetch(outbound, linked.url + "/4", KINDS, agent="x")


async def test_nobody_is_told_who_looks_and_no_cookie_comes_back(linked, outbound):
    linked.page("/b", "x")
    start = linked.page("/a", "", 302, location="/b", set_cookie="id=1")

    await fetch(outbound, start, KINDS, agent="QuanziLinkPreview/1.0")

    for request in linked.requests:
        assert "cookie" not in request.lower()
        assert "referer" not in request.lower()
        assert "user-agent: QuanziLinkPreview/1.0" in request
        assert "accept-encoding: identity" in request


async def test_of_a_page_without_end_only_the_beginning_is_read(linked, outbound):
    async def endless(writer):
        writer.write(b"HTTP/1.1 200 X\r\ncontent-type: text/html\r\n\r\n<title>x</title>")
        while True:
            writer.write(b"x" * 65536)
            await writer.drain()
            linked.written += 65536

    linked.pages["/endless"] = endless
    found = await fetch(outbound, linked.url + "/endless", KINDS, agent="x")
    assert found.cut
    assert len(found.body) == getting.MOST_READ
    # What lay in the pipe when we hung up, and no more.
    assert linked.written < 32 * getting.MOST_READ


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
async def test_a_bomb_is_unpacked_no_further_than_it_is_read(linked, outbound, encoding):
    plainly = b"<title>x</title>" + b"\0" * (200 * 2**20)
    packed = gzip.compress(plainly) if encoding == "gzip" else zlib.compress(plainly)
    start = linked.page("/bomb", packed[: 400 * 1024], content_encoding=encoding)

    found = await fetch(outbound, start, KINDS, agent="x")

    assert len(found.body) == getting.MOST_READ
    assert found.cut


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip", "gzip"])
async def test_what_is_packed_in_a_way_of_its_own_is_left_alone(linked, outbound, encoding):
    start = linked.page("/odd", b"not packed at all", content_encoding=encoding)

    with pytest.raises(NotReached, match="packed"):
        await fetch(outbound, start, KINDS, agent="x")


@pytest.mark.parametrize(
    "kind", ["application/pdf", "image/png", "text/plain", "", "text/htmlx", "application/json"]
)
async def test_only_pages_are_read(linked, outbound, kind):
    start = linked.page("/other", "<title>x</title>", content_type=kind)

    with pytest.raises(NotReached):
        await fetch(outbound, start, KINDS, agent="x")


async def test_who_drips_is_not_waited_for(linked, outbound, monkeypatch):
    monkeypatch.setattr(getting, "SECONDS", 0.3)

    async def drips(writer):
        writer.write(b"HTTP/1.1 200 X\r\ncontent-type: text/html\r\n\r\n")
        while True:
            writer.write(b"x")
            await writer.drain()
            await asyncio.sleep(0.05)

    linked.pages["/drips"] = drips
    with pytest.raises(NotReached, match="too slow"):
        await fetch(outbound, linked.url + "/drips", KINDS, agent="x")


@pytest.mark.parametrize("status", [204, 400, 401, 403, 404, 429, 500, 503])
async def test_what_is_not_there_is_not_there(linked, outbound, status):
    start = linked.page("/gone", "<title>x</title>", status)

    with pytest.raises(NotReached):
        await fetch(outbound, start, KINDS, agent="x")


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("https://例子.测试/路径?问=答#尾", "https://xn--fsqu00a.xn--0zwm56d/%E8%B7%AF%E5%BE%84?%E9%97%AE=%E7%AD%94"),
        ("http://a.example", "http://a.example/"),
        ("HTTP://A.Example/%E8?a=%20b", "http://a.example/%E8?a=%20b"),
        ("https://a.example:443/x", "https://a.example:443/x"),
    ],
)  # fmt: skip
def test_an_address_is_sent_in_ascii(written, sent):
    assert plain(written) == sent
