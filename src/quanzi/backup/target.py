"""The database that a backup is to go into: what is there already, and who is using it."""

from dataclasses import dataclass, field

import asyncpg

from quanzi.backup.failure import Refused
from quanzi.db.engine import row, rows

# What erasing leaves of a member: `privacy/burying.py`.
TOMB = "name = '已注销' and handle like 'deleted-%'"


@dataclass(frozen=True, slots=True)
class Target:
    """`erased`: members whom this database knows to have been erased; a backup may not."""

    server: int
    filled: bool = False
    generation: int = 0
    erased: list[int] = field(default_factory=list)


async def examined(*, replace: bool) -> Target:
    """Raises Refused for one that is in use, or not empty unless it is to be replaced."""
    await _check_nobody_is_there()
    [version] = await rows("select current_setting('server_version_num')::int / 10000 as n")
    [tables] = await rows(
        """select count(*) as n from pg_class c
           where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'f')
             and not exists (select 1 from pg_depend where objid = c.oid and deptype = 'e')"""
    )
    if not tables["n"]:
        return Target(version["n"])
    if not replace:
        raise Refused("the database is not empty; --replace puts the backup in its place")
    return Target(version["n"], filled=True, generation=await _generation(), erased=await _erased())


async def _check_nobody_is_there() -> None:
    found = await row(
        """select count(*) as n from pg_stat_activity
           where datname = current_database() and application_name = 'quanzi'"""
    )
    if found and found["n"]:
        raise Refused("a site is running on this database; stop it first")


async def _generation() -> int:
    try:
        found = await row("select generation from history")
    except asyncpg.PostgresError:  # not one of ours, or too damaged to say
        return 0
    return found["generation"] if found else 0


async def _erased() -> list[int]:
    try:
        return [line["id"] for line in await rows(f"select id from member where {TOMB}")]
    except asyncpg.PostgresError:
        return []
