"""Notices, what members want to hear, and digests."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from quanzi.db.engine import rows

ID = "2026-11-23T23:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Notices, what members want to hear, and digests."

# `notice` has no foreign keys: a thousand likes a second of one author's post would all lock one
# member's row. A notice of who has gone is never read, since it is read by member.
STATEMENTS = """
create table notice (
    member_id bigint not null,
    id bigint generated always as identity,
    kind text not null,
    group_key text not null,
    circle_id bigint not null default 0,
    post_id bigint not null default 0,
    comment_id bigint not null default 0,
    actor_ids bigint[] not null default '{}' check (cardinality(actor_ids) <= 3),
    actors int not null default 0,
    note text not null default '',
    tray boolean not null default true,
    at timestamptz not null default now(),
    seen_at timestamptz,
    read_at timestamptz,
    primary key (member_id, id)
) with (fillfactor = 80);
create unique index notice_unread on notice (member_id, group_key) where read_at is null;
create index notice_latest on notice (member_id, at desc, id desc);
create index notice_unseen on notice (member_id) where seen_at is null and tray;
create table preference (
    member_id bigint not null references member on delete cascade,
    subject text not null,
    channel text not null check (channel in ('bell', 'mail')),
    wanted boolean not null,
    primary key (member_id, subject, channel)
);
create table digest (
    member_id bigint primary key references member on delete cascade,
    every text not null default 'off' check (every in ('off', 'daily', 'weekly')),
    hour smallint not null default 20 check (hour between 0 and 23),
    due_at timestamptz,
    told_until timestamptz not null default now()
);
create index digest_due on digest (due_at) where due_at is not null;
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="notifications", description=DESCRIPTION)

    async def run() -> None:
        for statement in STATEMENTS.split(";\n"):
            if statement.strip():
                await rows(statement)

    manager.add_raw(run)
    return manager
