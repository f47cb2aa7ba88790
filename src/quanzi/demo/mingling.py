"""Who follows what, likes what, and says what under it: the same at every load."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta

import asyncpg

from quanzi import clock
from quanzi.db.engine import rows
from quanzi.demo.circles import Circle
from quanzi.demo.people import PEOPLE
from quanzi.demo.replies import ANSWERS, COMMENTS

# They have just arrived, or work here: what they follow is written down below or nothing.
APART = {"admin", "moderator", "newbie", "xiaolan", "aqiang"}
XIAOLAN = {
    "pearl-river-night-run",
    "goddess-run",
    "city-pets",
    "reading",
    "white-collar-diary",
    "money",
}
AQIANG = {"pearl-river-night-run", "city-pets", "maimai-internet"}

# How many of those who might follow do, and how often an author answers.
FOLLOWING, ANSWERED = 0.45, 0.4

Line = tuple[int, int, int | None, datetime, str]


async def mingle(circle: Circle, circle_id: int, ids: dict[str, int]) -> None:
    """`ids`: members by handle."""
    chance = random.Random(f"quanzi {circle.slug}")  # noqa: S311 - who likes what, not a secret
    people = _followers(circle, chance)
    await _follow(circle_id, [ids[handle] for handle in people], chance)
    posts = await rows(
        """select id, author_id, published_at from post
           where circle_id = $1 and state = 'published' order by seq""",
        circle_id,
    )
    members = [ids[handle] for handle in people]
    await _like(circle_id, posts, members, chance)
    await _comment(circle, circle_id, posts, members, chance)
    await _tally(circle_id)


def _followers(circle: Circle, chance: random.Random) -> list[str]:
    fans = [person.handle for person in PEOPLE if person.handle not in APART]
    chosen = [handle for handle in fans if chance.random() < FOLLOWING]
    if circle.slug in XIAOLAN:
        chosen.append("xiaolan")
    if circle.slug in AQIANG:
        chosen.append("aqiang")
    return chosen


async def _follow(circle_id: int, members: Sequence[int], chance: random.Random) -> None:
    """Some have seen all there is, some not the last few posts."""
    await rows(
        """insert into follow (circle_id, member_id, since, seen)
           select $1, member, now() - hours * interval '1 hour', greatest(0, h.head - behind)
           from unnest($2::bigint[], $3::int[], $4::int[]) as fan(member, hours, behind),
                circle_head h where h.circle_id = $1""",
        circle_id,
        list(members),
        [chance.randrange(4, 900) for _ in members],
        [chance.choice((0, 0, 1, 3)) for _ in members],
    )


async def _like(
    circle_id: int,
    posts: Sequence[asyncpg.Record],
    members: Sequence[int],
    chance: random.Random,
) -> None:
    liked = [
        (post["id"], member)
        for post in posts
        for member in chance.sample(members, chance.randrange(0, len(members)))
        if member != post["author_id"]
    ]
    await rows(
        """insert into liking (circle_id, post_id, member_id)
           select $1, * from unnest($2::bigint[], $3::bigint[])""",
        circle_id,
        [post_id for post_id, _ in liked],
        [member for _, member in liked],
    )


async def _comment(
    circle: Circle,
    circle_id: int,
    posts: Sequence[asyncpg.Record],
    members: Sequence[int],
    chance: random.Random,
) -> None:
    """A few under each post; now and then its author answers."""
    says = COMMENTS[circle.category]
    for post in posts:
        count = chance.choice((0, 1, 2, 2, 3, 4))
        others = [member for member in members if member != post["author_id"]]
        speakers = chance.sample(others, min(count, len(others)))
        roots = await _insert(
            circle_id,
            [
                (post["id"], speaker, None, _later(post, chance, hours), body)
                for hours, (speaker, body) in enumerate(
                    zip(speakers, chance.sample(says, len(speakers)), strict=True), start=1
                )
            ],
        )
        answers = [
            (post["id"], post["author_id"], root, _later(post, chance, 6), chance.choice(ANSWERS))
            for root in roots
            if chance.random() < ANSWERED
        ]
        await _insert(circle_id, answers)


async def _insert(circle_id: int, lines: Sequence[Line]) -> list[int]:
    """Their ids. Staff speak for the partner, here as everywhere."""
    made = await rows(
        """insert into comment (circle_id, post_id, author_id, root_id, reply_to, created_at, body,
                                by_staff)
           select $1, said.post, said.author, said.root, said.root, said.at, said.body,
                  exists (select 1 from staff s join circle c on c.partner_id = s.partner_id
                          where c.id = $1 and s.member_id = said.author
                            and s.role in ('owner', 'editor'))
           from unnest($2::bigint[], $3::bigint[], $4::bigint[], $5::timestamptz[], $6::text[])
                as said(post, author, root, at, body) returning id""",
        circle_id,
        *([line[n] for line in lines] for n in range(5)),
    )
    return [line["id"] for line in made]


def _later(post: asyncpg.Record, chance: random.Random, hours: int) -> datetime:
    moment: datetime = post["published_at"] + timedelta(minutes=60 * hours - chance.randrange(50))
    return min(moment, clock.now() - timedelta(minutes=1))


async def _tally(circle_id: int) -> None:
    """The figures, counted from what was written."""
    await rows(
        """insert into tally (circle_id, kind, subject_id, slot, n)
           select $1, 'followers', $1, 0, count(*) from follow where circle_id = $1
           union all select $1, 'likes', post_id, 0, count(*) from liking
                     where circle_id = $1 group by post_id
           union all select $1, 'comments', post_id, 0, count(*) from comment
                     where circle_id = $1 group by post_id""",
        circle_id,
    )
