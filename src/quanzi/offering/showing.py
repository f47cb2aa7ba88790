"""Showing a service, ending it, taking it away, and its place among the others."""

from functools import partial

from quanzi.circles.access import Place
from quanzi.db.engine import rows
from quanzi.db.transaction import after_commit, transaction
from quanzi.errors import Conflict, NotAllowed, NotFound, said
from quanzi.media.incoming import discard
from quanzi.offering import policy, reading, shelf
from quanzi.offering.reading import Service


async def show(place: Place, service_id: int) -> int:
    """From its start on, or at once. The number of the event; 0 when it waits, or was shown.

    Raises NotFound, NotAllowed; Conflict when its end is over.
    """
    _may(place)
    circle_id = place.circle.id
    async with transaction():
        await shelf.lock(circle_id)
        service = await reading.locked(place, service_id)
        still_there(service)
        if service.state not in {"draft", "ended"}:
            return 0
        turned = await rows(
            """update service set state = case when starts_at > now() then 'waiting' else 'shown' end,
                      ended_at = null, version = version + 1
               where circle_id = $1 and id = $2 and (ends_at is null or ends_at > now())
               returning state""",
            circle_id,
            service_id,
        )
        if not turned:
            raise Conflict(said("它的结束时间已经过了，请先修改结束时间。"))
        await shelf.retell(circle_id, service_id)
        if turned[0]["state"] != "shown":
            return 0
        return await shelf.changed(circle_id, place.member_id)


def still_there(service: Service) -> None:
    """Raises Conflict for one that reviewers took away: it is changed by nobody until it is back."""
    if service.state == "removed":
        raise Conflict(said("这项服务审核后被移除了，不能再改。圈主可以申诉。"))


async def end(place: Place, service_id: int) -> int:
    """The number of the event; 0 when nobody saw it: what waited is a draft again.

    Raises NotFound, NotAllowed.
    """
    _may(place)
    circle_id = place.circle.id
    async with transaction():
        await shelf.lock(circle_id)
        service = await reading.locked(place, service_id)
        if service.state not in {"shown", "waiting"}:
            return 0
        await rows(
            """update service set state = case when state = 'shown' then 'ended' else 'draft' end,
                      ended_at = case when state = 'shown' then now() end, version = version + 1
               where circle_id = $1 and id = $2""",
            circle_id,
            service_id,
        )
        await shelf.retell(circle_id, service_id)
        if service.state != "shown":
            return 0
        return await shelf.changed(circle_id, place.member_id)


async def delete(place: Place, service_id: int) -> int:
    """A stone with its title stays, for who asked for it. The number of the event; 0 when nobody saw it.

    Raises NotFound, NotAllowed; Conflict while requests wait for an answer.
    """
    _may(place)
    circle_id = place.circle.id
    async with transaction():
        await shelf.lock(circle_id)
        service = await reading.locked(place, service_id)
        waiting = await rows(
            """select 1 from service_request
               where circle_id = $1 and service_id = $2 and state in ('new', 'accepted') limit 1""",
            circle_id,
            service_id,
        )
        if waiting:
            raise Conflict(said("还有没处理完的预约，请先处理完再删除。"))
        await rows(
            """update service set state = 'deleted', body = '', price = '', picture = '', link = '',
                      questions = '[]', ended_at = coalesce(ended_at, now()), version = version + 1
               where circle_id = $1 and id = $2""",
            circle_id,
            service_id,
        )
        if service.picture:
            after_commit(partial(discard, service.picture))
        await shelf.retell(circle_id, service_id)
        if service.state != "shown":
            return 0
        return await shelf.changed(circle_id, place.member_id)


async def move(place: Place, service_id: int, to: int) -> int:
    """To this place among all at the desk, from 0. The number of the event; 0 when nothing changed.

    Raises NotFound, NotAllowed.
    """
    _may(place)
    circle_id = place.circle.id
    async with transaction():
        await shelf.lock(circle_id)
        before = await reading.at_desk(circle_id)
        order = [service.id for service in before]
        if service_id not in order:
            raise NotFound
        order.remove(service_id)
        order.insert(max(0, to), service_id)
        if order == [service.id for service in before]:
            return 0
        await rows(
            """update service s set place = w.place
               from unnest($2::bigint[]) with ordinality as w(id, place)
               where s.circle_id = $1 and s.id = w.id""",
            circle_id,
            order,
        )
        if not any(service.state == "shown" for service in before):
            return 0
        return await shelf.changed(circle_id, place.member_id)


def _may(place: Place) -> None:
    if not policy.can_manage(place):
        raise NotAllowed
