"""What Quanzi is held against: the least that the kernel asks for, and the best known in C."""

import asyncio
import os
import shutil
import time
import urllib.request
from pathlib import Path

from bench.fanout.watching import SERVER_CORE, Pages, Result, listens, rss, watched
from bench.ports import free_port

NCHAN = """
daemon off; master_process off; worker_rlimit_nofile 19000;
load_module /usr/lib/nginx/modules/ngx_nchan_module.so;
error_log {folder}/nginx.log crit; pid {folder}/nginx.pid;
events {{ worker_connections 18000; }}
http {{
  access_log off; client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u;
  scgi_temp_path {folder}/s;
  server {{
    listen 127.0.0.1:{port} backlog=4096;
    location = /pub {{ nchan_publisher; nchan_channel_id bench; }}
    location = /live {{
      nchan_subscriber websocket; nchan_channel_id bench; nchan_subscriber_first_message newest;
    }}
  }}
}}
"""


async def c_loop(folder: Path, count: int, length: int) -> Result:
    port = free_port()
    process = await asyncio.create_subprocess_exec(
        "taskset", "-c", SERVER_CORE, str(folder / "loop"), str(port), str(count),
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    await process.stdout.readline()
    empty = rss(process.pid)
    pages = await Pages.opened(folder, count, port, rate=4000, first="raw")

    async def post() -> int:
        moment = time.monotonic_ns()
        process.stdin.write(f"write {length}\n".encode())
        return moment

    result = await watched("C write loop", process.pid, empty, pages, post, length)
    process.stdin.close()
    await process.wait()
    await pages.close()
    return result


async def nchan(folder: Path, count: int, length: int) -> Result:
    # Not everybody's PATH has the folder that Debian puts it in.
    nginx = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    assert nginx, "install nginx and libnginx-mod-nchan"
    port = free_port()
    config = folder / "nginx.conf"
    config.write_text(NCHAN.format(folder=folder, port=port))
    process = await asyncio.create_subprocess_exec(
        "taskset", "-c", SERVER_CORE, nginx, "-c", str(config), "-p", str(folder),
        stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    return await published("nchan", process, port, (folder, count, length), rate=2000)


async def published(
    name: str,
    process: asyncio.subprocess.Process,
    port: int,
    round_: tuple[Path, int, int],
    *,
    rate: int,
) -> Result:
    """Of a server that hands on what is sent to `/pub` to the websockets at `/live`; it ends with that.

    `round_`: the folder of `pages`, how many, and the length of a frame.
    """
    folder, count, length = round_
    try:
        await listens(port)
        empty = rss(process.pid)
        pages = await Pages.opened(folder, count, port, rate=rate, path="/live")
        asked = urllib.request.Request(f"http://127.0.0.1:{port}/pub", data=b"x" * (length - 4))

        def publish() -> int:
            moment = time.monotonic_ns()
            with urllib.request.urlopen(asked) as answer:
                answer.read()
            return moment

        async def post() -> int:
            return await asyncio.to_thread(publish)

        result = await watched(name, process.pid, empty, pages, post, length - 4)
    finally:
        process.terminate()
        await process.wait()
    await pages.close()
    return result
