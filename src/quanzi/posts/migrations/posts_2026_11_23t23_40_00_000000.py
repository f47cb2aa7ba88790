"""A member's posts by time, a post's topics, and where a member was named."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from quanzi.db.engine import rows

ID = "2026-11-23T23:40:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "A member's posts by time, a post's topics, and where a member was named."

# A topic's key begins with its name: without this index each drawing of a post looks through all
# the topics of its circle.
STATEMENTS = """
create index post_by_author on post (author_id, published_at desc, id desc)
    where state = 'published';
create index topic_post on topic (circle_id, post_id);
create index mention_member on mention (member_id);
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="posts", description=DESCRIPTION)

    async def run() -> None:
        for statement in STATEMENTS.split(";\n"):
            if statement.strip():
                await rows(statement)

    manager.add_raw(run)
    return manager
