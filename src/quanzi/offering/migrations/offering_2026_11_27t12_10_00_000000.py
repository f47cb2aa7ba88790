"""Services, and what members ask of them."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from quanzi.db.engine import rows

ID = "2026-11-27T12:10:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Services, and what members ask of them."

STATEMENTS = """
create table service_shelf (
    circle_id bigint primary key references circle,
    version bigint not null default 0
);
create table service (
    circle_id bigint not null references circle,
    id bigint generated always as identity,
    place int not null,
    state text not null default 'draft'
        check (state in ('draft', 'waiting', 'shown', 'ended', 'deleted')),
    version bigint not null default 1,
    title text not null,
    body text not null default '',
    price text not null default '',
    picture text not null default '',
    link text not null default '',
    questions jsonb not null default '[]',
    segment text not null default 'everyone',
    least int not null default 0,
    starts_at timestamptz,
    ends_at timestamptz,
    ended_at timestamptz,
    kept_days int not null default 90 check (kept_days between 1 and 365),
    stale boolean not null default false,
    created_at timestamptz not null default now(),
    primary key (circle_id, id),
    check (ends_at is null or starts_at is null or ends_at > starts_at)
);
create index service_order on service (circle_id, place, id) where state <> 'deleted';
create index service_shown on service (circle_id, place, id) where state = 'shown';
create index service_starts on service (starts_at) where state = 'waiting';
create index service_ends on service (ends_at) where state = 'shown' and ends_at is not null;
create index service_stale on service (circle_id) where stale;
create table service_request (
    circle_id bigint not null,
    id bigint generated always as identity,
    service_id bigint not null,
    member_id bigint not null references member,
    state text not null default 'new'
        check (state in ('new', 'accepted', 'declined', 'done', 'withdrawn')),
    answers jsonb not null default '[]',
    note text not null default '',
    keeps_until timestamptz not null,
    erased_at timestamptz,
    decided_by bigint references member,
    decided_at timestamptz,
    created_at timestamptz not null default now(),
    primary key (circle_id, id),
    foreign key (circle_id, service_id) references service
);
create index service_request_inbox on service_request (circle_id, created_at, id);
create index service_request_by_state on service_request (circle_id, state, created_at, id);
create index service_request_of on service_request (circle_id, service_id, created_at, id);
create index service_request_own on service_request (member_id, created_at, id);
create index service_request_kept on service_request (keeps_until) where erased_at is null
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="offering", description=DESCRIPTION)

    async def run() -> None:
        for statement in STATEMENTS.split(";\n"):
            if statement.strip():
                await rows(statement)

    manager.add_raw(run)
    return manager
