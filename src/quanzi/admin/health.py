"""How the site is: its database, Valkey, what waits, and how much is written."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from quanzi.admin import waiting
from quanzi.admin.waiting import Queue
from quanzi.db.engine import row, rows
from quanzi.live import bell
from quanzi.live.lines import FAULTS

VALKEY_SECONDS = 1.0
HOURS = 24


@dataclass(frozen=True, slots=True)
class Database:
    """`oldest`: seconds since when the oldest transaction is open."""

    version: str
    bytes: int
    connections: int
    most_connections: int
    oldest: int
    members: int
    circles: int


@dataclass(frozen=True, slots=True)
class Health:
    """`valkey`: bytes that it holds, None when it does not answer. `hours`: posts that came out."""

    database: Database
    valkey: int | None
    queues: Sequence[Queue]
    hours: Sequence[tuple[datetime, int]]

    @property
    def late(self) -> Sequence[Queue]:
        return [queue for queue in self.queues if queue.late]


async def now() -> Health:
    return Health(await _database(), await _valkey(), await waiting.queues(), await _hours())


async def _database() -> Database:
    found = await row(
        """select current_setting('server_version') as version,
                  pg_database_size(current_database()) as bytes,
                  (select count(*) from pg_stat_activity where backend_type = 'client backend')
                      as connections,
                  current_setting('max_connections')::int as most_connections,
                  (select coalesce(extract(epoch from max(now() - xact_start)), 0)::int
                   from pg_stat_activity where backend_type = 'client backend') as oldest,
                  (select greatest(reltuples, 0)::bigint from pg_class
                   where oid = 'member'::regclass) as members,
                  (select count(*) from circle) as circles"""
    )
    if found is None:
        raise LookupError("the database does not know itself")
    return Database(**dict(found))


async def _valkey() -> int | None:
    try:
        async with asyncio.timeout(VALKEY_SECONDS):
            said: Any = await bell.ringer().info("memory")
    except FAULTS:
        return None
    nodes = [said] if "used_memory" in said else list(said.values())
    return sum(int(node.get("used_memory", 0)) for node in nodes)


async def _hours() -> Sequence[tuple[datetime, int]]:
    """Circle by circle, as there is an index for."""
    found = await rows(
        f"""select hour, coalesce(counted.n, 0)::int as n
            from generate_series(date_trunc('hour', now()) - interval '{HOURS - 1} hours',
                                 date_trunc('hour', now()), interval '1 hour') as hour
            left join (
                select date_trunc('hour', p.published_at) as hour, count(*) as n
                from circle c cross join lateral (
                    select published_at from post where circle_id = c.id and state = 'published'
                        and published_at >= date_trunc('hour', now()) - interval '{HOURS - 1} hours'
                    order by published_at desc limit 10000) p
                group by 1) counted using (hour)
            order by hour"""
    )
    return [(line["hour"], line["n"]) for line in found]
