"""Imports of posts, and their rows."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from quanzi.db.engine import rows

ID = "2026-11-27T13:10:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Imports of posts, and their rows."

STATEMENTS = """
create table post_import (
    circle_id bigint not null references circle,
    id bigint generated always as identity,
    member_id bigint not null references member,
    name text not null,
    digest bytea not null,
    language text not null,
    state text not null default 'trying'
        check (state in ('trying', 'tried', 'running', 'stopped', 'done', 'dropped')),
    archive text not null default '',
    way text not null default '' check (way in ('', 'drafts', 'pace')),
    every int not null default 0,
    dated boolean not null default false,
    rows int not null,
    good int not null default 0,
    wrong int not null default 0,
    doubles int not null default 0,
    made int not null default 0,
    failed int not null default 0,
    why text not null default '',
    asked_at timestamptz not null default now(),
    beat_at timestamptz,
    ended_at timestamptz,
    primary key (circle_id, id)
);
create index post_import_member on post_import (member_id);
create index post_import_open on post_import (beat_at nulls first)
    where state in ('trying', 'running');
create table post_import_row (
    circle_id bigint not null,
    import_id bigint not null,
    number int not null,
    state text not null default 'new'
        check (state in ('new', 'good', 'wrong', 'double', 'made', 'failed')),
    body text not null,
    topics text not null default '',
    pictures text[] not null default '{}',
    publish_at timestamptz,
    paced boolean not null default false,
    first_at timestamptz,
    excerpt text not null,
    notes text not null default '',
    post_id bigint,
    primary key (circle_id, import_id, number),
    foreign key (circle_id, import_id) references post_import on delete cascade
);
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="importing", description=DESCRIPTION)

    async def run() -> None:
        for statement in STATEMENTS.split(";\n"):
            if statement.strip():
                await rows(statement)

    manager.add_raw(run)
    return manager
