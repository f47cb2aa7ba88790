"""What a partner says of itself, and invitations to its staff."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from quanzi.db.engine import rows

ID = "2026-11-23T23:20:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "What a partner says of itself, and invitations to its staff."

# `token_hash`: the SHA-256 of what stands in the link, so that a dump opens no door.
STATEMENTS = """
alter table partner
    add column intro text not null default '',
    add column kind text not null default 'merchant' check (kind in ('merchant', 'institution'));
create table invitation (
    id bigint generated always as identity primary key,
    partner_id bigint not null references partner on delete cascade,
    token_hash bytea not null unique,
    role text not null check (role in ('owner', 'editor', 'reviewer', 'analyst')),
    note text not null default '',
    invited_by bigint not null references member on delete cascade,
    created_at timestamptz not null default now(),
    expires_at timestamptz not null default now() + interval '7 days',
    ended_at timestamptz,
    used_at timestamptz,
    used_by bigint references member on delete set null
);
create index invitation_partner on invitation (partner_id, id desc);
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="circles", description=DESCRIPTION)

    async def run() -> None:
        for statement in STATEMENTS.split(";\n"):
            if statement.strip():
                await rows(statement)

    manager.add_raw(run)
    return manager
