"""What stands on the calendar of one circle or of several: posts, drafts, pins, days still to come of
series. Each question is asked by circle, and is bounded.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import asyncpg

from quanzi import clock
from quanzi.circles.access import Shown
from quanzi.db.engine import rows
from quanzi.planning import repeating, series
from quanzi.planning.series import Series

MOST, MOST_DRAFTS, TITLE = 400, 50, 80


@dataclass(frozen=True, slots=True)
class Item:
    """`kind`: 'post', 'pin', 'digest', 'notice' or 'again' (a day of a series that is not planned yet).
    `state` of a post: 'draft', 'missed', 'approval', 'held', 'scheduled' or 'published'; of a pin:
    'waiting', 'shown' or 'ended'; of a notice: 'draft', 'approval', 'planned', 'sending', 'sent' or
    'stopped'. `until`: the end of a pin, also of one that is to begin with its post; None is no end.
    `service`: the state of the one that a post carries, which is shown until `service_ends`.
    """

    circle: Shown
    kind: str
    id: int
    state: str
    at: datetime | None
    title: str
    until: datetime | None = None
    slot: int = 0
    pins: bool = False
    author_id: int = 0
    series_id: int = 0
    why: str = ""
    service: str = ""
    service_ends: datetime | None = None

    @property
    def key(self) -> str:
        """What it is called on the page and in forms."""
        return f"{self.kind}-{self.circle.id}-{self.id}"

    @property
    def local(self) -> datetime | None:
        return self.at.astimezone(ZoneInfo(self.circle.time_zone)) if self.at else None

    @property
    def moves(self) -> bool:
        """Whether another time can be chosen for it."""
        if self.kind == "post":
            return self.state != "published"
        if self.kind == "notice":
            return self.state in {"draft", "approval", "planned"}
        return self.kind in {"pin", "digest"} and self.state == "waiting"


POST = f"""
    select p.circle_id, p.id, p.author_id, left(p.body, {TITLE}) as title, p.pin_wanted, p.pin_until,
           p.state, p.waits_for, p.held_for, coalesce(p.published_at, p.publish_at) as at,
           coalesce(n.series_id, 0) as series_id, coalesce(n.missed_why, '') as why
"""
PLANNED = f"""{POST}, coalesce(s.state, '') as service, s.ends_at as service_ends
    from plan n join post p on p.circle_id = n.circle_id and p.id = n.post_id
    left join carried_service v on v.circle_id = p.circle_id and v.post_id = p.id
    left join service s on s.circle_id = v.circle_id and s.id = v.service_id
    where n.circle_id = any($1::bigint[]) and not n.over
      and p.state in ('scheduled', 'held')
"""
# What waits for its time, what waits without one (the latest), and what is out: that by who may have
# written it, since the partner's people are few and a circle's posts are many.
POSTS = f"""
    ({PLANNED} and p.publish_at >= $2 and p.publish_at < $3 order by p.publish_at limit {MOST})
    union all
    ({PLANNED} and p.publish_at is null order by p.id desc limit {MOST_DRAFTS})
    union all
    ({POST}, '' as service, null::timestamptz as service_ends
    from staff s join post p on p.author_id = s.member_id
    left join plan n on n.circle_id = p.circle_id and n.post_id = p.id
    where s.partner_id = any($4::bigint[]) and p.circle_id = any($1::bigint[]) and p.by_staff
      and p.state = 'published' and p.published_at >= $2 and p.published_at < $3
    order by p.published_at limit {MOST})
"""
# What is held up, by pins and as the best; and what goes to followers at a time. What goes to them at
# an occasion has none.
UP = f"""
    (select 'pin' as kind, n.circle_id, n.post_id, n.slot, n.state, n.starts_at as at, n.pinned_by as by,
            n.why_ended as why, coalesce(n.ended_at, n.ends_at) as until, left(p.body, {TITLE}) as title
    from pin n join post p on p.circle_id = n.circle_id and p.id = n.post_id
    where n.circle_id = any($1::bigint[]) and n.starts_at < $3
      and coalesce(n.ended_at, n.ends_at, 'infinity') > $2
    order by n.starts_at limit {MOST})
    union all
    (select 'digest', d.circle_id, d.post_id, 0, d.state, d.at, 0, '', null, left(p.body, {TITLE})
    from (select circle_id, post_id, at, 'waiting' as state from plan_digest union all
          select circle_id, post_id, at, 'ended' from digested) d
    join post p on p.circle_id = d.circle_id and p.id = d.post_id
    where d.circle_id = any($1::bigint[]) and d.at >= $2 and d.at < $3 and p.state <> 'removed'
    limit {MOST})
    union all
    (select 'notice', circle_id, id, 0, case state when 'asked' then 'approval' else state end,
            case when state <> 'draft' then send_at end, author_id, '', null, left(title, {TITLE})
    from circle_notice
    where circle_id = any($1::bigint[]) and occasion = ''
      and (send_at >= $2 and send_at < $3 or state in ('draft', 'asked') and send_at is null)
    order by id desc limit {MOST})
"""


async def read(circles: Sequence[Shown], start: datetime, end: datetime) -> list[Item]:
    """From `start` and before `end`, in order of time; at the end what waits for somebody to choose a
    time, or for an owner's word without one.
    """
    by_id = {circle.id: circle for circle in circles}
    ids, partners = list(by_id), list({circle.partner_id for circle in circles})
    items = [_post(by_id, line) for line in await rows(POSTS, ids, start, end, partners)]
    items += [_up(by_id, line) for line in await rows(UP, ids, start, end)]
    for one in await series.running(ids):
        items += _again(by_id[one.circle_id], one, start, end)
    return sorted(items, key=lambda item: (item.at or end, item.kind, item.id))


def within(items: Iterable[Item], start: datetime, end: datetime) -> list[Item]:
    """As `read` between these two would have it, of what was read for longer: a pin is there for as
    long as it is up.
    """
    return [
        item
        for item in items
        if item.at is not None
        and item.at < end
        and (item.until is None or item.until > start if item.kind == "pin" else item.at >= start)
    ]


def drafts(items: Iterable[Item]) -> list[Item]:
    """What has no time, the latest first."""
    return sorted((item for item in items if item.at is None), key=lambda item: -item.id)


def _post(by_id: Mapping[int, Shown], line: asyncpg.Record) -> Item:
    return Item(
        by_id[line["circle_id"]],
        "post",
        line["id"],
        _state(line),
        line["at"],
        line["title"],
        until=line["pin_until"],
        pins=line["pin_wanted"],
        author_id=line["author_id"],
        series_id=line["series_id"],
        why=line["why"],
        service=line["service"],
        service_ends=line["service_ends"],
    )


def _state(line: asyncpg.Record) -> str:
    if line["state"] in {"published", "held"}:
        return str(line["state"])
    if line["waits_for"] == "approval":
        return "approval"
    if line["waits_for"] == "time":
        return "missed" if line["why"] else "draft"
    return "scheduled"


def _up(by_id: Mapping[int, Shown], line: asyncpg.Record) -> Item:
    return Item(
        by_id[line["circle_id"]],
        line["kind"],
        line["post_id"],
        line["state"],
        line["at"],
        line["title"],
        until=line["until"],
        slot=line["slot"],
        author_id=line["by"],
        why=line["why"],
    )


def _again(circle: Shown, one: Series, start: datetime, end: datetime) -> list[Item]:
    zone = ZoneInfo(circle.time_zone)
    first = start.astimezone(zone).date()
    if one.made_until is not None:
        first = max(first, one.made_until + repeating.DAY)
    items = []
    for day in one.rhythm.days(first, end.astimezone(zone).date()):
        at = repeating.moment(day, one.rhythm.minute, circle.time_zone)
        if start <= at < end and at > clock.now():
            title = one.body[:TITLE]
            items.append(Item(circle, "again", one.id, one.state, at, title, series_id=one.id))
    return items
