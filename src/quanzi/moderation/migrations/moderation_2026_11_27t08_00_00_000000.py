"""Cases, reports, decisions and appeals."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from quanzi.db.engine import rows

ID = "2026-11-27T08:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Cases, reports, decisions and appeals."

# Of one thing one case is open at a time. The queue is read by when it is due.
STATEMENTS = """
create table review_case (
    id bigint generated always as identity,
    circle_id bigint not null references circle,
    kind text not null check (kind in ('post', 'comment', 'edit')),
    post_id bigint not null,
    comment_id bigint not null default 0,
    author_id bigint not null references member,
    source text not null check (source in ('screening', 'report', 'staff')),
    category text not null,
    reports int not null default 0,
    reach bigint not null default 0,
    state text not null default 'open' check (state in ('open', 'second', 'decided')),
    claimed_by bigint,
    claimed_until timestamptz,
    opened_at timestamptz not null default now(),
    due_at timestamptz not null,
    decided_at timestamptz,
    primary key (circle_id, id)
);
create unique index review_case_open on review_case (circle_id, post_id, comment_id, kind)
    where state <> 'decided';
create index review_case_due on review_case (due_at, id) where state <> 'decided';
create index review_case_due_here on review_case (circle_id, due_at, id) where state <> 'decided';
create index review_case_author on review_case (author_id, opened_at desc);
create index review_case_opened on review_case (circle_id, opened_at);
create table report (
    id bigint generated always as identity,
    circle_id bigint not null,
    case_id bigint not null,
    reporter_id bigint not null references member,
    category text not null,
    note text not null default '',
    at timestamptz not null default now(),
    primary key (circle_id, id),
    unique (circle_id, case_id, reporter_id)
);
create index report_reporter on report (reporter_id, at desc);
create table decision (
    id bigint generated always as identity,
    circle_id bigint not null references circle,
    case_id bigint not null,
    kind text not null,
    post_id bigint not null,
    comment_id bigint not null default 0,
    author_id bigint not null references member,
    decided_by bigint not null,
    category text not null,
    action text not null check (action in ('keep', 'mask', 'remove')),
    measure text not null default '' check (measure in ('', 'mute', 'ban', 'site_mute', 'site_ban')),
    until timestamptz,
    credit boolean not null default true,
    reason text not null,
    state text not null default 'in_force'
        check (state in ('in_force', 'overturned')),
    second text not null default '' check (second in ('', 'wanted', 'confirmed', 'declined')),
    second_by bigint,
    second_at timestamptz,
    excerpt text not null default '',
    at timestamptz not null default now(),
    primary key (circle_id, id)
);
create index decision_author on decision (author_id, at desc, id desc);
create index decision_case on decision (circle_id, case_id);
create index decision_at on decision (circle_id, at);
create index decision_all_at on decision (at);
create table decision_appeal (
    circle_id bigint not null,
    decision_id bigint not null,
    member_id bigint not null references member,
    words text not null,
    state text not null default 'open' check (state in ('open', 'upheld', 'overturned')),
    reason text not null default '',
    decided_by bigint,
    decided_at timestamptz,
    created_at timestamptz not null default now(),
    primary key (circle_id, decision_id)
);
create index decision_appeal_member on decision_appeal (member_id, created_at desc);
create index decision_appeal_open on decision_appeal (created_at, decision_id)
    where state = 'open'
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="moderation", description=DESCRIPTION)

    async def run() -> None:
        for statement in STATEMENTS.split(";\n"):
            if statement.strip():
                await rows(statement)

    manager.add_raw(run)
    return manager
