"""Places: a circle fetched through the person asking. What they may not see is not found."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import asyncpg

from quanzi.circles import pace, policy, thresholds
from quanzi.circles.pace import Pace
from quanzi.circles.readable import readable
from quanzi.circles.thresholds import Thresholds
from quanzi.credit.bands import START
from quanzi.db.engine import row, rows
from quanzi.errors import NotFound
from quanzi.identity.sessions import Viewer, absent


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
    thresholds: Thresholds
    pace: Pace
    pin_slots: int
    time_zone: str
    version: int
    created_at: datetime
    offers: str
    check_ins: bool
    partner_slug: str
    partner_name: str
    partner_name_en: str


@dataclass(frozen=True, slots=True)
class Place:
    """A circle and who stands in it. `role`: their role with its partner, or ''.

    `follows_days`: for how long, when they follow it. `credit`: their score; `days`: how long they have been a member. `barred`: 'mute' or 'ban', until
    `barred_until`, when somebody decided that they may not talk or be here; `barred_from`: 0 when it
    is the whole site.
    """

    circle: Shown
    viewer: Viewer | None
    role: str
    follows: bool = False
    follows_days: int = 0
    verified: bool = False
    credit: int = START
    days: int = 0
    barred: str = ""
    barred_until: datetime | None = None
    barred_from: int = 0

    @property
    def member_id(self) -> int | None:
        return self.viewer.member_id if self.viewer else None

    @property
    def platform_role(self) -> str:
        return self.viewer.platform_role if self.viewer else ""


OF_VIEWER = ("role", "follows", "follows_days", "verified", "credit", "days", "barred", "barred_until",
             "barred_from")  # fmt: skip
# By these it shows that a circle is no longer what it was.
CHANGES = ("version", "offers", "check_ins")
FOR_PLATFORM = "coalesce(m.platform_role, '') <> ''"
CIRCLE = """
    select c.*, p.slug as partner_slug, p.name as partner_name, p.name_en as partner_name_en
    from circle c join partner p on p.id = c.partner_id
"""


# Where the member $2 stands in the circle called `shown`.
STANDING = f"""s.role, f.member_id is not null as follows,
    coalesce(floor(extract(epoch from now() - f.since) / 86400), 0)::int as follows_days,
    m.verified_at is not null as verified, coalesce(a.score, {START}) as credit,
    coalesce(floor(extract(epoch from now() - m.created_at) / 86400), 0)::int as days,
    coalesce(b.kind, '') as barred, b.until as barred_until,
    coalesce(b.circle_id, 0) as barred_from"""
STANDS = """
    left join staff s on s.partner_id = shown.partner_id and s.member_id = $2
    left join follow f on f.circle_id = shown.id and f.member_id = $2
    left join member m on m.id = $2
    left join credit_account a on a.member_id = m.id
    left join lateral (select kind, until, circle_id from ban
        where member_id = m.id and circle_id in (0, shown.id) and lifted_at is null
          and until > now() order by kind, until desc limit 1) b on true"""


async def place(slug: str, viewer: Viewer | None) -> Place:
    """To read in, and whatever needs that. Raises NotFound, also for a circle that this person may
    not know of; Barred when they may know of it and lack what it asks of its readers.
    """
    here = await front(slug, viewer)
    thresholds.ask(here, "read")
    return here


async def front(slug: str, viewer: Viewer | None) -> Place:
    """For what a circle says of itself, and not for what is written in it. Raises NotFound."""
    found = await row(
        f"select shown.*, {STANDING} from ({CIRCLE} where c.slug = $1) shown {STANDS}",
        slug,
        viewer.member_id if viewer else None,
    )
    if found is None:
        raise NotFound
    values = dict(found)
    standing = {name: values.pop(name) for name in OF_VIEWER}
    here = _standing(shown(values), viewer, standing)
    if not policy.can_know(here):
        raise NotFound
    return here


async def again(
    circle: Shown, viewer: Viewer, also: str, *values: Any
) -> tuple[Place, asyncpg.Record] | None:
    """Where somebody stands in a circle that is at hand, and what `also` selects, of $3 and on.

    None once the circle is another than the one at hand, and for who may not read in it.
    """
    found = await row(
        f"""select shown.version, shown.offers, shown.check_ins, {STANDING}, {also}
            from circle shown {STANDS} where shown.id = $1""",
        circle.id,
        viewer.member_id,
        *values,
    )
    if found is None or any(found[name] != getattr(circle, name) for name in CHANGES):
        return None
    here = _standing(circle, viewer, found)
    return (here, found) if policy.can_read(here) else None


def _standing(circle: Shown, viewer: Viewer | None, line: Mapping[str, Any]) -> Place:
    of_viewer = {name: line[name] for name in OF_VIEWER}
    return Place(circle, viewer, **(of_viewer | {"role": line["role"] or ""}))


async def of_absent(slug: str, member_id: int) -> Place | None:
    """In whose name something is done while they are not here; None where they may not even know of
    the circle any longer.
    """
    try:
        return await front(slug, absent(member_id))
    except NotFound:
        return None


def shown(line: Mapping[str, Any]) -> Shown:
    """From a line of `CIRCLE`."""
    asked, kept = thresholds.read(line["thresholds"]), pace.read(line["pace"])
    return Shown(**{**line, "thresholds": asked, "pace": kept})


async def turned_away(listening: Sequence[tuple[bytes | None, int]]) -> list[int]:
    """Of these (session, circle) pairs, the indexes that may no longer listen. One query.

    Circle 0 is a member's own connection.

    It asks what `policy.can_read` asks.
    """
    found = await rows(
        f"""select k.n - 1 as n
           from unnest($1::bytea[], $2::bigint[]) with ordinality as k(session, circle, n)
           left join session s on s.id = k.session and s.ends_at > now() and s.idle_until > now()
           left join member m on m.id = s.member_id and m.suspended_at is null
           left join circle c on c.id = k.circle
           where (k.session is not null and m.id is null) or (c.id is null and k.circle <> 0)
              or (c.id is not null and not {readable("m.id", FOR_PLATFORM)})""",
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
        f"""select distinct k.member, k.circle
           from unnest($1::bigint[], $2::bigint[]) as k(member, circle)
           left join member m on m.id = k.member
           left join circle c on c.id = k.circle
           where m.id is null or c.id is null
              or not {readable("m.id", FOR_PLATFORM)}""",
        [member for member, _ in pairs],
        [circle for _, circle in pairs],
    )
    return {(line["member"], line["circle"]) for line in found}
