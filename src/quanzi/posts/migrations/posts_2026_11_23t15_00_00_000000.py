"""Posts with their pictures and topics."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from quanzi.db.engine import rows

ID = "2026-11-23T15:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Posts with their pictures and topics."

# In SQL, since Piccolo cannot say composite keys, partial indexes, checks or a fill factor.
# `tests/house/test_schema.py` holds the tables' classes against what stands here.
STATEMENTS = """
create table post (
    circle_id bigint not null references circle,
    id bigint generated always as identity,
    author_id bigint not null references member,
    state text not null check (state in ('scheduled', 'published', 'removed')),
    seq bigint,
    version bigint not null default 1,
    body text not null,
    by_staff boolean not null default false,
    publish_at timestamptz,
    published_at timestamptz,
    edited_at timestamptz,
    removed_at timestamptz,
    removed_by bigint references member,
    pin_wanted boolean not null default false,
    pin_until timestamptz,
    created_at timestamptz not null default now(),
    primary key (circle_id, id),
    check (state <> 'removed' or body = ''),
    check (state <> 'published' or (seq is not null and published_at is not null))
);
create unique index post_feed on post (circle_id, seq desc) where state = 'published';
create index post_due on post (publish_at) where state = 'scheduled';
create index post_author on post (author_id, id desc);
create table image (
    circle_id bigint not null,
    name text not null,
    post_id bigint not null,
    place int not null check (place between 0 and 8),
    width int not null,
    height int not null,
    colour text not null,
    primary key (circle_id, name),
    unique (circle_id, post_id, place),
    foreign key (circle_id, post_id) references post
);
create table topic (
    circle_id bigint not null,
    name text not null,
    post_id bigint not null,
    primary key (circle_id, name, post_id),
    foreign key (circle_id, post_id) references post
);
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="posts", description=DESCRIPTION)

    async def run() -> None:
        for statement in STATEMENTS.split(";\n"):
            if statement.strip():
                await rows(statement)

    manager.add_raw(run)
    return manager
