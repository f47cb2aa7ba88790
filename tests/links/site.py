"""A site on this machine that people link to, and what it was asked for."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from quanzi.outbound.posting import Outbound

HTML = "text/html; charset=utf-8"
Handler = Callable[[asyncio.StreamWriter], Awaitable[None]]


@dataclass
class LinkedSite:
    """`pages`: by path, an answer as (status, headers, body), or what writes one by itself."""

    pages: dict[str, tuple[int, dict[str, str], bytes] | Handler] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    written: int = 0

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._answer, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"

    async def stop(self) -> None:
        self._server.close()

    def outbound(self) -> Outbound:
        """As the site's own, but for this one port of loopback."""
        return Outbound(trusted=frozenset({f"127.0.0.1:{self.port}"}))

    def page(self, path: str, body: str | bytes, status: int = 200, **headers: str) -> str:
        given = {"content-type": HTML} | {k.replace("_", "-"): v for k, v in headers.items()}
        self.pages[path] = (status, given, body.encode() if isinstance(body, str) else body)
        return self.url + path

    def leads(self, path: str, to: str, status: int = 302) -> str:
        return self.page(path, "", status, location=to)

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            request = (await reader.readuntil(b"\r\n\r\n")).decode()
            path = request.split(" ")[1]
            self.asked.append(path)
            self.requests.append(request)
            answer = self.pages.get(path, (404, {"content-type": HTML}, b""))
            if callable(answer):
                await answer(writer)
            else:
                status, headers, body = answer
                head = {"content-length": str(len(body)), "connection": "close"} | headers
                lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
                writer.write(f"HTTP/1.1 {status} X\r\n{lines}\r\n".encode() + body)
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()


def article(title: str = "夜跑路线十条", *, head: str = "") -> str:
    return (
        f'<!doctype html><html><head><title>标题栏</title><meta property="og:title" content="{title}">'
        f'<meta property="og:description" content="沿江十公里，灯光好，路面平。">'
        f'<meta property="og:site_name" content="跑步周刊">{head}</head><body>…</body></html>'
    )
