"""Embedded PostgreSQL and Valkey under one folder, shared by all processes that hold them.

A small process of its own, the keeper, runs both servers. Whoever needs them keeps a connection
to it open; when the last one is gone, however it went, the keeper stops them and leaves.
"""

from quanzi.servers.failure import ServersFailed
from quanzi.servers.held import Held, hold

__all__ = ["Held", "ServersFailed", "hold"]
