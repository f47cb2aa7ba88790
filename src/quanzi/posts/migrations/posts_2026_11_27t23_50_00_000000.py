"""What its author took away a moment ago can be put back by them: until when."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from quanzi.db.engine import rows

ID = "2026-11-27T23:50:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "What its author took away a moment ago can be put back by them: until when."

STATEMENTS = """
alter table withheld add column undo_until timestamptz;
create index withheld_undo on withheld (undo_until) where undo_until is not null;
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="posts", description=DESCRIPTION)

    async def run() -> None:
        for statement in STATEMENTS.split(";\n"):
            if statement.strip():
                await rows(statement)

    manager.add_raw(run)
    return manager
