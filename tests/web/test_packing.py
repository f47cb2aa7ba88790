"""Pages and files are packed for who unpacks them, and whole for who does not."""

import gzip

import httpx
import pytest

from quanzi.web.assets import asset
from tests.people import CIRCLE


async def raw(visitor, path: str, accepts: str) -> tuple[httpx.Response, bytes]:
    async with visitor.stream("GET", path, headers={"accept-encoding": accepts}) as answer:
        return answer, b"".join([part async for part in answer.aiter_raw()])


@pytest.mark.parametrize("path", [f"/c/{CIRCLE}", asset("quanzi.css"), asset("js/live.js")])
async def test_it_arrives_as_it_was_and_much_smaller(cast, visitor, path):
    whole, plain = await raw(visitor, path, "identity")
    packed, wire = await raw(visitor, path, "br, gzip")

    assert "content-encoding" not in whole.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["vary"] and "Accept-Encoding" in whole.headers["vary"]
    assert len(wire) == int(packed.headers["content-length"]) < len(plain) / 2
    if path.startswith("/assets/"):
        assert gzip.decompress(wire) == plain
    else:
        assert gzip.decompress(wire).decode().rstrip().endswith("</html>")


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
