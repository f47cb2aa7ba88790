"""A post becomes one of its circle's best at a time: planned, moved, called off, and done.

Once, by whichever process looks first. What cannot be is told to who planned it.
"""

from datetime import datetime

import asyncpg

from quanzi.activity.concerning import concern
from quanzi.circles import access
from quanzi.circles.access import Place
from quanzi.curation import digesting
from quanzi.curation.policy import can_digest
from quanzi.db.engine import database_now, row, rows
from quanzi.db.transaction import transaction
from quanzi.errors import Conflict, Invalid, NotAllowed, Refusal, Said, said
from quanzi.identity import sessions
from quanzi.jobs import apart
from quanzi.posts import reading
from quanzi.posts.drafts import FURTHEST

AT_ONCE = 20
IS_DUE = "plan_digest where at <= now()"
WHY: dict[str, Said] = {
    "no digest": said("帖子已经不在了，或者你不再是圈子的编辑"),
}


async def plan(place: Place, post_id: int, at: datetime) -> None:
    """Also another time for one that is planned. A post that waits has to be out by then. Raises
    NotFound, NotAllowed, Conflict, Invalid under `digest_at`.
    """
    if not can_digest(place):
        raise NotAllowed
    async with transaction():
        post = await reading.locked(place, post_id)
        if post.digest_at is not None:
            raise Conflict(said("这篇帖子已经是精华了。"))
        now = await database_now()
        if at <= max(now, post.publish_at or now):
            raise Invalid(digest_at=said("加精的时间要在现在和发布以后。"))
        if at > now + FURTHEST:
            raise Invalid(digest_at=said("最远可以选到一年以后。"))
        await rows(
            """insert into plan_digest (circle_id, post_id, at, planned_by) values ($1, $2, $3, $4)
               on conflict (circle_id, post_id) do update set at = excluded.at,
                   planned_by = excluded.planned_by""",
            place.circle.id,
            post_id,
            at,
            place.member_id,
        )


async def call_off(place: Place, post_id: int) -> bool:
    """Whether one was planned. Raises NotAllowed."""
    if not can_digest(place):
        raise NotAllowed
    gone = await rows(
        "delete from plan_digest where circle_id = $1 and post_id = $2 returning 1",
        place.circle.id,
        post_id,
    )
    return bool(gone)


async def planned_for(place: Place, post_id: int) -> datetime | None:
    found = await row(
        "select at from plan_digest where circle_id = $1 and post_id = $2",
        place.circle.id,
        post_id,
    )
    return found["at"] if found else None


async def digest_due() -> int:
    """How many were held up, or turned out not to be. Raises the last failure, after the others."""
    due = await rows(f"select circle_id, post_id from {IS_DUE} order by at limit {AT_ONCE}")
    return await apart.each("digests", map(tuple, due), lambda which: _turn(*which))


async def _turn(circle_id: int, post_id: int) -> bool:
    async with transaction():
        # The post first, as who plans it does: the other way round the two wait for each other.
        await rows(
            "select 1 from post where circle_id = $1 and id = $2 for update", circle_id, post_id
        )
        found = await rows(
            """select d.*, c.slug from plan_digest d join circle c on c.id = d.circle_id
               where d.circle_id = $1 and d.post_id = $2 and d.at <= now()
               for update of d skip locked""",
            circle_id,
            post_id,
        )
        if not found:
            return False
        await rows(
            "delete from plan_digest where circle_id = $1 and post_id = $2", circle_id, post_id
        )
        await _hold_up(found[0])
    return True


async def _hold_up(planned: asyncpg.Record) -> None:
    try:
        place = await access.front(planned["slug"], sessions.absent(planned["planned_by"]))
        await digesting.digest(place, planned["post_id"])
    except Refusal:
        await concern(
            planned["planned_by"],
            "digest.missed",
            actor_id=None,
            circle_id=planned["circle_id"],
            note="no digest",
        )
