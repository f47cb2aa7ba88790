"""Posts that are to be held up at a time."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from quanzi.db.engine import rows

ID = "2026-11-27T14:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Posts that are to be held up at a time."

STATEMENTS = """
create table plan_digest (
    circle_id bigint not null,
    post_id bigint not null,
    at timestamptz not null,
    planned_by bigint not null references member,
    primary key (circle_id, post_id),
    foreign key (circle_id, post_id) references post
);
create index plan_digest_due on plan_digest (at);
create index plan_digest_by on plan_digest (planned_by)
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="planning", description=DESCRIPTION)

    async def run() -> None:
        for statement in STATEMENTS.split(";\n"):
            if statement.strip():
                await rows(statement)

    manager.add_raw(run)
    return manager
