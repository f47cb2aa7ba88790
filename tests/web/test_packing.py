"""Pages and files are packed for who unpacks them, and whole for who does not."""

import gzip
import re

import httpx
import pytest

from quanzi.web.assets import asset
from tests.people import CIRCLE


async def raw(visitor, path: str, accepts: str) -> tuple[httpx.Response, bytes]:
    async with visitor.stream("GET", path, headers={"accept-encoding": accepts}) as answer:
        return answer, b"".join([part async for part in answer.aiter_raw()])


@pytest.mark.parametrize("path", ["/terms", asset("quanzi.css"), asset("js/live.js")])
async def test_it_arrives_as_it_was_and_much_smaller(cast, visitor, path):
    whole, plain = await raw(visitor, path, "identity")
    packed, wire = await raw(visitor, path, "br, gzip")

    assert "content-encoding" not in whole.headers
    assert packed.headers["content-encoding"] == "gzip"
    for answer in (packed, whole):
        assert "Accept-Encoding" in answer.headers["vary"]
    assert len(wire) == int(packed.headers["content-length"]) < len(plain) * 0.6
    if path.startswith("/assets/"):
        assert gzip.decompress(wire) == plain
    else:
        assert gzip.decompress(wire).decode().rstrip().endswith("</html>")


async def test_the_page_that_all_visitors_share_is_packed_once_and_has_each_its_own_nonce(
    visitor, xiaolan
):
    for number in range(20):
        await xiaolan.posts(f"第 {number} 篇：沿着江边一直跑，过了桥再回来。")
    _, plain = await raw(visitor, f"/c/{CIRCLE}", "identity")
    seen = set()
    for _ in range(2):
        answer, wire = await raw(visitor, f"/c/{CIRCLE}", "gzip")
        assert len(wire) < len(plain) / 3
        nonce = re.search(r"nonce-([\w-]+)", answer.headers["content-security-policy"])
        assert nonce
        seen.add(nonce[1])
        body = gzip.decompress(wire).decode()
        assert re.sub(r'nonce="[\w-]+"', "", body) == re.sub(r'nonce="[\w-]+"', "", plain.decode())
        assert set(re.findall(r'\snonce="([\w-]+)"', body)) == {nonce[1]}
    assert len(seen) == 2


@pytest.mark.parametrize("accepts", ["", "identity", "br", "gzip;q=0", "deflate, gzip; q=0.0"])
async def test_who_does_not_unpack_gets_it_whole(cast, visitor, accepts):
    answer, body = await raw(visitor, "/signin", accepts)
    assert "content-encoding" not in answer.headers
    assert body.rstrip().endswith(b"</html>")


async def test_its_length_tells_nothing_of_what_is_secret_in_it(cast, visitor):
    """T: BREACH. The same page is another length each time, by more than a good guess would save."""
    lengths = {len((await raw(visitor, "/terms", "gzip"))[1]) for _ in range(30)}
    assert len(lengths) > 10
    assert max(lengths) - min(lengths) > 40
