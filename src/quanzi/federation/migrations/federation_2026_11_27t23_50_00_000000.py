"""Circles that are followed from other servers."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from quanzi.db.engine import rows

ID = "2026-11-27T23:50:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Circles that are followed from other servers."

STATEMENTS = """
create table federated_circle (
    circle_id bigint primary key references circle (id) on delete cascade,
    private_key bytea not null,
    state text not null default 'on' check (state in ('on', 'off')),
    since timestamptz not null default now()
);
create table federated_server (
    circle_id bigint not null references federated_circle (circle_id) on delete cascade,
    id bigint generated always as identity,
    inbox text not null,
    epoch text not null,
    seq bigint not null,
    ending boolean not null default false,
    tries int not null default 0,
    due_at timestamptz not null default now(),
    failing_since timestamptz,
    taken_until timestamptz,
    created_at timestamptz not null default now(),
    primary key (circle_id, id),
    unique (circle_id, inbox)
);
create index federated_server_due on federated_server (due_at);
create table federated_follower (
    circle_id bigint not null,
    actor text not null,
    server_id bigint not null,
    follow text not null,
    key_id text not null,
    public_key text not null,
    accepted boolean not null default false,
    since timestamptz not null default now(),
    primary key (circle_id, actor),
    foreign key (circle_id, server_id) references federated_server (circle_id, id) on delete cascade
);
create index federated_follower_server on federated_follower (circle_id, server_id);
create index federated_follower_actor on federated_follower (actor);
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="federation", description=DESCRIPTION)

    async def run() -> None:
        for statement in STATEMENTS.split(";\n"):
            if statement.strip():
                await rows(statement)

    manager.add_raw(run)
    return manager
