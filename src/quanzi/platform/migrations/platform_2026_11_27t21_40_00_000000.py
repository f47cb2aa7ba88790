"""Apps of partners and members, and what people allow them."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from quanzi.db.engine import rows

ID = "2026-11-27T21:40:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Apps, and what people allow them."

STATEMENTS = """
create table oauth_app (
    id bigint generated always as identity primary key,
    member_id bigint not null references member (id) on delete cascade,
    client_id text not null unique,
    name text not null,
    secret bytea,
    hint text not null default '',
    redirects text[] not null,
    scopes text[] not null,
    created_at timestamptz not null default now()
);
create index oauth_app_member on oauth_app (member_id, id);
create table oauth_grant (
    id bigint generated always as identity primary key,
    member_id bigint not null references member (id) on delete cascade,
    app_id bigint not null references oauth_app (id) on delete cascade,
    by_itself boolean not null default false,
    scopes text[] not null,
    created_at timestamptz not null default now(),
    used_at timestamptz,
    ends_at timestamptz not null
);
create index oauth_grant_member on oauth_grant (member_id, app_id);
create index oauth_grant_app on oauth_grant (app_id);
create unique index oauth_grant_by_itself on oauth_grant (app_id) where by_itself;
create index oauth_grant_ends on oauth_grant (ends_at);
create table oauth_code (
    secret bytea primary key,
    grant_id bigint not null unique references oauth_grant (id) on delete cascade,
    redirect text not null,
    challenge text not null,
    spent boolean not null default false,
    ends_at timestamptz not null
);
create table oauth_token (
    secret bytea primary key,
    grant_id bigint not null references oauth_grant (id) on delete cascade,
    kind text not null check (kind in ('access', 'refresh')),
    scopes text[] not null,
    spent_at timestamptz,
    ends_at timestamptz not null
);
create index oauth_token_grant on oauth_token (grant_id);
create index oauth_token_ends on oauth_token (ends_at);
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="platform", description=DESCRIPTION)

    async def run() -> None:
        for statement in STATEMENTS.split(";\n"):
            if statement.strip():
                await rows(statement)

    manager.add_raw(run)
    return manager
