"""Opening a circle, and changing it."""

from quanzi.activity.recording import record
from quanzi.circles import policy, searching
from quanzi.circles.access import Place
from quanzi.db.engine import rows
from quanzi.db.transaction import transaction
from quanzi.errors import Invalid, NotAllowed, Said, said
from quanzi.identity.sessions import revoke

NAME_LONGEST, INTRO_LONGEST, RULES_LONGEST = 40, 300, 2000


async def opened(partner_id: int, slug: str, category: str, name: str, name_en: str = "") -> int:
    """A new circle's id; with its log, which starts at number 0."""
    async with transaction():
        made = await rows(
            """insert into circle (partner_id, slug, category_slug, name, name_en)
               values ($1, $2, $3, $4, $5) returning id""",
            partner_id,
            slug,
            category,
            name,
            name_en,
        )
        circle_id = int(made[0]["id"])
        await rows("insert into circle_head (circle_id) values ($1)", circle_id)
        await searching.write(circle_id)
    return circle_id


async def change(
    place: Place, *, name: str, name_en: str, intro: str, rules: str, posting: str, hidden: bool
) -> int:
    """The number of the event. Raises NotAllowed, Invalid."""
    if not policy.can_change(place):
        raise NotAllowed
    _check(name, name_en, intro, rules, posting)
    async with transaction():
        changed = await rows(
            """update circle set name = $2, name_en = $3, intro = $4, rules = $5, posting = $6,
                      hidden = $7, version = version + 1 where id = $1 returning version""",
            place.circle.id,
            name.strip(),
            name_en.strip(),
            intro.strip(),
            rules.strip(),
            posting,
            hidden,
        )
        if hidden != place.circle.hidden:
            await revoke("circle", str(place.circle.id))
        await searching.write(place.circle.id)
        version = int(changed[0]["version"])
        return await record(
            place.circle.id, "circle.changed", place.circle.id, version, place.member_id
        )


def _check(name: str, name_en: str, intro: str, rules: str, posting: str) -> None:
    wrong: dict[str, Said] = {}
    if not 1 <= len(name.strip()) <= NAME_LONGEST:
        wrong["name"] = said("名称为 1–%(most)d 个字。", most=NAME_LONGEST)
    if len(name_en.strip()) > NAME_LONGEST:
        wrong["name_en"] = said("最多 %(most)d 个字符。", most=NAME_LONGEST)
    if len(intro) > INTRO_LONGEST:
        wrong["intro"] = said("简介最多 %(most)d 个字。", most=INTRO_LONGEST)
    if len(rules) > RULES_LONGEST:
        wrong["rules"] = said("圈规最多 %(most)d 个字。", most=RULES_LONGEST)
    if posting not in {"members", "staff"}:
        wrong["posting"] = said("请选择谁可以发帖。")
    if wrong:
        raise Invalid(**wrong)
