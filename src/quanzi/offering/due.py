"""Services whose start or end has come, and posts that carry one that has changed.

Ends are writes too: a page never decides by its own clock what is shown.
"""

from collections.abc import Sequence

import asyncpg

from quanzi.activity.recording import record
from quanzi.db.engine import rows
from quanzi.db.transaction import transaction
from quanzi.jobs.ticker import Ticker
from quanzi.jobs.watch import Due, Watched
from quanzi.offering import shelf
from quanzi.offering.forgetting import erase_due
from quanzi.posts import redrawing

AT_ONCE = 20
EVERY_ERASING = 60.0
TURNS = f"""
    (select circle_id from service where state = 'shown' and ends_at <= now() limit {AT_ONCE})
    union (select circle_id from service where state = 'waiting' and starts_at <= now()
           limit {AT_ONCE})"""
STALE = "select circle_id, id from service where stale"
# So many posts of one service at a time: each is an event of its circle.
POSTS_AT_ONCE = 50


def tickers() -> list[Ticker]:
    """Of their own: posts that are told anew by the fifty keep no other due thing waiting."""
    return [
        Watched({"services": Due(TURNS, turn_due), "services.carried": Due(STALE, retell_due)}),
        Ticker({"requests.old": erase_due}, EVERY_ERASING),
    ]


async def turn_due() -> int:
    """How many circles' shelves changed."""
    due = await rows(f"{TURNS} order by circle_id")
    return sum([await _turn(line["circle_id"]) for line in due])


async def _turn(circle_id: int) -> bool:
    async with transaction():
        await shelf.lock(circle_id)
        turned = await rows(
            """update service set version = version + 1,
                      state = case when ends_at <= now() then 'ended' else 'shown' end,
                      ended_at = case when ends_at <= now() then ends_at end
               where circle_id = $1 and (state = 'shown' and ends_at <= now()
                                         or state = 'waiting' and starts_at <= now())
               returning id""",
            circle_id,
        )
        for line in sorted(turned):
            await shelf.retell(circle_id, line["id"])
        if turned:
            await shelf.changed(circle_id, None)
    return bool(turned)


async def retell_due() -> int:
    """How many posts were told anew with what their service says now."""
    due = await rows(f"{STALE} limit {AT_ONCE}")
    return sum([await _retell(*line) for line in sorted(due)])


async def _retell(circle_id: int, service_id: int) -> int:
    async with transaction():
        # No stronger than others need who write a post that carries it.
        taken = await rows(
            """select version from service where circle_id = $1 and id = $2 and stale
               for no key update skip locked""",
            circle_id,
            service_id,
        )
        if not taken:
            return 0
        posts = await _behind(circle_id, service_id, taken[0]["version"])
        if len(posts) < POSTS_AT_ONCE:
            await rows(
                "update service set stale = false where circle_id = $1 and id = $2",
                circle_id,
                service_id,
            )
        drawn = [
            (line["id"], await redrawing.raise_version(circle_id, line["id"]), line["state"])
            for line in posts
            if line["state"] != "removed"
        ]
        for post_id, version, state in drawn:
            if state == "published":
                await record(circle_id, "post.edited", post_id, version, None)
    return len(posts)


async def _behind(circle_id: int, service_id: int, version: int) -> Sequence[asyncpg.Record]:
    """Some posts that show an older version, locked, and now said to show this one."""
    # The post first, as all do who change what it carries.
    posts = await rows(
        f"""select id, state from post where circle_id = $1 and id in (
                select post_id from carried_service
                where circle_id = $1 and service_id = $2 and version < $3
                order by post_id desc limit {POSTS_AT_ONCE})
            order by id for update""",
        circle_id,
        service_id,
        version,
    )
    await rows(
        """update carried_service set version = $3
           where circle_id = $1 and service_id = $2 and post_id = any($4::bigint[])""",
        circle_id,
        service_id,
        version,
        [line["id"] for line in posts],
    )
    return posts
