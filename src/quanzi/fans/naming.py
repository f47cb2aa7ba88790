"""Names of tags and segments: short, one of a kind, and read by the machine as a circle's own words are,
though only its staff sees them.
"""

from quanzi.db.engine import rows
from quanzi.errors import Invalid, said
from quanzi.posts.drafts import clean
from quanzi.screening import pages

LONGEST = 20
TAKEN = said("已经有这个名字了，换一个吧。")


async def checked(typed: str) -> str:
    """Raises Invalid."""
    name = clean(typed).replace("\n", " ")
    if not 1 <= len(name) <= LONGEST:
        raise Invalid(name=said("名称为 1–%(most)d 个字。", most=LONGEST))
    await pages.check(of_partner=True, name=name)
    return name


async def lock(circle_id: int) -> None:
    """From here to the commit nobody else changes this circle's tags and segments."""
    await rows(
        """insert into fan_setting (circle_id) values ($1)
           on conflict (circle_id) do update set levels = fan_setting.levels""",
        circle_id,
    )
