"""Appeals, and posts by the time they came out."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from quanzi.db.engine import rows

ID = "2026-11-24T02:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Appeals, and posts by the time they came out."

STATEMENTS = """
create table credit_appeal (
    id bigserial primary key,
    entry_id bigint not null unique,
    member_id bigint not null references member,
    words text not null,
    state text not null default 'open' check (state in ('open', 'upheld', 'overturned')),
    reason text not null default '',
    decided_by bigint,
    decided_at timestamptz,
    created_at timestamptz not null default now()
);
create index credit_appeal_member on credit_appeal (member_id, created_at desc, id desc);
create index credit_appeal_open on credit_appeal (created_at, id) where state = 'open';
create index post_by_time on post (published_at, id) where state = 'published';
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="standing", description=DESCRIPTION)

    async def run() -> None:
        for statement in STATEMENTS.split(";\n"):
            if statement.strip():
                await rows(statement)

    manager.add_raw(run)
    return manager
