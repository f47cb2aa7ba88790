"""An entry has no note: its rule, its cause and the words made of them say everything."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from quanzi.db.engine import rows

ID = "2026-11-27T05:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "An entry has no note: its rule, its cause and the words made of them say everything."


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="credit", description=DESCRIPTION)

    async def run() -> None:
        await rows("alter table credit_entry drop column note")

    manager.add_raw(run)
    return manager
