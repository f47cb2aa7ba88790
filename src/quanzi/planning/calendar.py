"""What stands on the calendar of one circle or of several: posts, drafts, pins, days still to come of
series. Each question is asked by circle, and is bounded.
"""

from collections.abc import Mapping, Sequence
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
    """`kind`: 'post', 'pin', 'digest' or 'again' (a day of a series that is not planned yet). `state` of a post:
    'draft', 'missed', 'approval', 'held', 'scheduled' or 'published'; of a pin: 'waiting', 'shown' or
    'ended'. `until`: the end of a pin, also of one that is to begin with its post; None is no end.
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
    where n.circle_id = any($1::bigint[]) and p.state in ('scheduled', 'held')
"""
# By who may have written them: the partner's people are few, a circle's posts are many.
OUT = f"""{POST}, '' as service, null::timestamptz as service_ends
    from staff s join post p on p.author_id = s.member_id
    left join plan n on n.circle_id = p.circle_id and n.post_id = p.id
    where s.partner_id = any($4::bigint[]) and p.circle_id = any($1::bigint[]) and p.by_staff
      and p.state = 'published' and p.published_at >= $2 and p.published_at < $3
    order by p.published_at limit {MOST}
"""
PINS = f"""
    select n.circle_id, n.id, n.post_id, n.slot, n.state, n.starts_at, n.pinned_by, n.why_ended,
           coalesce(n.ended_at, n.ends_at) as until, left(p.body, {TITLE}) as title
    from pin n join post p on p.circle_id = n.circle_id and p.id = n.post_id
    where n.circle_id = any($1::bigint[]) and n.starts_at < $3
      and coalesce(n.ended_at, n.ends_at, 'infinity') > $2
    order by n.starts_at limit {MOST}
"""

DIGESTS = f"""
    select d.circle_id, d.post_id, d.at, 'waiting' as state, left(p.body, {TITLE}) as title
    from plan_digest d join post p on p.circle_id = d.circle_id and p.id = d.post_id
    where d.circle_id = any($1::bigint[]) and d.at >= $2 and d.at < $3 and p.state <> 'removed'
    union all
    select d.circle_id, d.post_id, d.at, 'ended', left(p.body, {TITLE})
    from digested d join post p on p.circle_id = d.circle_id and p.id = d.post_id
    where d.circle_id = any($1::bigint[]) and d.at >= $2 and d.at < $3 and p.state <> 'removed'
    limit {MOST}
"""


async def read(circles: Sequence[Shown], start: datetime, end: datetime) -> list[Item]:
    """From `start` and before `end`, in order of time."""
    by_id = {circle.id: circle for circle in circles}
    ids, partners = list(by_id), list({circle.partner_id for circle in circles})
    planned = await rows(
        f"{PLANNED} and p.publish_at >= $2 and p.publish_at < $3 order by at limit {MOST}",
        ids,
        start,
        end,
    )
    out = await rows(OUT, ids, start, end, partners)
    pins = await rows(PINS, ids, start, end)
    items = [_post(by_id, line) for line in (*planned, *out)]
    items += [_pin(by_id, line) for line in pins]
    for line in await rows(DIGESTS, ids, start, end):
        circle = by_id[line["circle_id"]]
        items.append(
            Item(circle, "digest", line["post_id"], line["state"], line["at"], line["title"])
        )
    for one in await series.running(ids):
        items += _again(by_id[one.circle_id], one, start, end)
    return sorted(items, key=lambda item: (item.at or end, item.kind, item.id))


async def drafts(circles: Sequence[Shown]) -> list[Item]:
    """What waits for somebody to choose a time, and what waits for an owner's word without one; the
    latest first.
    """
    by_id = {circle.id: circle for circle in circles}
    found = await rows(
        f"{PLANNED} and p.publish_at is null order by p.id desc limit {MOST_DRAFTS}", list(by_id)
    )
    return [_post(by_id, line) for line in found]


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


def _pin(by_id: Mapping[int, Shown], line: asyncpg.Record) -> Item:
    return Item(
        by_id[line["circle_id"]],
        "pin",
        line["post_id"],
        line["state"],
        line["starts_at"],
        line["title"],
        until=line["until"],
        slot=line["slot"],
        author_id=line["pinned_by"],
        why=line["why_ended"],
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
