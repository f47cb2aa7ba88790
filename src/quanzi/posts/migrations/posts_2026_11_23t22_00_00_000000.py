"""Comments, likes, and who was mentioned."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from quanzi.db.engine import rows

ID = "2026-11-23T22:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Comments, likes, and who was mentioned."

# A like has no foreign keys: a thousand a second would all lock one post's row.
# A topic carries its post's number, so that a topic's page is read by one index.
STATEMENTS = """
create table comment (
    circle_id bigint not null,
    id bigint generated always as identity,
    post_id bigint not null,
    root_id bigint,
    reply_to bigint,
    author_id bigint not null references member,
    state text not null default 'published' check (state in ('published', 'removed')),
    version bigint not null default 1,
    body text not null,
    by_staff boolean not null default false,
    removed_at timestamptz,
    removed_by bigint references member,
    created_at timestamptz not null default now(),
    primary key (circle_id, id),
    foreign key (circle_id, post_id) references post,
    check (state <> 'removed' or body = ''),
    check ((root_id is null) = (reply_to is null))
);
create index comment_roots on comment (circle_id, post_id, id) where root_id is null;
create index comment_replies on comment (circle_id, root_id, id) where root_id is not null;
create index comment_author on comment (author_id, id desc);
create table liking (
    circle_id bigint not null,
    post_id bigint not null,
    member_id bigint not null,
    at timestamptz not null default now(),
    primary key (circle_id, post_id, member_id)
);
create index liking_member on liking (member_id, at desc);
create table mention (
    circle_id bigint not null,
    post_id bigint not null,
    comment_id bigint not null default 0,
    member_id bigint not null references member,
    primary key (circle_id, post_id, comment_id, member_id)
);
alter table topic add column seq bigint;
update topic t set seq = p.seq from post p where p.circle_id = t.circle_id and p.id = t.post_id;
create index topic_feed on topic (circle_id, name, seq desc) where seq is not null;
create index post_latest on post (circle_id, published_at desc, id desc) where state = 'published';
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="posts", description=DESCRIPTION)

    async def run() -> None:
        for statement in STATEMENTS.split(";\n"):
            if statement.strip():
                await rows(statement)

    manager.add_raw(run)
    return manager
