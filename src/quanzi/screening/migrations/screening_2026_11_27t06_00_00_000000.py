"""Versions of the word lists, and prints of what was lately said."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from quanzi.db.engine import rows

ID = "2026-11-27T06:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Versions of the word lists, and prints of what was lately said."

# A print is looked for as soon as it is written, so nothing waits in the index's list of new ones.
STATEMENTS = """
create table screening_list (
    version int primary key,
    words jsonb not null,
    note text not null default '',
    made_by bigint,
    made_at timestamptz not null default now()
);
create table screening_print (
    id bigserial primary key,
    member_id bigint not null references member,
    bands int[] not null,
    simhash bigint not null,
    at timestamptz not null default now()
);
create index screening_print_bands on screening_print using gin (bands) with (fastupdate = off);
create index screening_print_member on screening_print (member_id, at);
create index screening_print_at on screening_print (at)"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="screening", description=DESCRIPTION)

    async def run() -> None:
        for statement in STATEMENTS.split(";\n"):
            await rows(statement)

    manager.add_raw(run)
    return manager
