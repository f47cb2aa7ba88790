"""What posts are found by."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from quanzi.db.engine import rows

ID = "2026-11-23T23:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "What posts are found by."

# `bucket`: a stretch of post numbers, so that the index itself can look at the newest first.
STATEMENTS = """
create extension if not exists btree_gin;
create table post_search (
    circle_id bigint not null,
    post_id bigint not null,
    at timestamptz not null,
    bucket int not null,
    words tsvector not null,
    primary key (circle_id, post_id)
);
create index post_search_words on post_search using gin (bucket, words);
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="posts", description=DESCRIPTION)

    async def run() -> None:
        for statement in STATEMENTS.split(";\n"):
            if statement.strip():
                await rows(statement)

    manager.add_raw(run)
    return manager
