"""Conditions in words, one sentence for each."""

from collections.abc import Mapping, Sequence

from quanzi.credit.bands import BANDS
from quanzi.errors import Said, said
from quanzi.fans.conditions import ANY_SERVICE, Conditions

BAND_NAMES = {band.slug: band.name for band in BANDS}
GONE = "×"


def sentences(
    c: Conditions, tags: Mapping[int, str], services: Mapping[int, str]
) -> Sequence[Said]:
    """`tags`, `services`: what those of the circle are called."""
    return [*_joined(c), *_did(c, services), *_is(c), *_tagged(c, tags)]


def _joined(c: Conditions) -> list[Said]:
    found = []
    if c.joined_after:
        found.append(said("%(day)s 起关注", day=c.joined_after.isoformat()))
    if c.joined_before:
        found.append(said("%(day)s 以前关注", day=c.joined_before.isoformat()))
    if c.joined_least:
        found.append(said("关注至少 %(days)d 天", days=c.joined_least))
    if c.joined_most:
        found.append(said("关注不超过 %(days)d 天", days=c.joined_most))
    return found


def _did(c: Conditions, services: Mapping[int, str]) -> list[Said]:
    days = (
        (c.active_within, said("最近 %(days)d 天活跃过", days=c.active_within)),
        (c.silent_for, said("至少 %(days)d 天没有动静", days=c.silent_for)),
        (c.posted_within, said("最近 %(days)d 天发过帖子", days=c.posted_within)),
        (c.commented_within, said("最近 %(days)d 天评论过", days=c.commented_within)),
        (c.liked_within, said("最近 %(days)d 天点过赞", days=c.liked_within)),
    )
    found = [sentence for asked, sentence in days if asked]
    if c.topic:
        found.append(said("聊过话题“%(topic)s”", topic=c.topic))
    if c.requested == ANY_SERVICE:
        found.append(said("预约过服务"))
    elif c.requested is not None:
        found.append(said("预约过“%(name)s”", name=services.get(c.requested, GONE)))
    return found


def _is(c: Conditions) -> list[Said]:
    found = []
    if c.bands:
        found.append(_one_of(said("信用等级是"), [BAND_NAMES[slug] for slug in c.bands]))
    if c.verified is not None:
        found.append(said("已实名认证") if c.verified else said("没有实名认证"))
    return found


def _one_of(what: Said, names: Sequence[Said]) -> Said:
    """Each spoken in the reader's language."""
    words = " / ".join(f"%(n{n})s" for n in range(len(names)))
    return Said(f"%(what)s {words}", what=what, **{f"n{n}": name for n, name in enumerate(names)})


def _tagged(c: Conditions, tags: Mapping[int, str]) -> list[Said]:
    def names(tag_ids: Sequence[int]) -> str:
        return " / ".join(tags.get(tag_id, GONE) for tag_id in tag_ids)

    found = []
    if c.tags_any:
        found.append(said("有标签 %(tags)s 中的一个", tags=names(c.tags_any)))
    if c.tags_all:
        found.append(said("有标签 %(tags)s", tags=names(c.tags_all)))
    if c.tags_none:
        found.append(said("没有标签 %(tags)s", tags=names(c.tags_none)))
    return found
