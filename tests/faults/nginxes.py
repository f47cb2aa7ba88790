"""nginx before several sites, with the recipe that operators are given: `deploy/nginx.conf`."""

import asyncio
import re
import shutil
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.faults.harness import ROOT, free_port

MAIN = """
daemon off;
master_process off;
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
events {{ worker_connections 4096; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/quanzi.conf;
}}
"""


def what_is_missing() -> str:
    return "" if program() else "the program nginx is missing"


def program() -> str:
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin") or ""


def recipe(ports: list[int], port: int) -> str:
    """As it stands, but for what an operator changes, on loopback and without a certificate."""
    said = (ROOT / "deploy/nginx.conf").read_text()
    servers = re.findall(r"^    server 127\.0\.0\.1:\d+(.*);$", said, re.MULTILINE)
    assert len(servers) == len(ports)
    for rest, given in zip(servers, ports, strict=True):
        said = re.sub(rf"server 127\.0\.0\.1:80\d\d{re.escape(rest)};",
                      f"server 127.0.0.1:{given}{rest};", said, count=1)  # fmt: skip
    said = said.replace("listen 443 ssl;", f"listen 127.0.0.1:{port};")
    said = re.sub(r"^    ssl_certificate.*$", "", said, flags=re.MULTILINE)
    # Port 80, which sends to the other, is not ours to take.
    return said[: said.rindex("server {")]


class Nginx:
    """`async with Nginx(folder, [first.port, second.port]) as nginx:` … pages go to `nginx.port`."""

    def __init__(self, folder: Path, ports: list[int]) -> None:
        self.folder, self.ports, self.port = folder, ports, free_port()

    async def __aenter__(self) -> Self:
        (self.folder / "quanzi.conf").write_text(recipe(self.ports, self.port))
        (self.folder / "nginx.conf").write_text(MAIN.format(folder=self.folder))
        self.process = await asyncio.create_subprocess_exec(
            program(), "-e", str(self.folder / "error.log"), "-c", str(self.folder / "nginx.conf")
        )
        while True:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", self.port)
            except OSError:
                assert self.process.returncode is None, self.complaints()
                await asyncio.sleep(0.02)
            else:
                writer.close()
                return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        what: BaseException | None,
        where: TracebackType | None,
    ) -> None:
        self.process.terminate()
        await self.process.wait()

    def complaints(self) -> str:
        return (self.folder / "error.log").read_text()
