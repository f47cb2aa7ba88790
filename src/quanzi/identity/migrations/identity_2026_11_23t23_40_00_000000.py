"""Members who are leaving for good."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from quanzi.db.engine import rows

ID = "2026-11-23T23:40:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Members who are leaving for good."

# `at` is the member's `suspended_at`: an account that was suspended for another reason as well
# does not come back when its owner changes their mind.
STATEMENTS = """
create table leaving (
    member_id bigint primary key references member on delete cascade,
    at timestamptz not null default now(),
    due_at timestamptz not null,
    taken_until timestamptz
);
create index leaving_due on leaving (due_at);
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="identity", description=DESCRIPTION)

    async def run() -> None:
        for statement in STATEMENTS.split(";\n"):
            if statement.strip():
                await rows(statement)

    manager.add_raw(run)
    return manager
