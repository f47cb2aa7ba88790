"""What pages say of cases and decisions, in words: one place for the queue, the author and the log."""

from quanzi.errors import Said, said
from quanzi.moderation.ruling import ACTIONS, DAYS, MEASURES
from quanzi.screening.categories import CATEGORIES

KINDS: dict[str, Said] = {
    "post": said("一篇帖子"),
    "comment": said("一条评论"),
    "edit": said("帖子的修改"),
    "service": said("一项服务"),
}
SOURCES: dict[str, Said] = {
    "screening": said("机审"),
    "report": said("举报"),
    "staff": said("工作人员"),
}
# What the author reads of what became of it.
DONE: dict[str, Said] = {
    "keep": said("保留了"),
    "mask": said("打码后保留"),
    "remove": said("被移除"),
}


RULES: dict[str, Said] = {
    "word": said("词表里的词"),
    "sworn": said("变了写法的词"),
    "spelt": said("拼音写的词"),
    "sound": said("同音字写的词"),
    "phrase": said("句式"),
    "together": said("几处放在一起看"),
    "contact": said("联系方式"),
    "lead-in": said("引到别处"),
    "phone": said("手机号"),
    "landline": said("电话号码"),
    "identity": said("身份证号"),
    "card": said("银行卡号"),
    "mail": said("邮箱地址"),
    "link": said("链接"),
    "host": said("名单里的网站"),
    "repeat": said("重复的内容"),
    "near-duplicate": said("和别人发的几乎一样"),
    "flood": said("同样的话发了多次"),
    "picture": said("图片"),
    "removed before": said("以前移除过的图片"),
}


def rule(name: str) -> Said:
    """What found it. What came later than these words is called by its own name."""
    return RULES.get(name.partition(":")[0], said("%(rule)s", rule=name))


def happened(kind: str, action: str) -> Said:
    """A post was removed; a comment was kept with stars over some of it."""
    return said("%(kind)s%(done)s", kind=KINDS[kind], done=DONE[action])


def category(name: str) -> Said:
    return CATEGORIES.get(name, CATEGORIES["other"])


__all__ = [
    "ACTIONS",
    "CATEGORIES",
    "DAYS",
    "DONE",
    "KINDS",
    "MEASURES",
    "SOURCES",
    "category",
    "happened",
    "rule",
]
