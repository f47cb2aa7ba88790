"""What is decided about a person: begun, confirmed by a second look, ended.

Until somebody else has looked at a ban, its member is kept from talking and no more.
"""

from datetime import timedelta

from quanzi import clock
from quanzi.circles import banning
from quanzi.circles.access import Place
from quanzi.db.engine import rows
from quanzi.moderation.cases import Case
from quanzi.moderation.ruling import Ruling

UNTIL_SECOND = timedelta(days=3)


async def begin(place: Place, case: Case, ruling: Ruling) -> None:
    if not ruling.measure or ruling.until is None:
        return
    until = clock.now() + UNTIL_SECOND if ruling.wants_a_second else ruling.until
    await banning.ban(
        case.author_id,
        scope(ruling.measure, case.circle_id),
        "mute",
        until,
        reason=ruling.reason,
        by=place.member_id,
    )


async def end(author_id: int, circle_id: int, measure: str) -> None:
    """What was decided was wrong. Another decision that says the same still holds."""
    here = scope(measure, circle_id)
    for kind in ("mute", "ban"):
        await banning.lift(author_id, here, kind)
    others = await rows(
        """select measure, second, until, reason, decided_by from decision
           where author_id = $1 and ($2 = 0 or circle_id = $2) and state = 'in_force'
             and measure like $3 and until > now()""",
        author_id,
        here,
        "site\\_%" if here == banning.SITE else "%",
    )
    for line in others:
        if scope(line["measure"], circle_id) == here and line["second"] in {"", "confirmed"}:
            kind = line["measure"].removeprefix("site_")
            await banning.ban(
                author_id, here, kind, line["until"], reason=line["reason"], by=line["decided_by"]
            )


def scope(measure: str, circle_id: int) -> int:
    return banning.SITE if measure.startswith("site_") else circle_id
