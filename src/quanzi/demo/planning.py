"""What Joyrun plans: a series, some posts and drafts, quiet hours, and one thing that collides."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from quanzi import clock
from quanzi.circles import access, pacing
from quanzi.circles.access import Place
from quanzi.circles.pace import Pace, Rule
from quanzi.identity import sessions
from quanzi.planning import series
from quanzi.planning.repeating import Rhythm
from quanzi.planning.series import Wanted
from quanzi.posts import reusing, writing
from quanzi.posts.drafts import Draft

SLUG, ZONE = "pearl-river-night-run", "Asia/Shanghai"
PACE = Pace(
    {
        "editor": Rule(most=3, apart=60, quiet_from=22 * 60, quiet_to=6 * 60 + 30),
        "member": Rule(most=10),
    }
)
MONDAY = "周一早安，新的一周从五公里开始。今天跑了吗？评论里打个卡。 #周一打卡#"
PLANNED = (
    (
        1,
        19,
        "明晚七点，海心沙集合，慢跑八公里，配速六分半。带一件反光背心，结束后一起拉伸。 #夜跑#",
    ),
    (2, 12, "周末长距离报名开始：猎德到大学城，十五公里，路上两个补给点。"),
    (4, 20, "新手问答：晚上跑步，饭后多久合适？教练的回答在这里，欢迎继续问。"),
)
DRAFTS = (
    "十二月路线投票：大家想去哪里？二沙岛、琶洲，还是海珠湖？",
    "年度总结：这一年，我们一起跑了多少公里……（数字等统计完再填）",
)


async def plan(ids: Mapping[str, int]) -> None:
    """By the owner and an editor of Joyrun's, with their own verbs."""
    owner, editor = [await _place(ids[handle]) for handle in ("joyrun-owner", "joyrun-editor")]
    for days, hour, body in PLANNED:
        await writing.publish(editor, Draft(body, publish_at=_at(days, hour)))
    for body in DRAFTS:
        await writing.publish(editor, Draft(body, kept=True))
    # Too late in the evening, as the rules that come now will have it.
    await writing.publish(editor, Draft("深夜食堂：跑完吃什么不长胖？", publish_at=_at(3, 23)))
    await series.start(editor, Wanted(MONDAY, ("周一打卡",), Rhythm("week", 420, _at(1, 0).date(), weekdays=frozenset({0}))))  # fmt: skip
    await reusing.save(editor, "每周约跑", "本周约跑：\n时间：\n地点：\n距离：\n配速：", "约跑")
    await pacing.set_pace(owner, PACE, ZONE)


async def _place(member_id: int) -> Place:
    return await access.front(SLUG, sessions.absent(member_id))


def _at(days: int, hour: int) -> datetime:
    day = clock.now().astimezone(ZoneInfo(ZONE)).date() + timedelta(days=days)
    return datetime.combine(day, time(hour), ZoneInfo(ZONE))
