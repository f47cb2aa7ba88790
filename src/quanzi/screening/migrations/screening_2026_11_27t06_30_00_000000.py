"""Hashes of pictures that people removed."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from quanzi.db.engine import rows

ID = "2026-11-27T06:30:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Hashes of pictures that people removed."

# The quarters of a hash, each looked up by itself: see hashes.py. Arrays of them in one index are not
# used, since the planner takes any of 68 values for a tenth of the table.
STATEMENTS = """
create table screening_picture (
    hash bigint primary key,
    category text not null,
    decided_by bigint not null,
    decided_at timestamptz not null default now()
);
create index screening_picture_quarter_0 on screening_picture ((hash & 65535));
create index screening_picture_quarter_1 on screening_picture ((hash >> 16 & 65535));
create index screening_picture_quarter_2 on screening_picture ((hash >> 32 & 65535));
create index screening_picture_quarter_3 on screening_picture ((hash >> 48 & 65535))"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="screening", description=DESCRIPTION)

    async def run() -> None:
        for statement in STATEMENTS.split(";\n"):
            await rows(statement)

    manager.add_raw(run)
    return manager
