"""What is said of pictures, and the card that a post's link is shown as."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from quanzi.db.engine import rows

ID = "2026-11-27T13:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "What is said of pictures, and the card that a post's link is shown as."

STATEMENTS = """
alter table image add column alt text not null default '';
alter table held_edit add column pictures text not null default '';
create table post_link (
    circle_id bigint not null,
    post_id bigint not null,
    address text not null,
    state text not null default 'wanted' check (state in ('wanted', 'shown', 'none', 'away')),
    title text not null default '',
    description text not null default '',
    site text not null default '',
    picture text not null default '',
    width int not null default 0,
    height int not null default 0,
    colour text not null default '',
    taken_until timestamptz,
    at timestamptz not null default now(),
    primary key (circle_id, post_id),
    foreign key (circle_id, post_id) references post
);
create index post_link_wanted on post_link (at) where state = 'wanted';
create index post_link_picture on post_link (picture) where picture <> '';
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="posts", description=DESCRIPTION)

    async def run() -> None:
        for statement in STATEMENTS.split(";\n"):
            if statement.strip():
                await rows(statement)

    manager.add_raw(run)
    return manager
