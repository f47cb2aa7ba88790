"""Segments and tags of fans; checking in, and what it comes to."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from quanzi.db.engine import rows

ID = "2026-11-27T14:20:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Segments and tags of fans; checking in, and what it comes to."

# A tag is a partner's note about somebody who follows: it goes with the follow, and so with the
# member. Check-ins are the member's own and outlive a change of mind.
STATEMENTS = """
create table segment (
    circle_id bigint not null references circle,
    id bigint generated always as identity,
    name text not null,
    conditions jsonb not null default '{}',
    version bigint not null default 1,
    made_at timestamptz not null default now(),
    withdrawn_at timestamptz,
    primary key (circle_id, id)
);
create unique index segment_name on segment (circle_id, name) where withdrawn_at is null;
create table fan_tag (
    circle_id bigint not null references circle,
    id bigint generated always as identity,
    name text not null,
    rule jsonb,
    version bigint not null default 1,
    due_at timestamptz,
    reached bigint not null default 0,
    made_at timestamptz not null default now(),
    primary key (circle_id, id)
);
create unique index fan_tag_name on fan_tag (circle_id, name);
create index fan_tag_due on fan_tag (due_at) where due_at is not null;
create table fan_tagged (
    circle_id bigint not null,
    tag_id bigint not null,
    member_id bigint not null,
    at timestamptz not null default now(),
    primary key (circle_id, tag_id, member_id),
    foreign key (circle_id, tag_id) references fan_tag on delete cascade,
    foreign key (circle_id, member_id) references follow on delete cascade
);
create index fan_tagged_member on fan_tagged (member_id, circle_id);
create table fan_setting (
    circle_id bigint primary key references circle,
    levels jsonb not null default '[]'
);
create table check_in (
    circle_id bigint not null,
    member_id bigint not null references member,
    day date not null,
    primary key (circle_id, member_id, day)
);
create index check_in_member on check_in (member_id, day);
create table fan_standing (
    circle_id bigint not null,
    member_id bigint not null references member,
    last_day date not null,
    streak int not null default 1 check (streak > 0),
    longest int not null default 1 check (longest >= streak),
    points int not null default 0 check (points >= 0),
    primary key (circle_id, member_id)
);
create index fan_standing_member on fan_standing (member_id)
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="fans", description=DESCRIPTION)

    async def run() -> None:
        for statement in STATEMENTS.split(";\n"):
            if statement.strip():
                await rows(statement)

    manager.add_raw(run)
    return manager
