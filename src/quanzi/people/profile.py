"""A member as others see them: who, since when, what they talk about, which circles they follow.

Only what stands in public circles counts; what they write in hidden ones is in their posts, and
there only for who may read it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import asyncpg

from quanzi.circles.readable import open_to_all
from quanzi.credit.bands import START, Band, band_of
from quanzi.db.engine import row, rows
from quanzi.errors import NotFound
from quanzi.identity.sessions import Viewer

LATEST_POSTS = 200
MOST_INTERESTS = 8
MOST_CIRCLES = 24


@dataclass(frozen=True, slots=True)
class Profile:
    """`member`: the row of the table, all of it. `follows`: whether the viewer does.

    `band`: of their credit, all that anybody else ever sees of it; None when they hide it, and for
    who has no verified name.
    """

    member: asyncpg.Record
    mine: bool
    followers: int
    following: int
    follows: bool
    circles_shown: bool
    band: Band | None


async def member(handle: str) -> asyncpg.Record:
    """Raises NotFound, also for who has been suspended or has left."""
    found = await row(
        "select m.* from member m where m.handle = $1 and m.suspended_at is null", handle.lower()
    )
    if found is None:
        raise NotFound
    return found


async def profile(handle: str, viewer: Viewer | None) -> Profile:
    """Raises NotFound."""
    who = await member(handle)
    mine = viewer is not None and viewer.member_id == who["id"]
    facts = dict(await _facts(who["id"], viewer))
    score = facts.pop("score")
    return Profile(who, mine, band=None if score is None else band_of(score), **facts)


async def interests(member_id: int) -> Sequence[asyncpg.Record]:
    """The topics of their latest posts, most used first; each with the circle they use it in."""
    return await rows(
        f"""select t.name, count(*) as used, mode() within group (order by p.slug) as slug
            from (select p.circle_id, p.id, c.slug from post p
                  join circle c on c.id = p.circle_id and {open_to_all()}
                  where p.author_id = $1 and p.state = 'published' and not p.limited
                  order by p.published_at desc, p.id desc limit {LATEST_POSTS}) p
            join topic t on t.circle_id = p.circle_id and t.post_id = p.id
            group by t.name order by used desc, max(p.id) desc limit {MOST_INTERESTS}""",
        member_id,
    )


async def circles(member_id: int) -> Sequence[asyncpg.Record]:
    """The public circles that they follow, the latest first."""
    return await rows(
        f"""select c.slug, c.name, c.name_en from follow f
            join circle c on c.id = f.circle_id and not c.hidden
            where f.member_id = $1 order by f.since desc, c.id desc limit {MOST_CIRCLES}""",
        member_id,
    )


async def _facts(member_id: int, viewer: Viewer | None) -> asyncpg.Record:
    found = await rows(
        """select coalesce(sum(followers), 0)::bigint as followers,
                  coalesce(sum(following), 0)::bigint as following,
                  exists (select 1 from member_follow
                          where follower_id = $2 and member_id = $1) as follows,
                  coalesce((select circles_shown from people_setting where member_id = $1), true)
                      as circles_shown,
                  (select coalesce(a.score, $3) from member m
                   left join credit_account a on a.member_id = m.id
                   where m.id = $1 and m.verified_at is not null
                     and coalesce(a.band_shown, true)) as score
           from member_figure where member_id = $1""",
        member_id,
        viewer.member_id if viewer else None,
        START,
    )
    return found[0]
