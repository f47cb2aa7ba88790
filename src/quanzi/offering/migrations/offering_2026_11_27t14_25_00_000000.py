"""A service can be for a segment of the fans."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from quanzi.db.engine import rows

ID = "2026-11-27T14:25:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "A service can be for a segment of the fans."

STATEMENTS = """
alter table service add column segment_id bigint
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="offering", description=DESCRIPTION)

    async def run() -> None:
        for statement in STATEMENTS.split(";\n"):
            if statement.strip():
                await rows(statement)

    manager.add_raw(run)
    return manager
