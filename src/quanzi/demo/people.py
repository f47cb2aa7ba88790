"""Who is in the demo. The handles that the contract names must stay."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    """`role` with `partner`, for who is on a staff. Most are verified, as on a site that asks for it."""

    handle: str
    name: str
    partner: str = ""
    role: str = ""
    platform_role: str = ""
    verified: bool = True


PEOPLE = (
    Person("admin", "圈子管理员", platform_role="admin"),
    Person("moderator", "圈子审核", platform_role="moderator"),
    Person("joyrun-owner", "悦跑队长", "joyrun", "owner"),
    Person("joyrun-editor", "悦跑编辑小夏", "joyrun", "editor"),
    Person("joyrun-reviewer", "悦跑审核阿敏", "joyrun", "reviewer"),
    Person("joyrun-analyst", "悦跑数据小方", "joyrun", "analyst"),
    Person("maimai-owner", "脉脉圈主", "maimai", "owner"),
    Person("maimai-editor", "职场编辑小麦", "maimai", "editor"),
    Person("maimai-desk", "值班编辑阿澈", "maimai", "editor"),
    Person("mengxingren-owner", "萌星人小管家", "mengxingren", "owner"),
    Person("mamabang-owner", "妈妈帮小帮", "mamabang", "owner"),
    Person("wuxiaobo-owner", "读书圈编辑部", "wuxiaobo", "owner"),
    Person("wuxiaobo-editor", "书童小北", "wuxiaobo", "editor"),
    Person("jianqi-owner", "简七编辑部", "jianqi", "owner"),
    Person("jianqi-editor", "记账员小七", "jianqi", "editor"),
    Person("campus-owner", "校园日记社", "campus", "owner"),
    Person("office-owner", "白领日记社", "office", "owner"),
    Person("xiaolan", "小兰"),
    Person("aqiang", "阿强"),
    Person("newbie", "新来的小周", verified=False),
    Person("nanfeng", "南风知意"),
    Person("laozhou", "跑步的老周"),
    Person("zaoqi", "早起的鸟"),
    Person("momo", "墨墨"),
    Person("tuantuan", "团团妈"),
    Person("duoduo", "朵朵爸"),
    Person("chayedan", "茶叶蛋"),
    Person("guangchi", "逛吃逛吃"),
    Person("linshu", "林间一树"),
    Person("jufeng", "橘风"),
    Person("maomaoyu", "毛毛雨"),
    Person("ashu", "阿树"),
    Person("xiaoyugan", "小鱼干"),
    Person("dazhuang", "大壮"),
    Person("wanwan", "晚晚"),
    Person("beibei", "北北"),
    Person("chengzi", "橙子汽水"),
    Person("shanshan", "山山而川"),
    Person("yunduo", "云朵收藏家"),
    Person("laoma", "老马识途"),
    Person("qingtuan", "青团"),
    Person("huihui", "灰灰铲屎官"),
    Person("xiaoman", "小满"),
    Person("doudou", "豆豆妈"),
    Person("yuanyuan", "圆圆"),
    Person("anna", "Anna in Guangzhou"),
    Person("kevin", "Kevin 慢慢跑"),
)
