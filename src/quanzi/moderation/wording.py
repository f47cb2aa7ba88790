"""What pages say of cases and decisions, in words: one place for the queue, the author and the log."""

from quanzi.errors import Said, said
from quanzi.moderation.ruling import ACTIONS, DAYS, MEASURES
from quanzi.screening.categories import CATEGORIES

KINDS: dict[str, Said] = {
    "post": said("一篇帖子"),
    "comment": said("一条评论"),
    "edit": said("帖子的修改"),
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
]
