"""Texts to use again, and what was being written."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from quanzi.db.engine import rows

ID = "2026-11-27T10:40:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Texts to use again, and what was being written."

STATEMENTS = """
create table post_template (
    circle_id bigint not null references circle,
    id bigint generated always as identity,
    name text not null,
    body text not null,
    topics text[] not null default '{}',
    made_by bigint not null references member,
    made_at timestamptz not null default now(),
    primary key (circle_id, id)
);
create index post_template_made_by on post_template (made_by);
create table unsent (
    circle_id bigint not null references circle,
    member_id bigint not null references member,
    body text not null,
    topics text not null default '',
    publish_at text not null default '',
    at timestamptz not null default now(),
    primary key (circle_id, member_id)
);
create index unsent_member on unsent (member_id);
create index unsent_at on unsent (at)
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="posts", description=DESCRIPTION)

    async def run() -> None:
        for statement in STATEMENTS.split(";\n"):
            if statement.strip():
                await rows(statement)

    manager.add_raw(run)
    return manager
