"""Applications as they are read: one's own, the queue, one of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from quanzi.applying import policy
from quanzi.db.engine import row, rows
from quanzi.errors import NotFound
from quanzi.identity.sessions import Viewer

PAGE = 30

Key = tuple[datetime, int]


@dataclass(frozen=True, slots=True)
class Application:
    id: int
    kind: str
    applicant_id: int
    slug: str
    name: str
    name_en: str
    partner_kind: str
    intro: str
    rules: str
    contact: str
    cover: str
    state: str
    reason: str
    decided_at: datetime | None
    created_at: datetime
    handle: str
    applicant: str
    category_slug: str | None
    category: str | None
    category_en: str | None
    partner_id: int | None
    partner_slug: str | None
    partner: str | None
    partner_en: str | None
    decider: str | None


APPLICATION = """
    select a.id, a.kind, a.applicant_id, a.slug, a.name, a.name_en, a.partner_kind, a.intro,
           a.rules, a.contact, a.cover, a.state, a.reason, a.decided_at, a.created_at, m.handle,
           m.name as applicant, a.category_slug, g.name as category, g.name_en as category_en,
           a.partner_id, p.slug as partner_slug, p.name as partner, p.name_en as partner_en,
           d.name as decider
    from application a join member m on m.id = a.applicant_id
    left join category g on g.slug = a.category_slug
    left join partner p on p.id = a.partner_id
    left join member d on d.id = a.decided_by
"""


async def one(viewer: Viewer, application_id: int) -> Application:
    """Raises NotFound, also for somebody else's."""
    found = await row(f"{APPLICATION} where a.id = $1", application_id)
    if found is None:
        raise NotFound
    application = Application(*found)
    if not policy.can_see(viewer, application):
        raise NotFound
    return application


async def locked(viewer: Viewer, application_id: int) -> Application:
    """The same, and nobody else decides on it until the commit."""
    await rows("select 1 from application where id = $1 for update", application_id)
    return await one(viewer, application_id)


async def own(viewer: Viewer, before: Key | None) -> Sequence[Application]:
    """The latest first; one more than a page when there are more."""
    found = await rows(
        f"""{APPLICATION} where a.applicant_id = $1
              and ($2::timestamptz is null or (a.created_at, a.id) < ($2, $3))
            order by a.created_at desc, a.id desc limit {PAGE + 1}""",
        viewer.member_id,
        *(before or (None, 0)),
    )
    return [Application(*line) for line in found]


async def queue(after: Key | None) -> Sequence[Application]:
    """What waits, the oldest first; one more than a page when there are more."""
    found = await rows(
        f"""{APPLICATION} where a.state = 'open'
              and ($1::timestamptz is null or (a.created_at, a.id) > ($1, $2))
            order by a.created_at, a.id limit {PAGE + 1}""",
        *(after or (None, 0)),
    )
    return [Application(*line) for line in found]


async def waiting(viewer: Viewer, kind: str) -> Application | None:
    """Their open application of this kind: there is one or none."""
    found = await row(
        f"{APPLICATION} where a.applicant_id = $1 and a.kind = $2 and a.state = 'open'",
        viewer.member_id,
        kind,
    )
    return Application(*found) if found else None
