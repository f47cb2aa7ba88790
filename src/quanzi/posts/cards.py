"""Cards that are wanted, made by whoever looks first; never while somebody waits for a page of ours."""

import asyncio

import asyncpg

from quanzi.activity.recording import record
from quanzi.db.engine import row, rows
from quanzi.db.transaction import transaction
from quanzi.links import remembering
from quanzi.links.remembering import Later, Page
from quanzi.outbound.posting import Outbound
from quanzi.posts import carding, looking, redrawing
from quanzi.screening import pictures, verdicts
from quanzi.screening.verdicts import Piece
from quanzi.settings import settings

AT_ONCE = 4
TURN, AGAIN = "1 minute", "3 seconds"
WITHIN = 20.0
IS_DUE = """post_link w join post p on p.circle_id = w.circle_id and p.id = w.post_id
            where w.state = 'wanted' and p.state = 'published'
              and (w.taken_until is null or w.taken_until < now())"""


async def card_due(outbound: Outbound) -> int:
    """How many were decided about."""
    if not settings().link_previews:
        return 0
    due = await rows(
        f"""update post_link l set taken_until = now() + interval '{TURN}'
            where (circle_id, post_id) in (
                select w.circle_id, w.post_id from {IS_DUE}
                order by w.at limit {AT_ONCE} for update of w skip locked)
            returning l.circle_id, l.post_id, l.address,
                (select author_id from post p where p.circle_id = l.circle_id and p.id = l.post_id)"""
    )
    return sum(await asyncio.gather(*(_card(outbound, link) for link in due)))


async def forget_old() -> int:
    """How many pictures of pages that nobody links to any longer went."""
    async with transaction():
        gone = await remembering.forget_old()
        await carding.let_go(gone)
    return len(gone)


async def _card(outbound: Outbound, link: asyncpg.Record) -> bool:
    try:
        found = await remembering.page(outbound, link["address"])
    except Later:
        await rows(
            f"""update post_link set taken_until = now() + interval '{AGAIN}'
                where circle_id = $1 and post_id = $2 and state = 'wanted'""",
            link["circle_id"],
            link["post_id"],
        )
        return False
    if found is None or not (shows := await _fit(link, found)):
        return await _decide(link, None, with_picture=False)
    return await _decide(link, found, with_picture=shows == "picture")


async def _fit(link: asyncpg.Record, page: Page) -> str:
    """'' for what nobody is to see here, 'words' where its picture could not be looked at."""
    seen = await pictures.look([page.picture] if page.picture else [], within=WITHIN)
    text = f"{page.title}\n{page.description}\n{page.site}"
    trust = await looking.trust_in(link["circle_id"], link["author_id"])
    piece = Piece("page", link["circle_id"], link["author_id"], text, *trust, again=True)
    verdict = await verdicts.judge(piece, seen)
    if verdict.action != "publish":
        return ""
    return "picture" if page.picture and None not in seen else "words"


async def _decide(link: asyncpg.Record, page: Page | None, *, with_picture: bool) -> bool:
    """False when it is to be looked at again: the picture went while it was judged."""
    circle_id, post_id = link["circle_id"], link["post_id"]
    async with transaction():
        waits = await row(
            """select 1 from post p join post_link l on l.circle_id = p.circle_id and l.post_id = p.id
               where p.circle_id = $1 and p.id = $2 and p.state = 'published'
                 and l.state = 'wanted' and l.address = $3 for update""",
            circle_id,
            post_id,
            link["address"],
        )
        if waits is None:
            return True
        if page is None:
            await rows(
                "update post_link set state = 'none' where circle_id = $1 and post_id = $2",
                circle_id,
                post_id,
            )
            return True
        if with_picture and not await remembering.is_held(page.address, page.picture):
            return False
        await _show(circle_id, post_id, page, with_picture=with_picture)
        version = await redrawing.raise_version(circle_id, post_id)
        await record(circle_id, "post.edited", post_id, version, None)
    return True


async def _show(circle_id: int, post_id: int, page: Page, *, with_picture: bool) -> None:
    picture = (
        (page.picture, page.width, page.height, page.colour) if with_picture else ("", 0, 0, "")
    )
    await rows(
        """update post_link set state = 'shown', title = $3, description = $4, site = $5, picture = $6,
                  width = $7, height = $8, colour = $9, at = now()
           where circle_id = $1 and post_id = $2""",
        circle_id,
        post_id,
        page.title,
        page.description,
        page.site,
        *picture,
    )
