"""What a server elsewhere is to be told next: yes to who asked, what happened, or that it is over.

A server's place in the circle's log moves on when it has taken what happened there: nothing is lost,
and nothing is kept that was drawn before. As with webhooks (`platform/queueing.py`), who has one in
hand holds it for a while, and who dies with it is waited for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import asyncpg

from quanzi.activity import reading as log
from quanzi.circles.readable import open_to_all
from quanzi.db.engine import row, rows
from quanzi.db.transaction import transaction
from quanzi.errors import NotFound
from quanzi.federation import news, openings
from quanzi.federation.news import Letter
from quanzi.federation.ours import Actors

PIECE = 50
TAKEN = "45 seconds"
IS_DUE = f"""federated_server s join circle c on c.id = s.circle_id
             join circle_head h on h.circle_id = s.circle_id
             where s.due_at <= now() and (s.taken_until is null or s.taken_until < now())
               and (s.ending or {open_to_all()} and (
                    h.head <> s.seq or s.epoch <> (select quanzi_epoch())
                    or exists (select 1 from federated_follower f
                               where f.circle_id = s.circle_id and f.server_id = s.id
                                 and not f.accepted)))"""


@dataclass(frozen=True, slots=True)
class Claim:
    """`token`: until when it is ours; another process has another."""

    circle_id: int
    server_id: int
    token: datetime


@dataclass(frozen=True, slots=True)
class Errand:
    """What is sent together. `accepts`: the follower who is told yes, and what they asked with; `seq`:
    up to where the log has been told when it has arrived; neither: it is the last.
    """

    inbox: str
    tries: int
    private_key: bytes
    letters: Sequence[Letter]
    accepts: tuple[str, str] | None = None
    seq: int = -1


async def claimed(most: int) -> list[Claim]:
    """Those that have something to be told, the longest due first, for nobody else to tell."""
    found = await rows(
        f"""update federated_server set taken_until = now() + interval '{TAKEN}'
            where (circle_id, id) in (
                select s.circle_id, s.id from {IS_DUE}
                order by s.due_at limit $1 for update of s skip locked)
            returning circle_id, id, taken_until""",
        most,
    )
    return [Claim(*line) for line in found]


async def next_of(claim: Claim) -> Errand | None:
    """None when there is nothing more to be told now, or it is no longer ours to tell."""
    async with transaction():
        server = await held(claim)
        if server is None or not server["due"]:
            return None
        if server["ending"]:
            return _errand(server, news.goodbye(Actors(server["slug"])))
        if not server["open"]:
            return None
        asks = await row(
            """select actor, follow from federated_follower
               where circle_id = $1 and server_id = $2 and not accepted order by since limit 1""",
            claim.circle_id,
            claim.server_id,
        )
        if asks is not None:
            letters = news.accepted(Actors(server["slug"]), asks["actor"], asks["follow"])
            return _errand(server, letters, accepts=(asks["actor"], asks["follow"]))
        return await _happened(claim, server)


async def held(claim: Claim) -> asyncpg.Record | None:
    """Against others; None when another process has it, or it was forgotten."""
    return await row(
        f"""select s.*, c.slug, f.private_key, s.due_at <= now() as due,
                   f.state = 'on' and {open_to_all()} as open
            from federated_server s join circle c on c.id = s.circle_id
            join federated_circle f on f.circle_id = s.circle_id
            where s.circle_id = $1 and s.id = $2 and s.taken_until = $3 for update of s""",
        claim.circle_id,
        claim.server_id,
        claim.token,
    )


async def moved_on(claim: Claim, seq: int) -> None:
    await rows(
        """update federated_server set epoch = quanzi_epoch(), seq = $3
           where circle_id = $1 and id = $2""",
        claim.circle_id,
        claim.server_id,
        seq,
    )


async def release(claim: Claim) -> None:
    """After its turn it is the last of those that are due."""
    await rows(
        """update federated_server set taken_until = null, due_at = greatest(due_at, now())
           where circle_id = $1 and id = $2 and taken_until = $3""",
        claim.circle_id,
        claim.server_id,
        claim.token,
    )


async def _happened(claim: Claim, server: asyncpg.Record) -> Errand | None:
    """The first thing after its place in the log that concerns it; what does not is passed over."""
    epoch = await log.epoch()
    head = (await log.heads([claim.circle_id]))[claim.circle_id]
    if server["epoch"] != epoch or not head.floor <= server["seq"] <= head.seq:
        # Another history, or too far back: there is no telling what it has missed.
        await moved_on(claim, head.seq)
        return None
    try:
        opening = await openings.opening(server["slug"])
    except NotFound:
        return None
    seq = server["seq"]
    while found := await log.after(claim.circle_id, seq, PIECE):
        for event in found:
            letters = (
                await news.letters_of(opening, event, f"{epoch}-{event.seq}")
                if event.op in news.OPS
                else []
            )
            if letters:
                return _errand(server, letters, seq=event.seq)
        seq = found[-1].seq
        await moved_on(claim, seq)
    return None


def _errand(
    server: asyncpg.Record,
    letters: Sequence[Letter],
    *,
    accepts: tuple[str, str] | None = None,
    seq: int = -1,
) -> Errand:
    return Errand(server["inbox"], server["tries"], server["private_key"], letters, accepts, seq)
