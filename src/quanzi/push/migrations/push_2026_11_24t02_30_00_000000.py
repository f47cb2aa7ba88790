"""Browsers that want to be told."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from quanzi.db.engine import rows

ID = "2026-11-24T02:30:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Browsers that want to be told."

# A subscription goes with its session: signing out on a device, a changed password, a suspension and
# an erasure all end sessions, and each ends what that device is told.
STATEMENTS = """
create table push_subscription (
    id bigserial primary key,
    member_id bigint not null references member on delete cascade,
    session_id bytea not null references session on delete cascade,
    endpoint text not null unique,
    p256dh bytea not null,
    auth bytea not null,
    agent text not null default '',
    created_at timestamptz not null default now(),
    reached_at timestamptz
);
create index push_subscription_member on push_subscription (member_id);
create index push_subscription_session on push_subscription (session_id);
create table push_message (
    id bigserial primary key,
    subscription_id bigint not null references push_subscription on delete cascade,
    notice_id bigint not null,
    topic text not null,
    tries int not null default 0,
    due_at timestamptz not null,
    unique (subscription_id, notice_id)
);
create index push_message_due on push_message (due_at);
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="push", description=DESCRIPTION)

    async def run() -> None:
        for statement in STATEMENTS.split(";\n"):
            if statement.strip():
                await rows(statement)

    manager.add_raw(run)
    return manager
