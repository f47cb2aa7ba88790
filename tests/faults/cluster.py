"""Three real Valkey servers on loopback that share the channels among them."""

import asyncio
import subprocess
from pathlib import Path

from valkey.asyncio import Valkey

from quanzi.servers.valkey import _binary
from tests.faults.harness import free_port

SLOTS = 16_384


class Node:
    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.folder = folder
        folder.mkdir()
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [str(_binary()), "--port", str(self.port), "--bind", "127.0.0.1", "--save", "",
                 "--cluster-enabled", "yes", "--cluster-node-timeout", "2000",
                 "--cluster-port", str(free_port()), "--dir", str(self.folder)],
                stdout=log, stderr=log,
            )  # fmt: skip

    def kill(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    async def says(self, *words: object) -> object:
        client = Valkey(host="127.0.0.1", port=self.port)
        try:
            return await client.execute_command(*words)
        finally:
            await client.aclose()


async def together(nodes: list[Node]) -> None:
    """Each has a third of the slots; returns when they agree."""
    for node in nodes:
        node.start()
    await asyncio.sleep(0.5)
    share = SLOTS // len(nodes) + 1
    for number, node in enumerate(nodes):
        last = min(SLOTS, (number + 1) * share) - 1
        await node.says("CLUSTER", "ADDSLOTSRANGE", number * share, last)
        bus = str(await node.says("CONFIG", "GET", "cluster-port"))
        assert bus
    for node in nodes[1:]:
        config = await node.says("CONFIG", "GET", "cluster-port")
        bus = config[b"cluster-port"] if isinstance(config, dict) else config[1]
        await nodes[0].says("CLUSTER", "MEET", "127.0.0.1", node.port, int(bus))
    async with asyncio.timeout(20):
        while not all([await _is_whole(node, len(nodes)) for node in nodes]):
            await asyncio.sleep(0.2)


async def _is_whole(node: Node, many: int) -> bool:
    said = str(await node.says("CLUSTER", "INFO"))
    return "cluster_state:ok" in said and f"cluster_known_nodes:{many}" in said
