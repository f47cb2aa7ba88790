"""What somebody asks the platform for, as they typed it, made clean or refused field by field."""

import re
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from quanzi.activity import once
from quanzi.circles import changing, partners
from quanzi.db.engine import row
from quanzi.errors import Invalid, Said, said

CONTACT_LONGEST = 200
SLUG = re.compile(r"[a-z0-9][a-z0-9-]{1,48}[a-z0-9]")
KINDS = frozenset({"merchant", "institution"})
TAKEN = said("这个地址已经被用了，换一个试试。")
INVALID_SLUG = said("地址为 3–50 个小写字母、数字或连字符，首尾不能是连字符。")


class Typed(Protocol):
    """A form, as far as this room reads it."""

    def __getitem__(self, name: str, /) -> str: ...


@dataclass(frozen=True, slots=True)
class PartnerWish:
    slug: str
    name: str
    name_en: str
    partner_kind: str
    intro: str
    contact: str
    key: uuid.UUID


@dataclass(frozen=True, slots=True)
class CircleWish:
    slug: str
    name: str
    name_en: str
    category: str
    intro: str
    rules: str
    key: uuid.UUID


async def for_partner(typed: Typed) -> PartnerWish:
    """Raises Invalid with a sentence by every field that needs one."""
    wish = PartnerWish(
        slug=typed["slug"].strip().lower(),
        name=typed["name"].strip(),
        name_en=typed["name_en"].strip(),
        partner_kind=typed["partner_kind"],
        intro=typed["intro"].strip(),
        contact=typed["contact"].strip(),
        key=once.key_of(typed["idempotency_key"]),
    )
    wrong = _faults(lambda: partners.check(wish.name, wish.name_en, wish.intro))
    if not wish.intro:
        wrong["intro"] = said("请写一写你们想做什么。")
    if wish.partner_kind not in KINDS:
        wrong["partner_kind"] = said("请选择商家或机构。")
    if not 1 <= len(wish.contact) <= CONTACT_LONGEST:
        wrong["contact"] = said("请留下联系方式，最多 %(most)d 个字。", most=CONTACT_LONGEST)
    wrong |= await slug_faults("partner", wish.slug)
    if wrong:
        raise Invalid(**wrong)
    return wish


async def for_circle(typed: Typed) -> CircleWish:
    """Raises Invalid with a sentence by every field that needs one."""
    wish = CircleWish(
        slug=typed["slug"].strip().lower(),
        name=typed["name"].strip(),
        name_en=typed["name_en"].strip(),
        category=typed["category"],
        intro=typed["intro"].strip(),
        rules=typed["rules"].strip(),
        key=once.key_of(typed["idempotency_key"]),
    )
    wrong = _faults(lambda: changing.check(wish.name, wish.name_en, wish.intro, wish.rules))
    if not wish.intro:
        wrong["intro"] = said("请用一两句话介绍这个圈子。")
    offered = "select 1 from category where slug = $1 and retired_at is null"
    if await row(offered, wish.category) is None:
        wrong["category"] = said("请选择一个分类。")
    wrong |= await slug_faults("circle", wish.slug)
    if wrong:
        raise Invalid(**wrong)
    return wish


async def slug_faults(kind: str, slug: str) -> Mapping[str, Said]:
    """Nothing, or what is wrong with the address they wish."""
    if not SLUG.fullmatch(slug):
        return {"slug": INVALID_SLUG}
    table = "partner" if kind == "partner" else "circle"
    taken = await row(f"select 1 from {table} where slug = $1", slug)
    return {"slug": TAKEN} if taken else {}


def _faults(check: Callable[[], None]) -> dict[str, Said]:
    """What the room that will keep it says about it."""
    try:
        check()
    except Invalid as wrong:
        return dict(wrong.fields)
    return {}
