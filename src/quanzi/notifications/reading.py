"""A member's notices, newest first, with what they are about as it is now.

Words come from the post or the comment at this moment; of what has been removed, or stands where
the member may not read any more, the notice only says that it is gone.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import asyncpg

from quanzi.circles import access
from quanzi.db.engine import rows
from quanzi.notifications.kinds import KINDS

PAGE = 30
EXCERPT = 90


class Actor(NamedTuple):
    handle: str
    name: str


@dataclass(frozen=True, slots=True)
class Notice:
    """`excerpt`: words of what it is about. `gone`: what it is about cannot be shown any more.
    `collection_id`: of the collection it tells of, 0 when that is not to be seen (any more).
    """

    id: int
    kind: str
    circle_id: int
    post_id: int
    comment_id: int
    thread_id: int
    actors: tuple[Actor, ...]
    count: int
    note: str
    collection_id: int
    at: datetime
    seen: bool
    read: bool
    slug: str
    circle: str
    circle_en: str
    excerpt: str
    gone: bool

    @property
    def key(self) -> tuple[datetime, int]:
        return self.at, self.id


@dataclass(frozen=True, slots=True)
class Page:
    notices: tuple[Notice, ...]
    older: tuple[datetime, int] | None


# The post that is spoken of, or the comment where one is. A plan is news before its post is out, and
# its words only its author's.
NOTICE = f"""
    select n.id, n.kind, n.circle_id, n.post_id, n.comment_id,
           coalesce(k.root_id, k.id, 0) as thread_id, n.actors as count, n.note, n.at,
           coalesce(s.id, 0) as collection_id,
           n.seen_at is not null as seen, n.read_at is not null as read,
           coalesce(c.slug, '') as slug, coalesce(c.name, '') as circle,
           coalesce(c.name_en, '') as circle_en,
           coalesce(left(case when n.kind = 'circle.notice' then (
                                  select w.title from circle_notice w
                                  where w.circle_id = n.circle_id and w.id::text = n.note)
                              when n.comment_id <> 0 then k.body
                              when p.state = 'published' or p.author_id = n.member_id then p.body
                         end, {EXCERPT}), '') as excerpt,
           (n.post_id <> 0 and case when n.kind like 'plan.%' then coalesce(p.state, 'removed') = 'removed'
                               else p.state is distinct from 'published' end)
               or (n.comment_id <> 0 and k.state is distinct from 'published') as gone,
           (select json_agg(json_build_array(m.handle, m.name) order by who.place)
            from unnest(n.actor_ids) with ordinality as who(id, place)
            join member m on m.id = who.id) as actors
    from notice n
    left join circle c on c.id = n.circle_id
    left join post p on p.circle_id = n.circle_id and p.id = n.post_id
    left join comment k on k.circle_id = n.circle_id and k.id = n.comment_id
    left join collection s on s.circle_id = n.circle_id and s.state = 'published'
        and s.id = case when n.kind in ('collected', 'suggestion.accepted') then n.note::bigint end
"""


async def page(member_id: int, before: tuple[datetime, int] | None) -> Page:
    found = await rows(
        f"""{NOTICE} where n.member_id = $1 and n.tray
            and ($2::timestamptz is null or (n.at, n.id) < ($2, $3))
            order by n.at desc, n.id desc limit {PAGE + 1}""",
        member_id,
        *(before or (None, 0)),
    )
    notices = await made(member_id, found[:PAGE])
    return Page(notices, notices[-1].key if len(found) > PAGE else None)


async def made(member_id: int, found: Sequence[asyncpg.Record]) -> tuple[Notice, ...]:
    """With a look whether this member may still read the circles they tell of."""
    unreadable = await access.unreadable(
        [(member_id, line["circle_id"]) for line in found if _reads(line["kind"])]
    )
    return tuple(
        _made(line, hidden=_reads(line["kind"]) and (member_id, line["circle_id"]) in unreadable)
        for line in found
        if line["kind"] in KINDS
    )


def _reads(kind: str) -> bool:
    return kind in KINDS and KINDS[kind].reads


def _made(line: asyncpg.Record, *, hidden: bool) -> Notice:
    values = dict(line)
    actors = tuple(Actor(*each) for each in json.loads(values.pop("actors") or "[]"))
    if hidden:
        values |= {"slug": "", "circle": "", "circle_en": ""}
    if hidden or values["gone"]:
        values |= {"gone": True, "excerpt": ""}
    return Notice(**values, actors=actors)
