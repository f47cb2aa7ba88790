"""Tags whose rule is to be gone through: a stretch of the followers at a time, each in a transaction,
and on from there whoever looks next.
"""

from quanzi.activity import tallying
from quanzi.db.engine import row, rows
from quanzi.db.transaction import transaction
from quanzi.fans import conditions as asking
from quanzi.fans.walking import Piece, piece
from quanzi.jobs.apart import each
from quanzi.jobs.ticker import Ticker
from quanzi.jobs.watch import Due, Watched

IS_DUE = "fan_tag where due_at <= now()"
STRETCH = 2_000
AT_ONCE = 10
# What is true by the passing of days is looked at again so often; and no more often than that all
# rules of a very large circle together leave the database time for others.
AGAIN, FOR_EACH_FOLLOWER = "1 hour", "3 milliseconds"


def tickers() -> list[Ticker]:
    """Of its own: a circle of ten million is gone through for minutes."""
    return [Watched({"fans.tags": Due(f"select from {IS_DUE}", tag_due)})]


async def tag_due() -> int:
    """How many followers were looked at; at least 1 for each rule that was due."""
    due = await rows(f"select circle_id, id from {IS_DUE} order by due_at limit {AT_ONCE}")
    return await each("fans.tags", [(line["circle_id"], line["id"]) for line in due], _go_on)


async def _go_on(tag: tuple[int, int]) -> int:
    """One stretch further with this tag's rule; 0 when another process is at it."""
    async with transaction():
        taken = await row(
            """select rule::text as rule, reached from fan_tag
               where circle_id = $1 and id = $2 and due_at <= now()
               for no key update skip locked""",
            *tag,
        )
        if taken is None:
            return 0
        rule, reached = asking.of_json(taken["rule"]), taken["reached"]
        here = await piece(tag[0], rule, reached, stretch=STRETCH)
        await _set_right(*tag, reached, here)
        await rows(
            f"""update fan_tag set reached = coalesce($3::bigint, 0),
                       due_at = case when $3::bigint is null then now() + greatest(
                           interval '{AGAIN}', interval '{FOR_EACH_FOLLOWER}' * $4) else due_at end
                where circle_id = $1 and id = $2""",
            *tag,
            here.reached,
            await tallying.followers(tag[0]),
        )
    return max(here.walked, 1)


async def _set_right(circle_id: int, tag_id: int, after: int, here: Piece) -> None:
    """In this stretch it is on those who were found, and on nobody else."""
    found = list(here.member_ids)
    await rows(
        """delete from fan_tagged where circle_id = $1 and tag_id = $2 and member_id > $3
             and ($4::bigint is null or member_id <= $4) and not member_id = any($5::bigint[])""",
        circle_id,
        tag_id,
        after,
        here.reached,
        found,
    )
    # Who stops following at this moment is waited for, and gets none.
    await rows(
        """insert into fan_tagged (circle_id, tag_id, member_id)
           select f.circle_id, $2, f.member_id from follow f
           where f.circle_id = $1 and f.member_id = any($3::bigint[])
             and not exists (select 1 from fan_tagged g where g.circle_id = $1 and g.tag_id = $2
                             and g.member_id = f.member_id)
           order by f.member_id for key share of f
           on conflict do nothing""",
        circle_id,
        tag_id,
        found,
    )
