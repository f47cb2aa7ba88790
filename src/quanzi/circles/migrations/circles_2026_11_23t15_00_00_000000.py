"""Categories, partners with their staff, and circles."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from quanzi.db.engine import rows

ID = "2026-11-23T15:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Categories, partners with their staff, and circles."

# In SQL, since Piccolo cannot say composite keys, partial indexes, checks or a fill factor.
# `tests/house/test_schema.py` holds the tables' classes against what stands here.
STATEMENTS = """
create table category (
    slug text primary key,
    name text not null,
    name_en text not null,
    place int not null
);
create table partner (
    id bigint generated always as identity primary key,
    slug text not null unique,
    name text not null,
    name_en text not null default '',
    created_at timestamptz not null default now()
);
create table staff (
    partner_id bigint not null references partner on delete cascade,
    member_id bigint not null references member on delete cascade,
    role text not null check (role in ('owner', 'editor', 'reviewer', 'analyst')),
    since timestamptz not null default now(),
    primary key (partner_id, member_id)
);
create index staff_member on staff (member_id);
create table circle (
    id bigint generated always as identity primary key,
    slug text not null unique check (slug ~ '^[a-z0-9][a-z0-9-]{1,48}[a-z0-9]$'),
    partner_id bigint not null references partner,
    category_slug text not null references category,
    name text not null,
    name_en text not null default '',
    intro text not null default '',
    rules text not null default '',
    cover text not null default '',
    colour text not null default '#5b8a72',
    posting text not null default 'members' check (posting in ('members', 'staff')),
    hidden boolean not null default false,
    pin_slots int not null default 3 check (pin_slots between 0 and 10),
    time_zone text not null default 'Asia/Shanghai',
    version bigint not null default 1,
    created_at timestamptz not null default now()
);
create index circle_category on circle (category_slug, id);
create index circle_partner on circle (partner_id);
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="circles", description=DESCRIPTION)

    async def run() -> None:
        for statement in STATEMENTS.split(";\n"):
            if statement.strip():
                await rows(statement)

    manager.add_raw(run)
    return manager
