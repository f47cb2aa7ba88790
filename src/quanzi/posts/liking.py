"""Liking a post, and taking it back."""

from collections.abc import Iterable, Sequence

from quanzi.activity import tallying
from quanzi.activity.concerning import concern
from quanzi.circles.access import Place
from quanzi.db.engine import rows
from quanzi.db.transaction import transaction
from quanzi.errors import NotAllowed
from quanzi.posts import policy, reading


async def like(place: Place, post_id: int) -> bool:
    """Whether they did not like it before. Raises NotFound, NotAllowed."""
    if not policy.can_like(place) or place.member_id is None:
        raise NotAllowed
    circle_id, member_id = place.circle.id, place.member_id
    async with transaction():
        post = await reading.published(place, post_id)
        new = await rows(
            """insert into liking (circle_id, post_id, member_id) values ($1, $2, $3)
               on conflict do nothing returning 1""",
            circle_id,
            post_id,
            member_id,
        )
        if new:
            await tallying.add(circle_id, tallying.LIKES, post_id, 1)
            await concern(
                post.author_id, "like", actor_id=member_id, circle_id=circle_id, post_id=post_id
            )
    return bool(new)


async def unlike(place: Place, post_id: int) -> bool:
    """Whether they did like it. A like of what is gone can be taken back, too."""
    if place.member_id is None:
        raise NotAllowed
    circle_id = place.circle.id
    async with transaction():
        gone = await rows(
            """delete from liking where circle_id = $1 and post_id = $2 and member_id = $3
               returning 1""",
            circle_id,
            post_id,
            place.member_id,
        )
        if gone:
            await tallying.add(circle_id, tallying.LIKES, post_id, -1)
    return bool(gone)


async def liked(place: Place, post_ids: Iterable[int]) -> list[int]:
    """Those of these posts that this person likes."""
    if place.member_id is None:
        return []
    return await liked_of(place.member_id, [(place.circle.id, post_id) for post_id in post_ids])


async def liked_of(member_id: int, posts: Sequence[tuple[int, int]]) -> list[int]:
    """The same for (circle, post) pairs."""
    if not posts:
        return []
    circle_ids, post_ids = zip(*posts, strict=True)
    found = await rows(
        """select l.post_id from unnest($2::bigint[], $3::bigint[]) as w(circle_id, post_id)
           join liking l on l.circle_id = w.circle_id and l.post_id = w.post_id
                        and l.member_id = $1""",
        member_id,
        circle_ids,
        post_ids,
    )
    return [line["post_id"] for line in found]
