"""Bring the schema up to date while people use it; many processes may try at once, one does it."""

import asyncio
import contextlib
import io

import asyncpg
import structlog
from piccolo.apps.migrations.commands.base import BaseMigrationManager
from piccolo.apps.migrations.commands.forwards import run_forwards
from piccolo.apps.migrations.tables import Migration

from quanzi.db.engine import ENGINE, rows
from quanzi.db.transaction import transaction

log = structlog.get_logger()

# Any number that nothing else in this database locks.
LOCK = 7_305_016
# Whoever asks for a table that a step waits for stands behind it: so it waits this long, lets them
# all pass, and tries again. Nobody's page takes two seconds for it. And shorter than the second after
# which PostgreSQL looks for a deadlock: a step gives way before a page is made to.
LOCK_TIMEOUT = "400ms"
PAUSE = 0.5
TRIES = 160


class MigrationFailed(Exception):
    """A migration did not run to its end."""


async def migrate() -> list[str]:
    """Run what is missing, each step in a transaction of its own. Answers the steps it took."""
    connection = await ENGINE.get_new_connection()
    try:
        await connection.execute("select pg_advisory_lock($1)", LOCK)
        todo = await missing()
        for step in todo:
            await _take(*step.split(" "))
        return todo
    finally:
        await connection.close()


async def _take(room: str, step: str) -> None:
    for _ in range(TRIES):
        try:
            async with transaction():
                await rows(f"set local lock_timeout = '{LOCK_TIMEOUT}'")
                with contextlib.redirect_stdout(io.StringIO()):
                    result = await run_forwards(room, step)
                if not result.success:
                    raise MigrationFailed(result.message)
            return
        except (asyncpg.LockNotAvailableError, asyncpg.DeadlockDetectedError):
            log.warning("migrate.waits", room=room, step=step)
            await asyncio.sleep(PAUSE)
    raise MigrationFailed(
        f"{room} {step}: somebody holds a table since minutes; look for an old transaction in "
        "pg_stat_activity, end it, and try again."
    )


async def missing() -> list[str]:
    """The steps that this database has not taken, as "room step", in the order to take them."""
    taken: set[tuple[str, str]] = set()
    if await Migration.table_exists():
        lines = await Migration.select(Migration.app_name, Migration.name)
        taken = {(line["app_name"], line["name"]) for line in lines}
    return [step for step in known() if tuple(step.split(" ", 1)) not in taken]


def known() -> list[str]:
    """The steps that this program has, as "room step"."""
    steps = BaseMigrationManager()
    registry = steps.get_app_registry()
    return [
        f"{app.app_name} {step}"
        for app in map(registry.get_app_config, steps.get_sorted_app_names())
        if app is not None
        for step in sorted(
            steps.get_migration_ids(
                steps.get_migration_modules(app.resolved_migrations_folder_path)
            )
        )
    ]
