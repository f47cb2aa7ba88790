"""One moment of the database: what is counted and what is dumped belong together."""

import subprocess
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, BinaryIO, cast

from quanzi import __version__, clock
from quanzi.backup import programs
from quanzi.backup.archive import pieces
from quanzi.backup.failure import Refused
from quanzi.backup.manifest import Manifest
from quanzi.db.engine import ENGINE

COUNTS = {
    "members": "select count(*) from member",
    "circles": "select count(*) from circle",
    "posts": "select count(*) from post",
    "comments": "select count(*) from comment",
    "events": "select count(*) from circle_event",
    "audit": "select count(*) from audit_entry",
}
# Of tables and functions alike; 0 is everybody.
ROLES = """
    with acls as (
        select relacl as acl from pg_class where relnamespace = 'public'::regnamespace
        union all
        select proacl from pg_proc where pronamespace = 'public'::regnamespace
        union all
        select nspacl from pg_namespace where nspname = 'public'
        union all
        select defaclacl from pg_default_acl
    )
    select distinct r.rolname as name from acls, aclexplode(acl) given
    join pg_roles r on r.oid = given.grantee
    where r.rolname not like 'pg\\_%' and r.rolname <> current_user order by 1"""
CLOSED = """
    select p.oid::regprocedure::text as name from pg_proc p
    where p.pronamespace = 'public'::regnamespace and p.proacl is not null
      and not exists (select 1 from aclexplode(p.proacl) given
                      where given.grantee = 0 and given.privilege_type = 'EXECUTE')
    order by 1"""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """`name`: by which another session can see the same."""

    name: str
    manifest: Manifest
    size: int
    program: str


@asynccontextmanager
async def taken() -> AsyncIterator[Snapshot]:
    """Writers go on meanwhile. Raises Refused when there is nothing to save."""
    connection = await ENGINE.get_new_connection()
    try:
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            # However long the dump takes, this waits beside it.
            await connection.execute("set local idle_in_transaction_session_timeout = 0")
            yield await _described(connection)
    finally:
        await connection.close()


async def _described(connection: Any) -> Snapshot:
    one = connection.fetchval
    if await one("select to_regclass('public.migration')") is None:
        raise Refused("there is no site in this database yet")
    version = int(await one("show server_version_num")) // 10000
    program, dump = programs.find("pg_dump", version)
    last = await connection.fetchrow("select seq, hash from audit_entry order by seq desc limit 1")
    steps = await connection.fetch("select app_name || ' ' || name from migration order by 1")
    manifest = Manifest(
        made_at=clock.now().isoformat(timespec="seconds"),
        quanzi=__version__,
        postgres=version,
        dump=dump,
        steps=[line[0] for line in steps],
        epoch=await one("select quanzi_epoch()"),
        generation=await one("select generation from history"),
        audit_seq=last["seq"] if last else 0,
        audit_hash=last["hash"].hex() if last else "",
        roles=[line["name"] for line in await connection.fetch(ROLES)],
        closed=[line["name"] for line in await connection.fetch(CLOSED)],
        counts={what: await one(sql) for what, sql in COUNTS.items()},
    )
    size = await one("select pg_database_size(current_database())")
    name = await one("select pg_export_snapshot()")
    return Snapshot(name, manifest, size, program)


def dumped(snapshot: Snapshot) -> Iterator[bytes]:
    """pg_dump's own form. Raises Refused at the end when it was not whole."""
    address, env = programs.address()
    # The quickest compression that is worth its name: the processors are the site's first.
    how = ("--format=custom", "--compress=3", "--lock-wait-timeout=60s")
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            [snapshot.program, *how, f"--snapshot={snapshot.name}", "--dbname", address],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=said,
            env=env,
        )
        try:
            yield from pieces(cast("BinaryIO", process.stdout))
            code = process.wait()
        finally:
            process.kill()
            process.wait()
        if code:
            said.seek(0)
            raise Refused(f"pg_dump: {programs.last_line(said.read())}")
