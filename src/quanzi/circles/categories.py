"""What circles are sorted by: offered, added, worded, ordered and retired by the platform."""

import re
from collections.abc import Collection, Sequence

import asyncpg

from quanzi.audit import writing as audit
from quanzi.db.engine import row, rows
from quanzi.db.transaction import transaction
from quanzi.errors import Invalid, NotFound, Said, said

# What a new site is offered, in this order: slug, name, English name.
OFFERED = (
    ("fitness", "健身", "Fitness"),
    ("games", "游戏", "Games"),
    ("money", "理财", "Personal finance"),
    ("parenting", "母婴", "Mother & baby"),
    ("pets", "宠物", "Pets"),
    ("digital", "数码", "Digital"),
    ("reading", "读书", "Reading"),
    ("charity", "公益", "Charity"),
    ("campus", "校园", "Campus"),
    ("work", "职场", "Work"),
)
SLUG = re.compile(r"[a-z0-9][a-z0-9-]{1,28}[a-z0-9]")
NAME_LONGEST = 20
# Whoever changes the order holds this, so that two never swap the same.
LOCK = 7_305_021


async def all_of_them() -> Sequence[asyncpg.Record]:
    """In their order, the retired last; with how many circles are in each."""
    return await rows(
        """select g.slug, g.name, g.name_en, g.place, g.retired_at is not null as retired,
                  (select count(*) from circle c where c.category_slug = g.slug) as circles
           from category g order by g.retired_at is not null, g.place, g.slug limit 200"""
    )


async def add(by: int, slug: str, name: str, name_en: str) -> None:
    """At the end. Raises Invalid."""
    slug, name, name_en = slug.strip().lower(), name.strip(), name_en.strip()
    wrong = _faults(name, name_en)
    if not SLUG.fullmatch(slug):
        wrong["slug"] = said("地址为 3–30 个小写字母、数字或连字符。")
    if wrong:
        raise Invalid(**wrong)
    async with transaction():
        made = await rows(
            """insert into category (slug, name, name_en, place)
               select $1, $2, $3, coalesce(max(place), 0) + 1 from category
               on conflict (slug) do nothing returning slug""",
            slug,
            name,
            name_en,
        )
        if not made:
            raise Invalid(slug=said("已经有这个地址的分类了。"))
        await _log(by, slug, "added")


async def word(by: int, slug: str, name: str, name_en: str) -> None:
    """Raises NotFound, Invalid."""
    name, name_en = name.strip(), name_en.strip()
    wrong = _faults(name, name_en)
    async with transaction():
        await _known(slug)
        if wrong:
            raise Invalid(**wrong)
        await rows(
            "update category set name = $2, name_en = $3 where slug = $1", slug, name, name_en
        )
        await _log(by, slug, "renamed")


async def move(by: int, slug: str, *, up: bool) -> None:
    """Past its neighbour; at the end it stays. Raises NotFound."""
    async with transaction():
        await rows("select pg_advisory_xact_lock($1)", LOCK)
        await _known(slug)
        order = [line["slug"] for line in await all_of_them()]
        here = order.index(slug)
        there = here - 1 if up else here + 1
        if not 0 <= there < len(order):
            return
        order[here], order[there] = order[there], order[here]
        await rows(
            """update category g set place = k.n
               from unnest($1::text[]) with ordinality as k(slug, n) where g.slug = k.slug""",
            order,
        )
        await _log(by, slug, "moved")


async def retire(by: int, slug: str, *, retired: bool) -> None:
    """No longer offered, or again. Circles that are in it stay. Raises NotFound."""
    async with transaction():
        await _known(slug)
        await rows(
            "update category set retired_at = case when $2 then now() end where slug = $1",
            slug,
            retired,
        )
        await _log(by, slug, "retired" if retired else "returned")


async def _known(slug: str) -> None:
    if await row("select 1 from category where slug = $1 for update", slug) is None:
        raise NotFound


def _faults(name: str, name_en: str) -> dict[str, Said]:
    wrong: dict[str, Said] = {}
    if not 1 <= len(name) <= NAME_LONGEST:
        wrong["name"] = said("名称为 1–%(most)d 个字。", most=NAME_LONGEST)
    if not 1 <= len(name_en) <= 2 * NAME_LONGEST:
        wrong["name_en"] = said("英文名称为 1–%(most)d 个字符。", most=2 * NAME_LONGEST)
    return wrong


async def _log(by: int, slug: str, what: str) -> None:
    await audit.write(
        "category.changed", actor_id=by, about=f"category:0:{slug}", detail={"what": what}
    )


async def offer(chosen: Collection[str]) -> None:
    """These of the offered ones, into a site that has none."""
    lines = [line for line in OFFERED if line[0] in chosen]
    for place, (slug, name, name_en) in enumerate(lines, start=1):
        await rows(
            """insert into category (slug, name, name_en, place) values ($1, $2, $3, $4)
               on conflict (slug) do nothing""",
            slug,
            name,
            name_en,
            place,
        )
