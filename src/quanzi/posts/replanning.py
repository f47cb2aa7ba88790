"""Another time for a post that waits: earlier, later, now, or none yet, which makes it a draft."""

from datetime import datetime

from quanzi.circles.access import Place
from quanzi.db.engine import database_now, rows
from quanzi.db.transaction import transaction
from quanzi.errors import Conflict, Invalid, NotAllowed, said
from quanzi.posts import pacing, planned, policy, reading, writing
from quanzi.posts.drafts import FURTHEST
from quanzi.posts.reading import Post

TOO_LATE = said("这篇帖子已经发布了。")


async def move(place: Place, post_id: int, at: datetime) -> bool:
    """Whether anything changed. Raises NotFound, NotAllowed, Conflict when it is out already, and
    Invalid under `publish_at` for a time that is over, far off, or not one for posts of theirs.
    """
    async with transaction():
        post = await _waiting(place, post_id)
        if post.publish_at == at:
            return False
        await _check(at)
        await pacing.ask(place, at, beside=post_id, author_id=post.author_id)
        await _set(place, post_id, at, "")
    return True


async def keep(place: Place, post_id: int) -> bool:
    """A draft from now on. Whether it was none. Raises NotFound, NotAllowed, Conflict."""
    async with transaction():
        post = await _waiting(place, post_id)
        if post.waits_for == "time":
            return False
        await _set(place, post_id, None, "time")
    return True


async def out_now(place: Place, post_id: int) -> int:
    """The number of the event; 0 for one that has to be looked at or agreed to first. Raises NotFound,
    NotAllowed, Conflict, Invalid under `publish_at` when now is no time for posts of theirs.
    """
    async with transaction():
        post = await _waiting(place, post_id)
        await pacing.ask(place, None, beside=post_id, author_id=post.author_id)
        asked = await _set(place, post_id, None, "")
        if asked or post.state == "held":
            return 0
        return await writing.bring_out(place.circle.id, post_id, post.version, place.member_id)


async def _waiting(place: Place, post_id: int) -> Post:
    post = await reading.locked(place, post_id)
    if not (policy.can_plan(place) and policy.can_edit_post(place, post)):
        raise NotAllowed
    if post.state == "published":
        raise Conflict(TOO_LATE)
    return post


async def _check(at: datetime) -> None:
    now = await database_now()
    if at <= now:
        raise Invalid(publish_at=said("这个时间已经过了。"))
    if at > now + FURTHEST:
        raise Invalid(publish_at=said("最远可以选到一年以后。"))


async def _set(place: Place, post_id: int, at: datetime | None, waits_for: str) -> bool:
    """Whether it waits for an owner's word. The pin that it is to begin with stays as long as it was;
    a draft's, whose end would be over by then, has none any more.
    """
    await rows(
        """update post set publish_at = $3, waits_for = $4, pin_until = case
               when $4 = 'time' then pin_until
               when publish_at is not null then pin_until + (coalesce($3, now()) - publish_at)
               when pin_until > coalesce($3, now()) then pin_until end
           where circle_id = $1 and id = $2""",
        place.circle.id,
        post_id,
        at,
        waits_for,
    )
    await planned.note(place, post_id)
    return waits_for == "" and await planned.wait_for_owner(place, post_id)
