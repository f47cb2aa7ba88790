"""What circles are sorted by: offered, added, worded, ordered and retired by the platform."""

from collections.abc import Collection

from quanzi.db.engine import rows

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
