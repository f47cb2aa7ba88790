"""Followers elsewhere: who begins, and who ends it. Each is kept for as long as they follow."""

from quanzi.activity import reading as log
from quanzi.db.engine import row, rows
from quanzi.db.transaction import transaction
from quanzi.errors import Conflict, NotFound, said
from quanzi.federation.elsewhere import Actor

# Of one circle: beyond them a server of this kind is the wrong means.
MOST_FOLLOWERS = 10_000


async def follow(circle_id: int, actor: Actor, asked: str) -> None:
    """From now on; `asked`: the id of what they asked with, which is said yes to. Once more is said
    yes to once more. Raises Conflict where there are too many, NotFound where it has just closed.
    """
    async with transaction():
        await _held(circle_id)
        # Before what it holds, as who delivers to it does: nobody waits for the other.
        server_id = await _server(circle_id, actor.inbox)
        known = await rows(
            "delete from federated_follower where circle_id = $1 and actor = $2 returning 1",
            circle_id,
            actor.id,
        )
        there = await row(
            "select count(*) as n from federated_follower where circle_id = $1", circle_id
        )
        if not known and there and there["n"] >= MOST_FOLLOWERS:
            raise Conflict(said("关注这个圈子的其他服务器用户已经太多了。"))
        await rows(
            """insert into federated_follower
                   (circle_id, actor, server_id, follow, key_id, public_key)
               values ($1, $2, $3, $4, $5, $6)""",
            circle_id,
            actor.id,
            server_id,
            asked,
            actor.key_id,
            actor.public_key,
        )
        await _forget_empty(circle_id)


async def unfollow(circle_id: int, actor_id: str, asked: str = "") -> None:
    """Twice is once. `asked`: only what they asked for with this id; '' for whatever it was."""
    async with transaction():
        await rows(
            """select 1 from federated_server s join federated_follower f
                   on f.circle_id = s.circle_id and f.server_id = s.id
               where f.circle_id = $1 and f.actor = $2 for update of s""",
            circle_id,
            actor_id,
        )
        await rows(
            """delete from federated_follower
               where circle_id = $1 and actor = $2 and $3 in ('', follow)""",
            circle_id,
            actor_id,
            asked,
        )
        await _forget_empty(circle_id)


async def gone(actor_id: str) -> None:
    """An actor that is no more, in whatever circles they followed."""
    found = await rows(
        "select circle_id from federated_follower where actor = $1 order by 1", actor_id
    )
    for line in found:
        await unfollow(line["circle_id"], actor_id)


async def known(actor_id: str) -> Actor | None:
    """As they were when they began to follow: for who cannot be asked any more."""
    found = await row(
        """select f.actor, s.inbox, f.key_id, f.public_key from federated_follower f
           join federated_server s on s.circle_id = f.circle_id and s.id = f.server_id
           where f.actor = $1 order by f.since desc limit 1""",
        actor_id,
    )
    return Actor(*found) if found else None


async def _held(circle_id: int) -> None:
    """Against its closing, and against others who are just beginning."""
    found = await rows(
        """select 1 from federated_circle where circle_id = $1 and state = 'on'
           for no key update""",
        circle_id,
    )
    if not found:
        raise NotFound


async def _server(circle_id: int, inbox: str) -> int:
    """One that is new hears what happens from now on."""
    made = await rows(
        """insert into federated_server (circle_id, inbox, epoch, seq) values ($1, $2, $3, $4)
           on conflict (circle_id, inbox) do update set inbox = excluded.inbox returning id""",
        circle_id,
        inbox,
        await log.epoch(),
        (await log.heads([circle_id]))[circle_id].seq,
    )
    return int(made[0]["id"])


async def _forget_empty(circle_id: int) -> None:
    await rows(
        """delete from federated_server s where s.circle_id = $1 and not s.ending
           and not exists (select 1 from federated_follower f
                           where f.circle_id = s.circle_id and f.server_id = s.id)""",
        circle_id,
    )
