"""Taking away what somebody decided against, and putting it back when that was wrong.

To everybody else it is removed; its words wait in `withheld`, its pictures in the store, for as long
as the decision can be appealed. Rights are asked by who decides: this is called by no page.
"""

from contextlib import suppress

import asyncpg

from quanzi.activity import tallying
from quanzi.activity.recording import record
from quanzi.credit import ledger
from quanzi.credit.ledger import Cause
from quanzi.db.engine import rows
from quanzi.db.transaction import transaction
from quanzi.errors import NotFound
from quanzi.posts import carding, commenting, emptying, indexing, naming, redrawing, writing

# For so long who took something away can undo it.
UNDO_MINUTES = 5


async def withhold(circle_id: int, post_id: int, by: int | None) -> int:
    """The number of the event; 0 for a post that never came out. Raises NotFound when it is gone."""
    async with transaction():
        post = await _locked("post", circle_id, post_id)
        await _keep(post, post_id, 0, await _topics(circle_id, post_id))
        await emptying.empty_post(circle_id, post_id, by)
        if post["state"] != "published":
            return 0
        await ledger.reverse_earned(Cause("post", circle_id, post_id), "removed")
        return await record(circle_id, "post.removed", post_id, post["version"] + 1, by)


async def set_aside(circle_id: int, post_id: int, comment_id: int = 0) -> None:
    """Before its author takes it away: for some minutes they can undo that."""
    topics = [] if comment_id else await _topics(circle_id, post_id)
    table, thing_id = ("comment", comment_id) if comment_id else ("post", post_id)
    await _keep(await _locked(table, circle_id, thing_id), post_id, comment_id, topics)
    await rows(
        f"""update withheld set undo_until = now() + interval '{UNDO_MINUTES} minutes'
            where circle_id = $1 and post_id = $2 and comment_id = $3""",
        circle_id,
        post_id,
        comment_id,
    )


async def put_back(circle_id: int, post_id: int, by: int | None, *, own: bool = False) -> int:
    """The number of the event; 0 for a post that goes on waiting for its time. Raises NotFound when
    there is nothing to put back. `own`: by who took it away themselves; nobody else puts that back.
    """
    async with transaction():
        post = await _locked("post", circle_id, post_id, "removed")
        kept = await _taken_out(circle_id, post_id, 0, own=own)
        await rows(
            """update post set state = $3, body = $4, version = version + 1,
                      removed_at = null, removed_by = null where circle_id = $1 and id = $2""",
            circle_id,
            post_id,
            kept["was"],
            kept["body"],
        )
        await redrawing.words_follow(circle_id, post_id, kept["version"], post["version"] + 1)
        await rows(
            """insert into topic (circle_id, name, post_id, seq)
               select $1, unnest($3::text[]), $2, $4 on conflict do nothing""",
            circle_id,
            post_id,
            kept["topics"],
            post["seq"],
        )
        if kept["was"] != "published":
            return await release(circle_id, post_id) if kept["was"] == "held" else 0
        await naming.name(circle_id, post_id, 0, kept["body"])
        await indexing.write(circle_id, post_id)
        await carding.follow(circle_id, post_id)
        await ledger.give_back(Cause("post", circle_id, post_id))
        return await record(circle_id, "post.restored", post_id, post["version"] + 1, by)


async def release(circle_id: int, post_id: int) -> int:
    """A post that was held comes out, or goes on waiting for its time or an owner: then 0. One whose
    time is over meanwhile is due: `due.py` asks whether it still may.
    """
    async with transaction():
        post = await _locked("post", circle_id, post_id, "held")
        [waits] = await rows(
            """update post set state = 'scheduled', held_for = '' where circle_id = $1 and id = $2
               returning waits_for <> '' or publish_at is not null as waits""",
            circle_id,
            post_id,
        )
        if waits["waits"]:
            return 0
        await naming.name(circle_id, post_id, 0, post["body"])
        return await writing.bring_out(circle_id, post_id, post["version"], post["author_id"])


async def withhold_comment(circle_id: int, post_id: int, comment_id: int, by: int | None) -> int:
    """As `withhold`."""
    async with transaction():
        comment = await _locked("comment", circle_id, comment_id)
        await _keep(comment, post_id, comment_id)
        return await emptying.empty_comment(
            circle_id,
            post_id,
            comment_id,
            by,
            was=comment["state"],
            version=comment["version"],
        )


async def put_comment_back(
    circle_id: int, post_id: int, comment_id: int, by: int | None, *, own: bool = False
) -> int:
    """As `put_back`. Where its post has gone meanwhile it stays away: NotFound."""
    async with transaction():
        await _locked("post", circle_id, post_id, "published")
        await _locked("comment", circle_id, comment_id, "removed")
        kept = await _taken_out(circle_id, post_id, comment_id, own=own)
        back = await rows(
            """update comment k set state = $3, body = $4, version = k.version + 1,
                      removed_at = null, removed_by = null from post p
               where k.circle_id = $1 and k.id = $2 and p.circle_id = $1 and p.id = k.post_id
                 and p.state = 'published' returning k.version""",
            circle_id,
            comment_id,
            kept["was"],
            kept["body"],
        )
        if not back:
            raise NotFound
        if kept["was"] == "held":
            return await commenting.bring_out(circle_id, comment_id)
        await naming.name(circle_id, post_id, comment_id, kept["body"])
        await tallying.add(circle_id, tallying.COMMENTS, post_id, 1)
        return await record(circle_id, "comment.restored", comment_id, back[0]["version"], by)


async def keep_words(circle_id: int, post_id: int, comment_id: int) -> None:
    """Before stars are put over some of them: until then they can be put back."""
    table, thing_id = ("comment", comment_id) if comment_id else ("post", post_id)
    thing = await _locked(table, circle_id, thing_id)
    await _keep(thing, post_id, comment_id)


async def taken_words(circle_id: int, post_id: int, comment_id: int) -> str:
    """What was kept by `keep_words`, which is not kept any longer; '' when its time is over, and when
    its author has found other words since the stars.
    """
    table, thing_id = ("comment", comment_id) if comment_id else ("post", post_id)
    with suppress(NotFound):
        thing = await _locked(table, circle_id, thing_id)
        kept = await _taken_out(circle_id, post_id, comment_id)
        if thing["version"] == kept["version"] + 1:
            return str(kept["body"])
    return ""


async def _locked(table: str, circle_id: int, thing_id: int, state: str = "") -> asyncpg.Record:
    """In this state, or in any but removed."""
    found = await rows(
        f"select * from {table} where circle_id = $1 and id = $2 for update", circle_id, thing_id
    )
    if not found or (found[0]["state"] != state if state else found[0]["state"] == "removed"):
        raise NotFound
    return found[0]


async def _topics(circle_id: int, post_id: int) -> list[str]:
    found = await rows(
        "select name from topic where circle_id = $1 and post_id = $2", circle_id, post_id
    )
    return [line["name"] for line in found]


async def _keep(
    thing: asyncpg.Record, post_id: int, comment_id: int, topics: list[str] | None = None
) -> None:
    await rows(
        """insert into withheld (circle_id, post_id, comment_id, author_id, was, body, topics,
                                 version)
           values ($1, $2, $3, $4, $5, $6, $7, $8)
           on conflict (circle_id, post_id, comment_id) do update set was = excluded.was,
               body = excluded.body, topics = excluded.topics, version = excluded.version,
               at = now(), undo_until = null""",
        thing["circle_id"],
        post_id,
        comment_id,
        thing["author_id"],
        thing["state"],
        thing["body"],
        topics or [],
        thing["version"],
    )


async def _taken_out(
    circle_id: int, post_id: int, comment_id: int, *, own: bool = False
) -> asyncpg.Record:
    """What its author took away is theirs alone to put back, and what others took away never is."""
    whose = "undo_until > now()" if own else "undo_until is null"
    found = await rows(
        f"""delete from withheld where circle_id = $1 and post_id = $2 and comment_id = $3
            and {whose} returning *""",
        circle_id,
        post_id,
        comment_id,
    )
    if not found:
        raise NotFound
    return found[0]
