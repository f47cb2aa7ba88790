"""Posts that a circle's partner holds up as its best."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from quanzi.db.engine import rows

ID = "2026-11-27T11:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Posts that a circle's partner holds up as its best."

# A table of its own: few posts are among them, and an index on all posts would be made while nobody
# could write.
STATEMENTS = """
create table digested (
    circle_id bigint not null,
    post_id bigint not null,
    chosen_by bigint not null references member,
    at timestamptz not null default now(),
    primary key (circle_id, post_id),
    foreign key (circle_id, post_id) references post
);
create index digested_at on digested (circle_id, at desc, post_id desc);
create index digested_chosen_by on digested (chosen_by);
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="posts", description=DESCRIPTION)

    async def run() -> None:
        for statement in STATEMENTS.split(";\n"):
            if statement.strip():
                await rows(statement)

    manager.add_raw(run)
    return manager
