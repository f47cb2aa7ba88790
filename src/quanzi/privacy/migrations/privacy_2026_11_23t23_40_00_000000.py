"""What members asked to take with them."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from quanzi.db.engine import rows

ID = "2026-11-23T23:40:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "What members asked to take with them."

STATEMENTS = """
create table data_export (
    id bigint generated always as identity primary key,
    member_id bigint not null references member on delete cascade,
    language text not null,
    state text not null default 'waiting' check (state in ('waiting', 'making', 'ready', 'failed')),
    done int not null default 0,
    parts int not null default 0,
    file text not null default '',
    bytes bigint not null default 0,
    asked_at timestamptz not null default now(),
    beat_at timestamptz,
    ends_at timestamptz
);
create unique index data_export_one on data_export (member_id) where state in ('waiting', 'making');
create index data_export_member on data_export (member_id, id desc);
create index data_export_due on data_export (asked_at) where state in ('waiting', 'making');
create index data_export_ends on data_export (ends_at) where ends_at is not null;
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="privacy", description=DESCRIPTION)

    async def run() -> None:
        for statement in STATEMENTS.split(";\n"):
            if statement.strip():
                await rows(statement)

    manager.add_raw(run)
    return manager
