"""Consent, requests, who is verified, and who looked at what is sealed."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from quanzi.db.engine import rows

ID = "2026-11-24T02:45:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Consent, requests, who is verified, and who looked at what is sealed."

STATEMENTS = """
create table consent (
    id bigserial primary key,
    member_id bigint not null references member,
    text text not null,
    version int not null,
    at timestamptz not null default now(),
    withdrawn_at timestamptz
);
create index consent_member on consent (member_id, text);
create table verification_request (
    id bigserial primary key,
    member_id bigint not null references member,
    kind text not null check (kind in ('resident', 'permit', 'passport')),
    fingerprint bytea not null,
    masked text not null,
    wrapped_key bytea,
    key_version int not null default 0,
    sealed_name bytea,
    sealed_number bytea,
    pictures text[] not null default '{}',
    state text not null default 'open'
        check (state in ('open', 'approved', 'refused', 'withdrawn')),
    reason text not null default '',
    decided_by bigint,
    decided_at timestamptz,
    created_at timestamptz not null default now(),
    check (state = 'open' or (wrapped_key is null and sealed_name is null
                              and sealed_number is null and pictures = '{}'))
);
create unique index verification_request_one on verification_request (member_id)
    where state = 'open';
create index verification_request_member on verification_request (member_id, created_at desc);
create index verification_request_open on verification_request (created_at, id)
    where state = 'open';
create table verified (
    member_id bigint primary key references member on delete cascade,
    provider text not null,
    receipt text not null default '',
    fingerprint bytea unique,
    masked text not null default '',
    wrapped_key bytea,
    key_version int not null default 0,
    sealed_name bytea,
    sealed_number bytea,
    at timestamptz not null default now()
);
create table sealed_look (
    id bigserial primary key,
    member_id bigint not null,
    looker_id bigint not null,
    why text not null,
    at timestamptz not null default now()
);
create table openid_link (
    issuer text not null,
    subject text not null,
    member_id bigint not null references member on delete cascade,
    at timestamptz not null default now(),
    primary key (issuer, subject),
    unique (member_id, issuer)
);
create index sealed_look_member on sealed_look (member_id, at desc);
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="verification", description=DESCRIPTION)

    async def run() -> None:
        for statement in STATEMENTS.split(";\n"):
            if statement.strip():
                await rows(statement)

    manager.add_raw(run)
    return manager
