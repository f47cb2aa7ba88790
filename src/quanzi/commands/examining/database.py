"""The database: that it answers, is new enough, speaks our language, and lets us write."""

import time

import asyncpg

from quanzi.commands.examining.finding import DatabaseAway, Finding, said_of
from quanzi.settings import settings

OLDEST = 15_00_00
FARTHEST_CLOCK = 2.0
LATEST = 1000


async def answers() -> Finding:
    from quanzi.db.engine import row  # noqa: PLC0415 - settings come first

    try:
        found = await row("show server_version_num")
    except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError) as why:
        raise DatabaseAway(
            f"does not answer ({said_of(why)}); start PostgreSQL, or mend DATABASE_URL"
        ) from why
    return judged_version(int(found[0]) if found else 0)


def judged_version(number: int) -> Finding:
    good = number >= OLDEST
    return good, f"PostgreSQL {number // 10000}" + ("" if good else "; use 15 or newer")


async def text() -> Finding:
    """Encoding, letter case, and whether the sorting it was made with is still the machine's."""
    from quanzi.db.engine import row  # noqa: PLC0415 - settings come first

    found = await row(
        """select pg_encoding_to_char(encoding) as encoding, datcollate as collate,
                  lower('ÀÉ') = 'àé' as lowers, datcollversion as made_with,
                  pg_database_collation_actual_version(oid) as now, quote_ident(datname) as name
           from pg_database where datname = current_database()"""
    )
    if found is None:
        return False, "the database does not know itself"
    if found["encoding"] != "UTF8":
        return False, (
            f"its encoding is {found['encoding']}; make one with `createdb -T template0 -E UTF8`, "
            "and move into it by `quanzi backup` and `quanzi restore`"
        )
    if not found["lowers"]:
        return False, (
            f"its locale {found['collate']} knows no letters beyond ASCII; make one with "
            "`createdb -T template0 -E UTF8 --locale=C.UTF-8`, and move into it"
        )
    if found["made_with"] and found["now"] and found["made_with"] != found["now"]:
        return False, (
            f"indexes were sorted by version {found['made_with']}, this machine sorts by "
            f"{found['now']}; run `reindex database {found['name']}` and then "
            f"`alter database {found['name']} refresh collation version`"
        )
    return True, f"{found['encoding']}, {found['collate']}"


async def schema() -> Finding:
    from quanzi.db.migrating import missing  # noqa: PLC0415 - settings come first

    steps = await missing()
    if steps:
        return False, f"missing {', '.join(steps)}; run `quanzi migrate`"
    return True, "up to date"


async def rights() -> Finding:
    """Whether the site can write; and, as a role of its own, that it does not own its audit log."""
    from quanzi.db.engine import row, rows  # noqa: PLC0415 - settings come first

    found = await row(
        """select current_user::text as role, pg_is_in_recovery() as standby,
                  current_setting('default_transaction_read_only') = 'on' as reading"""
    )
    if found is None:
        return False, "nobody knows who asks"
    role = found["role"]
    if found["standby"] or found["reading"]:
        what = "a standby" if found["standby"] else f"read-only for {role}"
        return False, f"the database is {what}; let DATABASE_URL name one that can be written to"
    locked = await rows(
        """select c.relname::text as name from pg_class c
           where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
             and c.relname not in ('migration')
             and not (has_table_privilege(c.oid, 'select') and (has_table_privilege(c.oid, 'insert')
                      or has_any_column_privilege(c.oid, 'insert')))
           order by 1 limit 5"""
    )
    if locked:
        names = ", ".join(line["name"] for line in locked)
        return False, (
            f"{role} cannot write to {names}; run src/quanzi/audit/separate_role.sql as the owner"
        )
    return await _log_is_others(role)


async def _log_is_others(role: str) -> Finding:
    """A role made for the site alone is known by its name: the recipe's, or any that owns nothing."""
    from quanzi.db.engine import row  # noqa: PLC0415 - settings come first

    found = await row(
        """select pg_has_role(o.oid, 'usage') as owns, o.rolname::text as owner, (
               select count(*) from pg_class x where x.relowner = c.relowner
                      and x.relkind = 'r' and x.relnamespace = c.relnamespace) as tables,
               (select count(*) from pg_class x
                where x.relkind = 'r' and x.relnamespace = c.relnamespace) as of,
               has_table_privilege(c.oid, 'update, delete') as changes
           from pg_class c join pg_roles o on o.oid = c.relowner
           where c.oid = to_regclass('audit_entry')"""
    )
    if found is None:
        return True, f"{role} can write"
    owns_part = found["owns"] and found["tables"] < found["of"]
    if owns_part or (found["changes"] and not found["owns"]) or (found["owns"] and _is_apart(role)):
        return False, (
            f"{role} runs the site and could change the audit log; let another role own the tables "
            "(docs/audit.md)"
        )
    return True, f"{role} can write" + (" and owns the tables" if found["owns"] else "")


def _is_apart(role: str) -> bool:
    return role == "quanzi_app"


async def replica() -> Finding:
    """That the copy is one, and of this database: from any other no page would ever be read."""
    from quanzi.activity.reading import epoch  # noqa: PLC0415 - settings come first

    address = settings().database_replica_url
    if not address:
        return True, "none; all is read from the database itself"
    try:
        connection = await asyncpg.connect(address, timeout=5)
        try:
            past = await connection.fetchval("select quanzi_epoch()")
            lag = await connection.fetchval(
                """select case when pg_is_in_recovery() then coalesce(extract(epoch from
                       clock_timestamp() - pg_last_xact_replay_timestamp()), 0)::int end"""
            )
        finally:
            await connection.close()
    except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError) as why:
        return False, (
            f"does not answer ({said_of(why)}); start it, or take DATABASE_REPLICA_URL away"
        )
    if past != await epoch():
        return False, "is a copy of another database; make it anew by pg_basebackup from this one"
    if lag is None:
        return False, "is the database itself; let DATABASE_REPLICA_URL name one that follows it"
    return True, f"follows; its last change is {lag} s old"


async def clock() -> Finding:
    from quanzi.db.engine import row  # noqa: PLC0415 - settings come first

    found = await row("select extract(epoch from clock_timestamp())::float8 as now")
    off = abs(time.time() - found["now"]) if found else 1e9
    good = off <= FARTHEST_CLOCK
    return good, f"{off:.2f} s from the database's" + ("" if good else "; set both by NTP")


async def audit() -> Finding:
    from quanzi.audit import anchors, verifying  # noqa: PLC0415 - settings come first

    file = settings().anchor
    last = anchors.last(file)
    verdict = await verifying.latest(LATEST, () if last is None else (last,))
    if verdict.fault is not None:
        return False, f"{verdict.fault.said} See docs/audit.md"
    where = "no anchor yet" if last is None else f"last anchor {last.at:%Y-%m-%d %H:%M} UTC"
    return True, f"the last {verdict.entries:,} entries are as they were written, {where} in {file}"
