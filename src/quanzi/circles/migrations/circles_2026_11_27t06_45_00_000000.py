"""Who may not talk in a circle for a while, and who may not be there."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from quanzi.db.engine import rows

ID = "2026-11-27T06:45:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Who may not talk in a circle for a while, and who may not be there."

# `circle_id` 0: on the whole site.
STATEMENTS = """
create table ban (
    id bigint generated always as identity,
    circle_id bigint not null default 0,
    member_id bigint not null references member,
    kind text not null check (kind in ('mute', 'ban')),
    until timestamptz not null,
    reason text not null default '',
    given_by bigint,
    at timestamptz not null default now(),
    lifted_at timestamptz,
    primary key (circle_id, id)
);
create unique index ban_in_force on ban (member_id, circle_id, kind) where lifted_at is null;
create index ban_over on ban (until) where lifted_at is null;
create index ban_member on ban (member_id)
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="circles", description=DESCRIPTION)

    async def run() -> None:
        for statement in STATEMENTS.split(";\n"):
            if statement.strip():
                await rows(statement)

    manager.add_raw(run)
    return manager
