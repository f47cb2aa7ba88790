"""Things of the desk, as a partner's programs are told of them."""

from quanzi.fans.listing import Fan
from quanzi.insights.daily import Day
from quanzi.offering.inbox import Request
from quanzi.offering.reading import Service
from quanzi.planning.calendar import Item
from quanzi.platform import desk_shapes as shapes
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
