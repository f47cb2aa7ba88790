"""Partners, fetched through the person asking; and what they say of themselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import asyncpg

from quanzi.activity.recording import record
from quanzi.circles import policy, searching
from quanzi.circles.access import CIRCLE
from quanzi.db.engine import row, rows
from quanzi.db.transaction import transaction
from quanzi.errors import Invalid, NotAllowed, NotFound, Said, said
from quanzi.identity.sessions import Viewer
from quanzi.screening import pages

NAME_LONGEST, INTRO_LONGEST = 40, 1000
MOST_CIRCLES = 100


@dataclass(frozen=True, slots=True)
class Partner:
    id: int
    slug: str
    name: str
    name_en: str
    intro: str
    kind: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Counter:
    """A partner and who stands before it. `role`: theirs with this partner, or ''."""

    partner: Partner
    viewer: Viewer | None
    role: str

    @property
    def member_id(self) -> int | None:
        return self.viewer.member_id if self.viewer else None

    @property
    def platform_role(self) -> str:
        return self.viewer.platform_role if self.viewer else ""


async def counter(slug: str, viewer: Viewer | None) -> Counter:
    """Raises NotFound, also for strangers to a partner that has nothing to show yet."""
    found = await row(
        """select p.id, p.slug, p.name, p.name_en, p.intro, p.kind, p.created_at,
                  coalesce(s.role, '') as role,
                  exists (select 1 from circle c where c.partner_id = p.id and not c.hidden) as shown
           from partner p left join staff s on s.partner_id = p.id and s.member_id = $2
           where p.slug = $1""",
        slug,
        viewer.member_id if viewer else None,
    )
    if found is None:
        raise NotFound
    values = dict(found)
    role, shown = values.pop("role"), values.pop("shown")
    here = Counter(Partner(**values), viewer, role)
    if not (shown or role or here.platform_role):
        raise NotFound
    return here


async def circles(here: Counter) -> Sequence[asyncpg.Record]:
    """Its circles, as far as this person may know of them."""
    return await rows(
        f"""{CIRCLE} where c.partner_id = $1 and (not c.hidden or $2)
            order by c.hidden, c.id limit {MOST_CIRCLES}""",
        here.partner.id,
        policy.is_staff(here) or bool(here.platform_role),
    )


async def change(here: Counter, *, name: str, name_en: str, intro: str) -> None:
    """Raises NotAllowed, Invalid. Its circles are shown and found by the name too."""
    if not policy.can_change_partner(here):
        raise NotAllowed
    name, name_en, intro = name.strip(), name_en.strip(), intro.strip()
    check(name, name_en, intro)
    await pages.check(of_partner=True, name=name, name_en=name_en, intro=intro)
    async with transaction():
        await rows(
            "update partner set name = $2, name_en = $3, intro = $4 where id = $1",
            here.partner.id,
            name,
            name_en,
            intro,
        )
        if (name, name_en) != (here.partner.name, here.partner.name_en):
            await _tell_circles(here)


def check(name: str, name_en: str, intro: str) -> None:
    wrong: dict[str, Said] = {}
    if not 1 <= len(name) <= NAME_LONGEST:
        wrong["name"] = said("名称为 1–%(most)d 个字。", most=NAME_LONGEST)
    if len(name_en) > NAME_LONGEST:
        wrong["name_en"] = said("最多 %(most)d 个字符。", most=NAME_LONGEST)
    if len(intro) > INTRO_LONGEST:
        wrong["intro"] = said("简介最多 %(most)d 个字。", most=INTRO_LONGEST)
    if wrong:
        raise Invalid(**wrong)


async def _tell_circles(here: Counter) -> None:
    """In the order of their ids, as everybody locks who locks several."""
    changed = await rows(
        """with locked as (select id from circle where partner_id = $1 order by id for update)
           update circle c set version = version + 1 from locked where c.id = locked.id
           returning c.id, c.version""",
        here.partner.id,
    )
    for circle_id, version in sorted(tuple(line) for line in changed):
        await searching.write(circle_id)
        await record(circle_id, "circle.changed", circle_id, version, here.member_id)
