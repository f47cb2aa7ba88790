"""Posts and comments that wait to be looked at, are shown to fewer, or can be put back."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from quanzi.db.engine import rows

ID = "2026-11-27T07:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = (
    "Posts and comments that wait to be looked at, are shown to fewer, or can be put back."
)

# `pictures`: what is still to be looked at by the machine; `people`: a case is open or to be opened.
# The constraint is put up unproven first, so that nobody waits while the table is read.
STATEMENTS = """
alter table post drop constraint post_state_check;
alter table post add constraint post_state_check
    check (state in ('scheduled', 'held', 'published', 'removed')) not valid;
alter table post validate constraint post_state_check;
alter table post add column held_for text not null default ''
    check (held_for in ('', 'pictures', 'people'));
alter table post add column looked_at timestamptz;
alter table post add column limited boolean not null default false;
create index post_held on post (author_id, id desc) where state = 'held';
create index post_held_for_pictures on post (created_at) where held_for = 'pictures';
alter table comment drop constraint comment_state_check;
alter table comment add constraint comment_state_check
    check (state in ('held', 'published', 'removed')) not valid;
alter table comment validate constraint comment_state_check;
create index comment_held on comment (author_id, id desc) where state = 'held';
alter table image add column likeness bigint;
create table withheld (
    circle_id bigint not null,
    post_id bigint not null,
    comment_id bigint not null default 0,
    author_id bigint not null references member,
    was text not null check (was in ('scheduled', 'held', 'published')),
    body text not null,
    topics text[] not null default '{}',
    version bigint not null,
    at timestamptz not null default now(),
    primary key (circle_id, post_id, comment_id)
);
create index withheld_author on withheld (author_id);
create index withheld_at on withheld (at);
create table held_edit (
    circle_id bigint not null,
    post_id bigint not null,
    editor_id bigint not null references member,
    version bigint not null,
    body text not null,
    at timestamptz not null default now(),
    primary key (circle_id, post_id)
);
create index held_edit_editor on held_edit (editor_id);
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="posts", description=DESCRIPTION)

    async def run() -> None:
        for statement in STATEMENTS.split(";\n"):
            if statement.strip():
                await rows(statement)

    manager.add_raw(run)
    return manager
