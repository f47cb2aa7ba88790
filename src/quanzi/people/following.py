"""Following people, and who follows whom."""

import random
from dataclasses import dataclass
from datetime import datetime

from quanzi.activity.concerning import concern
from quanzi.activity.tallying import SLOTS
from quanzi.db.engine import rows
from quanzi.db.transaction import transaction
from quanzi.errors import Conflict, SignInFirst, said
from quanzi.identity.sessions import Viewer
from quanzi.people import policy, profile

PAGE = 40

Key = tuple[datetime, int]


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody in a list of followers, or of followed people."""

    member_id: int
    handle: str
    name: str
    since: datetime


async def follow(viewer: Viewer | None, handle: str) -> bool:
    """Whether they did not follow them before. Raises NotFound; Conflict for oneself."""
    if viewer is None:
        raise SignInFirst
    who = await profile.member(handle)
    if not policy.can_follow(viewer, who["id"]):
        raise Conflict(said("不用关注自己。"))
    async with transaction():
        new = await rows(
            """insert into member_follow (follower_id, member_id) values ($1, $2)
               on conflict do nothing returning 1""",
            viewer.member_id,
            who["id"],
        )
        if new:
            await _count(viewer.member_id, who["id"], 1)
            await concern(who["id"], "follow", actor_id=viewer.member_id)
    return bool(new)


async def unfollow(viewer: Viewer | None, handle: str) -> bool:
    """Whether they did follow them. Who has been suspended can be left, too."""
    if viewer is None:
        raise SignInFirst
    async with transaction():
        gone = await rows(
            """delete from member_follow where follower_id = $1
               and member_id = (select id from member where handle = $2) returning member_id""",
            viewer.member_id,
            handle.lower(),
        )
        for line in gone:
            await _count(viewer.member_id, line["member_id"], -1)
    return bool(gone)


async def followers(member_id: int, before: Key | None) -> list[Known]:
    """The latest first; one more than a page when there are more. `before`: since and member."""
    return await _listed(member_id, before, of="member_id", shown="follower_id")


async def followed(member_id: int, before: Key | None) -> list[Known]:
    """Whom they follow, in the same way."""
    return await _listed(member_id, before, of="follower_id", shown="member_id")


async def forget(member_id: int, most: int) -> int:
    """Take back so many follows of theirs and of others: they leave. Answers how many it were."""
    async with transaction():
        gone = await rows(
            """delete from member_follow f using (
                   (select follower_id, member_id from member_follow where follower_id = $1 limit $2)
                   union all
                   (select follower_id, member_id from member_follow where member_id = $1 limit $2)
               ) theirs
               where f.follower_id = theirs.follower_id and f.member_id = theirs.member_id
               returning f.follower_id, f.member_id""",
            member_id,
            most,
        )
        for line in gone:
            await _count(line["follower_id"], line["member_id"], -1)
    return len(gone)


async def _listed(member_id: int, before: Key | None, *, of: str, shown: str) -> list[Known]:
    found = await rows(
        f"""select m.id, m.handle, m.name, f.since
            from member_follow f join member m on m.id = f.{shown}
            where f.{of} = $1 and m.suspended_at is null
              and ($2::timestamptz is null or (f.since, f.{shown}) < ($2, $3))
            order by f.since desc, f.{shown} desc limit {PAGE + 1}""",
        member_id,
        *(before or (None, 0)),
    )
    return [Known(*line) for line in found]


async def _count(follower_id: int, member_id: int, by: int) -> None:
    # In the order of ids: two who follow each other at the same time must not wait in a ring.
    await rows(
        """insert into member_figure (member_id, slot, followers, following)
           select who, $4, followers, following
           from (values ($1::bigint, 0, $3::int), ($2::bigint, $3::int, 0))
                as changed(who, followers, following) order by who
           on conflict (member_id, slot) do update
           set followers = member_figure.followers + excluded.followers,
               following = member_figure.following + excluded.following""",
        follower_id,
        member_id,
        by,
        random.randrange(SLOTS),  # noqa: S311 - spread only
    )
