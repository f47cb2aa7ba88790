"""Categories, partners and circles of the demo. The slugs that the contract names must stay."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from quanzi.circles.categories import OFFERED
from quanzi.circles.thresholds import Threshold

CATEGORIES = OFFERED

# Slug, name, English name, kind, and what they say of themselves.
PARTNERS = (
    (
        "joyrun",
        "悦跑圈",
        "Joyrun",
        "merchant",
        "一群喜欢跑步的人做的跑步应用。我们在广州起步，相信跑得久比跑得快要紧。",
    ),
    (
        "maimai",
        "脉脉",
        "Maimai",
        "merchant",
        "职场人的社交平台。每个行业一个圈子，编辑每天挑几件值得多看一眼的事。",
    ),
    (
        "mengxingren",
        "萌星人",
        "Mengxingren",
        "merchant",
        "城市里的宠物朋友们。从喂养到看病，从领养到告别，陪它们也陪你。",
    ),
    (
        "mamabang",
        "妈妈帮",
        "Mamabang",
        "merchant",
        "陪妈妈们从怀孕走到孩子上学。没有标准答案，只有过来人。",
    ),
    (
        "wuxiaobo",
        "吴晓波频道",
        "Wu Xiaobo Channel",
        "institution",
        "财经写作与公共阅读。每个月一本书，和读者一起读完。",
    ),
    (
        "jianqi",
        "简七",
        "Jianqi",
        "merchant",
        "写给普通家庭的理财常识。先记账，再谈别的。",
    ),
    (
        "campus",
        "校园日记社",
        "Campus Diary Club",
        "institution",
        "各地高校同学一起办的日记社，写食堂、图书馆和操场。",
    ),
    (
        "office",
        "白领日记社",
        "White-Collar Diary Club",
        "institution",
        "下班以后写几行字的人。",
    ),
)


@dataclass(frozen=True, slots=True)
class Circle:
    """`keeper`: the handle of who pins. `cover`: the name of a drawing."""

    slug: str
    name: str
    name_en: str
    category: str
    partner: str
    keeper: str
    posting: str
    colour: str
    cover: str
    intro: str
    rules: str
    thresholds: Mapping[str, Threshold] = field(default_factory=dict)


CIRCLES = (
    Circle(
        "pearl-river-night-run",
        "珠江夜跑圈",
        "Pearl River Night Run",
        "fitness",
        "joyrun",
        "joyrun-editor",
        "members",
        "#3a4a78",
        "river-night",
        "晚风、江水、路灯，还有并排跑的人。这里收集珠江两岸的夜跑路线，也收集每一个慢下来的夜晚。",
        "跑前热身，跑后拉伸，量力而行。\n晒路线请写清起点、距离和补水点。\n夜跑请穿亮色或带反光条，结伴更安心。\n不发广告，不约酒。",
    ),
    Circle(
        "goddess-run",
        "悦跑女神圈",
        "Goddess Run",
        "fitness",
        "joyrun",
        "joyrun-editor",
        "members",
        "#c9707c",
        "hills-rose",
        "给爱跑步的她们一个落脚的地方：慢一点没关系，今天比昨天舒服就好。",
        "不比配速，不评论身材。\n分享训练请写感受，也写休息。\n受伤先看医生，圈友的经验只作参考。\n彼此称呼温柔一点。",
    ),
    Circle(
        "campus-diary",
        "校园日记",
        "Campus Diary",
        "campus",
        "campus",
        "campus-owner",
        "members",
        "#b8674f",
        "campus-summer",
        "食堂、图书馆、操场和宿舍楼下的猫。把普通的一天记下来，几年以后就是青春。",
        "写自己的故事，不写别人的隐私。\n不代写、不代考、不卖资料。\n求助写清楚问题，得到帮助说声谢谢。\n深夜情绪帖，请大家轻轻回复。",
    ),
    Circle(
        "white-collar-diary",
        "白领日记",
        "White-Collar Diary",
        "work",
        "office",
        "office-owner",
        "members",
        "#5a6f8f",
        "office-night",
        "上班的人都有一肚子小事。下班前写三行，明天又是能好好吃早饭的一天。",
        "吐槽事，不点名。\n公司内部信息请不要外传。\n可以丧，但别互相伤害。\n带图请遮住工牌和屏幕内容。",
    ),
    Circle(
        "maimai-internet",
        "脉脉互联网",
        "Maimai Internet",
        "digital",
        "maimai",
        "maimai-editor",
        "staff",
        "#2f5f8a",
        "laptop-day",
        "产品、研发、设计和运营的同路人。由编辑整理行业里值得多看一眼的事。",
        "本圈由圈主和编辑发帖。\n引用数据请看原文出处。\n讨论对事不对人。",
    ),
    Circle(
        "maimai-media",
        "脉脉传媒",
        "Maimai Media",
        "work",
        "maimai",
        "maimai-desk",
        "staff",
        "#6a5a8f",
        "microphone-night",
        "记者、编辑、编导、文案都在这里。聊选题，聊采访，也聊那些改到第七稿的夜晚。",
        "本圈由圈主和编辑发帖。\n转载请先征得作者同意。\n不讨论未公开的稿件。",
    ),
    Circle(
        "maimai-banking",
        "脉脉银行",
        "Maimai Banking",
        "work",
        "maimai",
        "maimai-editor",
        "staff",
        "#2f6a6a",
        "blocks-day",
        "柜台里外、前中后台，银行人的工作与成长。每周几篇短文，说人话，不说黑话。",
        "本圈由圈主和编辑发帖。\n不讨论客户信息，不推销产品。\n政策解读以监管部门公布的原文为准。",
    ),
    Circle(
        "maimai-finance",
        "脉脉金融",
        "Maimai Finance",
        "work",
        "maimai",
        "maimai-desk",
        "staff",
        "#3f5f4f",
        "bars-day",
        "研究、风控、财务、审计——给金融从业者的读书会和茶水间。",
        "本圈由圈主和编辑发帖。\n不荐股，不预测行情。\n案例一律隐去机构和人名。",
    ),
    Circle(
        "city-pets",
        "城市宠物圈",
        "City Pets",
        "pets",
        "mengxingren",
        "mengxingren-owner",
        "members",
        "#c98a4b",
        "lawn-day",
        "楼道里的猫，阳台上的狗，还有它们认真生活的人类。晒毛孩子，也聊怎样做个好邻居。",
        "生病先去宠物医院，别在圈里等方子。\n遛狗牵绳，随手清理。\n领养代替冲动，送养请写清健康情况。\n不买卖活体。",
    ),
    Circle(
        "mama",
        "妈妈帮",
        "Mama Circle",
        "parenting",
        "mamabang",
        "mamabang-owner",
        "members",
        "#d98f8a",
        "washing-day",
        "半夜喂奶时还亮着的那盏灯，不止你家有。问题可以问，眼泪可以掉，笑话也可以讲。",
        "孩子的正脸和姓名，请想好再发。\n用药和疾病问题请先问医生。\n不比娃，不站队，奶粉母乳都是爱。\n不卖货。",
        {"post": Threshold(verified=True), "link": Threshold(credit=600, days=7)},
    ),
    Circle(
        "reading",
        "吴晓波读书圈",
        "Wu Xiaobo Reading Circle",
        "reading",
        "wuxiaobo",
        "wuxiaobo-owner",
        "members",
        "#8a5a3f",
        "shelf-bright",
        "每个月一起读完一本书。不急着得出结论，先把书翻开。",
        "引用请注明书名。\n可以不同意，请说理由。\n不剧透推理小说的结局。\n不传盗版电子书。",
    ),
    Circle(
        "money",
        "简七理财",
        "Jianqi Money",
        "money",
        "jianqi",
        "jianqi-owner",
        "staff",
        "#4f8a5f",
        "jar-green",
        "从记账开始，把钱的事想明白。不追热点，不许诺收益，只讲每个普通家庭都用得上的常识。",
        "本圈由圈主和编辑发帖。\n内容是常识，不是投资建议。\n任何人以本圈名义推荐产品，都是假的。\n先留应急金，再谈别的。",
        {"comment": Threshold(verified=True), "link": Threshold(verified=True, credit=650)},
    ),
)
