"""A category that is no longer offered, and stays where circles are in it."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from quanzi.db.engine import rows

ID = "2026-11-27T23:50:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Categories are retired."


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="circles", description=DESCRIPTION)

    async def run() -> None:
        await rows("alter table category add column retired_at timestamptz")

    manager.add_raw(run)
    return manager
