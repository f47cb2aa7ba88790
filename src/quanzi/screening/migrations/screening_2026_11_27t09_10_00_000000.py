"""Verdicts are also read by their time, over all circles."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from quanzi.db.engine import rows

ID = "2026-11-27T09:10:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Verdicts are also read by their time, over all circles."

# They come in the order of their time, so a few bytes per block say where a week or a month stands;
# writing a verdict hardly notices it.
STATEMENT = """
create index screening_verdict_at on screening_verdict using brin (at)
    with (pages_per_range = 32, autosummarize = on)
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="screening", description=DESCRIPTION)

    async def run() -> None:
        await rows(STATEMENT)

    manager.add_raw(run)
    return manager
