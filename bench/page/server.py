"""The site, with one address more: a page of it as a constant.

python -m bench.page.server PORT [PATH [TOKEN]]
"""

import asyncio
import socket
import sys
from typing import Any

import httpx
import uvloop
from litestar import MediaType, Response, get

from bench.fanout.site import SLUG
from quanzi.app import create_app
from quanzi.serving import Server, _config
from quanzi.web import logs
from quanzi.web.front import Front

page = {"body": b""}


@get("/constant", opt={"open": "a benchmark's"})
async def constant() -> Response[Any]:
    return Response(page["body"], media_type=MediaType.HTML)


async def main(port: int, path: str = f"/c/{SLUG}", token: str = "") -> None:
    logs.set_up()
    app = create_app()
    app.register(constant)
    server = Server(_config(Front(app)), app)
    serving = asyncio.create_task(server.serve(sockets=[socket.create_server(("127.0.0.1", port))]))
    async with httpx.AsyncClient(cookies={"quanzi": token} if token else {}) as client:
        page["body"] = (await client.get(f"http://127.0.0.1:{port}{path}")).content
    await serving


uvloop.run(main(int(sys.argv[1]), *sys.argv[2:]))
