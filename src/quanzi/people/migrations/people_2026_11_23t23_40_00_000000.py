"""Who follows whom, whom they do not want to be shown, and how they want to be found."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from quanzi.db.engine import rows

ID = "2026-11-23T23:40:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Who follows whom, whom they do not want to be shown, and how they want to be found."

# No foreign keys: a thousand followers a second would all lock one member's row.
STATEMENTS = """
create table member_follow (
    follower_id bigint not null,
    member_id bigint not null,
    since timestamptz not null default now(),
    primary key (follower_id, member_id),
    check (follower_id <> member_id)
);
create index member_follow_by on member_follow (follower_id, since desc, member_id desc);
create index member_follow_of on member_follow (member_id, since desc, follower_id desc);
create table member_figure (
    member_id bigint not null,
    slot smallint not null,
    followers bigint not null default 0,
    following bigint not null default 0,
    primary key (member_id, slot)
) with (fillfactor = 50);
create table dismissal (
    member_id bigint not null,
    dismissed_id bigint not null,
    at timestamptz not null default now(),
    primary key (member_id, dismissed_id)
);
create index dismissal_of on dismissal (dismissed_id);
create table people_setting (
    member_id bigint primary key,
    suggestable boolean not null default true,
    suggestions boolean not null default true,
    circles_shown boolean not null default true
);
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="people", description=DESCRIPTION)

    async def run() -> None:
        for statement in STATEMENTS.split(";\n"):
            if statement.strip():
                await rows(statement)

    manager.add_raw(run)
    return manager
