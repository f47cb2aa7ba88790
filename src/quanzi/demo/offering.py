"""The services of the demo, what has been asked of them, and a post that carries one. By their verbs."""

import uuid
from collections.abc import Mapping

from quanzi.circles import access
from quanzi.circles.access import Place
from quanzi.db.engine import row, rows
from quanzi.demo.gallery import Gallery
from quanzi.demo.shop import REQUESTS, SERVICES, Service
from quanzi.identity import sessions
from quanzi.offering import (
    answering,
    answers,
    cards,
    questions,
    reading,
    requesting,
    showing,
    writing,
)
from quanzi.posts import drafts
from quanzi.posts import writing as posts
from quanzi.web.forms import Form

POST = "夜跑陪跑开始约了。第一次跑夜路、想试试十公里、或者最近一个人跑得有点闷，都可以来，陪跑员会按你的节奏走。"


async def offer(ids: dict[str, int], hung: Gallery) -> None:
    """`ids`: members by handle. Where there is a service already nothing is added."""
    if await row("select 1 from service limit 1"):
        return
    made = {}
    for service in SERVICES:
        place = await _place(service.circle, ids[service.keeper])
        made[service.title] = place, service, await _offered(place, service, hung)
    for handle, title, given, state, note in REQUESTS:
        keepers, service, service_id = made[title]
        asking = await _place(service.circle, ids[handle])
        request_id = await _asked(asking, service_id, given)
        for step in {"": (), "done": ("accepted", "done")}.get(state, (state,)):
            await answering.answer(keepers, request_id, step, note=note)
    place, _, service_id = made["夜跑陪跑"]
    draft = drafts.read(
        body=POST, topics="", publish_at="", pin=False, pin_until="", key="",
        time_zone="Asia/Shanghai", service=service_id,
    )  # fmt: skip
    await posts.publish(place, draft)


async def _offered(place: Place, service: Service, hung: Gallery) -> int:
    typed = {"segment": "everyone", "title": service.title, "price": service.price}
    form = Form({**typed, "body": service.body, **service.fields}, {})
    card = cards.read(form, place.circle.time_zone)
    service_id, _ = await writing.make(place, card, key=uuid.uuid4())
    # Painted by ourselves: nobody has to look at it.
    found = hung.get((service.circle, "service", service.title))
    await rows(
        "update service set picture = $3 where circle_id = $1 and id = $2",
        place.circle.id,
        service_id,
        found.name if found else "",
    )
    if service.asked:
        await writing.design(place, service_id, questions.checked(service.asked), version=1)
    await showing.show(place, service_id)
    return service_id


async def _asked(place: Place, service_id: int, given: Mapping[str, str]) -> int:
    service = await reading.one(place, service_id)
    typed = {answers.field(each): given.get(each.label, "") for each in service.questions}
    return await requesting.request(
        place, service_id, typed, version=service.version, key=uuid.uuid4()
    )


async def _place(circle: str, member_id: int) -> Place:
    return await access.front(circle, sessions.absent(member_id))
