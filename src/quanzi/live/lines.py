"""The lines to Valkey: one server, or a cluster, where each channel belongs to one of its nodes.

`valkey+cluster://…` names any node of a cluster; the others are asked of it.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial
from typing import cast

from valkey.asyncio import Valkey
from valkey.asyncio.cluster import ClusterNode, ValkeyCluster
from valkey.asyncio.connection import Connection
from valkey.exceptions import ValkeyError

from quanzi.settings import settings

CLUSTER = "valkey+cluster://"
FAULTS = (ValkeyError, OSError, TimeoutError, ValueError)
SECONDS, SECONDS_TO_CONNECT = 2.0, 0.5

Client = Valkey | ValkeyCluster


@dataclass(frozen=True, slots=True)
class Line:
    """A bare connection to listen on, and which channels are heard there."""

    connection: Connection
    has: Callable[[str], bool]


def connect() -> Client:
    url = settings().valkey_url
    if url.startswith(CLUSTER):
        return ValkeyCluster.from_url(
            url.replace(CLUSTER, "valkey://", 1),
            socket_timeout=SECONDS,
            socket_connect_timeout=SECONDS_TO_CONNECT,
        )
    single = Valkey.from_url(
        url, socket_timeout=SECONDS, socket_connect_timeout=SECONDS_TO_CONNECT, max_connections=32
    )
    return cast("Valkey", single)


async def publish(client: Client, channel: str, message: str) -> None:
    """On the node that the channel belongs to; valkey-py 6.2 would ask any."""
    if isinstance(client, ValkeyCluster):
        await client.initialize()
        node = client.get_node_from_key(channel)
        await client.execute_command("SPUBLISH", channel, message, target_nodes=node)
    else:
        await client.execute_command(  # type: ignore[no-untyped-call]
            "SPUBLISH", channel, message
        )


@asynccontextmanager
async def lines() -> AsyncIterator[list[Line]]:
    """Connected, one for each node that has channels; closed at the end."""
    client = connect()
    opened: list[Line] = []
    try:
        opened += (
            await _of_cluster(client) if isinstance(client, ValkeyCluster) else _of_one(client)
        )
        for line in opened:
            await line.connection.connect()  # type: ignore[no-untyped-call]
        yield opened
    finally:
        for line in opened:
            with suppress(*FAULTS):
                await line.connection.disconnect(nowait=True)
        with suppress(*FAULTS):
            await client.aclose()


def _of_one(client: Valkey) -> list[Line]:
    # A bare connection, since valkey-py 6.2 has no sharded pub/sub under asyncio.
    made = client.connection_pool.make_connection()  # type: ignore[no-untyped-call]
    return [Line(made, lambda _: True)]


async def _of_cluster(client: ValkeyCluster) -> list[Line]:
    await client.initialize()
    return [
        Line(node.connection_class(**node.connection_kwargs), partial(_is_of, client, node))
        for node in client.get_primaries()
    ]


def _is_of(client: ValkeyCluster, node: ClusterNode, channel: str) -> bool:
    owner = client.get_node_from_key(channel)
    return owner is not None and owner.name == node.name
