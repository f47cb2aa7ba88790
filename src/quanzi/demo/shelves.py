"""What the demo's editors have put together, and what they hold up as the best of their circles."""

from quanzi.demo.shelf import Placed, Shelf

SHELVES: dict[str, tuple[Shelf, ...]] = {
    "pearl-river-night-run": (
        Shelf(
            "joyrun-editor",
            "热门跑步路线",
            "圈友跑过、我们也都跑过两遍以上的珠江夜跑路线。距离是几块手表的平均数，可能差一两百米；路况会变，出发前看看最近的评论。",
            "bridge-night",
            (
                (
                    "第一次来，从这里开始",
                    (
                        Placed(
                            "今晚二沙岛顺时针一圈",
                            "二沙岛环岛",
                            "平坦，红绿灯少，沿途三处洗手间。树根拱起来的那一段，抬一下脚。",
                            5.8,
                            "星海音乐厅南门",
                            "https://run.example.com/pearl-river/ersha",
                            "map-island",
                        ),
                        Placed(
                            "海心沙出发，过猎德大桥到南岸",
                            "两桥小环",
                            "两次上桥，有坡但不陡；桥上风大，帽子要戴紧。",
                            6.3,
                            "海心沙亚运公园",
                            "https://run.example.com/pearl-river/bridges",
                            "map-bridges",
                        ),
                        Placed(
                            "这周六晚上八点，海心沙集合",
                            "周六慢跑团",
                            "一个人不敢跑？每周六有人押后，不丢下任何一个人。",
                            6,
                            "海心沙东门",
                        ),
                    ),
                ),
                (
                    "看风景，慢慢跑",
                    (
                        Placed(
                            "Couldn't sleep",
                            "日出往返线",
                            "From the bridge to the island and back. 天亮前的江面是平的。",
                            7,
                            "猎德大桥北侧",
                            "",
                            "map-there",
                        ),
                        Placed(
                            "夜跑 4 公里，夜宵 2 小时",
                            "肠粉糖水线",
                            "跑得少一点，吃得慢一点。",
                            4,
                            "天字码头",
                            "",
                            "map-old-town",
                        ),
                    ),
                ),
                (
                    "长一点的线",
                    (
                        Placed(
                            "大学城外环一圈",
                            "大学城外环",
                            "能稳定跑完 12 公里再来。全程有补水点，后半程树荫少。",
                            18.2,
                            "地铁大学城北站 A 口",
                            "https://run.example.com/pearl-river/campus",
                            "map-ring",
                        ),
                        Placed(
                            "【路线整理 · 第一辑】",
                            note="三条线的路面、洗手间和补水点，都写在这一篇里。",
                        ),
                    ),
                ),
            ),
            (
                ("xiaolan", "刚跑完回来，头发还是湿的", "桂花开的这两周，这一段最香。"),
                ("kevin", "带我妈来走了一圈江边", "适合和爸妈一起走的一段，不上桥。"),
            ),
        ),
    ),
    "reading": (
        Shelf(
            "wuxiaobo-owner",
            "共读从这里开始",
            "第一次来读书圈，先看这几篇：怎么读、怎么挑书、别人读到了什么。",
            "shelf-bright",
            (
                (
                    "读法",
                    (
                        Placed("本月共读开始", note="每天二十页，不求快。"),
                        Placed(
                            "回复上面几位问“入门书单”的朋友",
                            note="先别列书单，去书架前站二十分钟。",
                        ),
                        Placed("早起一小时，只读书"),
                    ),
                ),
                (
                    "笔记和讨论",
                    (
                        Placed(
                            "【共读笔记 · 一】", note="这一周的一百多条笔记，编辑部替你读完了。"
                        ),
                        Placed(
                            "不同意本周笔记里的一个说法", note="不同意，请说理由：这一篇就是样子。"
                        ),
                        Placed("#每天二十页# 第一天"),
                    ),
                ),
            ),
        ),
    ),
    "city-pets": (
        Shelf(
            "mengxingren-owner",
            "新手养猫，头一个月",
            "从进门第一天到第一次体检。每只猫不一样，拿不准就问医生。",
            "cat-white",
            (
                (
                    "进门之前和头七天",
                    (
                        Placed("还没有自己的猫", note="先装纱窗，名字可以后起。"),
                        Placed("第一次带猫回家", note="躲在床底下不是不喜欢你。"),
                        Placed("给新来的铲屎官们"),
                    ),
                ),
                (
                    "日子长了",
                    (
                        Placed("捡到的小猫养了两个月", note="等它自己过来。"),
                        Placed("新买的猫窝"),
                        Placed("灰灰今天体检"),
                    ),
                ),
            ),
        ),
    ),
}

# The first is the latest choice.
BEST: dict[str, tuple[str, ...]] = {
    "pearl-river-night-run": (
        "九宫格存一下这个月跑过的晚上",
        "【路线整理 · 第一辑】",
        "今晚二沙岛顺时针一圈",
        "膝盖休息了五天",
    ),
    "reading": ("不同意本周笔记里的一个说法", "【共读笔记 · 一】", "书店要搬走了"),
    "city-pets": ("老狗十四岁了", "第一次带猫回家", "小区里终于装了宠物拾便箱"),
}
