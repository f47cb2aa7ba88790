"""Services as they are read, by who may see them; and which one a post carries."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from quanzi.circles.access import Place
from quanzi.db.engine import row, rows
from quanzi.errors import NotFound
from quanzi.offering import policy, questions, segment
from quanzi.offering.questions import Question

PAGE = 20
MOST_AT_DESK = 100
Key = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Service:
    """`within`: see `segment.For`."""

    id: int
    place: int
    state: str
    version: int
    title: str
    body: str
    price: str
    picture: str
    link: str
    questions: tuple[Question, ...]
    segment: str
    least: int
    starts_at: datetime | None
    ends_at: datetime | None
    ended_at: datetime | None
    kept_days: int
    segment_id: int | None
    within: bool = False

    @property
    def key(self) -> Key:
        return self.place, self.id


COLUMNS = """s.id, s.place, s.state, s.version, s.title, s.body, s.price, s.picture, s.link,
    s.questions, s.segment, s.least, s.starts_at, s.ends_at, s.ended_at, s.kept_days,
    s.segment_id"""


async def one(place: Place, service_id: int) -> Service:
    """Raises NotFound, also for what is not for them."""
    found = await row(
        f"select {COLUMNS} from service s where s.circle_id = $1 and s.id = $2",
        place.circle.id,
        service_id,
    )
    if found is None:
        raise NotFound
    [service] = await _told_within(place, [made(found)])
    if not policy.can_see(place, service):
        raise NotFound
    return service


async def locked(place: Place, service_id: int) -> Service:
    """As `one`, held against others until the transaction ends."""
    await rows(
        "select 1 from service where circle_id = $1 and id = $2 for update",
        place.circle.id,
        service_id,
    )
    return await one(place, service_id)


async def for_everyone(circle_id: int, after: Key | None) -> Sequence[Service]:
    """What is shown to everybody, in the partner's order; one more than a page when there are more."""
    found = await rows(
        f"""select {COLUMNS} from service s
            where s.circle_id = $1 and s.state = 'shown' and s.segment = 'everyone'
              and ($2::int is null or (s.place, s.id) > ($2, $3))
            order by s.place, s.id limit {PAGE + 1}""",
        circle_id,
        *(after or (None, 0)),
    )
    return [made(line) for line in found]


async def for_some(place: Place) -> Sequence[Service]:
    """What is shown to some, and this person is among them."""
    if place.viewer is None:
        return []
    who = segment.among(place)
    found = await rows(
        f"""select {COLUMNS} from service s
            where s.circle_id = $1 and s.state = 'shown' and s.segment <> 'everyone'
              and {segment.condition(2)}
            order by s.place, s.id limit {MOST_AT_DESK}""",
        place.circle.id,
        list(who.kinds),
        who.credit,
    )
    told = await _told_within(place, [made(line) for line in found])
    return [service for service in told if segment.fits(place, service)]


async def at_desk(circle_id: int) -> Sequence[Service]:
    """All there are, in their order."""
    found = await rows(
        f"""select {COLUMNS} from service s where s.circle_id = $1 and s.state <> 'deleted'
            order by s.place, s.id limit {MOST_AT_DESK}""",
        circle_id,
    )
    return [made(line) for line in found]


async def _told_within(place: Place, services: Sequence[Service]) -> Sequence[Service]:
    """Each with whether the viewer is in the segment that it names."""
    named = {service.segment_id for service in services if service.segment == "segment"}
    within = await segment.within_segments(place, {each for each in named if each})
    return [replace(service, within=service.segment_id in within) for service in services]


async def shown_until(circle_id: int, post_ids: Collection[int]) -> Mapping[int, datetime | None]:
    """Of these posts, those that carry a service: until when it is shown, None for no end. What is
    over already is given with its past end.
    """
    found = await rows(
        """select v.post_id, case when s.state = 'ended' then s.ended_at
                                  when s.state in ('removed', 'deleted') then coalesce(s.ended_at, s.created_at)
                                  else s.ends_at end as until
           from carried_service v
           join service s on s.circle_id = v.circle_id and s.id = v.service_id
           where v.circle_id = $1 and v.post_id = any($2::bigint[])""",
        circle_id,
        list(post_ids),
    )
    return {line["post_id"]: line["until"] for line in found}


def made(line: Mapping[str, object]) -> Service:
    values = dict(line)
    return Service(**values | {"questions": questions.read(str(values["questions"]))})  # type: ignore[arg-type]
