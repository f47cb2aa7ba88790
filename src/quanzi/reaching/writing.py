"""Writing a notice: words, where it leads, and whom it is for. Nobody is sent anything by that."""

import uuid
from dataclasses import astuple, dataclass, replace

from quanzi.activity import once
from quanzi.circles.access import Place
from quanzi.db.engine import rows
from quanzi.db.transaction import transaction
from quanzi.errors import Conflict, Invalid, NotAllowed, NotFound, Said, said
from quanzi.fans import segments
from quanzi.posts import drafts, vetting
from quanzi.reaching import policy, reading

TITLE_LONGEST, LONGEST, LINK_LONGEST = 40, 500, 200
OCCASIONS = ("", "joined", "silent")
# Shorter is a holiday; who is away for longer has left.
SILENT_LEAST, SILENT_MOST = 14, 365
CHANGED = said("刚刚有人改过这条通知，请看看再保存。")


@dataclass(frozen=True, slots=True)
class Words:
    """`link`: an address of this circle, or ''. `segment_id`: None for all followers. `occasion`: ''
    for once, 'joined' for everybody who comes, 'silent' for who has done nothing for `silent_days`.
    """

    title: str
    body: str
    link: str = ""
    segment_id: int | None = None
    occasion: str = ""
    silent_days: int = 0


async def write(place: Place, words: Words, *, key: uuid.UUID) -> int:
    """A draft's id. Raises NotAllowed, Invalid."""
    if not policy.can_reach(place) or place.member_id is None:
        raise NotAllowed
    words = await _checked(place, words)
    async with transaction():
        before = await once.first_time(
            place.member_id, key, "notice", place.circle.id, *map(str, astuple(words))
        )
        if before is not None:
            return int(before)
        [made] = await rows(
            """insert into circle_notice
                   (circle_id, author_id, title, body, link, segment_id, occasion, silent_days)
               values ($1, $2, $3, $4, $5, $6, $7, $8) returning id""",
            place.circle.id,
            place.member_id,
            *astuple(words),
        )
        await once.answered(place.member_id, key, str(made["id"]))
    return int(made["id"])


async def change(place: Place, notice_id: int, words: Words, *, version: int) -> None:
    """Of a draft. Raises NotFound, NotAllowed, Invalid; Conflict when it is none any more, or another
    version.
    """
    if not policy.can_reach(place):
        raise NotAllowed
    words = await _checked(place, words)
    async with transaction():
        before = await reading.locked(place, notice_id)
        if before.state != "draft" or before.version != version:
            raise Conflict(CHANGED)
        await rows(
            """update circle_notice set title = $3, body = $4, link = $5, segment_id = $6,
                      occasion = $7, silent_days = $8, version = version + 1
               where circle_id = $1 and id = $2""",
            place.circle.id,
            notice_id,
            *astuple(words),
        )


async def _checked(place: Place, words: Words) -> Words:
    """Clean, for people of this circle, and nothing that would have to be looked at by people first."""
    title, body = drafts.clean(words.title).replace("\n", " "), drafts.clean(words.body)
    words = replace(words, title=title, body=body, link=words.link.strip())
    if words.occasion == "joined":
        # Whoever comes is in no segment yet.
        words = replace(words, segment_id=None)
    if words.occasion != "silent":
        words = replace(words, silent_days=0)
    wrong = _wrong(place, words)
    if words.segment_id is not None:
        try:
            await segments.one(place.circle.id, words.segment_id)
        except NotFound:
            wrong["segment"] = said("请选择一个分群。")
    if wrong:
        raise Invalid(**wrong)
    vetted = await vetting.vet(place, f"{title}\n{body}", kind="edit")
    if vetted.held or vetted.text != f"{title}\n{body}":
        raise Invalid(body=said("这段话要先审核，不能作为通知群发，请换个说法。"))
    return words


def _wrong(place: Place, words: Words) -> dict[str, Said]:
    wrong: dict[str, Said] = {}
    if not 1 <= len(words.title) <= TITLE_LONGEST:
        wrong["title"] = said("标题为 1–%(most)d 个字。", most=TITLE_LONGEST)
    if not 1 <= len(words.body) <= LONGEST:
        wrong["body"] = said("正文为 1–%(most)d 个字。", most=LONGEST)
    if words.link and not _is_here(place, words.link):
        wrong["link"] = said(
            "请填这个圈子里的地址，例如 %(example)s。", example=f"/c/{place.circle.slug}/p/1"
        )
    if words.occasion not in OCCASIONS:
        wrong["occasion"] = said("请选择一种。")
    if words.occasion == "silent" and not SILENT_LEAST <= words.silent_days <= SILENT_MOST:
        wrong["silent_days"] = said(
            "填 %(least)d 到 %(most)d 之间的天数。", least=SILENT_LEAST, most=SILENT_MOST
        )
    return wrong


def _is_here(place: Place, link: str) -> bool:
    return (
        len(link) <= LINK_LONGEST
        and link.startswith(f"/c/{place.circle.slug}/")
        and link.isprintable()
        and "//" not in link
    )
