"""Pages that links lead to."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from quanzi.db.engine import rows

ID = "2026-11-27T13:05:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Pages that links lead to."

STATEMENTS = """
create table link_page (
    address text primary key,
    host text not null,
    state text not null default 'taken' check (state in ('taken', 'ready', 'nothing')),
    title text not null default '',
    description text not null default '',
    site text not null default '',
    picture text not null default '',
    width int not null default 0,
    height int not null default 0,
    colour text not null default '',
    taken_until timestamptz not null,
    at timestamptz not null default now()
);
create index link_page_host on link_page (host, at);
create index link_page_at on link_page (at);
create index link_page_picture on link_page (picture) where picture <> '';
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="links", description=DESCRIPTION)

    async def run() -> None:
        for statement in STATEMENTS.split(";\n"):
            if statement.strip():
                await rows(statement)

    manager.add_raw(run)
    return manager
