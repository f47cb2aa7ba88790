"""Passwords that nobody has chosen: of members who come in by a provider."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from quanzi.db.engine import rows

ID = "2026-11-24T03:15:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Passwords that nobody has chosen: of members who come in by a provider."


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="identity", description=DESCRIPTION)

    async def run() -> None:
        await rows("alter table credential add chosen boolean not null default true")

    manager.add_raw(run)
    return manager
