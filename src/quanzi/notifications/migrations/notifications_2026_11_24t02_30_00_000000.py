"""Push as a way to be told; notices by their age."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from quanzi.db.engine import rows

ID = "2026-11-24T02:30:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Push as a way to be told; notices by their age."

# BRIN: notices are written in the order of their age, and only old ones are looked for by it.
STATEMENTS = """
alter table preference drop constraint preference_channel_check;
alter table preference add constraint preference_channel_check
    check (channel in ('bell', 'mail', 'push'));
create index notice_age on notice using brin (at);
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="notifications", description=DESCRIPTION)

    async def run() -> None:
        for statement in STATEMENTS.split(";\n"):
            if statement.strip():
                await rows(statement)

    manager.add_raw(run)
    return manager
