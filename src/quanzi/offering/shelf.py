"""The shelf: which services a circle has, in which order. Every change locks its row first."""

from quanzi.activity.recording import record
from quanzi.db.engine import row, rows


async def lock(circle_id: int) -> None:
    """From here to the commit nobody else changes this circle's services."""
    await rows(
        """insert into service_shelf (circle_id) values ($1)
           on conflict (circle_id) do update set version = service_shelf.version""",
        circle_id,
    )


async def changed(circle_id: int, actor_id: int | None) -> int:
    """What people see of it has changed. Raise its version, say with the circle whether there is
    anything, and write the event; the last thing in its transaction.
    """
    raised = await row(
        "update service_shelf set version = version + 1 where circle_id = $1 returning version",
        circle_id,
    )
    await rows(
        """with now as (
               select coalesce(max(case when segment = 'everyone' then 'all' else 'some' end)
                               filter (where segment = 'everyone'),
                               max('some'), '') as offers
               from service where circle_id = $1 and state = 'shown')
           update circle c set offers = now.offers from now
           where c.id = $1 and c.offers <> now.offers""",
        circle_id,
    )
    version = int(raised["version"]) if raised else 0
    return await record(circle_id, "services.changed", circle_id, version, actor_id)


async def retell(circle_id: int, service_id: int) -> None:
    """Posts that carry it show something old: `due.py` has them drawn anew."""
    await rows(
        """update service set stale = true where circle_id = $1 and id = $2 and exists (
               select 1 from carried_service where circle_id = $1 and service_id = $2)""",
        circle_id,
        service_id,
    )
