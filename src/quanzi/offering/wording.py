"""What states and kinds are called, in pages, letters and sheets."""

from collections.abc import Mapping

from quanzi.errors import Said, said

SERVICE_STATES: Mapping[str, Said] = {
    "draft": said("草稿"),
    "waiting": said("等待开始"),
    "shown": said("展示中"),
    "ended": said("已结束"),
    "removed": said("审核后被移除"),
    "deleted": said("已下架"),
}
REQUEST_STATES: Mapping[str, Said] = {
    "new": said("待处理"),
    "accepted": said("已接受"),
    "declined": said("已拒绝"),
    "done": said("已完成"),
    "withdrawn": said("已撤回"),
}
