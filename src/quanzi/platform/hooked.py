"""A circle's webhooks and the log of what was sent to them, for its owners."""

from collections.abc import Sequence

import asyncpg

from quanzi.circles.access import Place
from quanzi.db.engine import row, rows
from quanzi.errors import NotFound, Said, said
from quanzi.web.cursors import Key

PAGE = 30
# Why one stands still, where no person stopped it.
WHY: dict[str, Said] = {
    "unowned": said("添加它的人已经不是圈主。由你恢复后，它会以你的名义继续。"),
    "failing": said("连续三天没有一次送达。没送达的都还在，恢复后继续送。"),
    "gone": said("对方回答 410，表示不再接收。"),
}

# Without the secrets: what is not asked for is not shown by mistake.
HOOK = """select w.id, w.url, w.state, w.why, w.tries, w.due_at, w.created_at, m.name as owner,
                 w.former_until > now() as rotating, w.former_until
          from webhook w join member m on m.id = w.member_id where w.circle_id = $1"""


async def listed(circle_id: int) -> Sequence[asyncpg.Record]:
    return await rows(f"{HOOK} order by w.id", circle_id)


async def one(place: Place, webhook_id: int) -> asyncpg.Record:
    """Raises NotFound."""
    found = await row(f"{HOOK} and w.id = $2", place.circle.id, webhook_id)
    if found is None:
        raise NotFound
    return found


async def deliveries(
    circle_id: int, webhook_id: int, before: Key | None
) -> Sequence[asyncpg.Record]:
    """The newest first; one more than a page when there are more."""
    return await rows(
        f"""select id, message, op, state, attempts, status, created_at, tried_at
            from webhook_delivery where circle_id = $1 and webhook_id = $2
              and ($3::bigint is null or id < $3) order by id desc limit {PAGE + 1}""",
        circle_id,
        webhook_id,
        before[1] if before else None,
    )
