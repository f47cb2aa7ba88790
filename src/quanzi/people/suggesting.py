"""同好: people one may like to follow, each with what they share in plain sight."""

import json
from dataclasses import dataclass
from typing import Any

import asyncpg

from quanzi.db.engine import rows
from quanzi.identity.sessions import Viewer
from quanzi.people import profile
from quanzi.people.sharing import BY_CIRCLE, BY_LIKE, BY_TOPIC

PAGE = 30
# So many circles and topics are named in a reason.
NAMED = 2


@dataclass(frozen=True, slots=True)
class Circle:
    slug: str
    name: str
    name_en: str


@dataclass(frozen=True, slots=True)
class Suggested:
    """Somebody, and why: `circles` and `topics` the rarest first; `more` circles beside them."""

    member_id: int
    handle: str
    name: str
    circles: tuple[Circle, ...]
    more: int
    topics: tuple[str, ...]
    likes: int


# Each kind counts less the more of it there is: who shares a circle, a topic and a few likes is
# nearer than who has liked everything. Whom they know is looked up from the best downwards, until
# enough are left.
SUGGEST = f"""
    with shared (member_id, kind, slug, name, name_en, weight) as
        ({BY_CIRCLE} union all {BY_TOPIC} union all {BY_LIKE}),
    best as (
        select s.member_id, s.score, m.handle, m.name
        from (select h.member_id,
                     ln(1 + coalesce(sum(h.weight) filter (where h.kind = 'circle'), 0))
                     + ln(1 + coalesce(sum(h.weight) filter (where h.kind = 'topic'), 0))
                     + ln(1 + coalesce(sum(h.weight) filter (where h.kind = 'like'), 0)) as score
              from shared h where h.member_id <> $1
              group by h.member_id order by score desc, h.member_id desc) s
        cross join lateral (
            select m.handle, m.name from member m
            where m.id = s.member_id and m.suspended_at is null
              and not exists (select 1 from member_follow f
                              where f.follower_id = $1 and f.member_id = m.id)
              and not exists (select 1 from dismissal d
                              where d.member_id = $1 and d.dismissed_id = m.id)
              and not exists (select 1 from people_setting p
                              where p.member_id = m.id and not p.suggestable)
            limit 1) m
        where not exists (select 1 from people_setting p
                          where p.member_id = $1 and not p.suggestions)
        order by s.score desc, s.member_id desc limit $2)
    select b.member_id, b.handle, b.name,
           json_agg(json_build_array(h.kind, h.slug, h.name, h.name_en)
                    order by h.weight desc, h.name) as reasons
    from best b join shared h using (member_id)
    group by b.member_id, b.handle, b.name, b.score order by b.score desc, b.member_id desc
"""


async def some(viewer: Viewer, limit: int = PAGE) -> list[Suggested]:
    """The best first; nobody when they do not want to be shown any."""
    return [_made(line) for line in await rows(SUGGEST, viewer.member_id, limit)]


async def dismiss(viewer: Viewer, handle: str) -> None:
    """Not to be suggested again. Raises NotFound."""
    who = await profile.member(handle)
    await rows(
        """insert into dismissal (member_id, dismissed_id) values ($1, $2)
           on conflict do nothing""",
        viewer.member_id,
        who["id"],
    )


def _made(line: asyncpg.Record) -> Suggested:
    reasons: list[list[Any]] = json.loads(line["reasons"])
    circles = [Circle(*names) for kind, *names in reasons if kind == "circle"]
    topics = dict.fromkeys(name for kind, _, name, _ in reasons if kind == "topic")
    return Suggested(
        line["member_id"],
        line["handle"],
        line["name"],
        tuple(circles[:NAMED]),
        len(circles[NAMED:]),
        tuple(topics)[:NAMED],
        sum(kind == "like" for kind, *_ in reasons),
    )
