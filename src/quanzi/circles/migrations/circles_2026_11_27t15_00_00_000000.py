"""Where followers come from, and that some have left."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from quanzi.db.engine import rows

ID = "2026-11-27T15:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Where followers come from, and that some have left."

# A step names nobody: who leaves is forgotten, that somebody left is counted. Rows are only added, so
# that a thousand who follow at once do not queue for one figure.
STATEMENTS = """
alter table follow add column source text not null default '';
create table follow_step (
    circle_id bigint not null,
    id bigserial not null,
    at timestamptz not null default now(),
    step text not null check (step in ('join', 'leave')),
    source text not null default '',
    since timestamptz not null,
    primary key (circle_id, id)
);
create index follow_step_at on follow_step using brin (at)
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="circles", description=DESCRIPTION)

    async def run() -> None:
        for statement in STATEMENTS.split(";\n"):
            if statement.strip():
                await rows(statement)

    manager.add_raw(run)
    return manager
