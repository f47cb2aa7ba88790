"""What the machine said of what people wrote, and the policy that turns it into what happens."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from quanzi.db.engine import rows

ID = "2026-11-27T06:15:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "What the machine said of what people wrote, and what follows from it."

# Of what says nothing there is no row. `circle_id` 0 is the platform's policy, the floor of all.
# A verdict keeps where in a text its evidence stands, and never the text.
STATEMENTS = """
create table screening_policy (
    circle_id bigint not null default 0,
    version int not null,
    policy jsonb not null,
    note text not null default '',
    made_by bigint,
    made_at timestamptz not null default now(),
    primary key (circle_id, version)
);
create table screening_verdict (
    id bigint generated always as identity primary key,
    kind text not null check (kind in ('post', 'comment', 'edit', 'page')),
    circle_id bigint not null default 0,
    post_id bigint not null default 0,
    comment_id bigint not null default 0,
    author_id bigint not null references member,
    action text not null check (action in ('publish', 'mask', 'limit', 'hold', 'refuse')),
    category text not null default '',
    score int not null default 0,
    harder int not null default 0,
    findings jsonb not null default '[]',
    lists_version int not null default 0,
    policy_version int not null default 0,
    case_id bigint,
    at timestamptz not null default now()
);
create index screening_verdict_author on screening_verdict (author_id, id desc);
create index screening_verdict_circle on screening_verdict (circle_id, at);
create index screening_verdict_thing on screening_verdict (circle_id, post_id, comment_id);
create index screening_verdict_to_open on screening_verdict (id)
    where action = 'hold' and case_id is null;
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="screening", description=DESCRIPTION)

    async def run() -> None:
        for statement in STATEMENTS.split(";\n"):
            if statement.strip():
                await rows(statement)

    manager.add_raw(run)
    return manager
