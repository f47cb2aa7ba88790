"""A member says that something is not right."""

from quanzi.circles.access import Place
from quanzi.db.engine import rows
from quanzi.db.transaction import transaction
from quanzi.errors import Invalid, NotAllowed, TooMany, said
from quanzi.moderation import due, opening, policy
from quanzi.posts import comments, drafts, reading
from quanzi.screening.categories import CATEGORIES

NOTE_LONGEST = 500
# Of one member within a day; who reports more is asked to wait.
MOST = 30
DAY = 86_400.0


async def report(place: Place, post_id: int, comment_id: int, *, category: str, note: str) -> None:
    """Twice about the same changes nothing. Raises NotFound, NotAllowed, Invalid, TooMany."""
    note = drafts.clean(note)
    if category not in CATEGORIES:
        raise Invalid(category=said("请选择一个原因。"))
    if len(note) > NOTE_LONGEST:
        raise Invalid(note=said("补充说明最多 %(most)d 个字。", most=NOTE_LONGEST))
    post = await reading.published(place, post_id)
    thing = await comments.one(place, post_id, comment_id) if comment_id else post
    if not policy.can_report(place, thing.author_id) or place.member_id is None:
        raise NotAllowed
    circle_id, kind = place.circle.id, "comment" if comment_id else "post"
    async with transaction():
        await _not_too_many(place.member_id)
        case_id = await opening.open_case(
            circle_id,
            kind,
            post_id,
            comment_id,
            author_id=thing.author_id,
            source="report",
            category=category,
        )
        made = await rows(
            """insert into report (circle_id, case_id, reporter_id, category, note)
               values ($1, $2, $3, $4, $5) on conflict do nothing returning id""",
            circle_id,
            case_id,
            place.member_id,
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
