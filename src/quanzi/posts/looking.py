"""Posts whose pictures nothing has looked at yet: looked at now, and out by themselves when they may.

Any process may look; each post is taken by one. What cannot be looked at for long, since there is
nothing to look with, is for people.
"""

from collections.abc import Mapping
from contextlib import suppress

import asyncpg

from quanzi.circles import access
from quanzi.db.engine import row, rows
from quanzi.db.transaction import transaction
from quanzi.errors import NotFound
from quanzi.identity import sessions
from quanzi.posts import pictures as stored
from quanzi.posts import vetting, withholding
from quanzi.screening import pictures, verdicts
from quanzi.screening.looking import Seen
from quanzi.screening.verdicts import Piece, Verdict

AT_ONCE = 5
WITHIN = 20.0
PATIENCE = "10 minutes"
# While one process looks, others leave it alone.
TURN = "1 minute"
IS_DUE = f"""post where held_for = 'pictures'
             and (looked_at is null or looked_at < now() - interval '{TURN}')"""


async def look_due() -> int:
    """How many were decided about."""
    due = await rows(
        f"""update post set looked_at = now() where (circle_id, id) in (
                select circle_id, id from {IS_DUE}
                order by created_at limit {AT_ONCE} for update skip locked)
            returning circle_id, id, author_id, body, version,
                      created_at < now() - interval '{PATIENCE}' as late"""
    )
    return sum([await _look(post) for post in due])


async def _look(post: asyncpg.Record) -> bool:
    names = await stored.names(post["circle_id"], post["id"])
    seen = await pictures.look(names, within=WITHIN)
    if None in seen and not post["late"]:
        return False
    piece = await _piece(post)
    verdict = await verdicts.judge(piece, seen)
    async with transaction():
        await _keep_likenesses(post, dict(zip(names, seen, strict=True)))
        await _follow(post, piece, verdict, blind=None in seen)
    return True


async def _piece(post: asyncpg.Record) -> Piece:
    """As `vetting.vet` would look at it for its author."""
    trust = await trust_in(post["circle_id"], post["author_id"])
    return Piece("post", post["circle_id"], post["author_id"], post["body"], *trust)


async def trust_in(circle_id: int, author_id: int) -> tuple[int, frozenset[str]]:
    """By how many points sooner, and what is no fault in what they say there."""
    trust: tuple[int, frozenset[str]] = (vetting.HARDER, frozenset())
    circle = await row("select slug from circle where id = $1", circle_id)
    # Where they may not even know the circle any longer, nobody believes them more than anybody.
    with suppress(NotFound):
        author = sessions.absent(author_id)
        place = await access.front(circle["slug"] if circle else "", author)
        trust = vetting.harder(place), vetting.spared(place)
    return trust


async def _keep_likenesses(post: asyncpg.Record, seen: Mapping[str, Seen | None]) -> None:
    for name, each in seen.items():
        if each is not None:
            await rows(
                "update image set likeness = $3 where circle_id = $1 and name = $2",
                post["circle_id"],
                name,
                each.hash,
            )


async def _follow(post: asyncpg.Record, piece: Piece, verdict: Verdict, *, blind: bool) -> None:
    """It was sent already: what would have been refused is for people, too. What has been changed
    meanwhile is looked at again.
    """
    held = await rows(
        """select version from post where circle_id = $1 and id = $2 and held_for = 'pictures'
           for update""",
        post["circle_id"],
        post["id"],
    )
    if not held or held[0]["version"] != post["version"]:
        return
    if blind or verdict.action in {"hold", "refuse"}:
        await verdicts.hold(verdict, piece, post["id"])
        await rows(
            "update post set held_for = 'people' where circle_id = $1 and id = $2",
            post["circle_id"],
            post["id"],
        )
    else:
        if verdict.action == "limit":
            await rows(
                "update post set limited = true where circle_id = $1 and id = $2",
                post["circle_id"],
                post["id"],
            )
        await withholding.release(post["circle_id"], post["id"])
