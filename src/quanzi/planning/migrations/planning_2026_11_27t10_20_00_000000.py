"""Series of posts."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from quanzi.db.engine import rows

ID = "2026-11-27T10:20:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Series of posts."

STATEMENTS = """
create table plan_series (
    circle_id bigint not null references circle,
    id bigint generated always as identity,
    author_id bigint not null references member,
    body text not null,
    topics text[] not null default '{}',
    pin_hours int not null default 0 check (pin_hours between 0 and 744),
    every text not null check (every in ('day', 'week', 'month')),
    weekdays int not null default 0 check (weekdays between 0 and 127),
    month_day int not null default 0 check (month_day between 0 and 31),
    minute int not null check (minute between 0 and 1439),
    first_day date not null,
    last_day date check (last_day >= first_day),
    state text not null default 'running' check (state in ('asked', 'running', 'ended')),
    why_ended text not null default '',
    made_until date,
    version bigint not null default 1,
    approved boolean not null default false,
    created_at timestamptz not null default now(),
    primary key (circle_id, id),
    check (every <> 'week' or weekdays > 0),
    check (every <> 'month' or month_day > 0)
);
create index plan_series_running on plan_series (made_until nulls first) where state = 'running';
create index plan_series_author on plan_series (author_id)
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="planning", description=DESCRIPTION)

    async def run() -> None:
        for statement in STATEMENTS.split(";\n"):
            if statement.strip():
                await rows(statement)

    manager.add_raw(run)
    return manager
