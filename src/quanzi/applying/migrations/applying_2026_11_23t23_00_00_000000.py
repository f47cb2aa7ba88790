"""Applications to the platform."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from quanzi.db.engine import rows

ID = "2026-11-23T23:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Applications to the platform."

# One open application of a kind for each applicant: the index says so, whoever asks twice at once.
STATEMENTS = """
create table application (
    id bigint generated always as identity primary key,
    kind text not null check (kind in ('partner', 'circle')),
    applicant_id bigint not null references member on delete cascade,
    partner_id bigint references partner on delete cascade,
    slug text not null,
    name text not null,
    name_en text not null default '',
    partner_kind text not null default '',
    category_slug text references category,
    intro text not null default '',
    rules text not null default '',
    contact text not null default '',
    cover text not null default '',
    state text not null default 'open'
        check (state in ('open', 'approved', 'refused', 'withdrawn')),
    reason text not null default '',
    decided_by bigint references member on delete set null,
    decided_at timestamptz,
    created_at timestamptz not null default now(),
    check (kind <> 'partner' or partner_kind in ('merchant', 'institution')),
    check (kind <> 'circle' or (partner_id is not null and category_slug is not null)),
    check (state <> 'refused' or reason <> '')
);
create unique index application_one_open on application (applicant_id, kind) where state = 'open';
create index application_queue on application (created_at, id) where state = 'open';
create index application_applicant on application (applicant_id, created_at desc, id desc);
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="applying", description=DESCRIPTION)

    async def run() -> None:
        for statement in STATEMENTS.split(";\n"):
            if statement.strip():
                await rows(statement)

    manager.add_raw(run)
    return manager
