"""Agreeing to an import, stopping it, and giving it up."""

from datetime import timedelta

import asyncpg

from quanzi import clock
from quanzi.circles.access import Place
from quanzi.db.engine import rows
from quanzi.db.transaction import transaction
from quanzi.errors import Conflict, Invalid, NotAllowed, NotFound, Said, said
from quanzi.importing import claiming, policy
from quanzi.posts import drafts

WAYS = ("drafts", "pace")
# In minutes, from one to the next.
PACES: dict[int, Said] = {
    10: said("每 10 分钟一篇"),
    30: said("每半小时一篇"),
    60: said("每小时一篇"),
    180: said("每 3 小时一篇"),
    720: said("每半天一篇"),
    1440: said("每天一篇"),
}


async def start(place: Place, import_id: int, *, way: str, every: int, dated: bool) -> None:
    """Also again, after it was stopped. Raises NotFound, NotAllowed, Conflict; Invalid under `way` or
    `every`.
    """
    if way not in WAYS:
        raise Invalid(way=said("请选择导入以后怎么发布。"))
    if way == "pace" and every not in PACES:
        raise Invalid(every=said("请选择多久发一篇。"))
    async with transaction():
        found = await _locked(place, import_id)
        if found["state"] == "running":
            return
        if found["state"] not in {"tried", "stopped"}:
            raise Conflict
        if await _is_untried(place.circle.id, import_id):
            # It was stopped before every row was looked at: that comes first, and agreeing to it then.
            await rows(
                """update post_import set state = 'trying', why = '', beat_at = null
                   where circle_id = $1 and id = $2""",
                place.circle.id,
                import_id,
            )
            return
        await _time(place.circle.id, import_id, every if way == "pace" else 0)
        await rows(
            """update post_import set state = 'running', way = $3, every = $4, dated = $5, why = '',
                      beat_at = null where circle_id = $1 and id = $2""",
            place.circle.id,
            import_id,
            way,
            every if way == "pace" else 0,
            dated,
        )


async def stop(place: Place, import_id: int) -> None:
    """What has been brought in stays. Raises NotFound, NotAllowed."""
    async with transaction():
        found = await _locked(place, import_id)
        if found["state"] == "running":
            await rows(
                """update post_import set state = 'stopped', beat_at = null
                   where circle_id = $1 and id = $2""",
                place.circle.id,
                import_id,
            )


async def drop(place: Place, import_id: int) -> None:
    """Raises NotFound, NotAllowed."""
    async with transaction():
        await _locked(place, import_id)
        await claiming.finish(place.circle.id, import_id, "dropped")


async def _locked(place: Place, import_id: int) -> asyncpg.Record:
    if not policy.can_import(place):
        raise NotAllowed
    found = await rows(
        "select state, good, made from post_import where circle_id = $1 and id = $2 for update",
        place.circle.id,
        import_id,
    )
    if not found:
        raise NotFound
    return found[0]


async def _is_untried(circle_id: int, import_id: int) -> bool:
    found = await rows(
        """select 1 from post_import_row where circle_id = $1 and import_id = $2 and state = 'new'
           limit 1""",
        circle_id,
        import_id,
    )
    return bool(found)


async def _time(circle_id: int, import_id: int, every: int) -> None:
    """The rows without a time of their own get one each, or none. Raises Invalid under `every`."""
    await rows(
        """update post_import_row set publish_at = null, paced = false
           where circle_id = $1 and import_id = $2 and state = 'good'
             and (paced or publish_at <= now())""",
        circle_id,
        import_id,
    )
    if not every:
        return
    timed = await rows(
        """update post_import_row r set paced = true,
                  publish_at = now() + t.place * make_interval(mins => $3)
           from (select number, row_number() over (order by number) as place from post_import_row
                 where circle_id = $1 and import_id = $2 and state = 'good' and publish_at is null) t
           where r.circle_id = $1 and r.import_id = $2 and r.number = t.number
           returning r.publish_at""",
        circle_id,
        import_id,
        every,
    )
    last = max((line["publish_at"] for line in timed), default=clock.now())
    if last > clock.now() + drafts.FURTHEST + timedelta(minutes=1):
        raise Invalid(
            every=said(
                "这样要发一年以上，请选快一点，或者先存成草稿（有 %(n)d 篇）。", n=len(timed)
            )
        )
