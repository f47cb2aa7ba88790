"""A service that reviewers took off the shelf."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from quanzi.db.engine import rows

ID = "2026-11-28T00:40:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "A service that reviewers took off the shelf."

STATEMENTS = """
alter table service drop constraint service_state_check;
alter table service add constraint service_state_check
    check (state in ('draft', 'waiting', 'shown', 'ended', 'removed', 'deleted')) not valid;
alter table service validate constraint service_state_check
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="offering", description=DESCRIPTION)

    async def run() -> None:
        for statement in STATEMENTS.split(";\n"):
            if statement.strip():
                await rows(statement)

    manager.add_raw(run)
    return manager
