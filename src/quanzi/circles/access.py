"""Places: a circle fetched through the person asking. What they may not see is not found."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from quanzi.circles import policy
from quanzi.db.engine import row, rows
from quanzi.errors import NotFound
from quanzi.identity.sessions import Viewer


@dataclass(frozen=True, slots=True)
class Shown:
    """A circle, as pages and verbs need it."""

    id: int
    slug: str
    partner_id: int
    category_slug: str
    name: str
    name_en: str
    intro: str
    rules: str
    cover: str
    colour: str
    posting: str
    hidden: bool
    pin_slots: int
    time_zone: str
    version: int
    created_at: datetime
    partner_slug: str
    partner_name: str
    partner_name_en: str


@dataclass(frozen=True, slots=True)
class Place:
    """A circle and who stands in it. `role`: their role with its partner, or ''."""

    circle: Shown
    viewer: Viewer | None
    role: str
    follows: bool = False

    @property
    def member_id(self) -> int | None:
        return self.viewer.member_id if self.viewer else None

    @property
    def platform_role(self) -> str:
        return self.viewer.platform_role if self.viewer else ""


CIRCLE = """
    select c.*, p.slug as partner_slug, p.name as partner_name, p.name_en as partner_name_en
    from circle c join partner p on p.id = c.partner_id
"""


async def place(slug: str, viewer: Viewer | None) -> Place:
    """Raises NotFound, also for a circle that this person may not know of."""
    found = await row(
        f"""select shown.*, s.role, f.member_id is not null as follows
            from ({CIRCLE} where c.slug = $1) shown
            left join staff s on s.partner_id = shown.partner_id and s.member_id = $2
            left join follow f on f.circle_id = shown.id and f.member_id = $2""",
        slug,
        viewer.member_id if viewer else None,
    )
    if found is None:
        raise NotFound
    values = dict(found)
    role, follows = values.pop("role") or "", values.pop("follows")
    here = Place(Shown(**values), viewer, role, follows)
    if not policy.can_read(here):
        raise NotFound
    return here


async def turned_away(listening: Sequence[tuple[bytes | None, int]]) -> list[int]:
    """Of these (session, circle) pairs, the indexes that may no longer listen. One query.

    Circle 0 is a member's own connection.

    It asks what `policy.can_read` asks; `tests/circles/test_access.py` holds the two together.
    """
    found = await rows(
        """select k.n - 1 as n
           from unnest($1::bytea[], $2::bigint[]) with ordinality as k(session, circle, n)
           left join session s on s.id = k.session and s.ends_at > now() and s.idle_until > now()
           left join member m on m.id = s.member_id and m.suspended_at is null
           left join circle c on c.id = k.circle
           left join staff t on t.partner_id = c.partner_id and t.member_id = m.id
           where (k.session is not null and m.id is null) or (c.id is null and k.circle <> 0)
              or (c.hidden and t.role is null and coalesce(m.platform_role, '') = '')""",
        [session for session, _ in listening],
        [circle for _, circle in listening],
    )
    return [int(line["n"]) for line in found]


async def unreadable(pairs: Collection[tuple[int, int]]) -> set[tuple[int, int]]:
    """Of these (member, circle) pairs, those where the member may not read the circle. One query.

    It asks what `policy.can_read` asks, as `turned_away` does.
    """
    if not pairs:
        return set()
    found = await rows(
        """select distinct k.member, k.circle
           from unnest($1::bigint[], $2::bigint[]) as k(member, circle)
           left join member m on m.id = k.member
           left join circle c on c.id = k.circle
           left join staff t on t.partner_id = c.partner_id and t.member_id = m.id
           where m.id is null or c.id is null
              or (c.hidden and t.role is null and m.platform_role = '')""",
        [member for member, _ in pairs],
        [circle for _, circle in pairs],
    )
    return {(line["member"], line["circle"]) for line in found}
