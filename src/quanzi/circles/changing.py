"""Opening a circle, and changing it."""

from functools import partial

from quanzi.activity.recording import record
from quanzi.circles import policy, searching, thresholds
from quanzi.circles.access import Place
from quanzi.circles.thresholds import Thresholds
from quanzi.db.engine import rows
from quanzi.db.transaction import after_commit, transaction
from quanzi.errors import Invalid, NotAllowed, Said, said
from quanzi.identity.sessions import revoke
from quanzi.media.incoming import discard
from quanzi.screening import pages

NAME_LONGEST, INTRO_LONGEST, RULES_LONGEST = 40, 300, 2000


async def opened(
    partner_id: int,
    slug: str,
    category: str,
    name: str,
    name_en: str = "",
    *,
    intro: str = "",
    rules: str = "",
    cover: str = "",
) -> int:
    """A new circle's id; with its log, which starts at number 0."""
    async with transaction():
        made = await rows(
            """insert into circle (partner_id, slug, category_slug, name, name_en, intro, rules,
                                   cover)
               values ($1, $2, $3, $4, $5, $6, $7, $8) returning id""",
            partner_id,
            slug,
            category,
            name,
            name_en,
            intro,
            rules,
            cover,
        )
        circle_id = int(made[0]["id"])
        await rows("insert into circle_head (circle_id) values ($1)", circle_id)
        await searching.write(circle_id)
    return circle_id


async def change(
    place: Place,
    *,
    name: str,
    name_en: str,
    intro: str,
    rules: str,
    posting: str,
    hidden: bool,
    category: str = "",
    cover: str = "",
) -> int:
    """The number of the event. Raises NotAllowed, Invalid. `category`, `cover`: '' leaves it."""
    if not policy.can_change(place):
        raise NotAllowed
    check(name, name_en, intro, rules)
    if posting not in {"members", "staff"}:
        raise Invalid(posting=said("请选择谁可以发帖。"))
    await pages.check(of_partner=True, name=name, name_en=name_en, intro=intro, rules=rules)
    if cover:
        await pages.check_picture(cover, "cover")
    async with transaction():
        await _check_category(category or place.circle.category_slug, place.circle.category_slug)
        before = await rows(
            "select cover from circle where id = $1 for no key update", place.circle.id
        )
        changed = await rows(
            """update circle set name = $2, name_en = $3, intro = $4, rules = $5, posting = $6,
                      hidden = $7, category_slug = coalesce(nullif($8, ''), category_slug),
                      cover = coalesce(nullif($9, ''), cover), version = version + 1
               where id = $1 returning version""",
            place.circle.id,
            name.strip(),
            name_en.strip(),
            intro.strip(),
            rules.strip(),
            posting,
            hidden,
            category,
            cover,
        )
        if cover and before[0]["cover"]:
            after_commit(partial(discard, before[0]["cover"]))
        if hidden != place.circle.hidden:
            await revoke("circle", str(place.circle.id))
        await searching.write(place.circle.id)
        return await _recorded(place, changed[0]["version"])


async def ask_for(place: Place, asked: Thresholds) -> int:
    """What the circle asks of people from now on. The number of the event. Raises NotAllowed, Invalid."""
    if not policy.can_change(place):
        raise NotAllowed
    thresholds.check(asked)
    async with transaction():
        changed = await rows(
            "update circle set thresholds = $2, version = version + 1 where id = $1 returning version",
            place.circle.id,
            thresholds.written(asked),
        )
        # Who reads it now may not be among those who may: their pages fall silent with the commit.
        await revoke("circle", str(place.circle.id))
        return await _recorded(place, changed[0]["version"])


def check(name: str, name_en: str, intro: str, rules: str) -> None:
    """Raises Invalid with a sentence by every field that needs one."""
    wrong: dict[str, Said] = {}
    if not 1 <= len(name.strip()) <= NAME_LONGEST:
        wrong["name"] = said("名称为 1–%(most)d 个字。", most=NAME_LONGEST)
    if len(name_en.strip()) > NAME_LONGEST:
        wrong["name_en"] = said("最多 %(most)d 个字符。", most=NAME_LONGEST)
    if len(intro) > INTRO_LONGEST:
        wrong["intro"] = said("简介最多 %(most)d 个字。", most=INTRO_LONGEST)
    if len(rules) > RULES_LONGEST:
        wrong["rules"] = said("圈规最多 %(most)d 个字。", most=RULES_LONGEST)
    if wrong:
        raise Invalid(**wrong)


async def _recorded(place: Place, version: int) -> int:
    return await record(
        place.circle.id, "circle.changed", place.circle.id, version, place.member_id
    )


async def _check_category(category: str, now: str = "") -> None:
    """`now`: where the circle is already, which may have been retired."""
    found = await rows(
        "select 1 from category where slug = $1 and (retired_at is null or slug = $2)",
        category,
        now,
    )
    if not found:
        raise Invalid(category=said("请选择一个分类。"))
