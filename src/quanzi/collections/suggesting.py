"""What members would put into a collection, and what its editors say to that."""

from collections.abc import Sequence

import asyncpg

from quanzi.activity.concerning import concern
from quanzi.circles import thresholds
from quanzi.circles.access import Place
from quanzi.collections import changing, collecting, policy, reading, wording
from quanzi.db.engine import row, rows
from quanzi.db.transaction import transaction
from quanzi.errors import Conflict, Invalid, NotAllowed, NotFound, said
from quanzi.posts import reading as posts
from quanzi.screening import pages

REASON_LONGEST = 100
PAGE = 20


async def suggest(place: Place, post_id: int, collection_id: int, reason: str) -> None:
    """The same again is as good as once. Raises NotAllowed, Barred, NotFound, Invalid; Conflict when
    they suggested this post for another one.
    """
    if not policy.can_suggest(place):
        raise NotAllowed
    thresholds.ask(place, "comment")
    await posts.published(place, post_id)
    reason = wording.one_line(reason)
    if not 1 <= len(reason) <= REASON_LONGEST:
        raise Invalid(reason=said("请写一句推荐的理由，最多 %(most)d 个字。", most=REASON_LONGEST))
    chosen = {each.id: each for each in await choices(place, post_id)}.get(collection_id)
    if chosen is None:
        raise Invalid(collection_id=said("请选择一个合集。"))
    if chosen.has:
        raise Invalid(collection_id=said("这篇帖子已经在这个合集里了。"))
    await pages.check(reason=reason)
    async with transaction():
        new = await rows(
            """insert into collection_suggestion (circle_id, collection_id, post_id, member_id, reason)
               values ($1, $2, $3, $4, $5)
               on conflict (circle_id, post_id, member_id) do nothing returning 1""",
            place.circle.id,
            collection_id,
            post_id,
            place.member_id,
            reason,
        )
        if not new and await _elsewhere(place, post_id, collection_id):
            raise Conflict(said("你已经推荐过这篇帖子了，每篇只能推荐一次。"))


async def accept(place: Place, suggestion_id: int) -> int:
    """The post goes into the collection, and the member hears of it. The number of the event. Raises
    NotAllowed, NotFound, Invalid when it is full.
    """
    if not policy.can_collect(place):
        raise NotAllowed
    async with transaction():
        wished = await _open(place, suggestion_id)
        # First the collection: what is locked is locked in the same order by all.
        await changing.lock(place, wished["collection_id"])
        await _decide(place, suggestion_id, "accepted")
        await concern(
            wished["member_id"],
            "suggestion.accepted",
            actor_id=place.member_id,
            circle_id=place.circle.id,
            post_id=wished["post_id"],
            note=str(wished["collection_id"]),
        )
        return await collecting.add(place, wished["collection_id"], wished["post_id"])


async def decline(place: Place, suggestion_id: int) -> None:
    """Raises NotAllowed, NotFound."""
    if not policy.can_collect(place):
        raise NotAllowed
    async with transaction():
        await _open(place, suggestion_id)
        await _decide(place, suggestion_id, "declined")


async def choices(place: Place, post_id: int) -> list[reading.Choice]:
    """What a member may suggest it for."""
    return await reading.choices(place.circle.id, post_id, drafts=False)


async def waiting(
    place: Place, before: int | None, collection_id: int | None = None
) -> Sequence[asyncpg.Record]:
    """What is to be decided, the latest first, of one collection or of all; one more than a page when
    there are more. What has been removed meanwhile is not among them.
    """
    return await rows(
        f"""select s.id, s.collection_id, s.post_id, s.reason, s.at, k.title, m.handle,
                   m.name as member, left(p.body, 120) as body, a.name as author
            from collection_suggestion s
            join collection k on k.circle_id = s.circle_id and k.id = s.collection_id
            join post p on p.circle_id = s.circle_id and p.id = s.post_id and p.state = 'published'
            join member m on m.id = s.member_id join member a on a.id = p.author_id
            where s.circle_id = $1 and s.state = 'open' and ($2::bigint is null or s.id < $2)
              and ($3::bigint is null or s.collection_id = $3)
            order by s.id desc limit {PAGE + 1}""",
        place.circle.id,
        before,
        collection_id,
    )


async def _open(place: Place, suggestion_id: int) -> asyncpg.Record:
    found = await row(
        """select * from collection_suggestion
           where circle_id = $1 and id = $2 and state = 'open'""",
        place.circle.id,
        suggestion_id,
    )
    if found is None:
        raise NotFound
    return found


async def _decide(place: Place, suggestion_id: int, state: str) -> None:
    decided = await rows(
        """update collection_suggestion set state = $3, decided_by = $4
           where circle_id = $1 and id = $2 and state = 'open' returning 1""",
        place.circle.id,
        suggestion_id,
        state,
        place.member_id,
    )
    if not decided:
        raise NotFound


async def _elsewhere(place: Place, post_id: int, collection_id: int) -> bool:
    found = await row(
        """select collection_id from collection_suggestion
           where circle_id = $1 and post_id = $2 and member_id = $3""",
        place.circle.id,
        post_id,
        place.member_id,
    )
    return found is not None and found["collection_id"] != collection_id
