"""Webhooks: addresses that hear what happens in a circle, and what was sent to them."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from quanzi.db.engine import rows

ID = "2026-11-27T21:30:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Webhooks: addresses that hear what happens in a circle, and what was sent to them."

STATEMENTS = """
create table webhook (
    circle_id bigint not null references circle (id),
    id bigint generated always as identity,
    member_id bigint not null references member (id) on delete cascade,
    url text not null,
    secret bytea not null,
    former_secret bytea,
    former_until timestamptz,
    state text not null default 'on' check (state in ('on', 'paused', 'ended')),
    why text not null default '',
    epoch text not null,
    seq bigint not null,
    tries int not null default 0,
    due_at timestamptz not null default now(),
    failing_since timestamptz,
    taken_until timestamptz,
    created_at timestamptz not null default now(),
    primary key (circle_id, id)
);
create index webhook_member on webhook (member_id);
create table webhook_delivery (
    circle_id bigint not null,
    id bigint generated always as identity,
    webhook_id bigint not null,
    message text not null,
    op text not null,
    body text not null,
    state text not null default 'waiting' check (state in ('waiting', 'asked', 'delivered', 'failed')),
    attempts int not null default 0,
    status int not null default 0,
    created_at timestamptz not null default now(),
    tried_at timestamptz,
    primary key (circle_id, id),
    unique (circle_id, webhook_id, message),
    foreign key (circle_id, webhook_id) references webhook (circle_id, id) on delete cascade
);
create index webhook_delivery_log on webhook_delivery (circle_id, webhook_id, id);
create index webhook_delivery_due on webhook_delivery (circle_id, webhook_id, state, id)
    where state in ('waiting', 'asked');
create index webhook_delivery_old on webhook_delivery (created_at);
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="platform", description=DESCRIPTION)

    async def run() -> None:
        for statement in STATEMENTS.split(";\n"):
            if statement.strip():
                await rows(statement)

    manager.add_raw(run)
    return manager
