"""Keys for programs."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from quanzi.db.engine import rows

ID = "2026-11-27T17:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Keys for programs."

STATEMENTS = """
create table access_key (
    id bigint generated always as identity primary key,
    member_id bigint not null references member (id) on delete cascade,
    name text not null,
    secret bytea not null unique,
    hint text not null,
    scopes text[] not null,
    created_at timestamptz not null default now(),
    used_at timestamptz,
    ends_at timestamptz not null,
    ended_at timestamptz
);
create index access_key_member on access_key (member_id, id);
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="platform", description=DESCRIPTION)

    async def run() -> None:
        for statement in STATEMENTS.split(";\n"):
            if statement.strip():
                await rows(statement)

    manager.add_raw(run)
    return manager
