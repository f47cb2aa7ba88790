"""Who follows whom: those who meet in circles, the same at every load."""

import random

from quanzi.db.engine import rows
from quanzi.demo.people import PEOPLE

# The first of them talk a lot and are followed by many.
KNOWN = ("joyrun-owner", "laozhou", "nanfeng", "momo", "tuantuan", "ashu", "xiaolan")
XIAOLAN = ("laozhou", "nanfeng", "momo", "joyrun-editor")
APART = {"admin", "moderator", "newbie", "xiaolan"}
FOLLOWING_KNOWN, FOLLOWING_OTHERS = 0.5, 0.08


async def acquaint(ids: dict[str, int]) -> None:
    """`ids`: members by handle. Once: what people changed since stays as it is."""
    if await rows("select 1 from member_follow limit 1"):
        return
    pairs = _pairs()
    chance = random.Random("quanzi since")  # noqa: S311 - who met when, not a secret
    await rows(
        """insert into member_follow (follower_id, member_id, since)
           select fan, known, now() - hours * interval '1 hour'
           from unnest($1::bigint[], $2::bigint[], $3::int[]) as met(fan, known, hours)""",
        [ids[fan] for fan, _ in pairs],
        [ids[known] for _, known in pairs],
        [chance.randrange(4, 900) for _ in pairs],
    )
    await rows(
        """insert into member_figure (member_id, slot, followers, following)
           select who, 0, sum(followers), sum(following)
           from (select member_id as who, 1 as followers, 0 as following from member_follow
                 union all select follower_id, 0, 1 from member_follow) counted
           group by who"""
    )


def _pairs() -> list[tuple[str, str]]:
    """(who follows, whom), each once."""
    chance = random.Random("quanzi people")  # noqa: S311 - the same
    fans = [person.handle for person in PEOPLE if person.handle not in APART]
    pairs = {("xiaolan", known) for known in XIAOLAN}
    for fan in fans:
        for other in (
            person.handle for person in PEOPLE if person.handle not in APART - {"xiaolan"}
        ):
            likely = FOLLOWING_KNOWN if other in KNOWN else FOLLOWING_OTHERS
            if fan != other and chance.random() < likely:
                pairs.add((fan, other))
    return sorted(pairs)
