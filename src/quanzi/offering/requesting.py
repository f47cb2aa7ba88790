"""Asking for a service, and taking that back. Answers stand in one column, and nowhere else: not in
a log, not in a notice, not in an address.
"""

import uuid
from collections.abc import Mapping, Sequence

from quanzi.activity import once
from quanzi.activity.concerning import concern
from quanzi.circles import thresholds
from quanzi.circles.access import Place
from quanzi.db.engine import rows
from quanzi.db.transaction import transaction
from quanzi.errors import Conflict, Invalid, NotAllowed, NotFound, Said, TooMany, said
from quanzi.identity.sessions import Viewer
from quanzi.offering import answers, inbox, policy, reading
from quanzi.offering.answers import Answer
from quanzi.offering.questions import Question
from quanzi.offering.reading import Service
from quanzi.posts import vetting
from quanzi.screening import verdicts
from quanzi.screening.categories import CATEGORIES
from quanzi.screening.verdicts import Piece

# Of one member for one service at a time.
MOST_OPEN = 3
HOUR = 3600.0
CHANGED = said("这项服务刚刚改过，请看看再提交。")
# How to reach somebody is what such a form asks for.
SPARED = frozenset({"privacy"})


async def request(
    place: Place, service_id: int, typed: Mapping[str, str], *, version: int, key: uuid.UUID
) -> int:
    """The request's id; the same once more for the same key. `version`: of the service they read.

    Raises NotFound, NotAllowed, Barred, Invalid; TooMany when theirs wait to be answered.
    """
    service = await reading.one(place, service_id)
    if policy.is_barred(place):
        thresholds.ask(place, "comment")
    if not policy.can_request(place, service) or place.member_id is None:
        raise NotAllowed
    given = answers.typed(service.questions, typed)
    await _vet(place, service.questions, typed)
    async with transaction():
        before = await once.first_time(place.member_id, key, place.circle.id, service_id)
        if before is not None:
            return int(before)
        # Shared with others who ask: only who changes the service waits.
        await rows(
            "select 1 from service where circle_id = $1 and id = $2 for share",
            place.circle.id,
            service_id,
        )
        service = await reading.one(place, service_id)
        if not policy.can_request(place, service):
            raise NotAllowed
        if service.version != version:
            raise Invalid(version=CHANGED)
        await _not_too_many(place, service_id)
        request_id = await _insert(place, service, given)
        await once.answered(place.member_id, key, str(request_id))
        await _tell_staff(place)
    return request_id


async def withdraw(viewer: Viewer, request_id: int) -> None:
    """What they wrote goes at once. Raises NotFound; Conflict when it has been answered. Twice is once."""
    async with transaction():
        found = await inbox.own(viewer, request_id, lock=True)
        if not policy.can_withdraw(viewer, found):
            raise NotFound
        if found.state == "withdrawn":
            return
        if found.state != "new":
            raise Conflict(said("这份预约已经有人处理，不能撤回了。"))
        await rows(
            """update service_request set state = 'withdrawn', answers = '[]', erased_at = now(),
                      decided_at = now() where circle_id = $1 and id = $2""",
            found.circle_id,
            request_id,
        )


async def _vet(place: Place, asked: Sequence[Question], typed: Mapping[str, str]) -> None:
    """What nobody may say to others, nobody says to the partner. Raises Invalid by the fields."""
    wrong: dict[str, Said] = {}
    for question in asked:
        if question.kind not in {"short", "long"}:
            continue
        name = answers.field(question)
        verdict = await verdicts.judge(
            Piece("page", place.circle.id, place.member_id or 0, typed.get(name, ""),
                  vetting.harder(place), SPARED, again=True)
        )  # fmt: skip
        if verdict.action == "refuse":
            wrong[name] = said(
                "这里疑似“%(category)s”，请换一种写法。", category=CATEGORIES[verdict.category]
            )
    if wrong:
        raise Invalid(**wrong)


async def _not_too_many(place: Place, service_id: int) -> None:
    """One deed after the other: two at once would both be the last."""
    await rows("select 1 from member where id = $1 for no key update", place.member_id)
    waiting = await rows(
        """select 1 from service_request where member_id = $1 and circle_id = $2
           and service_id = $3 and state in ('new', 'accepted') limit $4""",
        place.member_id,
        place.circle.id,
        service_id,
        MOST_OPEN,
    )
    if len(waiting) >= MOST_OPEN:
        raise TooMany(
            HOUR,
            said("你有 %(most)d 份同样的预约还没办完，办完或撤回一份再来。", most=MOST_OPEN),
        )


async def _insert(place: Place, service: Service, given: Sequence[Answer]) -> int:
    made = await rows(
        """insert into service_request (circle_id, service_id, member_id, answers, keeps_until)
           values ($1, $2, $3, $4, now() + $5 * interval '1 day') returning id""",
        place.circle.id,
        service.id,
        place.member_id,
        answers.kept(given),
        service.kept_days,
    )
    return int(made[0]["id"])


async def _tell_staff(place: Place) -> None:
    """Who handles requests; what they have not read yet of this circle is one notice."""
    found = await rows(
        """select member_id from staff where partner_id = $1 and role in ('owner', 'editor')
           order by member_id""",
        place.circle.partner_id,
    )
    for line in found:
        await concern(
            line["member_id"], "request.new", actor_id=place.member_id, circle_id=place.circle.id
        )
