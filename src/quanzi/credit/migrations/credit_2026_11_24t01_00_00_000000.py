"""What each member's credit stands at."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from quanzi.db.engine import rows

ID = "2026-11-24T01:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "What each member's credit stands at."

STATEMENT = """
create table credit_account (
    member_id bigint primary key references member on delete cascade,
    score int not null check (score between 350 and 950)
)
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="credit", description=DESCRIPTION)

    async def run() -> None:
        await rows(STATEMENT)

    manager.add_raw(run)
    return manager
