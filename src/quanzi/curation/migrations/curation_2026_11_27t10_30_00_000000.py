"""What each pin brought."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from quanzi.db.engine import rows

ID = "2026-11-27T10:30:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "What each pin brought."

STATEMENTS = """
create table pin_brought (
    circle_id bigint not null,
    pin_id bigint not null,
    views bigint not null default 0,
    opens bigint not null default 0,
    primary key (circle_id, pin_id),
    foreign key (circle_id, pin_id) references pin
);
create index pin_history on pin (circle_id, ended_at desc, id desc) where state = 'ended'
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="curation", description=DESCRIPTION)

    async def run() -> None:
        for statement in STATEMENTS.split(";\n"):
            if statement.strip():
                await rows(statement)

    manager.add_raw(run)
    return manager
