"""Requests as they are read: one's own, a circle's, those of all circles of a partner."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from quanzi.circles.access import Place
from quanzi.circles.partners import Counter
from quanzi.db.engine import row, rows
from quanzi.errors import NotFound
from quanzi.identity.sessions import Viewer
from quanzi.offering import answers, policy
from quanzi.offering.answers import Answer

PAGE = 30
Key = tuple[datetime, int]


@dataclass(frozen=True, slots=True)
class Request:
    """With the service it is for, who asks, and where. `answers` are gone after `erased_at`."""

    circle_id: int
    id: int
    service_id: int
    member_id: int
    state: str
    answers: tuple[Answer, ...]
    note: str
    keeps_until: datetime
    erased_at: datetime | None
    decided_at: datetime | None
    created_at: datetime
    title: str
    service_state: str
    handle: str
    name: str
    slug: str
    circle: str
    circle_en: str
    time_zone: str
    partner_slug: str
    partner: str
    partner_en: str

    @property
    def key(self) -> Key:
        return self.created_at, self.id


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which of them. `state`: '' any; `service_id`: 0 any; `before`: older than that one."""

    state: str = ""
    service_id: int = 0
    before: Key | None = None


REQUEST = """
    select r.circle_id, r.id, r.service_id, r.member_id, r.state, r.answers, r.note, r.keeps_until,
           r.erased_at, r.decided_at, r.created_at, s.title, s.state as service_state, m.handle,
           m.name, c.slug, c.name as circle, c.name_en as circle_en, c.time_zone,
           p.slug as partner_slug, p.name as partner, p.name_en as partner_en
    from service_request r
    join service s on s.circle_id = r.circle_id and s.id = r.service_id
    join member m on m.id = r.member_id
    join circle c on c.id = r.circle_id join partner p on p.id = c.partner_id
"""


async def one(place: Place, request_id: int, *, lock: bool = False) -> Request:
    """For who handles them here. Raises NotFound."""
    found = await row(
        f"{REQUEST} where r.circle_id = $1 and r.id = $2 {'for update of r' if lock else ''}",
        place.circle.id,
        request_id,
    )
    if found is None or not policy.can_manage(place):
        raise NotFound
    return made(found)


async def own(viewer: Viewer, request_id: int, *, lock: bool = False) -> Request:
    """Raises NotFound, also for somebody else's."""
    found = await row(
        f"{REQUEST} where r.member_id = $1 and r.id = $2 {'for update of r' if lock else ''}",
        viewer.member_id,
        request_id,
    )
    if found is None:
        raise NotFound
    return made(found)


async def all_own(viewer: Viewer, before: Key | None) -> Sequence[Request]:
    """The latest first; one more than a page when there are more."""
    found = await rows(
        f"""{REQUEST} where r.member_id = $1
              and ($2::timestamptz is null or (r.created_at, r.id) < ($2, $3))
            order by r.created_at desc, r.id desc limit {PAGE + 1}""",
        viewer.member_id,
        *(before or (None, 0)),
    )
    return [made(line) for line in found]


async def of_circle(place: Place, wanted: Wanted) -> Sequence[Request]:
    """The latest first; one more than a page when there are more. Raises NotFound."""
    if not policy.can_manage(place):
        raise NotFound
    conditions = [
        f"r.state = ${4}" if wanted.state else f"${4}::text = ''",
        f"r.service_id = ${5}" if wanted.service_id else f"${5}::bigint = 0",
    ]
    found = await rows(
        f"""{REQUEST} where r.circle_id = $1
              and ($2::timestamptz is null or (r.created_at, r.id) < ($2, $3))
              and {" and ".join(conditions)}
            order by r.created_at desc, r.id desc limit {PAGE + 1}""",
        place.circle.id,
        *(wanted.before or (None, 0)),
        wanted.state,
        wanted.service_id,
    )
    return [made(line) for line in found]


async def of_partner(here: Counter, wanted: Wanted) -> Sequence[Request]:
    """The same over all its circles: of each circle no more is read than a page. Raises NotFound."""
    if not policy.can_manage(here):
        raise NotFound
    condition = "q.state = $4" if wanted.state else "$4::text = ''"
    found = await rows(
        f"""with latest as (
                select q.circle_id, q.id from circle k, lateral (
                    select q.circle_id, q.id, q.created_at from service_request q
                    where q.circle_id = k.id and {condition}
                      and ($2::timestamptz is null or (q.created_at, q.id) < ($2, $3))
                    order by q.created_at desc, q.id desc limit {PAGE + 1}) q
                where k.partner_id = $1 order by q.created_at desc, q.id desc limit {PAGE + 1})
            {REQUEST} join latest l on l.circle_id = r.circle_id and l.id = r.id
            order by r.created_at desc, r.id desc""",
        here.partner.id,
        *(wanted.before or (None, 0)),
        wanted.state,
    )
    return [made(line) for line in found]


@dataclass(frozen=True, slots=True)
class Counts:
    """Of one service: how many wait, are being done, and came in the last 30 days."""

    new: int = 0
    accepted: int = 0
    lately: int = 0


async def counts(place: Place) -> Mapping[int, Counts]:
    """By service. Raises NotFound for who may not even know that."""
    if not policy.can_count(place):
        raise NotFound
    found = await rows(
        """select service_id, count(*) filter (where state = 'new')::int as new,
                  count(*) filter (where state = 'accepted')::int as accepted,
                  count(*) filter (where created_at > now() - interval '30 days')::int as lately
           from service_request
           where circle_id = $1 and (state in ('new', 'accepted')
                                     or created_at > now() - interval '30 days')
           group by service_id""",
        place.circle.id,
    )
    return {line["service_id"]: Counts(*line[1:]) for line in found}


def made(line: Mapping[str, object]) -> Request:
    values = dict(line)
    return Request(**values | {"answers": answers.read(str(values["answers"]))})  # type: ignore[arg-type]
