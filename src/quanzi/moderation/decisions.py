"""Decisions as those read them whom they hit, and those who answer appeals."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from quanzi.circles.access import Place
from quanzi.db.engine import row, rows
from quanzi.errors import NotFound
from quanzi.identity.sessions import Viewer
from quanzi.moderation import policy

PAGE = 20
Key = tuple[datetime, int]


@dataclass(frozen=True, slots=True)
class Decided:
    """`appeal`: the state of the appeal against it, or ''; `words`, `answer`: what was said in it."""

    id: int
    circle_id: int
    case_id: int
    kind: str
    post_id: int
    comment_id: int
    service_id: int
    author_id: int
    decided_by: int
    category: str
    action: str
    measure: str
    until: datetime | None
    reason: str
    state: str
    second: str
    second_by: int | None
    excerpt: str
    at: datetime
    slug: str
    circle: str
    circle_en: str
    handle: str
    author: str
    author_role: str
    author_rank: str
    appeal: str
    words: str
    answer: str
    appealed_at: datetime | None

    @property
    def key(self) -> Key:
        return self.at, self.id

    @property
    def appeal_key(self) -> Key:
        return self.appealed_at or self.at, self.id


DECIDED = """
    select d.id, d.circle_id, d.case_id, d.kind, d.post_id, d.comment_id, d.service_id, d.author_id, d.decided_by,
           d.category, d.action, d.measure, d.until, d.reason, d.state, d.second, d.second_by,
           d.excerpt, d.at, c.slug, c.name as circle, c.name_en as circle_en, m.handle,
           m.name as author, coalesce(s.role, '') as author_role, m.platform_role as author_rank,
           coalesce(a.state, '') as appeal, coalesce(a.words, '') as words,
           coalesce(a.reason, '') as answer, a.created_at as appealed_at
    from decision d join circle c on c.id = d.circle_id join member m on m.id = d.author_id
    left join staff s on s.partner_id = c.partner_id and s.member_id = d.author_id
    left join decision_appeal a on a.circle_id = d.circle_id and a.decision_id = d.id
"""
HIT = "(d.action <> 'keep' or d.measure <> '')"


async def own(viewer: Viewer, before: Key | None) -> Sequence[Decided]:
    """The latest first; one more than a page when there are more."""
    found = await rows(
        f"""{DECIDED} where d.author_id = $1 and {HIT}
              and ($2::timestamptz is null or (d.at, d.id) < ($2, $3))
            order by d.at desc, d.id desc limit {PAGE + 1}""",
        viewer.member_id,
        *(before or (None, 0)),
    )
    return [Decided(*line) for line in found]


async def own_one(viewer: Viewer, decision_id: int) -> Decided:
    """Raises NotFound, also for somebody else's."""
    found = await row(
        f"{DECIDED} where d.author_id = $1 and d.id = $2", viewer.member_id, decision_id
    )
    if found is None:
        raise NotFound
    return Decided(*found)


async def that_suspended(member_id: int) -> Decided:
    """Why this account is suspended. Raises NotFound where nobody decided so."""
    found = await row(
        f"""{DECIDED} where d.author_id = $1 and d.measure = 'site_ban' and d.second = 'confirmed'
            order by d.at desc, d.id desc limit 1""",
        member_id,
    )
    if found is None:
        raise NotFound
    return Decided(*found)


async def one(place: Place, decision_id: int) -> Decided:
    """Raises NotFound, also for who may not review there."""
    found = await row(
        f"{DECIDED} where d.circle_id = $1 and d.id = $2", place.circle.id, decision_id
    )
    if found is None or not policy.can_review(place):
        raise NotFound
    return Decided(*found)


async def of_case(circle_id: int, case_id: int) -> Sequence[Decided]:
    found = await rows(
        f"{DECIDED} where d.circle_id = $1 and d.case_id = $2 order by d.id", circle_id, case_id
    )
    return [Decided(*line) for line in found]


async def against(member_id: int, circle_id: int | None) -> Sequence[Decided]:
    """What was decided against a member lately; None: anywhere."""
    found = await rows(
        f"""{DECIDED} where d.author_id = $1 and {HIT}
              and ($2::bigint is null or d.circle_id = $2)
            order by d.at desc limit 10""",
        member_id,
        circle_id,
    )
    return [Decided(*line) for line in found]


async def appealed(circle_id: int | None, after: Key | None) -> Sequence[Decided]:
    """Appeals that wait, the oldest first; one more than a page when there are more."""
    found = await rows(
        f"""{DECIDED} where a.state = 'open' and ($1::bigint is null or d.circle_id = $1)
              and ($2::timestamptz is null or (a.created_at, d.id) > ($2, $3))
            order by a.created_at, d.id limit {PAGE + 1}""",
        circle_id,
        *(after or (None, 0)),
    )
    return [Decided(*line) for line in found]


async def body(decision: Decided) -> str:
    """What it was about, as it was: while it can still be put back, or as it stands."""
    if decision.service_id:
        return await _service(decision)
    found = await row(
        """select coalesce(w.body, case when $3 <> 0 then t.body else p.body end, '') as body
           from post p
           left join comment t on t.circle_id = p.circle_id and t.id = $3
           left join withheld w on w.circle_id = p.circle_id and w.post_id = p.id
                                   and w.comment_id = $3 and w.undo_until is null
           where p.circle_id = $1 and p.id = $2""",
        decision.circle_id,
        decision.post_id,
        decision.comment_id,
    )
    return str(found["body"]) if found else ""


async def _service(decision: Decided) -> str:
    found = await row(
        "select title, price, body, link from service where circle_id = $1 and id = $2",
        decision.circle_id,
        decision.service_id,
    )
    return "\n".join(each for each in found or () if each)
