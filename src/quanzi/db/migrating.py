"""Bring the schema up to date; many processes may try at once, one does it."""

import contextlib
import io

from piccolo.apps.migrations.commands.base import BaseMigrationManager
from piccolo.apps.migrations.commands.forwards import run_forwards
from piccolo.apps.migrations.tables import Migration

from quanzi.db.engine import ENGINE

# Any number that nothing else in this database locks.
LOCK = 7_305_016


class MigrationFailed(Exception):
    """A migration did not run to its end."""


async def migrate() -> list[str]:
    """Run what is missing. Answers the lines that Piccolo printed about it."""
    connection = await ENGINE.get_new_connection()
    try:
        await connection.execute("select pg_advisory_lock($1)", LOCK)
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            result = await run_forwards("all")
        if not result.success:
            raise MigrationFailed(result.message)
        return printed.getvalue().splitlines()
    finally:
        await connection.close()


async def missing() -> list[str]:
    """The steps that this database has not taken, as "room step"."""
    taken: set[tuple[str, str]] = set()
    if await Migration.table_exists():
        lines = await Migration.select(Migration.app_name, Migration.name)
        taken = {(line["app_name"], line["name"]) for line in lines}
    return [step for step in known() if tuple(step.split(" ", 1)) not in taken]


def known() -> list[str]:
    """The steps that this program has, as "room step"."""
    steps = BaseMigrationManager()
    return [
        f"{app.app_name} {step}"
        for app in steps.get_app_registry().app_configs.values()
        for step in steps.get_migration_ids(
            steps.get_migration_modules(app.resolved_migrations_folder_path)
        )
    ]
