"""Each circle's numbered log."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from quanzi.db.engine import rows

ID = "2026-11-23T15:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Each circle's numbered log."

# In SQL, since Piccolo cannot say composite keys, partial indexes, checks or a fill factor.
# `tests/house/test_schema.py` holds the tables' classes against what stands here.
STATEMENTS = """
create table circle_head (
    circle_id bigint primary key,
    head bigint not null default 0,
    floor bigint not null default 0
) with (fillfactor = 50);
create table circle_event (
    circle_id bigint not null,
    seq bigint not null,
    event_id uuid not null default gen_random_uuid(),
    op text not null,
    subject_id bigint not null,
    version bigint not null,
    actor_id bigint,
    at timestamptz not null default now(),
    primary key (circle_id, seq)
);
create table history (
    id boolean primary key default true check (id),
    generation bigint not null default 1
);
insert into history default values;
create table once (
    actor_id bigint not null,
    key uuid not null,
    request_hash bytea not null,
    answer text not null default '',
    at timestamptz not null default now(),
    primary key (actor_id, key)
);
create index once_at on once (at);
create function quanzi_epoch() returns text language sql stable security definer as $$
    select substr(encode(sha256(convert_to(concat_ws(':',
        (select system_identifier from pg_control_system()),
        case when pg_is_in_recovery() then (select timeline_id from pg_control_checkpoint())::text
             else ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::bigint::text end,
        (select oid from pg_database where datname = current_database()),
        (select generation from history)), 'UTF8')), 'hex'), 1, 16)
$$;
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="activity", description=DESCRIPTION)

    async def run() -> None:
        for statement in STATEMENTS.split(";\n"):
            if statement.strip():
                await rows(statement)

    manager.add_raw(run)
    return manager
