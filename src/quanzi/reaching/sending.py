"""Sending a notice: to oneself, now, at a time; taking it back, and stopping it in the middle."""

from datetime import datetime, timedelta

from quanzi.activity.concerning import concern
from quanzi.circles import pace
from quanzi.circles.access import Place
from quanzi.circles.pace import Rule
from quanzi.db.engine import database_now, row, rows
from quanzi.db.transaction import transaction
from quanzi.errors import Conflict, Invalid, NotAllowed, said
from quanzi.reaching import policy, reading

# As an official account may: so many in any seven days, whomever they are for.
QUOTA, WEEK = 2, timedelta(days=7)
FURTHEST = timedelta(days=90)
KIND = "circle.notice"
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
    """At that time, or now. Raises NotFound, NotAllowed, Conflict; Invalid for a time that is over or
    quiet, and when there are as many in those days as may be.
    """
    if not policy.can_reach(place):
        raise NotAllowed
    if version is None:
        raise Invalid(send_at=said("请刷新页面后重试。"))
    async with transaction():
        # Two at once would both be the last.
        await rows("select 1 from circle where id = $1 for no key update", place.circle.id)
        before = await reading.locked(place, notice_id)
        if before.state != "draft" or before.version != version:
            raise Conflict(NO_DRAFT)
        moment = at or await database_now()
        await _ask(place, moment, planned=at is not None)
        await rows(
            """update circle_notice set state = 'planned', send_at = $3, version = version + 1
               where circle_id = $1 and id = $2""",
            place.circle.id,
            notice_id,
            moment,
        )


async def take_back(place: Place, notice_id: int) -> None:
    """One that waits is a draft again; one that goes out goes no further. Twice is once. Raises
    NotFound, NotAllowed.
    """
    if not policy.can_reach(place):
        raise NotAllowed
    async with transaction():
        await reading.locked(place, notice_id)
        await rows(
            """update circle_notice
               set state = case state when 'planned' then 'draft' else 'stopped' end,
                   ended_at = case state when 'sending' then now() end, version = version + 1
               where circle_id = $1 and id = $2 and state in ('planned', 'sending')""",
            place.circle.id,
            notice_id,
        )


async def _ask(place: Place, moment: datetime, *, planned: bool) -> None:
    now = await database_now()
    if planned and not now - timedelta(minutes=1) <= moment <= now + FURTHEST:
        raise Invalid(send_at=said("请选择从现在到 90 天以内的时间。"))
    rule = pace.rule_for(place)
    quiet = Rule(quiet_from=rule.quiet_from, quiet_to=rule.quiet_to)
    broken = pace.broken(quiet, moment, [], place.circle.time_zone)
    if broken is not None:
        raise Invalid(send_at=broken.sentence(quiet, place.circle.time_zone))
    others = await row(
        """select count(*) as n from circle_notice
           where circle_id = $1 and state in ('planned', 'sending', 'sent', 'stopped')
             and send_at > $2 and send_at < $3""",
        place.circle.id,
        moment - WEEK,
        moment + WEEK,
    )
    if others and others["n"] >= QUOTA:
        raise Invalid(send_at=said("任意七天里最多发 %(most)d 条通知，请换个时间。", most=QUOTA))
