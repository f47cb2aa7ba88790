"""What circles ask of people."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from quanzi.db.engine import rows

ID = "2026-11-24T01:30:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "What circles ask of people."


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="circles", description=DESCRIPTION)

    async def run() -> None:
        await rows("alter table circle add thresholds jsonb not null default '{}'")

    manager.add_raw(run)
    return manager
