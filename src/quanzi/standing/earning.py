"""What members earn by what they leave standing: posts, and the likes these had by then.

A post is looked at once, when it has stood for a week: it was kept, and so many different verified
people liked it. Whose likes have counted for the same author often this month count no more.
The cursor moves with the entries, in one transaction: killed in between, nothing has happened.
"""

from datetime import datetime, timedelta

import asyncpg

from quanzi.credit import ledger, rulebook, rules
from quanzi.credit.ledger import Cause
from quanzi.db.engine import rows
from quanzi.db.transaction import transaction
from quanzi.standing import going

KEPT_DAYS = 7
AT_ONCE = 50
# Of a post so many likes are looked at; the highest step is a tenth of that.
LIKES = 1000


async def reward_due() -> int:
    """How many posts were looked at."""
    async with transaction():
        cursor = await going.taken("posts")
        if cursor is None:
            return 0
        due = await rows(
            f"""select p.circle_id, p.id, p.author_id, p.published_at, p.by_staff,
                       m.verified_at is not null as verified
                from post p join member m on m.id = p.author_id
                where p.state = 'published' and (p.published_at, p.id) > ($1, $2)
                  and p.published_at <= now() - interval '{KEPT_DAYS} days'
                order by p.published_at, p.id limit {AT_ONCE}""",
            cursor["at"],
            cursor["id"],
        )
        if not due:
            return 0
        liked = (await rulebook.current()).rules.get("liked")
        per_pair = liked.per_pair if liked else 0
        # By member, as whoever else enters many: so none of them waits for another in a ring.
        for post in sorted(due, key=lambda each: each["author_id"]):
            # What stands there for the partner is the partner's.
            if post["verified"] and not post["by_staff"]:
                await _reward(post, per_pair)
        await rows(
            "update credit_cursor set at = $1, id = $2 where name = 'posts'",
            due[-1]["published_at"],
            due[-1]["id"],
        )
    return len(due)


async def _reward(post: asyncpg.Record, per_pair: int) -> None:
    at = post["published_at"] + timedelta(days=KEPT_DAYS)
    cause = Cause("post", post["circle_id"], post["id"])
    await ledger.enter(post["author_id"], "kept", cause, at=at)
    for step in rules.steps_reached(await _people_who_like(post, at, per_pair)):
        await ledger.enter(post["author_id"], "liked", cause, detail=step, at=at)


async def _people_who_like(post: asyncpg.Record, at: datetime, per_pair: int) -> int:
    """Different verified people whose likes count; each now counts once more for this author."""
    found = await rows(
        f"""with likers as (
                select member_id from liking where circle_id = $1 and post_id = $2
                limit {LIKES}),
            counted as (
                insert into credit_pair (author_id, liker_id, month, n)
                select $3, k.member_id, date_trunc('month', $4::timestamptz)::date, 1
                from likers k join member m on m.id = k.member_id and m.verified_at is not null
                where k.member_id <> $3
                on conflict (author_id, liker_id, month) do update set n = credit_pair.n + 1
                returning n)
            select count(*)::int as n from counted where n <= $5""",
        post["circle_id"],
        post["id"],
        post["author_id"],
        at,
        per_pair,
    )
    return int(found[0]["n"])
