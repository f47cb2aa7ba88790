"""A word about oneself, and where one's letters go."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from quanzi.db.engine import rows

ID = "2026-11-23T23:10:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "A word about oneself, and where one's letters go."

# An address stands apart from its member, who is read with every post.
STATEMENTS = """
alter table member add column intro text not null default '' check (length(intro) <= 200);
create table mailbox (
    member_id bigint primary key references member on delete cascade,
    address text not null default '' check (length(address) <= 254),
    confirmed_at timestamptz,
    language text not null default 'zh-Hans',
    time_zone text not null default 'Asia/Shanghai'
);
create table mailbox_wish (
    token_hash bytea primary key check (length(token_hash) = 32),
    member_id bigint not null references member on delete cascade,
    address text not null check (length(address) between 3 and 254),
    ends_at timestamptz not null default now() + interval '24 hours'
);
create index mailbox_wish_member on mailbox_wish (member_id);
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="identity", description=DESCRIPTION)

    async def run() -> None:
        for statement in STATEMENTS.split(";\n"):
            if statement.strip():
                await rows(statement)

    manager.add_raw(run)
    return manager
