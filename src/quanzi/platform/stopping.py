"""A webhook that goes no further by itself: the owners of its circle hear why."""

from collections.abc import Mapping
from typing import Any

from quanzi.activity.concerning import concern_all
from quanzi.db.engine import rows

# Each is told by a notice of the kind `webhook.…`.
WHYS = ("unowned", "failing", "gone")


async def stop(hook: Mapping[str, Any], state: str, why: str) -> None:
    """In the transaction of who holds it."""
    await rows(
        "update webhook set state = $3, why = $4 where circle_id = $1 and id = $2",
        hook["circle_id"],
        hook["id"],
        state,
        why,
    )
    owners = await rows(
        """select s.member_id from circle c join staff s on s.partner_id = c.partner_id
           where c.id = $1 and s.role = 'owner' order by s.member_id""",
        hook["circle_id"],
    )
    whom = [line["member_id"] for line in owners]
    await concern_all(whom, f"webhook.{why}", circle_id=hook["circle_id"], note=str(hook["id"]))
