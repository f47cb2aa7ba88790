"""What circles are found by, and which of them rise."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from quanzi.db.engine import rows

ID = "2026-11-23T23:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "What circles are found by, and which of them rise."

STATEMENTS = """
create table circle_search (
    circle_id bigint primary key,
    words tsvector not null
);
create index circle_search_words on circle_search using gin (words);
create table rising (
    circle_id bigint primary key,
    gained bigint not null,
    score double precision not null,
    at timestamptz not null default now()
);
create index rising_score on rising (score desc, circle_id);
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="circles", description=DESCRIPTION)

    async def run() -> None:
        for statement in STATEMENTS.split(";\n"):
            if statement.strip():
                await rows(statement)

    manager.add_raw(run)
    return manager
