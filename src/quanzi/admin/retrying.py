"""What was put off is tried again now, not later. What was given up for good stays so."""

from quanzi.audit import writing as audit
from quanzi.db.engine import rows
from quanzi.db.transaction import transaction
from quanzi.errors import NotFound
from quanzi.identity.sessions import Viewer

# By the name of the queue. A letter that failed is not here: what it said has been deleted.
AGAIN = {
    "letters": "update letter set next_at = now() where state = 'waiting' returning 1",
    "pushes": "update push_message set due_at = now() where due_at > now() returning 1",
    "webhooks": """update webhook set due_at = now() where state = 'on' and due_at > now()
                   and exists (select 1 from webhook_delivery d where d.circle_id = webhook.circle_id
                               and d.webhook_id = webhook.id and d.state = 'waiting') returning 1""",
    "exports": """update data_export e set state = 'waiting', beat_at = null where state = 'failed'
                  and not exists (select 1 from data_export o where o.member_id = e.member_id
                                  and o.id > e.id) returning 1""",
}


async def retry(viewer: Viewer, queue: str) -> int:
    """How many. Raises NotFound for what cannot be hurried."""
    if queue not in AGAIN:
        raise NotFound
    async with transaction():
        count = len(await rows(AGAIN[queue]))
        await audit.write(
            "jobs.retried",
            actor_id=viewer.member_id,
            about=f"jobs:0:{queue}",
            detail={"count": count},
        )
    return count
