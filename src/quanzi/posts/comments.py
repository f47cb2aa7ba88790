"""Comments as they are read: threads of a post, one level deep, oldest first, keyed by id."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import asyncpg

from quanzi.circles.access import Place
from quanzi.db.engine import row, rows
from quanzi.errors import NotFound
from quanzi.posts import policy

THREADS = 20
# Of each thread so many replies stand on the post's page; the rest on the thread's own.
REPLIES = 5
REPLIES_OF_ONE = 50


@dataclass(frozen=True, slots=True)
class Comment:
    """All that its drawing needs. A removed one has no words and no author to show."""

    circle_id: int
    id: int
    post_id: int
    root_id: int | None
    reply_to: int | None
    author_id: int
    state: str
    version: int
    body: str
    by_staff: bool
    created_at: datetime
    handle: str
    author: str
    to_handle: str | None
    to_author: str | None
    slug: str
    time_zone: str
    partner: str
    partner_en: str
    mentions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Thread:
    """`more`: replies that stand below the ones shown."""

    root: Comment
    replies: tuple[Comment, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Talk:
    """A page of threads; `older`: the id to page on with, None at the end."""

    threads: tuple[Thread, ...]
    later: int | None


# A reply to the thread's own comment needs no name in front: it stands under it.
COMMENT = """
    select k.circle_id, k.id, k.post_id, k.root_id, k.reply_to, k.author_id, k.state, k.version,
           k.body, k.by_staff, k.created_at, m.handle, m.name as author,
           o.handle as to_handle, o.name as to_author,
           c.slug, c.time_zone, r.name as partner, r.name_en as partner_en,
           (select array_agg(n.handle) from mention w join member n on n.id = w.member_id
            where w.circle_id = k.circle_id and w.post_id = k.post_id
              and w.comment_id = k.id) as mentions
    from comment k join member m on m.id = k.author_id
    join circle c on c.id = k.circle_id join partner r on r.id = c.partner_id
    left join comment q on q.circle_id = k.circle_id and q.id = k.reply_to and q.id <> k.root_id
    left join member o on o.id = q.author_id
"""
# A stone is shown only while replies stand under it.
STANDS = """(k.state = 'published' or k.state = 'removed' and exists (
    select 1 from comment a where a.circle_id = k.circle_id and a.root_id = k.id
    and a.state = 'published'))"""


async def talk(place: Place, post_id: int, after: int) -> Talk:
    """The threads that began after this one, with the first replies of each."""
    circle_id = place.circle.id
    found = await rows(
        f"""{COMMENT} where k.circle_id = $1 and k.post_id = $2 and k.root_id is null
            and k.id > $3 and {STANDS} order by k.id limit {THREADS + 1}""",
        circle_id,
        post_id,
        after,
    )
    roots = [made(line) for line in found[:THREADS]]
    replies = await _first_replies(circle_id, [root.id for root in roots])
    threads = tuple(_thread(root, replies.get(root.id, [])) for root in roots)
    return Talk(threads, roots[-1].id if len(found) > THREADS else None)


async def thread(place: Place, post_id: int, root_id: int, after: int) -> tuple[Thread, int | None]:
    """One thread with more of its replies, and the id to page on with. Raises NotFound."""
    circle_id = place.circle.id
    found = await rows(
        f"""{COMMENT} where k.circle_id = $1 and k.post_id = $2 and k.id = $3
            and k.root_id is null and {STANDS}""",
        circle_id,
        post_id,
        root_id,
    )
    if not found:
        raise NotFound
    replies = await rows(
        f"""{COMMENT} where k.circle_id = $1 and k.root_id = $2 and k.id > $3
            and k.state = 'published' order by k.id limit {REPLIES_OF_ONE + 1}""",
        circle_id,
        root_id,
        after,
    )
    shown = tuple(made(line) for line in replies[:REPLIES_OF_ONE])
    later = shown[-1].id if len(replies) > REPLIES_OF_ONE else None
    return Thread(made(found[0]), shown, 0), later


async def one(place: Place, post_id: int, comment_id: int) -> Comment:
    """Raises NotFound, for a removed one too, and for one that waits to who may not see it yet."""
    found = await row(
        f"""{COMMENT} where k.circle_id = $1 and k.post_id = $2 and k.id = $3
            and k.state <> 'removed'""",
        place.circle.id,
        post_id,
        comment_id,
    )
    comment = made(found) if found else None
    if comment is None or not policy.can_see(place, comment):
        raise NotFound
    return comment


async def held(place: Place, post_id: int) -> list[Comment]:
    """What this member said there and others do not see yet."""
    if place.member_id is None:
        return []
    found = await rows(
        f"""{COMMENT} where k.circle_id = $1 and k.post_id = $2 and k.author_id = $3
            and k.state = 'held' order by k.id desc limit 10""",
        place.circle.id,
        post_id,
        place.member_id,
    )
    return [made(line) for line in found]


async def standing(circle_id: int, comment_ids: Iterable[int]) -> dict[int, Comment]:
    """Those of these that a page shows: also a stone with replies under it."""
    found = await rows(
        f"{COMMENT} where k.circle_id = $1 and k.id = any($2::bigint[]) and {STANDS}",
        circle_id,
        list(comment_ids),
    )
    return {line["id"]: made(line) for line in found}


async def _first_replies(circle_id: int, root_ids: list[int]) -> dict[int, list[asyncpg.Record]]:
    """One query for all threads of a page; with each how many replies stand in its thread."""
    found = await rows(
        f"""with picked as materialized (
                select first.id, counted.standing from unnest($2::bigint[]) as thread(root),
                lateral (select count(*) as standing from comment k where k.circle_id = $1
                         and k.root_id = thread.root and k.state = 'published') counted,
                lateral (select k.id from comment k where k.circle_id = $1
                         and k.root_id = thread.root and k.state = 'published'
                         order by k.id limit {REPLIES}) first)
            select shown.*, picked.standing from picked
            join ({COMMENT}) shown on shown.circle_id = $1 and shown.id = picked.id
            order by shown.id""",
        circle_id,
        root_ids,
    )
    replies: dict[int, list[asyncpg.Record]] = {}
    for line in found:
        replies.setdefault(line["root_id"], []).append(line)
    return replies


def _thread(root: Comment, lines: list[asyncpg.Record]) -> Thread:
    standing_in_all = lines[0]["standing"] if lines else 0
    shown = tuple(made(line) for line in lines)
    return Thread(root, shown, standing_in_all - len(shown))


def made(line: asyncpg.Record) -> Comment:
    values = dict(line)
    values.pop("standing", None)
    return Comment(**values | {"mentions": tuple(values["mentions"] or ())})
