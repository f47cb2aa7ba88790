"""Cases about services."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from quanzi.db.engine import rows

ID = "2026-11-28T00:40:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Cases about services."

STATEMENTS = """
alter table review_case add column service_id bigint not null default 0;
alter table decision add column service_id bigint not null default 0;
alter table review_case drop constraint review_case_kind_check;
alter table review_case add constraint review_case_kind_check
    check (kind in ('post', 'comment', 'edit', 'service')) not valid;
alter table review_case validate constraint review_case_kind_check;
create unique index review_case_open_thing
    on review_case (circle_id, post_id, comment_id, service_id, kind) where state <> 'decided';
drop index review_case_open
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="moderation", description=DESCRIPTION)

    async def run() -> None:
        for statement in STATEMENTS.split(";\n"):
            if statement.strip():
                await rows(statement)

    manager.add_raw(run)
    return manager
