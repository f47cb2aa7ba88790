"""Credit with a story: everybody's verification, one member of high standing, one of low."""

from datetime import timedelta

from quanzi import clock
from quanzi.credit import ledger
from quanzi.credit.ledger import Cause
from quanzi.db.engine import rows
from quanzi.demo.people import PEOPLE

# What was decided against 阿强, how many days ago; he thinks the last was wrong.
AGAINST = (
    (50, "abuse"),
    (41, "advertising"),
    (33, "privacy"),
    (27, "abuse"),
    (20, "advertising"),
    (6, "advertising"),
)
APPEAL = (
    "那篇只是把我们周末训练的集合地点和店家电话写上去，方便大家找路，不是在拉客。"
    "店家和我没有关系。如果不合适，我可以把电话删掉，请再看一下。"
)
DIGESTS, HELPED = 9, 10


async def credit(ids: dict[str, int]) -> None:
    """`ids`: members by handle. Everything goes through the ledger; a second load enters nothing."""
    now = clock.now()
    for person in PEOPLE:
        if person.verified:
            await ledger.enter(
                ids[person.handle],
                "verified",
                Cause("verification"),
                at=now - timedelta(days=58),
            )
    await _xiaolan(ids["xiaolan"])
    await _aqiang(ids["aqiang"])


async def _xiaolan(member_id: int) -> None:
    """Her posts are the ones that get chosen, and what she reports is what it looks like."""
    chosen = await rows(
        f"""select circle_id, id, published_at from post where author_id = $1
            and state = 'published' order by id limit {DIGESTS}""",
        member_id,
    )
    for circle_id, post_id, published_at in chosen:
        at = published_at + timedelta(hours=20)
        await ledger.enter(member_id, "digest", Cause("post", circle_id, post_id), at=at)
    for number in range(1, HELPED + 1):
        at = clock.now() - timedelta(days=5 * number, hours=number)
        await ledger.enter(member_id, "helped", Cause("demo", 0, number), at=at)


async def _aqiang(member_id: int) -> None:
    for number, (days, category) in enumerate(AGAINST, start=1):
        await ledger.enter(
            member_id,
            "decision",
            Cause("demo", 0, number),
            detail=category,
            at=clock.now() - timedelta(days=days, hours=3),
        )
    await rows(
        """insert into credit_appeal (entry_id, member_id, words, created_at)
           select id, $1, $2, now() - interval '5 days' from credit_entry
           where member_id = $1 and cause = 'demo' and cause_id = $3 on conflict do nothing""",
        member_id,
        APPEAL,
        len(AGAINST),
    )
