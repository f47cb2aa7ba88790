"""Which service a post carries."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from quanzi.db.engine import rows

ID = "2026-11-27T12:05:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Which service a post carries."

# Beside the post and not in it: few carry one, and an index on all posts would make people wait.
STATEMENTS = """
create table carried_service (
    circle_id bigint not null,
    post_id bigint not null,
    service_id bigint not null,
    version bigint not null,
    primary key (circle_id, post_id),
    foreign key (circle_id, post_id) references post
);
create index carried_by on carried_service (circle_id, service_id, version)
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="posts", description=DESCRIPTION)

    async def run() -> None:
        for statement in STATEMENTS.split(";\n"):
            if statement.strip():
                await rows(statement)

    manager.add_raw(run)
    return manager
