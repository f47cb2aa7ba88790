"""What the demo's people have to hear: made of what was really done to them in the demo."""

import json
from collections.abc import Sequence
from datetime import datetime

import asyncpg

from quanzi.db.engine import rows

# Who finds something when they sign in; the newest few are unread.
READERS = ("xiaolan", "joyrun-owner")
MOST_LIKED, MOST_SAID, UNREAD = 6, 12, 5


async def notice(ids: dict[str, int]) -> None:
    """`ids`: members by handle. Only who has no notice yet gets some."""
    for handle in READERS:
        member_id = ids[handle]
        if not await rows("select 1 from notice where member_id = $1 limit 1", member_id):
            await _write(member_id, [*await _liked(member_id), *await _said(member_id)])
            await _follow(member_id, [ids["nanfeng"], ids["momo"]])
            await _approve(member_id)


async def _liked(member_id: int) -> Sequence[asyncpg.Record]:
    """One per post, with who liked it, last first."""
    return await rows(
        """select 'like' as kind, p.circle_id, p.id as post_id, 0::bigint as comment_id,
                  (array_agg(l.member_id order by l.at desc))[1:3] as actor_ids,
                  count(*)::int as actors,
                  least(p.published_at + interval '7 hours', now() - interval '40 minutes') as at
           from post p join liking l on l.circle_id = p.circle_id and l.post_id = p.id
           where p.author_id = $1 and p.state = 'published'
           group by p.circle_id, p.id, p.published_at order by p.published_at desc limit $2""",
        member_id,
        MOST_LIKED,
    )


async def _said(member_id: int) -> Sequence[asyncpg.Record]:
    """Comments on their posts, and answers to their own comments."""
    return await rows(
        """select case when q.author_id = $1 then 'reply' else 'comment' end as kind,
                  k.circle_id, k.post_id, k.id as comment_id,
                  array[k.author_id] as actor_ids, 1 as actors, k.created_at as at
           from comment k join post p on p.circle_id = k.circle_id and p.id = k.post_id
           left join comment q on q.circle_id = k.circle_id and q.id = k.reply_to
           where k.author_id <> $1 and (q.author_id = $1 or (q.id is null and p.author_id = $1))
           order by k.created_at desc limit $2""",
        member_id,
        MOST_SAID,
    )


async def _write(member_id: int, news: Sequence[asyncpg.Record]) -> None:
    """The same post is commented on in one notice, as the teller does it."""
    joined: dict[str, asyncpg.Record] = {}
    for line in sorted(news, key=_at):
        unique = line["comment_id"] if line["kind"] == "reply" else 0
        joined[f"{line['kind']}:{line['circle_id']}:{line['post_id']}:{unique}"] = line
    latest = sorted(joined.items(), key=lambda item: _at(item[1]))
    lines = [
        {
            **dict(line),
            "at": _at(line).isoformat(),
            "key": key,
            "new": place >= len(latest) - UNREAD,
        }
        for place, (key, line) in enumerate(latest)
    ]
    await rows(
        """insert into notice (member_id, kind, group_key, circle_id, post_id, comment_id,
                               actor_ids, actors, at, seen_at, read_at)
           select $1, kind, key, circle_id, post_id, comment_id,
                  array(select jsonb_array_elements_text(actor_ids)::bigint), actors, at,
                  case when not new then at end, case when not new then at end
           from jsonb_to_recordset($2::jsonb) as n(
               kind text, key text, circle_id bigint, post_id bigint, comment_id bigint,
               actor_ids jsonb, actors int, at timestamptz, new boolean)
           order by at""",
        member_id,
        json.dumps(lines),
    )


async def _follow(member_id: int, fans: list[int]) -> None:
    await rows(
        """insert into notice (member_id, kind, group_key, actor_ids, actors, at)
           values ($1, 'follow', 'follow:demo', $2, $3, now() - interval '25 minutes')""",
        member_id,
        fans,
        len(fans),
    )


async def _approve(member_id: int) -> None:
    """Who owns a partner was told so when it began."""
    await rows(
        """insert into notice (member_id, kind, group_key, note, at, seen_at, read_at)
           select $1, 'application.approved', 'application:demo', p.name, began, began, began
           from partner p join staff s on s.partner_id = p.id,
                (select now() - interval '45 days' as began) time
           where s.member_id = $1 and s.role = 'owner'""",
        member_id,
    )


def _at(line: asyncpg.Record) -> datetime:
    moment: datetime = line["at"]
    return moment
