"""A member's own statement: where they stand, and every change with its cause."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from quanzi.credit.bands import START
from quanzi.credit.ledger import day_of
from quanzi.db.engine import row, rows
from quanzi.db.transaction import transaction
from quanzi.errors import NotFound
from quanzi.identity.sessions import Viewer

PAGE = 20
Key = tuple[datetime, int]
# What people choose from: everything, what was earned, what was lost.
KINDS = ("", "up", "down")


@dataclass(frozen=True, slots=True)
class Account:
    score: int
    band_shown: bool
    verified: bool
    member_since: datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """`cause`: what kind of thing it was for, 'post', 'decision', …; `body`: of the post it was for, or
    the beginning of what was decided about; `slug`: where to see that post; `circle`: where it was.
    `ended`: it no longer counts. `appeal`: the state of the appeal against it, or ''.
    """

    id: int
    rule: str
    detail: str
    points: int
    cause: str
    circle_id: int
    cause_id: int
    at: datetime
    expires_at: datetime | None
    body: str
    slug: str
    circle: str
    circle_en: str
    ended: bool
    appeal: str


ENTRY = """
    select e.id, e.rule, e.detail, e.points, e.cause, e.circle_id, e.cause_id, e.at, e.expires_at,
           coalesce(left(p.body, 80), d.excerpt, '') as body,
           case when p.id is not null then o.slug else '' end as slug,
           coalesce(o.name, '') as circle, coalesce(o.name_en, '') as circle_en,
           r.id is not null as ended, coalesce(a.state, k.state, '') as appeal
    from credit_entry e
    left join post p on e.cause = 'post' and p.circle_id = e.circle_id and p.id = e.cause_id
                        and p.state = 'published'
    left join circle o on o.id = e.circle_id
    left join decision d on e.cause = 'decision' and d.circle_id = e.circle_id and d.id = e.cause_id
    left join decision_appeal k on k.circle_id = d.circle_id and k.decision_id = d.id
    left join credit_entry r on r.reverses = e.id
    left join credit_appeal a on a.entry_id = e.id
"""


async def account(viewer: Viewer) -> Account:
    found = await row(
        """select coalesce(a.score, $2), coalesce(a.band_shown, true),
                  m.verified_at is not null, m.created_at
           from member m left join credit_account a on a.member_id = m.id where m.id = $1""",
        viewer.member_id,
        START,
    )
    if found is None:
        raise NotFound
    return Account(*found)


async def entries(viewer: Viewer, kind: str, before: Key | None) -> Sequence[Entry]:
    """The latest first; one more than a page when there are more."""
    found = await rows(
        f"""{ENTRY} where e.member_id = $1
              and ($2 = '' or ($2 = 'up') = (e.points > 0))
              and ($3::timestamptz is null or (e.at, e.id) < ($3, $4))
            order by e.at desc, e.id desc limit {PAGE + 1}""",
        viewer.member_id,
        kind,
        *(before or (None, 0)),
    )
    return [Entry(*line) for line in found]


async def entry(member_id: int, entry_id: int) -> Entry:
    """Raises NotFound, also for somebody else's."""
    found = await row(f"{ENTRY} where e.id = $1 and e.member_id = $2", entry_id, member_id)
    if found is None:
        raise NotFound
    return Entry(*found)


async def ending(viewer: Viewer) -> Sequence[Entry]:
    """What counts against them and will end by itself, the next first."""
    found = await rows(
        f"""{ENTRY} join credit_expiry x on x.entry_id = e.id
            where e.member_id = $1 and e.points < 0 order by x.at, e.id limit 5""",
        viewer.member_id,
    )
    return [Entry(*line) for line in found]


async def earned_today(viewer: Viewer) -> dict[str, int]:
    """Points by rule, of today, for what is capped by the day."""
    found = await rows(
        f"""select rule, sum(points)::int as n from credit_entry
           where member_id = $1 and points > 0 and reverses is null and at >= {day_of("now()")}
           group by rule""",
        viewer.member_id,
    )
    return {line["rule"]: line["n"] for line in found}


async def show_band(viewer: Viewer, *, shown: bool) -> None:
    async with transaction():
        await rows(
            """insert into credit_account (member_id, band_shown) values ($1, $2)
               on conflict (member_id) do update set band_shown = excluded.band_shown""",
            viewer.member_id,
            shown,
        )
