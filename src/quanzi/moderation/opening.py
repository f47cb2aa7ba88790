"""Cases: opened by a report, by the machine's verdict, or by staff who act at once.

The machine's verdicts wait in their own table until this looks: writing a post knows no queue.
"""

from functools import partial

from quanzi.activity import tallying
from quanzi.db.engine import rows
from quanzi.db.transaction import after_commit, transaction
from quanzi.live import bell
from quanzi.moderation import due

AT_ONCE = 50
IS_DUE = "screening_verdict where action = 'hold' and case_id is null"


async def open_due() -> int:
    """How many verdicts became cases, or joined one."""
    async with transaction():
        found = await rows(
            f"""select id, circle_id, kind, post_id, comment_id, author_id, category
                from {IS_DUE}
                order by id limit {AT_ONCE} for update skip locked"""
        )
        for line in found:
            case_id = await open_case(
                line["circle_id"],
                line["kind"],
                line["post_id"],
                line["comment_id"],
                author_id=line["author_id"],
                source="screening",
                category=line["category"] or "other",
            )
            await rows(
                "update screening_verdict set case_id = $2 where id = $1", line["id"], case_id
            )
    return len(found)


async def open_case(
    circle_id: int,
    kind: str,
    post_id: int,
    comment_id: int,
    *,
    author_id: int,
    source: str,
    category: str,
    service_id: int = 0,
) -> int:
    """The id of the open case about this thing, a new one if there was none."""
    reach = await _reach(circle_id, post_id) if post_id else 0
    made = await rows(
        """insert into review_case (circle_id, kind, post_id, comment_id, author_id, source, category,
                                    reach, due_at, service_id)
           values ($1, $2, $3, $4, $5, $6, $7, $8, now() + $9, $10)
           on conflict (circle_id, post_id, comment_id, service_id, kind) where state <> 'decided'
           do update set due_at = least(review_case.due_at, excluded.due_at) returning id""",
        circle_id,
        kind,
        post_id,
        comment_id,
        author_id,
        source,
        category,
        reach,
        due.within(category, reach=reach, reports=0),
        service_id,
    )
    await ring(circle_id)
    return int(made[0]["id"])


async def ring(circle_id: int) -> None:
    """Who reviews this circle hears after the commit that its queue has changed."""
    found = await rows(
        """select s.member_id from staff s join circle c on c.partner_id = s.partner_id
           where c.id = $1 and s.role in ('owner', 'editor', 'reviewer')
           union select id from member where platform_role <> ''""",
        circle_id,
    )
    after_commit(partial(bell.ring_members, {line["member_id"] for line in found}))


async def _reach(circle_id: int, post_id: int) -> int:
    """How many have had to do with it; so many saw it at the least."""
    likes = await tallying.sums(circle_id, tallying.LIKES, [post_id])
    comments = await tallying.sums(circle_id, tallying.COMMENTS, [post_id])
    return likes[post_id] + comments[post_id]
