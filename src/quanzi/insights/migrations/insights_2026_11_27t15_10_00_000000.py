"""What is counted of circles."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from quanzi.db.engine import rows

ID = "2026-11-27T15:10:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "What is counted of circles."

# Comments and likes come in the order of their times, and are counted of all circles at once: a BRIN
# index is small, made without reading long, and costs writers nothing.
STATEMENTS = """
create index comment_at on comment using brin (created_at);
create index liking_at on liking using brin (at);
create table seen_hour (
    circle_id bigint not null,
    hour timestamptz not null,
    post_id bigint not null default 0,
    shown bigint not null default 0,
    opens bigint not null default 0,
    primary key (circle_id, hour, post_id)
);
create index seen_hour_old on seen_hour using brin (hour);
create table active_day (
    circle_id bigint not null,
    day date not null,
    member_id bigint not null,
    primary key (circle_id, day, member_id)
);
create index active_day_member on active_day (member_id);
create index active_day_old on active_day using brin (day);
create table circle_day (
    circle_id bigint not null,
    day date not null,
    joined bigint not null default 0,
    gone bigint not null default 0,
    posts bigint not null default 0,
    comments bigint not null default 0,
    likes bigint not null default 0,
    active bigint not null default 0,
    pages bigint not null default 0,
    opens bigint not null default 0,
    primary key (circle_id, day)
);
create table source_day (
    circle_id bigint not null,
    day date not null,
    source text not null,
    joined bigint not null,
    primary key (circle_id, day, source)
);
create table circle_week (
    circle_id bigint not null,
    week date not null,
    active bigint not null,
    primary key (circle_id, week)
);
create table cohort_week (
    circle_id bigint not null,
    joined_week date not null,
    week date not null,
    active bigint not null,
    primary key (circle_id, joined_week, week)
);
create table insight_roll (
    id boolean primary key default true check (id),
    upto timestamptz not null
);
create table insight_letter (
    member_id bigint not null references member,
    partner_id bigint not null,
    due_at timestamptz,
    primary key (member_id, partner_id)
);
create index insight_letter_due on insight_letter (due_at)
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="insights", description=DESCRIPTION)

    async def run() -> None:
        for statement in STATEMENTS.split(";\n"):
            if statement.strip():
                await rows(statement)

    manager.add_raw(run)
    return manager
