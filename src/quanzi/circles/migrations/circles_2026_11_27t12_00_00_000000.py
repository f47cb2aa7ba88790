"""Whether a circle has services to show."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from quanzi.db.engine import rows

ID = "2026-11-27T12:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Whether a circle has services to show."

# With the circle, which every page reads anyway: whether there is a tab costs no query.
STATEMENTS = """
alter table circle add column offers text not null default '' check (offers in ('', 'some', 'all'))
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="circles", description=DESCRIPTION)

    async def run() -> None:
        for statement in STATEMENTS.split(";\n"):
            if statement.strip():
                await rows(statement)

    manager.add_raw(run)
    return manager
