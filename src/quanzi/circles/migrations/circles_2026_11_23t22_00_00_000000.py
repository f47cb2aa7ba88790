"""Who follows which circle."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from quanzi.db.engine import rows

ID = "2026-11-23T22:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Who follows which circle."

# No foreign keys: a thousand followers a second would all lock their circle's row.
# `seen`: up to which number of the circle's log this member has looked at it.
STATEMENTS = """
create table follow (
    circle_id bigint not null,
    member_id bigint not null,
    since timestamptz not null default now(),
    seen bigint not null default 0,
    primary key (circle_id, member_id)
);
create index follow_member on follow (member_id, circle_id);
create index follow_since on follow (circle_id, since desc, member_id desc);
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="circles", description=DESCRIPTION)

    async def run() -> None:
        for statement in STATEMENTS.split(";\n"):
            if statement.strip():
                await rows(statement)

    manager.add_raw(run)
    return manager
