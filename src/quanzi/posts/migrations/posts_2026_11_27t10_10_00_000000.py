"""Posts that wait for a time or for an owner's word, and what is known of a plan."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from quanzi.db.engine import rows

ID = "2026-11-27T10:10:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Posts that wait for a time or for an owner's word, and what is known of a plan."

STATEMENTS = """
alter table post add column waits_for text not null default '';
alter table post add constraint post_waits_for_check
    check (waits_for in ('', 'time', 'approval')) not valid;
alter table post validate constraint post_waits_for_check;
create table plan (
    circle_id bigint not null,
    post_id bigint not null,
    planned_by bigint not null references member,
    series_id bigint,
    on_day date,
    approved_by bigint,
    approved_at timestamptz,
    note text not null default '',
    missed_at timestamptz,
    missed_for timestamptz,
    missed_why text not null default '',
    primary key (circle_id, post_id),
    foreign key (circle_id, post_id) references post,
    check ((series_id is null) = (on_day is null))
);
create unique index plan_of_series on plan (circle_id, series_id, on_day)
    where series_id is not null;
create index plan_by on plan (planned_by)
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="posts", description=DESCRIPTION)

    async def run() -> None:
        for statement in STATEMENTS.split(";\n"):
            if statement.strip():
                await rows(statement)

    manager.add_raw(run)
    return manager
