"""The service that a post carries. The services' own room stands above this one: here is only what a
post shows of one, asked of its table.
"""

import json
from dataclasses import dataclass

from quanzi.circles.access import Place
from quanzi.db.engine import rows
from quanzi.db.transaction import transaction
from quanzi.errors import Conflict, Invalid, NotAllowed, NotFound, said
from quanzi.posts import policy

MOST_CHOICES = 50


@dataclass(frozen=True, slots=True)
class Offer:
    """A service, as far as its small card shows it.

    `state`: 'shown', 'ended', 'waiting' for its start, 'limited' to some, or 'gone'; without a title
    in the last three, since everybody reads the post.
    """

    id: int
    title: str
    price: str
    picture: str
    state: str


# Of the post called `p`.
CARRIED = """
    (select json_build_array(s.id, case when f.told then s.title else '' end,
                             case when f.told then s.price else '' end,
                             case when f.told then s.picture else '' end, f.state)
     from carried_service v
     join service s on s.circle_id = v.circle_id and s.id = v.service_id,
     lateral (select s.segment = 'everyone' and s.state in ('shown', 'ended') as told,
                     case when s.state in ('draft', 'removed', 'deleted') then 'gone'
                          when s.segment <> 'everyone' then 'limited' else s.state end as state) f
     where v.circle_id = p.circle_id and v.post_id = p.id)"""


def read(kept: str | None) -> Offer | None:
    return Offer(*json.loads(kept)) if kept else None


async def choices(place: Place) -> list[Offer]:
    """What a post may carry here, in the partner's order; nothing for who may not choose."""
    if not policy.can_carry(place):
        return []
    found = await rows(
        f"""select id, title, price, picture, state from service
            where circle_id = $1 and state in ('shown', 'waiting') and segment = 'everyone'
            order by place, id limit {MOST_CHOICES}""",
        place.circle.id,
    )
    return [Offer(*line) for line in found]


async def leave(place: Place, post_id: int) -> bool:
    """A post that waits comes out without it. Whether it carried one. Raises NotFound, NotAllowed,
    Conflict for one that is out.
    """
    async with transaction():
        found = await rows(
            """select p.state, p.author_id, p.by_staff from post p
               where p.circle_id = $1 and p.id = $2 and p.state <> 'removed' for update""",
            place.circle.id,
            post_id,
        )
        if not found:
            raise NotFound
        if not (policy.can_carry(place) and found[0]["by_staff"]):
            raise NotAllowed
        if found[0]["state"] == "published":
            raise Conflict
        left = await rows(
            "delete from carried_service where circle_id = $1 and post_id = $2 returning 1",
            place.circle.id,
            post_id,
        )
    return bool(left)


async def hold(circle_id: int, service_id: int | None) -> None:
    """Who changes it at this moment is waited for: they tell anew the posts that they find. Before the
    post's and the circle's row are locked, as they do. Of none nothing.
    """
    if not service_id:
        return
    await rows(
        "select 1 from service where circle_id = $1 and id = $2 for share", circle_id, service_id
    )


async def carry(circle_id: int, post_id: int, service_id: int) -> None:
    """In the transaction that writes the post. Raises Invalid for what everybody cannot see."""
    carried = await rows(
        """insert into carried_service (circle_id, post_id, service_id, version)
           select circle_id, $2, id, version from service
           where circle_id = $1 and id = $3 and state in ('shown', 'waiting')
             and segment = 'everyone' returning 1""",
        circle_id,
        post_id,
        service_id,
    )
    if not carried:
        raise Invalid(service=said("这项服务现在不能附上，请换一项。"))


async def change(circle_id: int, post_id: int, service_id: int) -> None:
    """Another one from now on; 0 for none. In the transaction that edits the post, which holds the
    service before the post. Raises Invalid for what everybody cannot see.
    """
    await rows(
        "delete from carried_service where circle_id = $1 and post_id = $2", circle_id, post_id
    )
    if service_id:
        await carry(circle_id, post_id, service_id)
