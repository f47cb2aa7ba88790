"""Making a service and changing it. What it says is read by the machine before anybody else does."""

import uuid
from functools import partial

from quanzi.activity import once
from quanzi.circles.access import Place
from quanzi.db.engine import rows
from quanzi.db.transaction import after_commit, transaction
from quanzi.errors import Conflict, Invalid, NotAllowed, Outdated, said
from quanzi.media.incoming import discard
from quanzi.offering import policy, questions, reading, shelf, showing
from quanzi.offering.cards import NO_SEGMENT, Card
from quanzi.offering.questions import Question
from quanzi.screening import pages

MOST = 50
CHANGED = said("刚刚有人改过这项服务。你填的还在，再保存一次就会盖过那次修改。")
OVER = said("结束时间要在现在之后。")


async def make(place: Place, card: Card, *, key: uuid.UUID, picture: str = "") -> tuple[int, bool]:
    """A draft's id, and whether it was there already: then `picture` is not needed.

    Raises NotAllowed, Invalid; Conflict when there are too many.
    """
    if not policy.can_manage(place) or place.member_id is None:
        raise NotAllowed
    circle_id = place.circle.id
    await _check(card, picture)
    async with transaction():
        before = await once.first_time(place.member_id, key, circle_id, card.title)
        if before is not None:
            return int(before), True
        await shelf.lock(circle_id)
        await _room_for_one(circle_id)
        await _is_there(circle_id, card)
        made = await rows(
            """insert into service (circle_id, place, title, body, price, picture, link, segment,
                                    least, starts_at, ends_at, kept_days, segment_id)
               select $1, coalesce(max(place), 0) + 1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12
               from service where circle_id = $1 returning id""",
            circle_id,
            card.title,
            card.body,
            card.price,
            picture,
            *_values(card),
        )
        await once.answered(place.member_id, key, str(made[0]["id"]))
    return int(made[0]["id"]), False


async def change(
    place: Place, service_id: int, card: Card, *, version: int, picture: str = ""
) -> int:
    """The number of the event; 0 when nobody sees it yet. `picture`: '' leaves it.

    Raises NotFound, NotAllowed, Invalid, and Outdated when `version` is not the present one.
    """
    if not policy.can_manage(place):
        raise NotAllowed
    circle_id = place.circle.id
    await _check(card, picture)
    async with transaction():
        await shelf.lock(circle_id)
        service = await reading.locked(place, service_id)
        if service.version != version:
            raise Outdated(CHANGED)
        showing.still_there(service)
        await _is_there(circle_id, card)
        changed = await rows(
            """update service set title = $3, body = $4, price = $5,
                      picture = coalesce(nullif($6, ''), picture), link = $7, segment = $8,
                      least = $9, starts_at = $10, ends_at = $11, kept_days = $12,
                      segment_id = $13,
                      version = version + 1,
                      state = case when state in ('shown', 'waiting') then
                          case when $10 > now() then 'waiting' else 'shown' end else state end
               where circle_id = $1 and id = $2
                 and (state in ('draft', 'ended') or $11::timestamptz is null or $11 > now())
               returning state""",
            circle_id,
            service_id,
            card.title,
            card.body,
            card.price,
            picture,
            *_values(card),
        )
        if not changed:
            raise Invalid(ends_at=OVER)
        if picture and service.picture:
            after_commit(partial(discard, service.picture))
        await shelf.retell(circle_id, service_id)
        if "shown" not in {service.state, changed[0]["state"]}:
            return 0
        return await shelf.changed(circle_id, place.member_id)


async def design(
    place: Place, service_id: int, asked: tuple[Question, ...], *, version: int
) -> None:
    """The questions of its form. Nothing of it stands on a card, so no page hears of it.

    Raises NotFound, NotAllowed, Invalid, and Outdated as `change` does.
    """
    if not policy.can_manage(place):
        raise NotAllowed
    words = {f"q{n}_label": _words(each) for n, each in enumerate(asked)}
    await pages.check(of_partner=True, **words)
    async with transaction():
        await shelf.lock(place.circle.id)
        service = await reading.locked(place, service_id)
        if service.version != version:
            raise Outdated(CHANGED)
        showing.still_there(service)
        await rows(
            """update service set questions = $3, version = version + 1
               where circle_id = $1 and id = $2""",
            place.circle.id,
            service_id,
            questions.kept(asked),
        )


def _words(question: Question) -> str:
    return "\n".join((question.label, question.help, *question.choices)).strip()


def _values(card: Card) -> tuple[object, ...]:
    return (card.link, card.segment, card.least, card.starts_at, card.ends_at, card.kept_days,
            card.segment_id)  # fmt: skip


async def _check(card: Card, picture: str) -> None:
    await pages.check(of_partner=True, title=card.title, body=card.body, price=card.price)
    if picture:
        await pages.check_picture(picture, "picture")


async def _is_there(circle_id: int, card: Card) -> None:
    """The segment that it is for, held against who would withdraw it. Raises Invalid."""
    if card.segment_id is None:
        return
    found = await rows(
        """select 1 from segment where circle_id = $1 and id = $2 and withdrawn_at is null
           for share""",
        circle_id,
        card.segment_id,
    )
    if not found:
        raise Invalid(segment_id=NO_SEGMENT)


async def _room_for_one(circle_id: int) -> None:
    found = await rows(
        "select count(*)::int as n from service where circle_id = $1 and state <> 'deleted'",
        circle_id,
    )
    if found[0]["n"] >= MOST:
        raise Conflict(said("一个圈子最多 %(most)d 项服务，请先删去不用的。", most=MOST))
