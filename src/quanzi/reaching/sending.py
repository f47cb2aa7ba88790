"""Sending a notice: to oneself, now, at a time, or at every occasion; moving it, taking it back, and
stopping it in the middle.
"""

from datetime import datetime, timedelta

from quanzi.activity.concerning import concern
from quanzi.circles import pace
from quanzi.circles.access import Place
from quanzi.db.engine import database_now, row, rows
from quanzi.db.transaction import transaction
from quanzi.errors import Conflict, Invalid, NotAllowed, said
from quanzi.posts import pacing, planned
from quanzi.reaching import policy, reading
from quanzi.reaching.reading import Notice
from quanzi.reaching.telling import KIND

# As an official account may: so many in any seven days, whomever they are for. What goes at an
# occasion does not count: nobody gets it who has not just come, or been away for weeks.
QUOTA, WEEK = 2, timedelta(days=7)
FURTHEST = timedelta(days=90)
NO_DRAFT = said("这条通知已经安排或发出，请刷新看看。")


async def test(place: Place, notice_id: int) -> None:
    """To oneself alone; it counts for nothing. Raises NotFound, NotAllowed."""
    if not policy.can_reach(place) or place.member_id is None:
        raise NotAllowed
    async with transaction():
        await reading.one(place, notice_id)
        await concern(
            place.member_id, KIND, actor_id=None, circle_id=place.circle.id, note=str(notice_id)
        )


async def plan(place: Place, notice_id: int, at: datetime | None, *, version: int | None) -> None:
    """At that time, or now; one with an occasion is on from now. Where the circle wants it so, an
    editor's waits for an owner. Raises NotFound, NotAllowed, Conflict; Invalid for a time that is
    over or quiet, and when there are as many in those days as may be.
    """
    if not policy.can_reach(place):
        raise NotAllowed
    if version is None:
        raise Invalid(send_at=said("请刷新页面后重试。"))
    async with transaction():
        before = await held(place, notice_id)
        if before.state != "draft" or before.version != version:
            raise Conflict(NO_DRAFT)
        await _set(place, before, at)


async def move(place: Place, notice_id: int, at: datetime) -> None:
    """One that waits to another time; a draft is planned by that. Raises as `plan` does."""
    if not policy.can_reach(place):
        raise NotAllowed
    async with transaction():
        before = await held(place, notice_id)
        if before.state not in {"draft", "asked", "planned"} or before.occasion:
            raise Conflict(NO_DRAFT)
        await _set(place, before, at)


async def take_back(place: Place, notice_id: int) -> None:
    """One that waits, or is on, is a draft again; one that goes out goes no further. Twice is once.
    Raises NotFound, NotAllowed.
    """
    if not policy.can_reach(place):
        raise NotAllowed
    async with transaction():
        await reading.locked(place, notice_id)
        await rows(
            """update circle_notice
               set state = case state when 'sending' then 'stopped' else 'draft' end,
                   send_at = case state when 'sending' then send_at end,
                   ended_at = case state when 'sending' then now() end,
                   reached = case state when 'sending' then reached else 0 end,
                   taken_until = null, version = version + 1
               where circle_id = $1 and id = $2 and state in ('asked', 'planned', 'sending', 'on')""",
            place.circle.id,
            notice_id,
        )


async def held(place: Place, notice_id: int) -> Notice:
    """Against others, and against other notices of the circle: two at once would both be the last.
    Raises NotFound.
    """
    await rows("select 1 from circle where id = $1 for no key update", place.circle.id)
    return await reading.locked(place, notice_id)


async def start(place: Place, notice: Notice, at: datetime | None) -> None:
    """Of one that is held. It goes as soon as the worker comes to it, or at its time. Raises Invalid."""
    now = await database_now()
    if notice.occasion:
        await _ask_for_room(place, notice)
        state, at = "on", now if notice.occasion == "silent" else None
    else:
        state, at = "planned", await _fitting(place, notice, at, now)
    await put(place, notice, state, at)


async def _set(place: Place, notice: Notice, at: datetime | None) -> None:
    if not policy.needs_approval(place):
        await start(place, notice, at)
        return
    if notice.occasion:
        at = None
    else:
        await _fitting(place, notice, at, await database_now())
    await put(place, notice, "asked", at)
    await planned.tell_owners(place.circle.id, "notice.asked", place.member_id, note=str(notice.id))


async def put(place: Place, notice: Notice, state: str, at: datetime | None) -> None:
    """One that is held into another state, from its beginning."""
    await rows(
        """update circle_notice set state = $3, send_at = $4, reached = 0, version = version + 1
           where circle_id = $1 and id = $2""",
        place.circle.id,
        notice.id,
        state,
        at,
    )


async def _ask_for_room(place: Place, notice: Notice) -> None:
    """One at a time for each occasion: who comes is greeted once."""
    other = await row(
        """select title from circle_notice
           where circle_id = $1 and occasion = $2 and state = 'on' and id <> $3""",
        place.circle.id,
        notice.occasion,
        notice.id,
    )
    if other:
        raise Invalid(send_at=said("“%(title)s”已经在用，请先把它停下。", title=other["title"]))


async def _fitting(place: Place, notice: Notice, at: datetime | None, now: datetime) -> datetime:
    if at is not None and not now - timedelta(minutes=1) <= at <= now + FURTHEST:
        raise Invalid(send_at=said("请选择从现在到 90 天以内的时间。"))
    moment = at or now
    quiet = (await pacing.rule_of(place, notice.author_id)).only_quiet
    broken = pace.broken(quiet, moment, [], place.circle.time_zone)
    if broken is not None:
        raise Invalid(send_at=broken.sentence(quiet, place.circle.time_zone))
    others = await row(
        """select count(*) as n from circle_notice
           where circle_id = $1 and id <> $4 and occasion = ''
             and state in ('planned', 'sending', 'sent', 'stopped')
             and send_at > $2 and send_at < $3""",
        place.circle.id,
        moment - WEEK,
        moment + WEEK,
        notice.id,
    )
    if others and others["n"] >= QUOTA:
        raise Invalid(send_at=said("任意七天里最多发 %(most)d 条通知，请换个时间。", most=QUOTA))
    return moment
