"""Putting another policy in force: the platform's, or a circle's stricter one."""

from quanzi.audit import writing as audit
from quanzi.circles.access import Place
from quanzi.db.transaction import transaction
from quanzi.errors import Invalid, NotAllowed, Said, said
from quanzi.identity.sessions import Viewer
from quanzi.moderation import policy
from quanzi.screening import policies
from quanzi.screening.policies import PLATFORM
from quanzi.screening.policy import NEVER, STEPS, Line, Policy, written


async def for_platform(viewer: Viewer, made: Policy, *, after: int, note: str) -> int:
    """The new version. Raises NotAllowed, Invalid, Conflict."""
    if not policy.can_set_policy(viewer):
        raise NotAllowed
    return await _put_in_force(PLATFORM, made, after=after, note=note, by=viewer.member_id)


async def for_circle(place: Place, made: Policy, *, after: int, note: str) -> int:
    """The new version. Raises NotAllowed; Invalid, also for what is milder than the platform's;
    Conflict.
    """
    if place.member_id is None or not policy.can_set_policy_here(place):
        raise NotAllowed
    check_floor((await policies.own(PLATFORM)).policy, made)
    return await _put_in_force(place.circle.id, made, after=after, note=note, by=place.member_id)


def check_floor(floor: Policy, made: Policy) -> None:
    """A circle only ever becomes stricter. Raises Invalid under names like `fraud-hold`."""
    wrong: dict[str, Said] = {}
    for category, line in made.items():
        for step in STEPS:
            lowest, wished = getattr(floor.get(category, Line()), step), getattr(line, step)
            if lowest < wished < NEVER:
                wrong[f"{category}-{step}"] = said(
                    "平台的底线是 %(floor)d，这里只能更严：填更小的数，或者空着。", floor=lowest
                )
    if wrong:
        raise Invalid(**wrong)


async def _put_in_force(circle_id: int, made: Policy, *, after: int, note: str, by: int) -> int:
    async with transaction():
        version, _ = await policies.put_in_force(circle_id, made, after=after, note=note, by=by)
        await audit.write(
            "policy.changed",
            actor_id=by,
            circle_id=circle_id,
            about=f"policy:{circle_id}:{version}",
            detail={"version": version, "policy": written(made), "reason": note.strip()},
        )
    return version
