"""Three months of a circle's life in figures: fans who came and went, when they looked, and at what.

Made by the database itself, from hashes instead of chance: the same at every load, within a second.
"""

from collections.abc import Sequence
from datetime import timedelta

from quanzi import clock
from quanzi.db.engine import rows
from quanzi.insights import rolling

FANS, DAYS = 600, 91
FIRST = ("爱跑步的", "慢半拍的", "早睡的", "不加班的", "爱喝茶的", "养猫的", "江边的", "三楼的", "会做饭的", "南方来的",
         "背包的", "下了班的", "读诗的", "骑车的", "种花的", "晒太阳的", "赶地铁的", "吃辣的", "认路的", "攒钱的")  # fmt: skip
LAST = ("小鹿", "阿宽", "橙子", "老李", "一一", "米粒", "大鱼", "石榴", "阿May", "团子", "豆包", "云云", "阿凯", "芒果",
        "小周末", "半夏", "木木", "十三", "可乐", "西西", "阿辉", "海盐", "麦子", "小北风", "柚子", "青椒", "七月", "果果",
        "阿聪", "长庚")  # fmt: skip
# A number from 0 to 99 that is the same for the same words.
CHANCE = "(abs(hashtext({})) % 100)"


async def throng(circle_ids: Sequence[int]) -> None:
    if not circle_ids:
        return
    here = list(circle_ids)
    await rows("update circle set created_at = now() - interval '95 days' where id = any($1)", here)
    await _people()
    await _follow(here)
    await _steps(here)
    await _come(here)
    await _look(here)
    await _like(here)
    now = clock.now()
    await rolling.roll(now - timedelta(days=DAYS), now)
    await rolling.counted_by_hand()
    await _talk(here)


async def _people() -> None:
    """Nobody can sign in as one of them."""
    await rows(
        f"""insert into member (handle, name, created_at, verified_at)
            select 'fan' || lpad(n::text, 3, '0'),
                   ($1::text[])[1 + n % 20] || ($2::text[])[1 + n / 20],
                   now() - interval '95 days', now() - interval '94 days'
            from generate_series(0, {FANS - 1}) n on conflict do nothing""",
        list(FIRST),
        list(LAST),
    )


async def _follow(here: Sequence[int]) -> None:
    """A third of them each circle, more of late, and a wave four weeks ago."""
    mix = "m.handle || c.slug"
    await rows(
        f"""insert into follow (circle_id, member_id, since, seen, source)
            select c.id, m.id, now() - make_interval(mins => case
                       when {CHANCE.format(f"'w' || {mix}")} < 22
                       then 26 * 1440 + abs(hashtext('m' || {mix})) % 2600
                       else (pow({CHANCE.format(f"'s' || {mix}")} / 100.0, 1.3) * 90 * 1440)::int
                            + abs(hashtext('t' || {mix})) % 1440 end),
                   h.head,
                   case when s.n < 28 then 'discover' when s.n < 44 then 'search'
                        when s.n < 64 then 'circle' when s.n < 80 then 'post' when s.n < 88 then 'home'
                        when s.n < 95 then 'profile' else 'invitation' end
            from circle c join circle_head h on h.circle_id = c.id
            join member m on m.handle ~ '^fan\\d{{3}}$',
            lateral (select {CHANCE.format(f"'from' || {mix}")} as n) s
            where c.id = any($1::bigint[])
              and {CHANCE.format(mix)} < 18 + abs(hashtext(c.slug)) % 24
            on conflict do nothing""",
        here,
    )
    await rows(
        """update tally t set n = (select count(*) from follow f where f.circle_id = t.circle_id)
           where t.circle_id = any($1::bigint[]) and t.kind = 'followers'""",
        here,
    )


async def _steps(here: Sequence[int]) -> None:
    """Who follows has come; and for every sixth of them somebody else came and left after some days."""
    await rows(
        """insert into follow_step (circle_id, at, step, source, since)
           select circle_id, since, 'join', source, since from follow
           where circle_id = any($1::bigint[])""",
        here,
    )
    await rows(
        """with went as (select circle_id, source, since, since + make_interval(
                                    hours => 20 + (member_id * 37 % 400)::int) as until
                         from follow where circle_id = any($1::bigint[]) and member_id % 6 = 0)
           insert into follow_step (circle_id, at, step, source, since)
           select circle_id, since, 'join', source, since from went where until < now()
           union all select circle_id, until, 'leave', source, since from went
                     where until < now()""",
        here,
    )


async def _come(here: Sequence[int]) -> None:
    """Often at first, less with time, more at weekends; some stay."""
    await rows(
        f"""insert into active_day (circle_id, day, member_id)
            select f.circle_id, d::date, f.member_id
            from follow f, generate_series(f.since::date, current_date, interval '1 day') d
            where f.circle_id = any($1::bigint[])
              and {CHANCE.format("d::date::text || f.member_id || '-' || f.circle_id")}
                  < 9 + f.member_id % 9 + 55 * exp(-(d::date - f.since::date) / 9.0)
                    + case when extract(isodow from d) > 5 then 8 else 0 end
            on conflict do nothing""",
        here,
    )


async def _look(here: Sequence[int]) -> None:
    """Pages by the hour, with lunch and a long evening; posts for four days after they came out."""
    await rows(
        f"""insert into seen_hour (circle_id, hour, shown)
            select c.id, h, (s.size * (0.4 + 0.9 * n / {DAYS * 24}.0) * k.busy
                   * case when extract(isodow from l.at) > 5 then 1.25 else 1 end
                   * (70 + {CHANCE.format("h::text || c.slug")}) / 100)::int
            from circle c, lateral (select 14 + abs(hashtext(c.slug)) % 30 as size) s,
            generate_series(1, {DAYS * 24}) n,
            lateral (select date_trunc('hour', now()) - make_interval(hours => {DAYS * 24} - n) as h) t,
            lateral (select h at time zone c.time_zone as at) l,
            lateral (select (array[2,1,0,0,0,1,3,6,8,7,6,7,12,10,6,6,6,7,9,12,16,18,14,6])
                            [1 + extract(hour from l.at)::int] / 8.0 as busy) k
            where c.id = any($1::bigint[]) on conflict do nothing""",
        here,
    )
    await rows(
        f"""insert into seen_hour (circle_id, hour, post_id, shown, opens)
            select p.circle_id, h, p.id, v.n * 6, v.n
            from post p,
            generate_series(date_trunc('hour', p.published_at),
                            least(now(), p.published_at + interval '4 days'), interval '2 hours') h,
            lateral (select (exp(-extract(epoch from h - p.published_at) / 90000)
                     * (6 + {CHANCE.format("p.id::text")} / 3))::int as n) v
            where p.circle_id = any($1::bigint[]) and p.state = 'published' and v.n > 0
            on conflict do nothing""",
        here,
    )


async def _like(here: Sequence[int]) -> None:
    """Within a day of the post."""
    await rows(
        f"""update liking l set at = least(now() - interval '1 minute', p.published_at
                + make_interval(mins => {CHANCE.format("'l' || l.member_id || '-' || l.post_id")} * 14))
            from post p where p.circle_id = l.circle_id and p.id = l.post_id
              and l.circle_id = any($1::bigint[])""",
        here,
    )


async def _talk(here: Sequence[int]) -> None:
    """Of the days before those that the feed still tells of, the sums only."""
    await rows(
        f"""update circle_day d set
                posts = d.posts + 1 + {CHANCE.format("'p' || d.day || d.circle_id")} / 30,
                comments = d.comments + 3 + d.active / 4
                           + {CHANCE.format("'c' || d.day || d.circle_id")} / 12,
                likes = d.likes + 6 + d.active + {CHANCE.format("'l' || d.day || d.circle_id")} / 6
            where d.circle_id = any($1::bigint[]) and d.day < current_date - 4""",
        here,
    )
