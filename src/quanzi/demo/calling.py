"""The demo's notices: one that went out, one that is planned, one that greets, one still a draft."""

import uuid
from datetime import datetime, timedelta

from quanzi import clock
from quanzi.circles import access
from quanzi.circles.access import Place
from quanzi.db.engine import row, rows
from quanzi.identity import sessions
from quanzi.reaching import sending, writing
from quanzi.reaching.writing import Words

CIRCLE, WRITER = "pearl-river-night-run", "joyrun-editor"
WENT = Words(
    "周三夜跑改到猎德大桥", "海心沙周三晚上有活动，这周改在猎德大桥南侧集合，时间不变，还是七点半。"
)
WAITS = Words("周日长距离：二十公里", "早上六点，二沙岛出发，每五公里一个补给点。想跑的来报名。")
GREETS = Words(
    "欢迎来到珠江夜跑圈",
    "先看看置顶的路线。第一次来跑，跟着六分半配速组就好。",
    occasion="joined",
)
DRAFT = Words("好久不见", "天凉了，正是跑步的时候。", occasion="silent", silent_days=30)


async def call(ids: dict[str, int]) -> None:
    """`ids`: members by handle. Where there is a notice already nothing is added."""
    if await row("select 1 from circle_notice limit 1"):
        return
    here = await access.front(CIRCLE, sessions.absent(ids[WRITER]))
    await _went(here, await writing.write(here, WENT, key=uuid.uuid4()))
    morning = (clock.now() + timedelta(days=4)).replace(hour=2, minute=0, second=0, microsecond=0)
    await _planned(here, WAITS, morning)
    await _planned(here, GREETS, None)
    await writing.write(here, DRAFT, key=uuid.uuid4())


async def _planned(here: Place, words: Words, at: datetime | None) -> None:
    notice_id = await writing.write(here, words, key=uuid.uuid4())
    await sending.plan(here, notice_id, at, version=1)


async def _went(here: Place, notice_id: int) -> None:
    """Twelve days ago, to all that had come by then; every third looked."""
    await rows(
        """insert into circle_notice_sent (circle_id, notice_id, member_id, at, opened_at)
           select circle_id, $2, member_id, now() - interval '12 days',
                  case when member_id % 3 = 0 then now() - interval '11 days' end
           from follow where circle_id = $1 and since < now() - interval '12 days'""",
        here.circle.id,
        notice_id,
    )
    await rows(
        """update circle_notice n
           set state = 'sent', version = 2, send_at = now() - interval '12 days',
               created_at = now() - interval '13 days', ended_at = now() - interval '12 days',
               (sent, opened) = (select count(*), count(opened_at) from circle_notice_sent t
                                 where t.circle_id = $1 and t.notice_id = $2)
           where circle_id = $1 and id = $2""",
        here.circle.id,
        notice_id,
    )
