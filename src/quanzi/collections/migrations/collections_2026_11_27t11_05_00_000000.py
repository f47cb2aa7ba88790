"""Collections with their sections, what stands in them, and what members suggest."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from quanzi.db.engine import rows

ID = "2026-11-27T11:05:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Collections with their sections, what stands in them, and what members suggest."

# In SQL, since Piccolo cannot say composite keys, partial indexes or checks.
# An entry outlives its post's removal: put back, the post stands where it stood.
STATEMENTS = """
create table collection (
    circle_id bigint not null references circle,
    id bigint generated always as identity,
    state text not null default 'draft' check (state in ('draft', 'published')),
    title text not null,
    intro text not null default '',
    cover text not null default '',
    version bigint not null default 1,
    made_by bigint not null references member,
    created_at timestamptz not null default now(),
    published_at timestamptz,
    primary key (circle_id, id),
    check (state <> 'published' or published_at is not null)
);
create index collection_list on collection (circle_id, published_at desc, id desc)
    where state = 'published';
create index collection_made_by on collection (made_by);
create table collection_section (
    circle_id bigint not null,
    collection_id bigint not null,
    id bigint generated always as identity,
    place int not null,
    title text not null default '',
    primary key (circle_id, id),
    foreign key (circle_id, collection_id) references collection on delete cascade
);
create index collection_sections on collection_section (circle_id, collection_id, place);
create table collection_entry (
    circle_id bigint not null,
    collection_id bigint not null,
    post_id bigint not null,
    section_id bigint not null,
    place int not null,
    title text not null default '',
    note text not null default '',
    metres int check (metres > 0),
    start text not null default '',
    link text not null default '',
    map text not null default '',
    added_by bigint not null references member,
    added_at timestamptz not null default now(),
    primary key (circle_id, collection_id, post_id),
    foreign key (circle_id, collection_id) references collection on delete cascade,
    foreign key (circle_id, section_id) references collection_section,
    foreign key (circle_id, post_id) references post
);
create index collection_entry_post on collection_entry (circle_id, post_id);
create index collection_entry_added_by on collection_entry (added_by);
create table collection_suggestion (
    circle_id bigint not null,
    id bigint generated always as identity,
    collection_id bigint not null,
    post_id bigint not null,
    member_id bigint not null references member,
    reason text not null,
    state text not null default 'open' check (state in ('open', 'accepted', 'declined')),
    decided_by bigint references member,
    at timestamptz not null default now(),
    primary key (circle_id, id),
    unique (circle_id, post_id, member_id)
);
create index collection_suggestion_open on collection_suggestion (circle_id, id desc)
    where state = 'open';
create table collection_search (
    circle_id bigint not null,
    collection_id bigint not null,
    words tsvector not null,
    primary key (circle_id, collection_id),
    foreign key (circle_id, collection_id) references collection on delete cascade
);
create index collection_search_words on collection_search using gin (words);
create index collection_suggestion_member on collection_suggestion (member_id);
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="collections", description=DESCRIPTION)

    async def run() -> None:
        for statement in STATEMENTS.split(";\n"):
            if statement.strip():
                await rows(statement)

    manager.add_raw(run)
    return manager
