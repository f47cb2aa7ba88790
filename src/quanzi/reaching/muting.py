"""No notices of this circle any more, and having them again."""

from quanzi.circles.access import Place
from quanzi.db.engine import row, rows
from quanzi.errors import NotAllowed


async def mute(place: Place) -> None:
    """Twice is once. Raises NotAllowed."""
    if place.member_id is None:
        raise NotAllowed
    await rows(
        """insert into circle_notice_mute (circle_id, member_id) values ($1, $2)
           on conflict do nothing""",
        place.circle.id,
        place.member_id,
    )


async def unmute(place: Place) -> None:
    await rows(
        "delete from circle_notice_mute where circle_id = $1 and member_id = $2",
        place.circle.id,
        place.member_id,
    )


async def is_mute(place: Place) -> bool:
    return bool(
        await row(
            "select 1 from circle_notice_mute where circle_id = $1 and member_id = $2",
            place.circle.id,
            place.member_id,
        )
    )
