"""Bring the schema up to date; many processes may try at once, one does it."""

import contextlib
import io

from piccolo.apps.migrations.commands.forwards import run_forwards

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
