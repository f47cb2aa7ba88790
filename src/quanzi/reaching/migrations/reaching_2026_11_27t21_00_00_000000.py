"""Notices that wait for an owner, that greet who comes, and that call back who stays away."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from quanzi.db.engine import rows

ID = "2026-11-27T21:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = (
    "Notices that wait for an owner, that greet who comes, and that call back who stays away."
)

STATEMENTS = """
alter table circle_notice
    add column occasion text not null default '' check (occasion in ('', 'joined', 'silent')),
    add column silent_days int not null default 0,
    add column opened int not null default 0,
    drop constraint circle_notice_state_check,
    add constraint circle_notice_state_check
        check (state in ('draft', 'asked', 'planned', 'sending', 'sent', 'stopped', 'on')) not valid;
alter table circle_notice validate constraint circle_notice_state_check;
update circle_notice n set opened = (
    select count(*) from circle_notice_sent t
    where t.circle_id = n.circle_id and t.notice_id = n.id and t.opened_at is not null);
drop index circle_notice_due;
create index circle_notice_due on circle_notice (send_at) where state in ('planned', 'sending', 'on');
create unique index circle_notice_on on circle_notice (circle_id, occasion)
    where state = 'on' and occasion <> '';
create table circle_newcomer (
    circle_id bigint not null references circle (id),
    member_id bigint not null references member (id) on delete cascade,
    at timestamptz not null default now(),
    primary key (circle_id, member_id)
);
create index circle_newcomer_member on circle_newcomer (member_id);
"""
# A trigger, since followers come by several ways, and who follows must not wait for a greeting. Once
# for a statement: thousands may come in by one.
NOTES = """
create function newcomers_are_noted() returns trigger language plpgsql
set search_path = public, pg_temp as $$
begin
    insert into circle_newcomer (circle_id, member_id)
        select f.circle_id, f.member_id from came f
        where exists (select 1 from circle_notice n where n.circle_id = f.circle_id
                      and n.state = 'on' and n.occasion = 'joined')
        on conflict do nothing;
    return null;
end $$"""
NOTE = """
create trigger newcomers_are_noted after insert on follow
    referencing new table as came for each statement
    execute function newcomers_are_noted()"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="reaching", description=DESCRIPTION)

    async def run() -> None:
        for statement in (*STATEMENTS.split(";\n"), NOTES, NOTE):
            if statement.strip():
                await rows(statement)

    manager.add_raw(run)
    return manager
