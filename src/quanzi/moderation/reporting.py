"""A member says that something is not right."""

from dataclasses import dataclass

from quanzi.circles.access import Place
from quanzi.db.engine import rows
from quanzi.db.transaction import transaction
from quanzi.errors import Invalid, NotAllowed, NotFound, TooMany, said
from quanzi.moderation import due, opening, policy
from quanzi.offering import reading as offered
from quanzi.posts import comments, drafts, reading
from quanzi.screening.categories import CATEGORIES

NOTE_LONGEST = 500
# Of one member within a day; who reports more is asked to wait.
MOST = 30
DAY = 86_400.0


@dataclass(frozen=True, slots=True)
class About:
    """`kind`: as a case has it. `author_id`: who hears what is decided."""

    kind: str
    author_id: int
    post_id: int = 0
    comment_id: int = 0
    service_id: int = 0


async def report(place: Place, post_id: int, comment_id: int, *, category: str, note: str) -> None:
    """Twice about the same changes nothing. Raises NotFound, NotAllowed, Invalid, TooMany."""
    note = _checked(category, note)
    post = await reading.published(place, post_id)
    thing = await comments.one(place, post_id, comment_id) if comment_id else post
    if not policy.can_report(place, thing.author_id) or place.member_id is None:
        raise NotAllowed
    kind = "comment" if comment_id else "post"
    about = About(kind, thing.author_id, post_id, comment_id)
    await _keep(place, place.member_id, about, category, note)


async def report_service(place: Place, service_id: int, *, category: str, note: str) -> None:
    """As `report`. What is decided its circle's owner hears, since a service is nobody's own words."""
    note = _checked(category, note)
    service = await offered.one(place, service_id)
    if not policy.can_report_service(place) or place.member_id is None:
        raise NotAllowed
    about = About("service", await _owner(place), service_id=service.id)
    await _keep(place, place.member_id, about, category, note)


def _checked(category: str, note: str) -> str:
    """The note, clean. Raises Invalid."""
    text = drafts.clean(note)
    if category not in CATEGORIES:
        raise Invalid(category=said("请选择一个原因。"))
    if len(text) > NOTE_LONGEST:
        raise Invalid(note=said("补充说明最多 %(most)d 个字。", most=NOTE_LONGEST))
    return text


async def _owner(place: Place) -> int:
    """The first of them. Raises NotFound where nobody answers for the circle."""
    found = await rows(
        """select member_id from staff where partner_id = $1 and role = 'owner'
           order by member_id limit 1""",
        place.circle.partner_id,
    )
    if not found:
        raise NotFound
    return int(found[0]["member_id"])


async def _keep(place: Place, member_id: int, about: About, category: str, note: str) -> None:
    circle_id = place.circle.id
    async with transaction():
        await _not_too_many(member_id)
        case_id = await opening.open_case(
            circle_id,
            about.kind,
            about.post_id,
            about.comment_id,
            author_id=about.author_id,
            source="report",
            category=category,
            service_id=about.service_id,
        )
        made = await rows(
            """insert into report (circle_id, case_id, reporter_id, category, note)
               values ($1, $2, $3, $4, $5) on conflict do nothing returning id""",
            circle_id,
            case_id,
            member_id,
            category,
            note,
        )
        if made:
            await _weigh(circle_id, case_id, category)


async def _not_too_many(member_id: int) -> None:
    await rows("select 1 from member where id = $1 for no key update", member_id)
    found = await rows(
        """select count(*)::int as n from report
           where reporter_id = $1 and at > now() - interval '1 day'""",
        member_id,
    )
    if found[0]["n"] >= MOST:
        raise TooMany(DAY, said("今天举报的次数够多了，明天再来。"))


async def _weigh(circle_id: int, case_id: int, category: str) -> None:
    """Each report makes it more urgent."""
    [case] = await rows(
        """update review_case set reports = reports + 1 where circle_id = $1 and id = $2
           returning reports, reach""",
        circle_id,
        case_id,
    )
    await rows(
        """update review_case set due_at = least(due_at, opened_at + $3)
           where circle_id = $1 and id = $2""",
        circle_id,
        case_id,
        due.within(category, reach=case["reach"], reports=case["reports"]),
    )
