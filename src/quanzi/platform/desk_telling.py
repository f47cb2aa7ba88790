"""Things of the desk, as a partner's programs are told of them."""

from dataclasses import asdict

from quanzi.fans.listing import Fan
from quanzi.insights.daily import Day
from quanzi.offering.inbox import Request
from quanzi.offering.reading import Service
from quanzi.planning.calendar import Item
from quanzi.planning.series import Series
from quanzi.platform import desk_shapes as shapes
from quanzi.platform import plan_shapes, service_shapes
from quanzi.platform.shapes import Person
from quanzi.reaching.reading import Notice


def service(origin: str, slug: str, found: Service) -> shapes.Service:
    return shapes.Service(
        id=found.id,
        state=found.state,
        title=found.title,
        body=found.body,
        price=found.price,
        link=found.link,
        questions=[each.label for each in found.questions],
        starts_at=found.starts_at,
        ends_at=found.ends_at,
        url=f"{origin}/c/{slug}/services/{found.id}",
    )


def service_at_desk(origin: str, slug: str, found: Service) -> service_shapes.ServiceAtDesk:
    told = service(origin, slug, found)
    picture = f"{told.url}/picture/m.webp?{found.picture[:8]}" if found.picture else None
    asked = [
        service_shapes.Question(**{**asdict(each), "choices": list(each.choices)})
        for each in found.questions
    ]
    same = ("id", "state", "title", "body", "price", "link", "starts_at", "ends_at", "url")
    more = ("version", "place", "segment", "least", "segment_id", "ended_at", "kept_days")
    return service_shapes.ServiceAtDesk(
        picture=picture,
        questions=asked,
        **{name: getattr(told, name) for name in same},
        **{name: getattr(found, name) for name in more},
    )


def request(found: Request) -> shapes.ServiceRequest:
    return shapes.ServiceRequest(
        id=found.id,
        service_id=found.service_id,
        service=found.title,
        member=Person(handle=found.handle, name=found.name),
        state=found.state,
        answers=[shapes.Answer(question=each.label, answer=each.text) for each in found.answers],
        note=found.note,
        created_at=found.created_at,
        decided_at=found.decided_at,
        keeps_until=found.keeps_until,
    )


def planned(found: Item) -> shapes.Planned:
    return shapes.Planned(
        kind=found.kind,
        id=found.id,
        state=found.state,
        at=found.at,
        until=found.until,
        title=found.title,
    )


def series(found: Series) -> plan_shapes.Series:
    names = ("id", "state", "author", "body", "pin_hours", "created_at")
    rhythm = found.rhythm
    return plan_shapes.Series(
        topics=list(found.topics),
        every=rhythm.every,  # type: ignore[arg-type]  # one of these, by the table's own check
        weekdays=sorted(rhythm.weekdays),
        month_day=rhythm.month_day,
        time=f"{rhythm.minute // 60:02}:{rhythm.minute % 60:02}",
        first_day=rhythm.first_day,
        last_day=rhythm.last_day,
        **{name: getattr(found, name) for name in names},
    )


def fan(found: Fan) -> shapes.Fan:
    return shapes.Fan(
        member=Person(handle=found.handle, name=found.name),
        since=found.since,
        tags=sorted(found.tags),
    )


def notice(found: Notice) -> shapes.Notice:
    return shapes.Notice(**{name: getattr(found, name) for name in shapes.Notice.__struct_fields__})


def day(found: Day) -> shapes.Day:
    return shapes.Day(**{name: getattr(found, name) for name in shapes.Day.__struct_fields__})
