"""A moment in the words of a post, so that whoever reads it knows how long it was under way.

In letters, since long numbers look like telephone numbers to who screens posts. The clock is the
machine's monotonic one, which all its processes share.
"""

import random
import re
import time

DIGITS, LETTERS = "0123456789", "ABCDEFGHIJ"
TO_LETTERS = str.maketrans(DIGITS, LETTERS)
TO_DIGITS = str.maketrans(LETTERS, DIGITS)
MARK = re.compile(r"记([A-J]{9,})完")


# Who says much the same again and again is held for a look; these are strung together by chance.
SCRAPS = [
    "风吹过江边",
    "灯一盏盏亮",
    "早上喝豆浆",
    "书翻到一半",
    "猫睡在窗台",
    "雨停了再走",
    "山路有点滑",
    "面条很筋道",
    "桥上看日落",
    "花开在墙角",
    "火车晚点了",
    "毛衣织好了",
    "孩子在画画",
    "木桌有点旧",
    "云飘得很慢",
    "河水真清凉",
    "自行车修好",
    "汤里放了姜",
    "邻居送来瓜",
    "信写了两页",
    "钟敲了三下",
    "树叶黄透了",
    "鞋带又松了",
    "琴声从楼上",
]


def marked() -> str:
    """A post of its own."""
    words = "，".join(random.sample(SCRAPS, 12))
    return f"{words}，记{str(time.monotonic_ns()).translate(TO_LETTERS)}完"


def moment_in(content: str) -> int:
    """0 when there is none."""
    found = MARK.search(content)
    return int(found[1].translate(TO_DIGITS)) if found else 0
