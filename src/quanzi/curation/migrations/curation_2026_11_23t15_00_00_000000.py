"""Pins: slots, order, start and end."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from quanzi.db.engine import rows

ID = "2026-11-23T15:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Pins: slots, order, start and end."

# In SQL, since Piccolo cannot say composite keys, partial indexes, checks or a fill factor.
# `tests/house/test_schema.py` holds the tables' classes against what stands here.
STATEMENTS = """
create table pin_board (
    circle_id bigint primary key references circle,
    version bigint not null default 0
);
create table pin (
    circle_id bigint not null,
    id bigint generated always as identity,
    post_id bigint not null,
    slot int not null check (slot between 0 and 10),
    state text not null check (state in ('waiting', 'shown', 'ended')),
    starts_at timestamptz not null default now(),
    ends_at timestamptz,
    pinned_by bigint not null references member,
    ended_at timestamptz,
    why_ended text not null default '',
    created_at timestamptz not null default now(),
    primary key (circle_id, id),
    foreign key (circle_id, post_id) references post,
    check (ends_at is null or ends_at > starts_at)
);
create unique index pin_slot on pin (circle_id, slot) where state = 'shown';
create unique index pin_once on pin (circle_id, post_id) where state in ('waiting', 'shown');
create index pin_starts on pin (starts_at) where state = 'waiting';
create index pin_ends on pin (ends_at) where state = 'shown';
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="curation", description=DESCRIPTION)

    async def run() -> None:
        for statement in STATEMENTS.split(";\n"):
            if statement.strip():
                await rows(statement)

    manager.add_raw(run)
    return manager
