"""One request to an address that somebody gave us: a POST, or a GET of a page (`getting.py`).

What is posted goes by HTTPS on port 443 only. The name is looked up once, every address it has must lie outside, and the
connection goes to the very one that was looked at, with the name kept for the certificate: a name
that answers otherwise the second time gains nothing. No redirect is followed, no proxy is taken from
the environment, and of the answer no more is read than `MOST_READ`.
"""

import asyncio
import socket
import ssl
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpcore

from quanzi.outbound.addresses import is_outside

MOST_READ = 64 * 1024
SECONDS = 20.0
CONNECT_SECONDS = 5.0
LONGEST_ADDRESS = 2000

Resolve = Callable[[str, int], Awaitable[list[str]]]


class NotReached(Exception):
    """It was not delivered: no such name, no connection, too slow, too much, or not let out."""


@dataclass(frozen=True, slots=True)
class Answer:
    """`cut`: there was more of it than was read."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    cut: bool = False


async def looked_up(host: str, port: int) -> list[str]:
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(each[4][0]) for each in found]


def refusal(url: str) -> str:
    """Why nothing is ever sent there, as far as the address itself tells; '' if it may be."""
    if len(url) > LONGEST_ADDRESS:
        return "too long"
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return "no address"
    if parts.scheme != "https" or not parts.hostname or not url.isascii():
        return "no https address"
    if parts.username is not None or parts.password is not None or port not in {None, 443}:
        return "a user or a port"
    return ""


def page_refusal(url: str) -> str:
    """As `refusal`, for a page to look at: also by plain HTTP, and on either of the two ports."""
    if len(url) > LONGEST_ADDRESS:
        return "too long"
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return "no address"
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return "no web address"
    if not (url.isascii() and url.isprintable()) or " " in url or "\\" in url:
        return "no address"
    if parts.username is not None or parts.password is not None or port not in {None, 80, 443}:
        return "a user or a port"
    return ""


class Outbound:
    """`trusted`: for tests, which speak to a server of their own; the site gives none."""

    def __init__(
        self,
        *,
        resolve: Resolve = looked_up,
        trusted: frozenset[str] = frozenset(),
        context: ssl.SSLContext | None = None,
    ) -> None:
        self._trusted = trusted
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=context or ssl.create_default_context(),
            network_backend=_Outside(resolve, trusted),
            max_connections=40,
            max_keepalive_connections=20,
            keepalive_expiry=30,
        )

    def refuses(self, url: str) -> str:
        """Why nothing is ever posted there, as far as the address itself tells; '' if it may be."""
        return "" if self._is_trusted(url) else refusal(url)

    async def post(
        self,
        url: str,
        headers: Mapping[str, str],
        body: bytes,
        *,
        seconds: float = SECONDS,
        whole: bool = True,
    ) -> Answer:
        """`whole`: False for who only wants to know the status, however long the answer goes on.
        Raises NotReached.
        """
        if wrong := self.refuses(url):
            raise NotReached(wrong)
        with _told():
            async with asyncio.timeout(seconds):
                answer = await self._ask("POST", url, headers, body, MOST_READ)
        if whole and answer.cut:
            raise NotReached("too long an answer")
        return answer

    async def get(self, url: str, headers: Mapping[str, str], *, most: int) -> Answer:
        """Of a longer answer its first `most` bytes. In the caller's own time. Raises NotReached."""
        wrong = "" if self._is_trusted(url) else page_refusal(url)
        if wrong:
            raise NotReached(wrong)
        with _told():
            return await self._ask("GET", url, headers, None, most)

    async def close(self) -> None:
        await self._pool.aclose()

    async def _ask(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes | None, most: int
    ) -> Answer:
        async with self._pool.stream(
            method,
            url,
            headers=[*headers.items(), ("accept-encoding", "identity")],
            content=body,
            extensions={"timeout": {"connect": CONNECT_SECONDS, "read": SECONDS}},
        ) as response:
            read = bytearray()
            async for piece in response.aiter_stream():
                read += piece
                if len(read) > most:
                    break
            found = {key.decode("latin-1").lower(): value.decode("latin-1")
                     for key, value in response.headers}  # fmt: skip
            return Answer(response.status, found, bytes(read[:most]), len(read) > most)

    def _is_trusted(self, url: str) -> bool:
        try:
            return urlsplit(url).netloc in self._trusted
        except ValueError:
            return False


@contextmanager
def _told() -> Iterator[None]:
    """Whatever goes wrong on the way is one thing to who asked."""
    try:
        yield
    except TimeoutError:
        raise NotReached("too slow") from None
    except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException) as why:
        raise NotReached(str(why) or type(why).__name__) from why
    except (OSError, ssl.SSLError, UnicodeError) as why:
        raise NotReached(str(why)) from why


class _Outside(httpcore.AsyncNetworkBackend):
    """Connects to what was looked at, and to nothing inside."""

    def __init__(self, resolve: Resolve, trusted: frozenset[str]) -> None:
        self._resolve = resolve
        self._trusted = trusted
        self._real = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the shape is httpcore's
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        if f"{host}:{port}" in self._trusted:
            address = host
        else:
            found = await self._resolve(host, port)
            if not found or not all(is_outside(each) for each in found):
                raise httpcore.ConnectError("not an address outside")
            address = found[0]
        return await self._real.connect_tcp(address, port, timeout, local_address, socket_options)

    async def sleep(self, seconds: float) -> None:
        await self._real.sleep(seconds)
