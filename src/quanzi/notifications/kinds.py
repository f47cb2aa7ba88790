"""The kinds of deeds that concern a member, what each is about, and which of them join.

Preferences are asked per subject: nobody wants to decide about 'staff.joined' and 'staff.role'.
"""

from dataclasses import dataclass
from datetime import datetime

from quanzi.errors import Said, said


@dataclass(frozen=True, slots=True)
class Kind:
    """`joins`: deeds of this kind on one thing are one notice until it is read.

    `reads`: its notice shows what stands in a circle, so it is only for who may read the circle.
    """

    subject: str
    joins: str = ""
    reads: bool = False


KINDS: dict[str, Kind] = {
    "mention": Kind("mention", reads=True),
    "reply": Kind("reply", reads=True),
    "comment": Kind("comment", joins="post", reads=True),
    "like": Kind("like", joins="post", reads=True),
    "follow": Kind("follow", joins="day"),
    "digest": Kind("chosen", reads=True),
    "collected": Kind("chosen", reads=True),
    "suggestion.accepted": Kind("chosen", reads=True),
    "circle.notice": Kind("circle", reads=True),
    "staff.joined": Kind("staff"),
    "staff.role": Kind("staff"),
    "staff.removed": Kind("staff"),
    "staff.handed_over": Kind("staff"),
    "application.approved": Kind("staff"),
    "application.refused": Kind("staff"),
    "plan.missed": Kind("plan"),
    "plan.asked": Kind("plan"),
    "plan.approved": Kind("plan"),
    "plan.declined": Kind("plan"),
    "pin.missed": Kind("plan"),
    "series.asked": Kind("plan", joins="circle"),
    "import.asked": Kind("plan", joins="circle"),
    "series.ended": Kind("plan"),
    "digest.missed": Kind("plan"),
    "notice.asked": Kind("plan"),
    "notice.approved": Kind("plan"),
    "notice.declined": Kind("plan"),
    "notice.missed": Kind("plan"),
    "webhook.unowned": Kind("staff"),
    "webhook.failing": Kind("staff"),
    "webhook.gone": Kind("staff"),
    "decision.kept": Kind("removal"),
    "decision.made": Kind("removal"),
    "decision.confirmed": Kind("removal"),
    "decision.declined": Kind("removal"),
    "decision.upheld": Kind("removal"),
    "decision.overturned": Kind("removal"),
    "report.confirmed": Kind("report"),
    "report.dismissed": Kind("report"),
    "request.new": Kind("request", joins="circle"),
    "request.accepted": Kind("request"),
    "request.declined": Kind("request"),
    "request.done": Kind("request"),
    "credit.lost": Kind("credit"),
    "credit.band": Kind("credit"),
    "verification.approved": Kind("credit"),
    "verification.refused": Kind("credit"),
    "appeal.upheld": Kind("credit"),
    "appeal.overturned": Kind("credit"),
}
SUBJECTS: dict[str, Said] = {
    "mention": said("有人提到我"),
    "reply": said("有人回复我的评论"),
    "comment": said("有人评论我的帖子"),
    "like": said("有人赞我的帖子"),
    "follow": said("有人关注我"),
    "chosen": said("我的帖子或推荐被选中"),
    "circle": said("关注的圈子发来的通知"),
    "staff": said("工作人员、角色和申请"),
    "plan": said("我的计划、置顶和批准"),
    "removal": said("对我写的内容的处理和申诉"),
    "report": said("我的举报有了结果"),
    "request": said("服务预约"),
    "credit": said("实名认证、信用分和申诉"),
}
CHANNELS: dict[str, Said] = {
    "bell": said("站内通知"),
    "push": said("推送"),
    "mail": said("邮件摘要"),
}


def group_key(kind: str, concern_id: int, about: tuple[int, int, int], at: datetime) -> str:
    """What joins has one key per thing; of the others each has its own. `about`: circle, post,
    comment.
    """
    circle_id, post_id, comment_id = about
    match KINDS[kind].joins:
        case "post":
            return f"{kind}:{circle_id}:{post_id}"
        case "circle":
            return f"{kind}:{circle_id}"
        case "day":
            return f"{kind}:{at:%Y-%m-%d}"
    if comment_id or post_id:
        return f"{kind}:{circle_id}:{post_id}:{comment_id}"
    return f"{kind}:{concern_id}"
