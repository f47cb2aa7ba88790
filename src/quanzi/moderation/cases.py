"""Cases as reviewers read them: the queue, one case with what it is about, what came before."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import asyncpg

from quanzi.circles.access import Place
from quanzi.collections import returning
from quanzi.curation import board
from quanzi.db.engine import row, rows
from quanzi.errors import NotFound
from quanzi.moderation import policy
from quanzi.offering import shelf
from quanzi.screening.finding import Finding
from quanzi.screening.policy import as_findings

PAGE = 30
EXCERPT = 120
Key = tuple[datetime, int]


@dataclass(frozen=True, slots=True)
class Case:
    """`body`: what it is about, as it stands or waits. `author_role`: their role with the partner whose
    circle it is; `author_rank`: with the platform. `first_by`, `measure`: who decided first, and what
    about the author, where a second look is wanted.
    """

    id: int
    circle_id: int
    kind: str
    post_id: int
    comment_id: int
    service_id: int
    author_id: int
    source: str
    category: str
    reports: int
    reach: int
    state: str
    claimed_by: int | None
    opened_at: datetime
    due_at: datetime
    decided_at: datetime | None
    late: bool
    slug: str
    circle: str
    circle_en: str
    handle: str
    author: str
    author_role: str
    author_rank: str
    first_by: int | None
    measure: str
    claimer: str
    body: str
    thing_state: str

    @property
    def key(self) -> Key:
        return self.due_at, self.id

    @property
    def seen(self) -> str:
        """What somebody has read who decides: nobody decides about words that came after."""
        return hashlib.sha256(f"{self.thing_state}:{self.body}".encode()).hexdigest()[:16]

    @property
    def excerpt(self) -> str:
        words = " ".join(self.body.split())
        return words[:EXCERPT] + ("…" if len(words) > EXCERPT else "")


# Whoever claimed it and let their time run out no longer holds it.
CASE = r"""
    select k.id, k.circle_id, k.kind, k.post_id, k.comment_id, k.service_id, k.author_id, k.source,
           k.category, k.reports, k.reach, k.state,
           case when k.claimed_until > now() then k.claimed_by end as claimed_by,
           k.opened_at, k.due_at, k.decided_at, k.state <> 'decided' and k.due_at < now() as late,
           c.slug, c.name as circle, c.name_en as circle_en, m.handle, m.name as author,
           coalesce(s.role, '') as author_role, m.platform_role as author_rank,
           f.decided_by as first_by, coalesce(f.measure, '') as measure,
           coalesce(h.name, '') as claimer,
           coalesce(case when coalesce(t.state, p.state) = 'removed' then w.body end,
                    case when k.service_id <> 0
                              then concat_ws(E'\n', v.title, nullif(v.price, ''), nullif(v.body, ''),
                                             nullif(v.link, ''))
                         when k.kind = 'edit' then e.body when k.comment_id <> 0 then t.body
                                 else p.body end, '') as body,
           coalesce(case when k.service_id <> 0
                         then case when v.state not in ('removed', 'deleted') then 'published' end
                         when k.comment_id <> 0 then t.state else p.state end, 'removed')
               as thing_state
    from review_case k join circle c on c.id = k.circle_id join member m on m.id = k.author_id
    left join staff s on s.partner_id = c.partner_id and s.member_id = k.author_id
    left join lateral (select d.decided_by, d.measure from decision d
        where d.circle_id = k.circle_id and d.case_id = k.id order by d.id desc limit 1) f on true
    left join member h on h.id = k.claimed_by and k.claimed_until > now()
    left join post p on p.circle_id = k.circle_id and p.id = k.post_id
    left join comment t on t.circle_id = k.circle_id and t.id = k.comment_id
    left join service v on v.circle_id = k.circle_id and v.id = k.service_id
    left join held_edit e on e.circle_id = k.circle_id and e.post_id = k.post_id
    left join withheld w on w.circle_id = k.circle_id and w.post_id = k.post_id
                            and w.comment_id = k.comment_id and w.undo_until is null
"""


@dataclass(frozen=True, slots=True)
class Queue:
    """`waiting`: so many are open in all, at most 100; `late`: of these beyond their time."""

    cases: Sequence[Case]
    waiting: int
    late: int


async def queue(circle_id: int | None, after: Key | None) -> Queue:
    """What is due first comes first; one more than a page when there are more. None: all circles."""
    here = "k.circle_id = $1" if circle_id else "$1::bigint is null"
    found = await rows(
        f"""{CASE} where {here} and k.state <> 'decided'
              and ($2::timestamptz is null or (k.due_at, k.id) > ($2, $3))
            order by k.due_at, k.id limit {PAGE + 1}""",
        circle_id,
        *(after or (None, 0)),
    )
    counted = await row(
        f"""select count(*)::int as n, count(*) filter (where due_at < now())::int as late
            from (select due_at from review_case k where {here} and k.state <> 'decided'
                  order by due_at limit 100) counted""",
        circle_id,
    )
    return Queue([Case(*line) for line in found], *(counted or (0, 0)))


async def one(place: Place, case_id: int) -> Case:
    """Raises NotFound, also for who may not review there."""
    found = await row(f"{CASE} where k.circle_id = $1 and k.id = $2", place.circle.id, case_id)
    if found is None or not policy.can_review(place):
        raise NotFound
    return Case(*found)


async def standing_still(place: Place, case_id: int) -> Case:
    """As `locked`, and what it is about as well, in the order in which others lock: the board, the
    case, the collections it stands in, the thing.
    """
    await board.lock(place.circle.id)
    case = await locked(place, case_id)
    if case.service_id:
        await shelf.lock(place.circle.id)
    await returning.lock(case.circle_id, case.post_id)
    for table, thing_id in (
        ("post", case.post_id),
        ("comment", case.comment_id),
        ("service", case.service_id),
    ):
        await rows(
            f"select 1 from {table} where circle_id = $1 and id = $2 for update",
            case.circle_id,
            thing_id,
        )
    await rows(
        "select 1 from held_edit where circle_id = $1 and post_id = $2 for update",
        case.circle_id,
        case.post_id,
    )
    return await one(place, case_id)


async def locked(place: Place, case_id: int) -> Case:
    """Held against others until the transaction ends."""
    await rows(
        "select 1 from review_case where circle_id = $1 and id = $2 for update",
        place.circle.id,
        case_id,
    )
    return await one(place, case_id)


async def has_reported(case: Case, member_id: int | None) -> bool:
    found = await row(
        "select 1 from report where circle_id = $1 and case_id = $2 and reporter_id = $3",
        case.circle_id,
        case.id,
        member_id,
    )
    return found is not None


async def findings(case: Case) -> list[Finding]:
    """What the machine found, as far as it still fits what stands there."""
    found = await row(
        """select findings from screening_verdict
           where circle_id = $1 and post_id = $2 and comment_id = $3 and kind = $4
           order by id desc limit 1""",
        case.circle_id,
        case.post_id,
        case.comment_id,
        case.kind,
    )
    kept = as_findings(json.loads(found["findings"])) if found else []
    return [each for each in kept if each.end <= len(case.body)]


async def reports(case: Case) -> Sequence[asyncpg.Record]:
    return await rows(
        """select r.category, r.note, r.at, m.handle, m.name from report r
           join member m on m.id = r.reporter_id
           where r.circle_id = $1 and r.case_id = $2 order by r.at limit 50""",
        case.circle_id,
        case.id,
    )


async def open_for(member_ids: Sequence[int]) -> dict[int, dict[str, int]]:
    """Of these members, who reviews somewhere: how many cases are open for them, at most 100, and how
    many of those somebody has taken up.
    """
    found = await rows(
        """select m.id, counted.n, counted.held from member m, lateral (
               select count(*)::int as n, count(*) filter (where held)::int as held from (
                   select k.claimed_until > now() as held
                   from review_case k join circle c on c.id = k.circle_id
                   where k.state <> 'decided' and k.author_id <> m.id
                     and (m.platform_role <> '' or exists (
                          select 1 from staff s where s.partner_id = c.partner_id
                          and s.member_id = m.id and s.role in ('owner', 'editor', 'reviewer')))
                   order by k.due_at limit 100) few) counted
           where m.id = any($1::bigint[]) and (m.platform_role <> '' or exists (
               select 1 from staff s where s.member_id = m.id
               and s.role in ('owner', 'editor', 'reviewer')))""",
        list(member_ids),
    )
    return {line["id"]: {"cases": line["n"], "claims": line["held"]} for line in found}
