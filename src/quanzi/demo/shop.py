"""What the demo's partners offer, and what people have asked of them."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quanzi.offering.questions import Question


@dataclass(frozen=True, slots=True)
class Service:
    """`fields`: of its card, beside what most have. `asked`: kind, label, and what more is said."""

    circle: str
    keeper: str
    title: str
    price: str
    drawing: str
    body: str
    fields: Mapping[str, str]
    asked: Sequence[Question] = ()


def _asks(kind: str, label: str, hint: str = "", *choices: str, required: bool = True) -> Question:
    key = hashlib.sha256(label.encode()).hexdigest()[:8]
    return Question(key, kind, label, hint, required, choices)


NIGHT_RUN, PETS, MONEY = "pearl-river-night-run", "city-pets", "money"
SERVICES = (
    Service(
        NIGHT_RUN,
        "joyrun-editor",
        "夜跑陪跑",
        "¥99/次",
        "park-night",
        "一位持证陪跑员陪你跑完一次夜跑，五公里到半马都可以。\n会提前看你最近的状态，定好配速、路线和补水点，跑完一起拉伸。第一次夜跑、想破自己的纪录、或者只是不想一个人跑，都可以来。",
        {"way": "request"},
        (
            _asks("date", "哪一天", "周二到周日的晚上"),
            _asks("choice", "想跑多远", "", "5 公里", "10 公里", "半马"),
            _asks("short", "平时的配速", "比如 6:30，不知道就空着", required=False),
            _asks("phone", "电话", "只用来约集合地点"),
        ),
    ),
    Service(
        NIGHT_RUN,
        "joyrun-editor",
        "跑鞋试穿",
        "免费",
        "shoe-green",
        "每周四晚七点到九点，海心沙东门。三个牌子、十二双路跑鞋，穿着跑一圈再决定。可以现场测脚长和足弓。",
        {"way": "request", "kept_days": "30"},
        (
            _asks(
                "choice",
                "脚长",
                "厘米，按平时买鞋的尺码",
                "23.5",
                "24",
                "24.5",
                "25",
                "26",
                "27",
                "28",
            ),
            _asks("long", "想试哪几双", "写牌子或型号", required=False),
        ),
    ),
    Service(
        NIGHT_RUN,
        "joyrun-editor",
        "新人第一跑",
        "免费",
        "track-dusk",
        "刚关注的朋友，我们每周三有一场慢慢的三公里，有人带，不赶。",
        {"way": "request", "segment": "newcomers"},
        (_asks("phone", "电话", "集合前一天给你发短信"),),
    ),
    Service(
        PETS,
        "mengxingren-owner",
        "上门洗护",
        "¥168 起",
        "paws-warm",
        "护理师带着自己的水箱和吹风机上门，洗澡、剪指甲、清耳朵、梳毛，大约一个半小时。怕生的猫可以先上门认识一次，不收费。",
        {"way": "request"},
        (
            _asks("choice", "是谁要洗", "", "猫", "小型犬", "中大型犬"),
            _asks("date", "希望哪天上门"),
            _asks("short", "在哪个区", "先不用写门牌号，接受以后再问"),
            _asks("phone", "电话"),
            _asks("long", "它的脾气", "怕吹风、怕生、咬人都请告诉我们", required=False),
        ),
    ),
    Service(
        PETS,
        "mengxingren-owner",
        "寄养家庭名单",
        "",
        "window-dusk",
        "过节回家，猫狗可以住到别人家里。我们核过身份、看过家里的寄养家庭名单，在自己的网站上更新。",
        {"way": "link", "link": "https://www.example.com/boarding"},
    ),
    Service(
        MONEY,
        "jianqi-editor",
        "一对一家庭账本咨询",
        "¥299/45 分钟",
        "jar-warm",
        "把三个月的收支带来，我们和你一起看清钱去了哪里，列出三件马上能做的事。\n不卖产品，不收佣金，也不替你做投资决定。",
        {"way": "request", "kept_days": "60"},
        (
            _asks("choice", "现在最想弄清的是", "", "每月结余", "房贷和换房", "孩子的教育", "养老"),
            _asks("number", "家里几口人"),
            _asks("long", "简单说说情况", "不用写具体金额"),
            _asks("phone", "电话"),
        ),
    ),
    Service(
        MONEY,
        "jianqi-editor",
        "保单整理",
        "¥99/家",
        "books-soft",
        "把家里的保单拍照发来，一周内整理成一张表：保什么、保多久、每年交多少。只给信用好的老圈友，名额不多。",
        {"way": "request", "segment": "credit", "least": "650"},
        (_asks("number", "大概有几份保单"),),
    ),
)
# Who asks for which, with what; and what is said to it.
REQUESTS = (
    ("xiaolan", "夜跑陪跑", {"哪一天": "2026-12-04", "想跑多远": "10 公里", "平时的配速": "6:40", "电话": "138 0000 0001"}, "accepted", "周五晚七点，海心沙东门见，带件薄外套。"),
    ("nanfeng", "夜跑陪跑", {"哪一天": "2026-12-06", "想跑多远": "半马", "电话": "138 0000 0002"}, "", ""),
    ("kevin", "跑鞋试穿", {"脚长": "27", "想试哪几双": "想找一双缓震好一点的，平时穿 Pegasus"}, "", ""),
    ("zaoqi", "跑鞋试穿", {"脚长": "24"}, "done", ""),
    ("huihui", "上门洗护", {"是谁要洗": "猫", "希望哪天上门": "2026-12-05", "在哪个区": "天河", "电话": "138 0000 0003", "它的脾气": "怕吹风，请用毛巾多擦一会儿"}, "", ""),
    ("chengzi", "上门洗护", {"是谁要洗": "中大型犬", "希望哪天上门": "2026-11-30", "在哪个区": "番禺", "电话": "138 0000 0004"}, "declined", "番禺暂时去不了，十二月中旬会有番禺的护理师，到时候在圈里说。"),
    ("xiaolan", "一对一家庭账本咨询", {"现在最想弄清的是": "每月结余", "家里几口人": "2", "简单说说情况": "两个人都上班，每个月都不知道钱花到哪里去了。", "电话": "138 0000 0001"}, "", ""),
)  # fmt: skip
