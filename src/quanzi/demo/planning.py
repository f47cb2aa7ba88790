"""What Joyrun plans: a series, some posts and drafts, and one thing that collides.

The circles of the demo have no rules of pace: who tries them out posts as often as they like.
"""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from quanzi import clock
from quanzi.circles import access
from quanzi.identity import sessions
from quanzi.planning import series
from quanzi.planning.repeating import Rhythm
from quanzi.planning.series import Wanted
from quanzi.posts import reusing, writing
from quanzi.posts.drafts import Draft

SLUG, ZONE = "pearl-river-night-run", "Asia/Shanghai"
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
    """By an editor of Joyrun's, with their own verbs."""
    editor = await access.front(SLUG, sessions.absent(ids["joyrun-editor"]))
    for days, hour, body in PLANNED:
        await writing.publish(editor, Draft(body, publish_at=_at(days, hour)))
    for body in DRAFTS:
        await writing.publish(editor, Draft(body, kept=True))
    # All slots are taken for good, so there will be none for this one.
    late = Draft("深夜食堂：跑完吃什么不长胖？", publish_at=_at(3, 21), pin=True)
    await writing.publish(editor, late)
    await series.start(editor, Wanted(MONDAY, ("周一打卡",), Rhythm("week", 420, _at(1, 0).date(), weekdays=frozenset({0}))))  # fmt: skip
    await reusing.save(editor, "每周约跑", "本周约跑：\n时间：\n地点：\n距离：\n配速：", "约跑")


def _at(days: int, hour: int) -> datetime:
    day = clock.now().astimezone(ZoneInfo(ZONE)).date() + timedelta(days=days)
    return datetime.combine(day, time(hour), ZoneInfo(ZONE))
