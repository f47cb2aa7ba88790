"""Figures that many change at once, and what concerns one member."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from quanzi.db.engine import rows

ID = "2026-11-23T22:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Figures that many change at once, and what concerns one member."

# `tally` has no foreign keys: a thousand likes a second would all lock one circle's row.
STATEMENTS = """
create table tally (
    circle_id bigint not null,
    kind text not null check (kind in ('followers', 'likes', 'comments')),
    subject_id bigint not null,
    slot smallint not null,
    n bigint not null default 0,
    primary key (circle_id, kind, subject_id, slot)
) with (fillfactor = 50);
create table concern (
    id bigint generated always as identity primary key,
    kind text not null,
    member_id bigint not null,
    actor_id bigint,
    circle_id bigint not null default 0,
    post_id bigint not null default 0,
    comment_id bigint not null default 0,
    note text not null default '',
    at timestamptz not null default now()
);
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="activity", description=DESCRIPTION)

    async def run() -> None:
        for statement in STATEMENTS.split(";\n"):
            if statement.strip():
                await rows(statement)

    manager.add_raw(run)
    return manager
