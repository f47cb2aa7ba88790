"""Load the demo: people, partners, circles, and what was said in them these last days."""

import asyncio
from collections.abc import Sequence

from quanzi.circles import searching as circles
from quanzi.circles.thresholds import written
from quanzi.collections import searching as collections
from quanzi.db.engine import row, rows
from quanzi.db.transaction import transaction
from quanzi.demo import (
    acquainting,
    asking,
    calling,
    collecting,
    crediting,
    fanning,
    gallery,
    mingling,
    noticing,
    offering,
    planning,
    reviewing,
    telling,
    thronging,
    verifying,
)
from quanzi.demo.circles import CATEGORIES, CIRCLES, PARTNERS, Circle
from quanzi.demo.people import PEOPLE
from quanzi.demo.planning import SLUG
from quanzi.identity import passwords
from quanzi.identity import searching as members
from quanzi.live import bell
from quanzi.posts import indexing as posts

PASSWORD = "demo-circles"  # noqa: S105 - public on purpose; the site stays on loopback with it
# Any number that nothing else in this database locks.
LOCK = 7_305_017


async def is_empty() -> bool:
    return await row("select 1 from circle limit 1") is None


async def load() -> int:
    """How many circles are new. What is there already stays as it is; twice is as good as once."""
    try:
        return await _loaded()
    finally:
        # A command loads it in a loop of its own; what is rung with there is of no use to the site's.
        await bell.let_go()


async def _loaded() -> int:
    async with transaction():
        await _alone()
        # The pictures are painted while the lock is held, on a busy machine for longer than is usual.
        await rows("select set_config('idle_in_transaction_session_timeout', '120000', true)")
        # Three months of a circle are one statement; the site's own may take five seconds.
        await rows("select set_config('statement_timeout', '120000', true)")
        missing = await _missing()
        hung, stored = await asyncio.gather(gallery.hang(missing), passwords.hashed(PASSWORD))
        await _categories()
        await _people(stored)
        await _partners()
        await _staff()
        ids = await _ids()
        opened: list[int] = []
        for circle in missing:
            circle_id = await _open(circle, hung)
            await telling.tell(circle, circle_id, hung, ids)
            await mingling.mingle(circle, circle_id, ids)
            await collecting.collect(circle, circle_id, hung, ids)
            opened.append(circle_id)
        await thronging.throng(opened)
        if missing:
            await asking.ask(ids)
            await crediting.credit(ids)
            await verifying.verify(ids["newbie"])
            await reviewing.review(ids)
            if SLUG in {circle.slug for circle in missing}:
                await planning.plan(ids)
            await offering.offer(ids, hung)
            if fanning.CIRCLE in {circle.slug for circle in missing}:
                await fanning.keep_in_touch(ids)
                await calling.call(ids)
            await noticing.notice(ids)
        await _make_findable()
        await acquainting.acquaint(ids)
    return len(missing)


async def _alone() -> None:
    """Until the commit. Asked for again and again: one statement may not wait for as long."""
    while not await _got_lock():  # noqa: ASYNC110 - another process holds it
        await asyncio.sleep(0.2)


async def _got_lock() -> bool:
    found = await row("select pg_try_advisory_xact_lock($1)", LOCK)
    return bool(found and found[0])


async def _make_findable() -> None:
    for write_missing in (
        circles.write_missing,
        posts.write_missing,
        collections.write_missing,
        members.write_missing,
    ):
        while await write_missing():
            pass


async def has_demo_passwords() -> bool:
    """Whether somebody could sign in with what the documentation tells everyone."""
    stored = await rows(
        """select distinct c.password_hash as hash from member m
           join credential c on c.member_id = m.id where m.handle = any($1::text[])""",
        [person.handle for person in PEOPLE],
    )
    for line in stored:
        if await passwords.matches(PASSWORD, line["hash"]):
            return True
    return False


async def _missing() -> Sequence[Circle]:
    there = {line["slug"] for line in await rows("select slug from circle")}
    return [circle for circle in CIRCLES if circle.slug not in there]


async def _categories() -> None:
    slugs, names, english = zip(*CATEGORIES, strict=True)
    await rows(
        """insert into category (slug, name, name_en, place)
           select * from unnest($1::text[], $2::text[], $3::text[]) with ordinality
           on conflict do nothing""",
        slugs,
        names,
        english,
    )


async def _people(stored: str) -> None:
    await rows(
        """with arrived as (
               insert into member (handle, name, platform_role, created_at, verified_at)
               select handle, name, role, now() - interval '60 days',
                      case when verified then now() - interval '58 days' end
               from unnest($1::text[], $2::text[], $3::text[], $5::bool[])
                    as p(handle, name, role, verified)
               on conflict do nothing returning id)
           insert into credential (member_id, password_hash) select id, $4 from arrived""",
        [person.handle for person in PEOPLE],
        [person.name for person in PEOPLE],
        [person.platform_role for person in PEOPLE],
        stored,
        [person.verified for person in PEOPLE],
    )


async def _ids() -> dict[str, int]:
    found = await rows(
        "select handle, id from member where handle = any($1::text[])",
        [person.handle for person in PEOPLE],
    )
    return {line["handle"]: line["id"] for line in found}


async def _partners() -> None:
    await rows(
        """insert into partner (slug, name, name_en, kind, intro, created_at)
           select *, now() - interval '60 days'
           from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[])
           on conflict do nothing""",
        *zip(*PARTNERS, strict=True),
    )


async def _staff() -> None:
    staff = [person for person in PEOPLE if person.partner]
    await rows(
        """insert into staff (partner_id, member_id, role, since)
           select p.id, m.id, who.role, now() - interval '50 days'
           from unnest($1::text[], $2::text[], $3::text[]) as who(handle, partner, role)
           join partner p on p.slug = who.partner join member m on m.handle = who.handle
           on conflict do nothing""",
        [person.handle for person in staff],
        [person.partner for person in staff],
        [person.role for person in staff],
    )


async def _open(circle: Circle, hung: gallery.Gallery) -> int:
    made = await rows(
        """insert into circle (slug, partner_id, category_slug, name, name_en, intro, rules, cover,
                               colour, posting, thresholds, created_at)
           select $1, p.id, $3, $4, $5, $6, $7, $8, $9, $10, $11, now() - interval '45 days'
           from partner p where p.slug = $2 returning id""",
        circle.slug,
        circle.partner,
        circle.category,
        circle.name,
        circle.name_en,
        circle.intro,
        circle.rules,
        hung[circle.slug, "cover"].name,
        circle.colour,
        circle.posting,
        written(circle.thresholds),
    )
    return int(made[0]["id"])
