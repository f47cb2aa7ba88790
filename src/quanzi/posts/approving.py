"""Where the circle wants it so: an editor plans, an owner says yes or no."""

from quanzi.activity.concerning import concern
from quanzi.circles.access import Place
from quanzi.db.engine import rows
from quanzi.db.transaction import transaction
from quanzi.errors import Conflict, Invalid, NotAllowed, Outdated, said
from quanzi.posts import drafts, planned, policy, reading, writing
from quanzi.posts.reading import Post

NOTE_LONGEST = 300
ANSWERED = said("已经有人答复过了。")


async def approve(place: Place, post_id: int, version: int | None = None) -> int:
    """The number of the event when it comes out at once; 0 when it goes on waiting for its time, or to
    be looked at. `version`: the one that was read. Raises NotFound, NotAllowed, Conflict when it
    waits for nobody's word any more, Outdated when it has got other words.
    """
    async with transaction():
        post = await _asked(place, post_id)
        if version not in {None, post.version}:
            raise Outdated
        await _answer(place, post, waits_for="", kind="plan.approved", note="")
        if post.publish_at is not None or post.state == "held":
            return 0
        return await writing.bring_out(place.circle.id, post_id, post.version, place.member_id)


async def decline(place: Place, post_id: int, note: str) -> None:
    """It becomes a draft, with a word to who planned it. Raises as `approve` does, and Invalid."""
    text = drafts.clean(note)
    if len(text) > NOTE_LONGEST:
        raise Invalid(note=said("最多 %(most)d 个字。", most=NOTE_LONGEST))
    async with transaction():
        post = await _asked(place, post_id)
        await _answer(place, post, waits_for="time", kind="plan.declined", note=text)


async def _asked(place: Place, post_id: int) -> Post:
    post = await reading.locked(place, post_id)
    if not policy.can_approve(place):
        raise NotAllowed
    if post.waits_for != "approval":
        raise Conflict(ANSWERED)
    return post


async def _answer(place: Place, post: Post, *, waits_for: str, kind: str, note: str) -> None:
    await rows(
        """update post set waits_for = $3, publish_at = case when $3 = '' then publish_at end
           where circle_id = $1 and id = $2""",
        place.circle.id,
        post.id,
        waits_for,
    )
    await rows(
        """update plan set note = $3, approved_by = case when $4 then $5::bigint end,
                  approved_at = case when $4 then now() end
           where circle_id = $1 and post_id = $2""",
        place.circle.id,
        post.id,
        note,
        waits_for == "",
        place.member_id,
    )
    for member_id in sorted(await planned.planners(place.circle.id, post.id)):
        await concern(
            member_id,
            kind,
            actor_id=place.member_id,
            circle_id=place.circle.id,
            post_id=post.id,
        )
