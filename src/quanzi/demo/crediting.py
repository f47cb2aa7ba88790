"""Credit with a story: everybody's verification, one member of high standing, one of low."""

from datetime import timedelta

from quanzi import clock
from quanzi.credit import ledger
from quanzi.credit.ledger import Cause
from quanzi.db.engine import row, rows
from quanzi.demo.people import PEOPLE

# What was decided against 阿强, how many days ago; he thinks the last was wrong.
AGAINST = (
    (50, "abuse", "跑这么慢也好意思发，丢人", "请不要挖苦别人。"),
    (41, "advertising", "朋友的鞋店清仓，报我名字打折", "圈子里不发广告。"),
    (33, "privacy", "昨晚那个穿红衣服的，就住在二沙岛三号楼", "不要写出别人住在哪里。"),
    (27, "abuse", "不会跑就别来，拖后腿", "请好好说话。"),
    (20, "advertising", "护膝团购最后两天，要的私我", "圈子里不发广告。"),
    (
        6,
        "advertising",
        "周末训练在天河体育中心南门集合，旁边店家的电话在这里",
        "店家的电话看起来像拉客。",
    ),
)
APPEAL = (
    "那篇只是把我们周末训练的集合地点和店家电话写上去，方便大家找路，不是在拉客。"
    "店家和我没有关系。如果不合适，我可以把电话删掉，请再看一下。"
)
DIGESTS, HELPED = 9, 10
NIGHT_RUN = "pearl-river-night-run"


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
    await _aqiang(ids["aqiang"], ids["joyrun-reviewer"])


async def _xiaolan(member_id: int) -> None:
    """Her posts are the ones that get chosen, and what she reports is what it looks like."""
    now = clock.now()
    chosen = await rows(
        f"""select circle_id, id, published_at from post where author_id = $1
            and state = 'published' order by id limit {DIGESTS}""",
        member_id,
    )
    for circle_id, post_id, published_at in chosen:
        at = min(published_at + timedelta(hours=20), now - timedelta(minutes=20))
        await ledger.enter(member_id, "digest", Cause("post", circle_id, post_id), at=at)
    here = await _circle(NIGHT_RUN)
    for number in range(1, HELPED + 1):
        at = now - timedelta(days=5 * number, hours=number)
        await ledger.enter(member_id, "helped", Cause("report", here, -number), at=at)


async def _aqiang(member_id: int, reviewer_id: int) -> None:
    """Decided as reviewers decide, some time ago; about posts that are not there any more."""
    here = await _circle(NIGHT_RUN)
    if await row("select 1 from decision where author_id = $1", member_id):
        return
    latest = 0
    for number, (days, category, words, reason) in enumerate(AGAINST, start=1):
        at = clock.now() - timedelta(days=days, hours=3)
        decision = await row(
            """with opened as (
                   insert into review_case (circle_id, kind, post_id, author_id, source, category,
                                            state, opened_at, due_at, decided_at)
                   values ($1, 'post', $2, $3, 'report', $4, 'decided', $7, $7, $7) returning id)
               insert into decision (circle_id, case_id, kind, post_id, author_id, decided_by,
                                     category, action, reason, excerpt, at)
               select $1, id, 'post', $2, $3, $5, $4, 'remove', $6, $8, $7 from opened
               returning id""",
            here,
            -number,
            member_id,
            category,
            reviewer_id,
            reason,
            at,
            words,
        )
        if decision:
            cause = Cause("decision", here, decision["id"])
            await ledger.enter(member_id, "decision", cause, detail=category, at=at)
            latest = decision["id"]
    await rows(
        """insert into decision_appeal (circle_id, decision_id, member_id, words, created_at)
           values ($1, $2, $3, $4, now() - interval '5 days')""",
        here,
        latest,
        member_id,
        APPEAL,
    )


async def _circle(slug: str) -> int:
    found = await row("select id from circle where slug = $1", slug)
    return int(found["id"]) if found else 0
