"""Taking a service off the shelf because reviewers decided so, and putting it back when they were wrong.

It stays as it is for who keeps the shelf, to see what it was about; nobody shows or changes it.
"""

from quanzi.db.engine import rows
from quanzi.db.transaction import transaction
from quanzi.errors import NotFound
from quanzi.offering import shelf


async def remove(circle_id: int, service_id: int, by: int | None) -> int:
    """The number of the event. Raises NotFound for what has gone already."""
    return await _turned(
        circle_id, service_id, by, "state = 'removed'", "state not in ('removed', 'deleted')"
    )


async def put_back(circle_id: int, service_id: int, by: int | None) -> int:
    """Where it stood; what has ended meanwhile has ended. Raises NotFound for what has gone for good."""
    return await _turned(
        circle_id,
        service_id,
        by,
        """state = case when ended_at is not null or ends_at <= now() then 'ended'
                        when starts_at > now() then 'waiting' else 'shown' end,
           ended_at = coalesce(ended_at, case when ends_at <= now() then ends_at end)""",
        "state = 'removed'",
    )


async def _turned(circle_id: int, service_id: int, by: int | None, change: str, where: str) -> int:
    async with transaction():
        await shelf.lock(circle_id)
        turned = await rows(
            f"""update service set {change}, version = version + 1
                where circle_id = $1 and id = $2 and {where} returning 1""",
            circle_id,
            service_id,
        )
        if not turned:
            raise NotFound
        await shelf.retell(circle_id, service_id)
        return await shelf.changed(circle_id, by)
