"""Changing the words of a post."""

from quanzi.activity.recording import record
from quanzi.circles.access import Place
from quanzi.db.engine import rows
from quanzi.db.transaction import transaction
from quanzi.errors import Conflict, Invalid, NotAllowed
from quanzi.posts import drafts, holding, indexing, naming, policy, reading


async def edit(place: Place, post_id: int, body: str, version: int) -> int:
    """The number of the event; the same text again is no event and answers 0.

    Raises NotFound, NotAllowed, Invalid, and Conflict when `version` is not the present one.
    """
    text = drafts.clean(body)
    async with transaction():
        post = await reading.locked(place, post_id)
        if not policy.can_edit_post(place, post):
            raise NotAllowed
        wrong = drafts.body_faults(text)
        if wrong:
            raise Invalid(**wrong)
        if post.version != version:
            raise Conflict
        if post.body == text:
            return 0
        holding.with_links(place, text, post.body)
        await rows(
            """update post set body = $3, version = version + 1, edited_at = now()
               where circle_id = $1 and id = $2""",
            place.circle.id,
            post_id,
            text,
        )
        await _retopic(place.circle.id, post_id, post.body, text)
        named = await naming.name(place.circle.id, post_id, 0, text)
        if post.state != "published":
            return 0
        await indexing.write(place.circle.id, post_id)
        await naming.tell(named, place.member_id, place.circle.id, post_id)
        return await record(place.circle.id, "post.edited", post_id, version + 1, place.member_id)


async def _retopic(circle_id: int, post_id: int, before: str, after: str) -> None:
    """Topics that stood in the text follow it; those chosen beside it stay."""
    old, new = drafts.topics_in(before), drafts.topics_in(after)
    await rows(
        "delete from topic where circle_id = $1 and post_id = $2 and name = any($3::text[])",
        circle_id,
        post_id,
        [name for name in old if name not in new],
    )
    await rows(
        """insert into topic (circle_id, name, post_id, seq)
           select $1, name, $2, (select seq from post where circle_id = $1 and id = $2)
           from unnest($3::text[]) as added(name) on conflict do nothing""",
        circle_id,
        post_id,
        list(new),
    )
