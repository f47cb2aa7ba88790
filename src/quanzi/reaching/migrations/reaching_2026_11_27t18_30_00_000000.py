"""Notices of a circle."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from quanzi.db.engine import rows

ID = "2026-11-27T18:30:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Notices of a circle."

STATEMENTS = """
create table circle_notice (
    circle_id bigint not null references circle (id),
    id bigint generated always as identity,
    author_id bigint not null references member (id),
    segment_id bigint,
    title text not null,
    body text not null,
    link text not null default '',
    state text not null default 'draft'
        check (state in ('draft', 'planned', 'sending', 'sent', 'stopped')),
    send_at timestamptz,
    reached bigint not null default 0,
    sent int not null default 0,
    taken_until timestamptz,
    version int not null default 1,
    created_at timestamptz not null default now(),
    ended_at timestamptz,
    primary key (circle_id, id)
);
create index circle_notice_due on circle_notice (send_at) where state in ('planned', 'sending');
create index circle_notice_author on circle_notice (author_id);
create table circle_notice_sent (
    circle_id bigint not null,
    notice_id bigint not null,
    member_id bigint not null references member (id) on delete cascade,
    at timestamptz not null default now(),
    opened_at timestamptz,
    primary key (circle_id, notice_id, member_id),
    foreign key (circle_id, notice_id) references circle_notice (circle_id, id)
);
create index circle_notice_sent_member on circle_notice_sent (member_id);
create table circle_notice_mute (
    circle_id bigint not null references circle (id),
    member_id bigint not null references member (id) on delete cascade,
    at timestamptz not null default now(),
    primary key (circle_id, member_id)
);
create index circle_notice_mute_member on circle_notice_mute (member_id);
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="reaching", description=DESCRIPTION)

    async def run() -> None:
        for statement in STATEMENTS.split(";\n"):
            if statement.strip():
                await rows(statement)

    manager.add_raw(run)
    return manager
