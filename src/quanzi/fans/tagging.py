"""Putting a tag on fans and taking it off: by hand."""

from collections.abc import Collection

from quanzi.circles.access import Place
from quanzi.db.engine import rows
from quanzi.db.transaction import transaction
from quanzi.errors import Conflict, Invalid, NotAllowed, said
from quanzi.fans import policy, tags

AT_ONCE = 100


async def put(place: Place, tag_id: int, member_ids: Collection[int]) -> int:
    """On how many it was not before; who does not follow gets none.

    Raises NotFound, NotAllowed; Conflict for a tag that a rule puts on.
    """
    return await _changed(
        place,
        tag_id,
        member_ids,
        """insert into fan_tagged (circle_id, tag_id, member_id)
           select f.circle_id, $2, f.member_id from follow f
           where f.circle_id = $1 and f.member_id = any($3::bigint[])
           order by f.member_id for key share
           on conflict do nothing returning 1""",
    )


async def take(place: Place, tag_id: int, member_ids: Collection[int]) -> int:
    """From how many it went. Raises as `put` does."""
    return await _changed(
        place,
        tag_id,
        member_ids,
        """delete from fan_tagged
           where circle_id = $1 and tag_id = $2 and member_id = any($3::bigint[]) returning 1""",
    )


async def by_handle(
    place: Place, tag_id: int, *, put_on: Collection[str], taken: Collection[str]
) -> tuple[int, int]:
    """As `put` and `take`, both or neither, of those among them who follow. Raises as they do, and
    Invalid for more than AT_ONCE.
    """
    if len(put_on) + len(taken) > AT_ONCE:
        raise Invalid(put=said("一次最多 %(most)d 个人。", most=AT_ONCE))
    async with transaction():
        on = await put(place, tag_id, await _followers(place, put_on))
        return on, await take(place, tag_id, await _followers(place, taken))


async def _followers(place: Place, handles: Collection[str]) -> list[int]:
    found = await rows(
        """select m.id from member m join follow f on f.circle_id = $1 and f.member_id = m.id
           where m.handle = any($2::text[])""",
        place.circle.id,
        [each.lower() for each in handles if "\x00" not in each],
    )
    return [line["id"] for line in found]


async def _changed(place: Place, tag_id: int, member_ids: Collection[int], deed: str) -> int:
    if not policy.can_manage(place):
        raise NotAllowed
    circle_id = place.circle.id
    async with transaction():
        tag = await tags.one(circle_id, tag_id)
        if tag.rule is not None:
            raise Conflict(said("“%(name)s”由规则来打，不能手动改。", name=tag.name))
        return len(await rows(deed, circle_id, tag_id, sorted(member_ids)[:AT_ONCE]))
