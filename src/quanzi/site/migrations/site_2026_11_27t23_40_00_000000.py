"""The site's own row."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from quanzi.db.engine import rows

ID = "2026-11-27T23:40:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "The site's own row."

# A site that has people already is not set up anew; its `member` may not be there yet.
STATEMENTS = """
create table site (
    single boolean primary key default true check (single),
    name text not null default '' check (length(name) <= 30),
    founded_at timestamptz
);
do $$ begin
    if to_regclass('member') is not null then
        insert into site (founded_at) select now() where exists (select 1 from member);
    end if;
end $$;
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="site", description=DESCRIPTION)

    async def run() -> None:
        first, _, second = STATEMENTS.partition(";\ndo")
        await rows(first)
        await rows("do" + second)

    manager.add_raw(run)
    return manager
