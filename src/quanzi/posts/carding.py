"""The card of a post's first link: wanted when the post comes out, shown once somebody has looked."""

from functools import partial

from quanzi.db.engine import row, rows
from quanzi.db.transaction import after_commit
from quanzi.media.incoming import discard
from quanzi.outbound.getting import plain
from quanzi.posts import prose
from quanzi.settings import settings

# Any number that nothing else in this database locks.
LOCK = 7_305_018


async def follow(circle_id: int, post_id: int) -> None:
    """The link that stands in its text now is the one that has a card. In the transaction of the text."""
    post = await row("select body from post where circle_id = $1 and id = $2", circle_id, post_id)
    there = plain(prose.first_link(post["body"])) if post and "." in post["body"] else ""
    before = await row(
        "select address from post_link where circle_id = $1 and post_id = $2", circle_id, post_id
    )
    if before is not None and before["address"] != there:
        await forget(circle_id, post_id)
    if there and settings().link_previews:
        await rows(
            """insert into post_link (circle_id, post_id, address) values ($1, $2, $3)
               on conflict do nothing""",
            circle_id,
            post_id,
            there,
        )


async def wish(circle_id: int, post_id: int) -> str:
    """'' for a post without a link to look at, 'away' where its author wants no card, else 'shown',
    'wanted' or 'none'.
    """
    found = await row(
        "select state from post_link where circle_id = $1 and post_id = $2", circle_id, post_id
    )
    return found["state"] if found else ""


async def allow(circle_id: int, post_id: int, *, allowed: bool) -> None:
    """Whether there may be one. In the transaction of who may edit the post."""
    if allowed:
        await rows(
            """update post_link set state = 'wanted', taken_until = null, at = now()
               where circle_id = $1 and post_id = $2 and state = 'away'""",
            circle_id,
            post_id,
        )
        return
    before = await rows(
        """with before as (select picture from post_link where circle_id = $1 and post_id = $2
                          for update)
           update post_link set state = 'away', title = '', description = '', site = '', picture = ''
           where circle_id = $1 and post_id = $2 and state <> 'away'
           returning (select picture from before) as picture""",
        circle_id,
        post_id,
    )
    await let_go([line["picture"] for line in before])


async def forget(circle_id: int, post_id: int) -> None:
    gone = await rows(
        "delete from post_link where circle_id = $1 and post_id = $2 returning picture",
        circle_id,
        post_id,
    )
    await let_go([line["picture"] for line in gone])


async def let_go(pictures: list[str]) -> None:
    """Of those that no card and no page shows any longer: their files go after the transaction."""
    for picture in sorted({each for each in pictures if each}):
        # Card and page may let go of it at once: the second must see that the first has.
        await rows("select pg_advisory_xact_lock($1, hashtext($2))", LOCK, picture)
        shown = await row(
            """select 1 where exists (select 1 from post_link where picture = $1)
               or exists (select 1 from link_page where picture = $1)""",
            picture,
        )
        if shown is None:
            after_commit(partial(discard, picture))
