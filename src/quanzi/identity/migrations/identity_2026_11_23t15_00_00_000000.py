"""People, their passwords and their sessions."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from quanzi.db.engine import rows

ID = "2026-11-23T15:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "People, their passwords and their sessions."

# In SQL, since Piccolo cannot say composite keys, partial indexes, checks or a fill factor.
# `tests/house/test_schema.py` holds the tables' classes against what stands here.
STATEMENTS = """
create table member (
    id bigint generated always as identity primary key,
    handle text not null check (handle ~ '^[a-z0-9][a-z0-9-]{1,28}[a-z0-9]$'),
    name text not null check (length(name) between 1 and 40),
    platform_role text not null default '' check (platform_role in ('', 'moderator', 'admin')),
    suspended_at timestamptz,
    created_at timestamptz not null default now(),
    unique (handle)
);
create table credential (
    member_id bigint primary key references member on delete cascade,
    password_hash text not null,
    changed_at timestamptz not null default now()
);
create table session (
    id bytea primary key check (length(id) = 32),
    member_id bigint not null references member on delete cascade,
    agent text not null default '',
    created_at timestamptz not null default now(),
    seen_at timestamptz not null default now(),
    idle_until timestamptz not null,
    ends_at timestamptz not null
);
create index session_member on session (member_id);
create index session_ends on session (ends_at);
create table revocation (
    id bigint generated always as identity primary key,
    kind text not null check (kind in ('session', 'member', 'circle')),
    subject text not null,
    at timestamptz not null default clock_timestamp()
);
create index revocation_at on revocation (at);
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="identity", description=DESCRIPTION)

    async def run() -> None:
        for statement in STATEMENTS.split(";\n"):
            if statement.strip():
                await rows(statement)

    manager.add_raw(run)
    return manager
