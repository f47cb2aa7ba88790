"""Looking at a page that somebody linked to, as a polite stranger: no cookies, little, and not for long.

Each redirect is an address that somebody gave us, and is looked at like the first.
"""

import asyncio
import zlib
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

from quanzi.outbound.posting import NotReached, Outbound

MOST_READ = 512 * 1024
SECONDS = 5.0
MOST_REDIRECTS = 3
REDIRECTS = frozenset({301, 302, 303, 307, 308})
OK = 200
# What may stand in an address as it is, and the sign of what is escaped.
PUNCTUATION = "/:?@!$&'()*+,;=~%-._[]"


@dataclass(frozen=True, slots=True)
class Found:
    """`url`: where it was found in the end. `kind`: its content type without parameters. `cut`: only
    its beginning was read.
    """

    url: str
    kind: str
    charset: str
    body: bytes
    cut: bool


def plain(url: str) -> str:
    """An address as it is sent: in ASCII, without what stands behind #. '' for what is none."""
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname or "", parts.port
        name = host if host.isascii() else host.encode("idna").decode()
    except (ValueError, UnicodeError):
        return ""
    if parts.scheme not in {"http", "https"} or not name or "@" in parts.netloc:
        return ""
    netloc = (f"[{name}]" if ":" in name else name) + (f":{port}" if port is not None else "")
    query = "?" + quote(parts.query, safe=PUNCTUATION) if parts.query else ""
    return f"{parts.scheme}://{netloc}{quote(parts.path or '/', safe=PUNCTUATION)}{query}"


async def fetch(outbound: Outbound, url: str, kinds: Collection[str], *, agent: str) -> Found:
    """What stands there, if it is of one of these kinds. Raises NotReached, whatever the reason."""
    try:
        async with asyncio.timeout(SECONDS):
            return await _follow(outbound, url, kinds, agent)
    except TimeoutError:
        raise NotReached("too slow") from None


async def _follow(outbound: Outbound, url: str, kinds: Collection[str], agent: str) -> Found:
    headers = {"user-agent": agent, "accept": ", ".join([*kinds, "*/*;q=0.1"])}
    for _ in range(MOST_REDIRECTS + 1):
        answer = await outbound.get(url, headers, most=MOST_READ)
        if answer.status in REDIRECTS and "location" in answer.headers:
            url = _next(url, answer.headers["location"])
            continue
        if answer.status != OK:
            raise NotReached(f"answered {answer.status}")
        kind, charset = _kind(answer.headers.get("content-type", ""))
        if kind not in kinds:
            raise NotReached(f"is {kind or 'nothing that it says'}")
        body = _unpacked(answer.body, answer.headers.get("content-encoding", ""))
        cut = answer.cut or len(body) > MOST_READ
        return Found(url, kind, charset, body[:MOST_READ], cut)
    raise NotReached("too many redirects")


def _next(url: str, location: str) -> str:
    """Headers are latin-1 on the way; who writes Chinese into them means UTF-8."""
    with suppress(UnicodeError):
        location = location.encode("latin-1").decode()
    try:
        there = plain(urljoin(url, location))
    except ValueError:
        there = ""
    if not there:
        raise NotReached("a redirect to nowhere")
    return there


def _kind(content_type: str) -> tuple[str, str]:
    kind, _, parameters = content_type.partition(";")
    charset = next(
        (
            value.strip().strip("\"'").lower()
            for name, _, value in (each.partition("=") for each in parameters.split(";"))
            if name.strip().lower() == "charset"
        ),
        "",
    )
    return kind.strip().lower(), charset


def _unpacked(body: bytes, encoding: str) -> bytes:
    """Some pack what was asked for plain. What unpacks to more is only unpacked so far."""
    encoding = encoding.strip().lower()
    if encoding in {"", "identity"}:
        return body
    if encoding not in {"gzip", "x-gzip", "deflate"}:
        raise NotReached(f"packed as {encoding[:20]}")
    try:
        # 32: it says itself which of the two it is.
        return zlib.decompressobj(32 + zlib.MAX_WBITS).decompress(body, MOST_READ + 1)
    except zlib.error as why:
        raise NotReached("packed wrongly") from why
