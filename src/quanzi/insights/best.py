"""Which posts were seen and opened most, what pins brought, which topics were talked about, and who talks."""

from collections.abc import Sequence

import asyncpg

from quanzi.db.engine import rows
from quanzi.insights.few import FEW
from quanzi.insights.scope import Scope

SHOWN = 12
# Standing posts of the period, called `p`.
POSTS = """p.circle_id = any($1::bigint[]) and p.state = 'published'
           and p.published_at >= $2::date::timestamp at time zone $3"""


def _figure(kind: str) -> str:
    return f"""(select coalesce(sum(t.n), 0)::bigint from tally t where t.circle_id = p.circle_id
                and t.kind = '{kind}' and t.subject_id = p.id) as {kind}"""


async def posts(scope: Scope, most: int = SHOWN) -> Sequence[asyncpg.Record]:
    """`shown`, `opens` in the period; `likes`, `comments` altogether; `pinned`: it was, then."""
    return await rows(
        f"""with seen as (
                select circle_id, post_id, sum(shown)::bigint as shown, sum(opens)::bigint as opens
                from seen_hour where circle_id = any($1::bigint[]) and post_id <> 0
                  and hour >= $2::date::timestamp at time zone $3
                group by 1, 2 order by 4 desc, 3 desc limit {most})
            select s.shown, s.opens, p.id, c.slug, left(p.body, 60) as words, p.published_at,
                   {_figure("likes")}, {_figure("comments")},
                   exists (select 1 from pin n where n.circle_id = p.circle_id and n.post_id = p.id
                           and (n.state = 'shown' or n.ended_at >= $2::date)) as pinned
            from seen s join post p on p.circle_id = s.circle_id and p.id = s.post_id
            join circle c on c.id = p.circle_id
            where p.state = 'published' order by s.opens desc, s.shown desc, p.id desc""",
        list(scope.circle_ids),
        scope.first,
        scope.time_zone,
    )


async def pins(scope: Scope) -> Sequence[asyncpg.Record]:
    """Those that stood in the period, the latest first: how often they were shown, and opened from
    their slot, all the time that they stood.
    """
    return await rows(
        f"""select n.post_id, c.slug, left(p.body, 60) as words, n.slot, n.starts_at,
                   n.state = 'shown' as stands, coalesce(b.views, 0) as shown,
                   coalesce(b.opens, 0) as opens
            from pin n join post p on p.circle_id = n.circle_id and p.id = n.post_id
            join circle c on c.id = n.circle_id
            left join pin_brought b on b.circle_id = n.circle_id and b.pin_id = n.id
            where n.circle_id = any($1::bigint[]) and n.state in ('shown', 'ended')
              and p.state = 'published'
              and coalesce(n.ended_at, now()) >= $2::date::timestamp at time zone $3
            order by n.starts_at desc, n.id desc limit {SHOWN}""",
        list(scope.circle_ids),
        scope.first,
        scope.time_zone,
    )


async def topics(scope: Scope) -> Sequence[asyncpg.Record]:
    return await rows(
        f"""select name, count(*)::int as posts, sum(likes)::bigint as likes,
                   sum(comments)::bigint as comments
            from (select t.name, {_figure("likes")}, {_figure("comments")}
                  from post p join topic t on t.circle_id = p.circle_id and t.post_id = p.id
                  where {POSTS}) said
            group by name order by posts desc, comments desc, name limit {SHOWN}""",
        list(scope.circle_ids),
        scope.first,
        scope.time_zone,
    )


async def members(scope: Scope) -> Sequence[asyncpg.Record]:
    """By what everybody sees of them here. Nobody, where fewer than five have said something."""
    found = await rows(
        f"""with said as (
                select p.author_id, 1 as posts, 0 as comments from post p
                where {POSTS} and not p.by_staff
                union all
                select m.author_id, 0, 1 from comment m
                where m.circle_id = any($1::bigint[]) and m.state = 'published' and not m.by_staff
                  and m.created_at >= $2::date::timestamp at time zone $3)
            select w.handle, w.name, sum(s.posts)::int as posts, sum(s.comments)::int as comments,
                   count(*) over () as people
            from said s join member w on w.id = s.author_id and w.suspended_at is null
            group by w.id order by count(*) desc, w.id limit {SHOWN}""",
        list(scope.circle_ids),
        scope.first,
        scope.time_zone,
    )
    return found if found and found[0]["people"] >= FEW else []
