"""One fan as the partner reads them: what they did in this partner's circles, and nothing of elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import asyncpg

from quanzi.circles.access import Place
from quanzi.credit.bands import START, Band, band_of
from quanzi.db.engine import row, rows
from quanzi.errors import NotFound
from quanzi.fans.conditions import Conditions
from quanzi.fans.matching import where

LATEST = 20


@dataclass(frozen=True, slots=True)
class Fan:
    """`band`: as their own page shows it, None for who hides it or has no verified name."""

    member_id: int
    handle: str
    name: str
    verified: bool
    band: Band | None
    since: datetime
    tags: Sequence[int]
    points: int | None
    streak: int | None
    circles: Sequence[asyncpg.Record]
    latest: Sequence[asyncpg.Record]


async def one(place: Place, handle: str) -> Fan:
    """Raises NotFound for who does not follow this circle, as for who is not there at all."""
    met, values = where(Conditions(), place.circle.id, 4)
    found = await row(
        f"""select m.id, m.handle, m.name, m.verified_at is not null as verified, f.since,
                   case when m.verified_at is not null and coalesce(a.band_shown, true)
                        then coalesce(a.score, $3) end as score,
                   array(select g.tag_id from fan_tagged g
                         where g.circle_id = $1 and g.member_id = m.id order by g.tag_id) as tags,
                   s.points, s.streak
            from member m join follow f on f.circle_id = $1 and f.member_id = m.id
            left join credit_account a on a.member_id = m.id
            left join fan_standing s on s.circle_id = $1 and s.member_id = m.id
            where m.handle = $2 and {met}""",
        place.circle.id,
        handle.lower(),
        START,
        *values,
    )
    if found is None:
        raise NotFound
    facts = dict(found)
    member_id, score = facts.pop("id"), facts.pop("score")
    return Fan(
        member_id,
        band=None if score is None else band_of(score),
        circles=await _by_circle(place, member_id),
        latest=await _latest(place, member_id),
        **facts,
    )


async def _by_circle(place: Place, member_id: int) -> Sequence[asyncpg.Record]:
    """Circles of this partner that they follow or have done something in."""
    return await rows(
        """select * from (
               select c.slug, c.name, c.name_en, f.since,
                      (select count(*) from post p where p.author_id = $2 and p.circle_id = c.id
                         and p.state = 'published') as posts,
                      (select count(*) from comment k where k.author_id = $2
                         and k.circle_id = c.id and k.state = 'published') as comments,
                      (select count(*) from liking k where k.member_id = $2
                         and k.circle_id = c.id) as likes,
                      (select count(*) from service_request r where r.member_id = $2
                         and r.circle_id = c.id and r.state <> 'withdrawn') as requests
               from circle c left join follow f on f.circle_id = c.id and f.member_id = $2
               where c.partner_id = $1) c
           where since is not null or posts + comments + likes + requests > 0
           order by since nulls last, slug""",
        place.circle.partner_id,
        member_id,
    )


async def _latest(place: Place, member_id: int) -> Sequence[asyncpg.Record]:
    """Their latest posts and comments in the circles of this partner."""
    return await rows(
        f"""select * from (
               (select c.slug, c.name, c.name_en, p.id as post_id, p.body, 'post' as kind,
                       p.published_at as at
                from post p join circle c on c.id = p.circle_id and c.partner_id = $1
                where p.author_id = $2 and p.state = 'published'
                order by p.published_at desc, p.id desc limit {LATEST})
               union all
               (select c.slug, c.name, c.name_en, k.post_id, k.body, 'comment', k.created_at
                from comment k join circle c on c.id = k.circle_id and c.partner_id = $1
                where k.author_id = $2 and k.state = 'published'
                order by k.id desc limit {LATEST})) one
            order by at desc limit {LATEST}""",
        place.circle.partner_id,
        member_id,
    )
