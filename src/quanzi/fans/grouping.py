"""Making a segment, changing it, withdrawing it."""

import uuid

from quanzi.activity import once
from quanzi.circles.access import Place
from quanzi.db.engine import rows
from quanzi.db.transaction import transaction
from quanzi.errors import Conflict, Invalid, NotAllowed, Outdated, said
from quanzi.fans import conditions as asking
from quanzi.fans import naming, policy, segments, using
from quanzi.fans.conditions import Conditions
from quanzi.fans.tags import NOTHING_ASKED

CHANGED = said("刚刚有人改过这个分群，请看看再保存。")


async def make(place: Place, name: str, conditions: Conditions, *, key: uuid.UUID) -> int:
    """Its id. Raises NotAllowed, Invalid; Conflict when there are too many."""
    if not policy.can_manage(place) or place.member_id is None:
        raise NotAllowed
    circle_id = place.circle.id
    name = await _checked(name, conditions)
    async with transaction():
        before = await once.first_time(place.member_id, key, "segment", circle_id, name)
        if before is not None:
            return int(before)
        await naming.lock(circle_id)
        await _free(circle_id, name)
        if len(await segments.listed(circle_id)) >= segments.MOST:
            raise Conflict(
                said("一个圈子最多 %(most)d 个分群，请先撤下不用的。", most=segments.MOST)
            )
        [made] = await rows(
            "insert into segment (circle_id, name, conditions) values ($1, $2, $3) returning id",
            circle_id,
            name,
            asking.kept(conditions),
        )
        await once.answered(place.member_id, key, str(made["id"]))
    return int(made["id"])


async def change(
    place: Place, segment_id: int, name: str, conditions: Conditions, *, version: int
) -> None:
    """Raises NotFound, NotAllowed, Invalid; Outdated when `version` is not the present one."""
    if not policy.can_manage(place):
        raise NotAllowed
    circle_id = place.circle.id
    name = await _checked(name, conditions)
    async with transaction():
        await naming.lock(circle_id)
        before = await segments.one(circle_id, segment_id)
        if before.version != version:
            raise Outdated(CHANGED)
        await _free(circle_id, name, but_for=segment_id)
        await rows(
            """update segment set name = $3, conditions = $4, version = version + 1
               where circle_id = $1 and id = $2""",
            circle_id,
            segment_id,
            name,
            asking.kept(conditions),
        )


async def withdraw(place: Place, segment_id: int) -> None:
    """Raises NotFound, NotAllowed; Conflict, with what uses it, while something does."""
    if not policy.can_manage(place):
        raise NotAllowed
    circle_id = place.circle.id
    async with transaction():
        await naming.lock(circle_id)
        await segments.one(circle_id, segment_id)
        # Who is just having a service use it is waited for.
        await rows(
            "select 1 from segment where circle_id = $1 and id = $2 for update",
            circle_id,
            segment_id,
        )
        users = await using.of_segment(circle_id, segment_id)
        if users:
            raise Conflict(
                said("这个分群还用在：%(users)s。请先改掉它们。", users="、".join(users))
            )
        await rows(
            "update segment set withdrawn_at = now() where circle_id = $1 and id = $2",
            circle_id,
            segment_id,
        )


async def _checked(name: str, conditions: Conditions) -> str:
    name = await naming.checked(name)
    if conditions == Conditions():
        raise Invalid(conditions=NOTHING_ASKED)
    return name


async def _free(circle_id: int, name: str, *, but_for: int = 0) -> None:
    listed = await segments.listed(circle_id)
    if name in {each.name for each in listed if each.id != but_for}:
        raise Invalid(name=naming.TAKEN)
