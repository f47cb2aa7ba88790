"""Letters on their way out."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from quanzi.db.engine import rows

ID = "2026-11-23T23:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Letters on their way out."

STATEMENTS = """
create table letter (
    id bigint generated always as identity primary key,
    key text not null unique,
    member_id bigint not null,
    recipient text not null check (length(recipient) between 3 and 254),
    language text not null,
    subject text not null,
    text text not null,
    html text not null,
    unsubscribe text not null default '',
    state text not null default 'waiting'
        check (state in ('waiting', 'sending', 'sent', 'failed', 'unsure')),
    tries int not null default 0,
    next_at timestamptz not null default now(),
    last_error text not null default '',
    at timestamptz not null default now(),
    ended_at timestamptz
);
create index letter_due on letter (next_at) where state in ('waiting', 'sending');
create index letter_ended on letter (ended_at) where ended_at is not null;
create index letter_member on letter (member_id);
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="mail", description=DESCRIPTION)

    async def run() -> None:
        for statement in STATEMENTS.split(";\n"):
            if statement.strip():
                await rows(statement)

    manager.add_raw(run)
    return manager
