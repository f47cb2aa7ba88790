"""What a notice says, in the reader's language: one place for the tray and the digest."""

import json
from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from quanzi.curation import due
from quanzi.errors import Said, said
from quanzi.notifications.reading import Notice
from quanzi.planning import highlighting, making
from quanzi.posts import missing
from quanzi.reaching import missing as reaching
from quanzi.web.i18n import counted, spoken, translations

NAMED = 2
ROLES = {
    "owner": said("圈主"),
    "editor": said("编辑人员"),
    "reviewer": said("审核员"),
    "analyst": said("分析员"),
}
SENTENCES: dict[str, Said] = {
    "mention": said("%(who)s 提到了你"),
    "reply": said("%(who)s 回复了你的评论"),
    "comment": said("%(who)s 评论了你的帖子"),
    "like": said("%(who)s 赞了你的帖子"),
    "follow": said("%(who)s 关注了你"),
    "digest": said("你的帖子被设为精华"),
    "circle.notice": said("你关注的圈子发来通知"),
    "collected": said("你的帖子被收进了合集"),
    "suggestion.accepted": said("你推荐的帖子被收进了合集"),
    "staff.joined": said("%(who)s 加入了工作人员，角色：%(role)s"),
    "staff.role": said("%(who)s 把你的角色改成了%(role)s"),
    "staff.removed": said("%(who)s 把你移出了工作人员"),
    "staff.handed_over": said("%(who)s 把圈主交给了你"),
    "application.approved": said("你的合作伙伴申请通过了"),
    "application.refused": said("你的合作伙伴申请没有通过"),
    "plan.missed": said("计划的帖子没有发布：%(why)s"),
    "plan.asked": said("%(who)s 的帖子等你批准"),
    "plan.approved": said("%(who)s 批准了你计划的帖子"),
    "plan.declined": said("%(who)s 退回了你计划的帖子"),
    "pin.missed": said("计划的置顶没有开始：%(why)s"),
    "series.asked": said("%(who)s 的重复计划等你批准"),
    "import.asked": said("%(who)s 导入的帖子等你批准"),
    "series.ended": said("重复的计划停止了：%(why)s"),
    "digest.missed": said("计划的加精没有发生：%(why)s"),
    "notice.asked": said("%(who)s 写的通知等你批准"),
    "notice.approved": said("%(who)s 批准了你写的通知"),
    "notice.declined": said("%(who)s 退回了你写的通知"),
    "notice.missed": said("计划的通知没有发出：%(why)s"),
    "webhook.unowned": said("圈子的 webhook 停了：添加它的人已经不是圈主"),
    "webhook.failing": said("圈子的 webhook 停了：连续三天没有一次送达"),
    "webhook.gone": said("圈子的 webhook 停了：对方表示不再接收"),
    "decision.kept": said("你写的内容审核通过了"),
    "decision.made": said("你写的内容被处理了，看看是为什么"),
    "decision.confirmed": said("对你的处罚经过复核，已经生效"),
    "decision.declined": said("对你的处罚经复核不成立"),
    "decision.upheld": said("你的申诉没有成立"),
    "decision.overturned": said("你的申诉成立了，决定已经撤销"),
    "report.confirmed": said("你举报的内容已经处理，谢谢你"),
    "report.dismissed": said("你举报的内容经审核没有问题"),
    "request.new": said("%(who)s 提交了服务预约"),
    "request.accepted": said("你预约的“%(service)s”已经接受"),
    "request.declined": said("你预约的“%(service)s”没有接受"),
    "request.done": said("你预约的“%(service)s”已经完成"),
    "credit.lost": said("你的信用分减少了，看看是为什么"),
    "credit.band": said("你的信用等级变了"),
    "verification.approved": said("你的实名认证通过了"),
    "verification.refused": said("你的实名认证没有通过"),
    "appeal.upheld": said("你的信用申诉没有成立"),
    "appeal.overturned": said("你的信用申诉成立了，分数已经恢复"),
}

# Where those lead that are seen to at another place than a post or a circle.
PLANNED = "/c/{slug}/manage/plan/p/{post}"
OF_REQUESTS = frozenset({"request.accepted", "request.declined", "request.done"})
# Where those lead that are about no post and no circle.
LEADS = {
    "plan.missed": PLANNED,
    "plan.asked": PLANNED,
    "plan.approved": PLANNED,
    "plan.declined": PLANNED,
    "pin.missed": "/c/{slug}/manage/pins",
    "series.asked": "/c/{slug}/manage/plan/series",
    "import.asked": "/c/{slug}/manage/plan?view=list",
    "series.ended": "/c/{slug}/manage/plan/series",
    "digest.missed": "/c/{slug}/manage/plan",
    "notice.asked": "/c/{slug}/manage/notices/{note}",
    "notice.approved": "/c/{slug}/manage/notices/{note}",
    "notice.declined": "/c/{slug}/manage/notices/{note}",
    "notice.missed": "/c/{slug}/manage/notices",
    "webhook.unowned": "/c/{slug}/manage/webhooks/{note}",
    "webhook.failing": "/c/{slug}/manage/webhooks/{note}",
    "webhook.gone": "/c/{slug}/manage/webhooks/{note}",
    "credit.lost": "/me/credit",
    "credit.band": "/me/credit",
    "verification.approved": "/me/verification",
    "verification.refused": "/me/verification",
    "appeal.upheld": "/me/appeals",
    "appeal.overturned": "/me/appeals",
}

# Why something planned did not happen.
WHYS: dict[str, Said] = {**missing.WHY, **due.WHY, **making.WHY, **highlighting.WHY,
                         **reaching.WHY}  # fmt: skip


def plain(notice: Notice, language: str) -> str:
    names = [actor.name for actor in notice.actors[:NAMED]]
    return str(_template(notice, language) % _words(notice, language, names))


def marked(notice: Notice, language: str) -> Markup:
    """The same, with the names set apart. What is put into Markup by `%` is escaped."""
    names = [Markup("<b>%s</b>") % actor.name for actor in notice.actors[:NAMED]]
    return Markup(_template(notice, language)) % _words(notice, language, names)  # noqa: S704


def _template(notice: Notice, language: str) -> str:
    return translations(language).gettext(SENTENCES[notice.kind].message)


def _words(notice: Notice, language: str, names: Sequence[str]) -> dict[str, str]:
    role = ROLES.get(notice.note)
    return {
        "who": _who(notice.count, language, names),
        "role": spoken(role, language) if role else notice.note,
        "why": spoken(WHYS[notice.note], language) if notice.note in WHYS else notice.note,
        "service": _about(notice)["service"] if notice.kind in OF_REQUESTS else "",
    }


def _about(notice: Notice) -> dict[str, Any]:
    """What a decision or an answer to a request is about, as its note keeps it."""
    found: dict[str, Any] = json.loads(notice.note)
    return found


def _who(count: int, language: str, names: Sequence[str]) -> str:
    """小兰 · 小兰、阿强 · 小兰、阿强等 12 人"""
    if not names:
        return spoken(said("工作人员"), language)
    if len(names) == 1 and count <= NAMED:
        return names[0]
    if count <= NAMED:
        pattern = said("%(first)s、%(second)s")
    elif len(names) < NAMED:
        pattern = said("%(first)s等 %(n)s 人")
    else:
        pattern = said("%(first)s、%(second)s等 %(n)s 人")
    words = {"first": names[0], "second": names[-1], "n": counted(count, language)}
    written = translations(language).gettext(pattern.message)
    return Markup(written) % words if isinstance(names[0], Markup) else written % words  # noqa: S704


def path(notice: Notice) -> str:
    """Where it leads; empty when there is nothing to see."""
    if notice.gone:
        return ""
    leads = _leads(notice)
    if leads:
        return leads
    if notice.kind == "follow":
        return f"/m/{notice.actors[0].handle}" if notice.actors else ""
    return _in_circle(notice) if notice.slug else ""


def _in_circle(notice: Notice) -> str:
    if notice.collection_id:
        return f"/c/{notice.slug}/collections/{notice.collection_id}"
    if notice.kind == "circle.notice":
        return f"/c/{notice.slug}/notices/{notice.note}"
    if notice.post_id:
        post = f"/c/{notice.slug}/p/{notice.post_id}"
        thread = f"{post}/t/{notice.thread_id}#comment-{notice.comment_id}"
        return thread if notice.comment_id else post
    return f"/c/{notice.slug}" if notice.slug else ""


def _leads(notice: Notice) -> str:
    """Of those that are about no post: to a page of one's own, or of the desk."""
    if notice.kind.startswith("decision.") and notice.kind != "decision.kept":
        return f"/me/decisions/{_about(notice)['decision']}"
    if notice.kind == "request.new":
        return f"/c/{notice.slug}/manage/services/requests?state=new"
    if notice.kind in OF_REQUESTS:
        return f"/me/requests/{_about(notice)['request']}"
    return LEADS.get(notice.kind, "").format(
        slug=notice.slug, post=notice.post_id, note=notice.note
    )
