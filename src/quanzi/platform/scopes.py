"""What a program may be let do, in words for who lets it. Nothing that is not named is allowed."""

from collections.abc import Mapping

from quanzi.errors import Said, said

SCOPES: Mapping[str, Said] = {
    "circles:read": said("看你能看到的圈子、帖子、评论和合集"),
    "posts:write": said("以你的名义发帖、改帖、删帖"),
    "talk:write": said("以你的名义评论、点赞、关注圈子、举报"),
    "pins:write": said("在你管理的圈子里置顶、选精华、整理合集"),
    "desk:read": said("看你管理的圈子的排期、粉丝、通知、预约和数据"),
    "plan:write": said("在你管理的圈子里改发布时间、答复等你同意的帖子、设重复的帖子"),
    "notices:write": said("在你管理的圈子里写通知、发通知"),
    "fans:write": said("在你管理的圈子里给粉丝打标签、整理标签和分群"),
    "services:write": said("在你管理的圈子里新建、修改、上架服务，处理预约"),
    "review:read": said("看你审核的圈子里等待处理的内容，包括谁举报的"),
    "review:write": said("在你审核的圈子里以你的名义领取、处理审核：保留、移除、禁言"),
}
