"""Commenting, replying, and taking a comment away."""

import uuid
from dataclasses import dataclass

from quanzi.activity import once, tallying
from quanzi.activity.concerning import concern
from quanzi.activity.recording import record
from quanzi.circles import policy as circles
from quanzi.circles.access import Place
from quanzi.db.engine import rows
from quanzi.db.transaction import transaction
from quanzi.errors import Invalid, NotAllowed, NotFound, said
from quanzi.posts import comments, drafts, holding, naming, policy, reading
from quanzi.posts.comments import Comment
from quanzi.posts.reading import Post

LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Said:
    """`seq`: the number of the event, 0 when the key had been used before."""

    comment_id: int
    seq: int


async def comment(
    place: Place, post_id: int, body: str, *, reply_to: int | None = None, key: uuid.UUID
) -> Said:
    """Raises NotFound, NotAllowed, Barred, Invalid; Invalid too when the one replied to has gone."""
    if not policy.can_comment(place) or place.member_id is None:
        raise NotAllowed
    text = _checked(body)
    author, circle_id = place.member_id, place.circle.id
    async with transaction():
        post = await reading.published(place, post_id)
        answered = await _answered(place, post_id, reply_to)
        before = await once.first_time(author, key, circle_id, post_id, text, reply_to)
        if before is not None:
            return Said(int(before), 0)
        await holding.before_comment(place, text)
        comment_id = await _insert(place, post_id, text, answered)
        await once.answered(author, key, str(comment_id))
        await _tell(post, answered, comment_id, text, author)
        await tallying.add(circle_id, tallying.COMMENTS, post_id, 1)
        seq = await record(circle_id, "comment.published", comment_id, 1, author)
    return Said(comment_id, seq)


async def remove(place: Place, post_id: int, comment_id: int) -> int:
    """The number of the event. Replies stay, under a stone. Raises NotFound, NotAllowed."""
    circle_id = place.circle.id
    async with transaction():
        await rows(
            "select 1 from comment where circle_id = $1 and id = $2 for update",
            circle_id,
            comment_id,
        )
        found = await comments.one(place, post_id, comment_id)
        if not policy.can_remove(place, found):
            raise NotAllowed
        await rows(
            """update comment set state = 'removed', body = '', version = version + 1,
                      removed_at = now(), removed_by = $3 where circle_id = $1 and id = $2""",
            circle_id,
            comment_id,
            place.member_id,
        )
        await rows(
            "delete from mention where circle_id = $1 and post_id = $2 and comment_id = $3",
            circle_id,
            post_id,
            comment_id,
        )
        await tallying.add(circle_id, tallying.COMMENTS, post_id, -1)
        return await record(
            circle_id, "comment.removed", comment_id, found.version + 1, place.member_id
        )


def _checked(body: str) -> str:
    text = drafts.clean(body)
    if not text:
        raise Invalid(body=said("写点什么再发吧。"))
    if len(text) > LONGEST:
        raise Invalid(
            body=said("评论最多 %(most)d 个字，现在有 %(now)d 个。", most=LONGEST, now=len(text))
        )
    return text


async def _answered(place: Place, post_id: int, reply_to: int | None) -> Comment | None:
    if reply_to is None:
        return None
    try:
        return await comments.one(place, post_id, reply_to)
    except NotFound:
        raise Invalid(reply_to=said("你要回复的评论已经不在了。")) from None


async def _insert(place: Place, post_id: int, text: str, answered: Comment | None) -> int:
    made = await rows(
        """insert into comment (circle_id, post_id, root_id, reply_to, author_id, body, by_staff)
           values ($1, $2, $3, $4, $5, $6, $7) returning id""",
        place.circle.id,
        post_id,
        (answered.root_id or answered.id) if answered else None,
        answered.id if answered else None,
        place.member_id,
        text,
        circles.can_edit(place),
    )
    return int(made[0]["id"])


async def _tell(
    post: Post, answered: Comment | None, comment_id: int, text: str, author: int
) -> None:
    """Each person hears of it once: as answered, else as named, else as the post's author."""
    circle_id = post.circle_id
    told: dict[int, str] = {post.author_id: "comment"}
    for member_id in await naming.name(circle_id, post.id, comment_id, text):
        told[member_id] = "mention"
    if answered is not None:
        told[answered.author_id] = "reply"
    for member_id, kind in told.items():
        await concern(
            member_id,
            kind,
            actor_id=author,
            circle_id=circle_id,
            post_id=post.id,
            comment_id=comment_id,
        )
