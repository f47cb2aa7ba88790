"""The parts of an export, from all rooms, and what their columns are called."""

from quanzi.applying import exporting as applying
from quanzi.audit import exporting as audit
from quanzi.circles import exporting as circles
from quanzi.collections import exporting as collections
from quanzi.credit import exporting as credit
from quanzi.curation import exporting as curation
from quanzi.db.part import Part
from quanzi.errors import Said, said
from quanzi.fans import exporting as fans
from quanzi.identity import exporting as identity
from quanzi.importing import exporting as importing
from quanzi.insights import exporting as insights
from quanzi.moderation import exporting as moderation
from quanzi.notifications import exporting as notifications
from quanzi.offering import exporting as offering
from quanzi.people import exporting as people
from quanzi.planning import exporting as planning
from quanzi.platform import exporting as platform
from quanzi.posts import exporting as posts
from quanzi.push import exporting as push
from quanzi.reaching import exporting as reaching
from quanzi.standing import exporting as standing
from quanzi.verification import exporting as verification

PARTS: dict[str, Part] = {
    **identity.PARTS,
    **posts.PARTS,
    **credit.PARTS,
    **circles.PARTS,
    **people.PARTS,
    **collections.PARTS,
    **curation.PARTS,
    **planning.PARTS,
    **fans.PARTS,
    **importing.PARTS,
    **offering.PARTS,
    **applying.PARTS,
    **notifications.PARTS,
    **moderation.PARTS,
    **push.PARTS,
    **verification.PARTS,
    **standing.PARTS,
    **audit.PARTS,
    **platform.PARTS,
    **reaching.PARTS,
    **insights.PARTS,
}

# For the page that people read; a column without a word here is called by its own name.
LABELS: dict[str, Said] = {
    "handle": said("用户名"),
    "name": said("昵称"),
    "title": said("标题"),
    "name_en": said("英文名"),
    "kind": said("种类"),
    "scopes": said("权限"),
    "used_at": said("最近使用"),
    "client_id": said("应用编号"),
    "redirects": said("回调地址"),
    "ended_at": said("结束时间"),
    "opened_at": said("打开时间"),
    "link": said("链接"),
    "slug": said("地址"),
    "rules": said("圈规"),
    "contact": said("联系方式"),
    "reason": said("原因"),
    "decided_at": said("处理时间"),
    "intro": said("简介"),
    "created_at": said("时间"),
    "verified_at": said("实名认证时间"),
    "since": said("时间"),
    "at": said("时间"),
    "agent": said("设备"),
    "seen_at": said("最近使用"),
    "ends_at": said("结束"),
    "starts_at": said("开始"),
    "circle": said("所在圈子"),
    "partner": said("合作伙伴"),
    "partner_name": said("合作伙伴"),
    "role": said("角色"),
    "post": said("帖子"),
    "comment": said("评论"),
    "reply_to": said("回复"),
    "state": said("状态"),
    "url": said("网址"),
    "body": said("正文"),
    "topics": said("话题"),
    "pictures": said("图片"),
    "publish_at": said("计划发布"),
    "published_at": said("发布"),
    "edited_at": said("编辑"),
    "removed_at": said("删除"),
    "slot": said("置顶位"),
    "suggestable": said("可以把我推荐给别人"),
    "suggestions": said("给我推荐同好"),
    "circles_shown": said("在我的主页上显示我关注的公开圈子"),
    "address": said("邮箱"),
    "confirmed_at": said("已确认"),
    "language": said("语言"),
    "time_zone": said("时区"),
    "provider": said("认证方式"),
    "masked": said("证件号码"),
    "why": said("原因"),
    "text": said("内容"),
    "version": said("版本"),
    "withdrawn_at": said("撤回"),
    "score": said("信用分"),
    "band_shown": said("在主页上显示信用等级"),
    "rule": said("规则"),
    "detail": said("细节"),
    "points": said("分数"),
    "expires_at": said("计入到"),
    "words": said("申诉"),
    "deed": said("处理"),
    "about": said("对象"),
    "note": said("附注"),
    "read_at": said("已读"),
    "subject": said("事情"),
    "channel": said("方式"),
    "wanted": said("想收到"),
    "every": said("多久一次"),
    "hour": said("几点"),
    "due_at": said("下一次"),
    "action": said("处理"),
    "category": said("分类"),
    "measure": said("处罚"),
    "until": said("到什么时候"),
    "lifted_at": said("解除"),
    "on_day": said("日期"),
    "day": said("日期"),
    "source": said("从哪里来"),
    "first_day": said("开始"),
    "last_day": said("结束"),
    "missed_at": said("没有发生"),
    "excerpt": said("开头"),
    "row": said("行"),
    "alts": said("图片说明"),
    "service": said("服务"),
    "answers": said("填写的内容"),
    "keeps_until": said("保存到"),
    "erased_at": said("内容删除"),
    "tag": said("标签"),
    "streak": said("连续签到"),
    "longest": said("最长连续签到"),
}
