"""Members are looked up by the beginning of a handle or a name."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from quanzi.db.engine import rows

ID = "2026-11-23T22:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Members are looked up by the beginning of a handle or a name."

STATEMENTS = """
create index member_handle_begins on member (handle text_pattern_ops);
create index member_name_begins on member (lower(name) text_pattern_ops);
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="identity", description=DESCRIPTION)

    async def run() -> None:
        for statement in STATEMENTS.split(";\n"):
            if statement.strip():
                await rows(statement)

    manager.add_raw(run)
    return manager
