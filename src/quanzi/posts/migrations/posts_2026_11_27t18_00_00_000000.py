"""What was planned and is out is over: nobody looks through it for what still waits."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from quanzi.db.engine import rows

ID = "2026-11-27T18:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "What was planned and is out is over: nobody looks through it for what still waits."

STATEMENTS = """
alter table plan add column over boolean not null default false;
update plan n set over = true from post p
    where p.circle_id = n.circle_id and p.id = n.post_id and p.state in ('published', 'removed');
create index plan_open on plan (circle_id, post_id) where not over;
"""
# A trigger, since a post comes out, goes and comes back by many verbs, and each would have to think of
# it; the plan follows the post in the same transaction.
FOLLOWS = """
create function plan_follows_post() returns trigger language plpgsql
set search_path = public, pg_temp as $$
begin
    update plan set over = new.state in ('published', 'removed')
        where circle_id = new.circle_id and post_id = new.id;
    return null;
end $$"""
FOLLOW = """
create trigger plan_follows_post after update of state on post
    for each row when (old.state is distinct from new.state)
    execute function plan_follows_post()"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="posts", description=DESCRIPTION)

    async def run() -> None:
        for statement in (*STATEMENTS.split(";\n"), FOLLOWS, FOLLOW):
            if statement.strip():
                await rows(statement)

    manager.add_raw(run)
    return manager
