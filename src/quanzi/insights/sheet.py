"""Days as a sheet for spreadsheets. No person is in it, so nobody needs to be told who took it."""

import csv
import io

from quanzi.errors import said
from quanzi.insights.daily import Day, Days
from quanzi.web.i18n import spoken

# What spreadsheets know UTF-8 by.
MARK = "\ufeff"
HEAD = (
    ("followers", said("关注者")),
    ("joined", said("新关注")),
    ("gone", said("取消关注")),
    ("active", said("活跃用户")),
    ("pages", said("圈子浏览")),
    ("opens", said("帖子打开")),
    ("posts", said("帖子")),
    ("comments", said("评论")),
    ("likes", said("点赞")),
)


def written(days: Days, language: str) -> bytes:
    """A line for each day; empty where too few were there to be told."""
    out = io.StringIO()
    sheet = csv.writer(out)
    sheet.writerow([spoken(said("日期"), language), *(spoken(word, language) for _, word in HEAD)])
    sheet.writerows(_cells(each) for each in days.days)
    return (MARK + out.getvalue()).encode()


def _cells(day: Day) -> list[str]:
    figures = [getattr(day, name) for name, _ in HEAD]
    return [day.day.isoformat(), *("" if n is None else str(n) for n in figures)]
