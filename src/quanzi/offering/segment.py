"""For whom a service is. One question on a loaded place, asked of a person for all services at once:
which kinds of people they are among. Kinds that need more than a place knows come here by that too.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Protocol

from quanzi.circles import policy as circles
from quanzi.circles.access import Place
from quanzi.errors import Said, said
from quanzi.fans import segments

NEW_FOR_DAYS = 7

KINDS: Mapping[str, Said] = {
    "everyone": said("所有人"),
    "followers": said("关注了圈子的人"),
    "verified": said("实名认证的人"),
    "credit": said("信用分达到一定分数的人"),
    "newcomers": said("刚关注的人（关注不满 7 天）"),
    "segment": said("一个分群里的粉丝"),
}


class For(Protocol):
    """Something that is for some people. `within`: whether who asks is in the segment that it names;
    known only of what was read for them, by `within_segments`.
    """

    @property
    def segment(self) -> str: ...
    @property
    def least(self) -> int: ...
    @property
    def within(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Among:
    """The kinds of people that somebody is among; and of those with a figure, up to which."""

    kinds: frozenset[str]
    credit: int


def among(place: Place) -> Among:
    """Who speaks for the partner, or watches for the platform, sees what anybody sees."""
    if place.viewer is None:
        return Among(frozenset({"everyone"}), 0)
    if _sees_all(place):
        return Among(frozenset(KINDS), 2**31 - 1)
    is_one = {
        "everyone": True,
        "followers": place.follows,
        "verified": place.verified,
        "credit": True,
        "newcomers": place.follows and place.follows_days < NEW_FOR_DAYS,
        # In which, only the database knows.
        "segment": place.follows,
    }
    return Among(frozenset(kind for kind, is_so in is_one.items() if is_so), place.credit)


def fits(place: Place, thing: For) -> bool:
    if thing.segment == "segment" and not (_sees_all(place) or thing.within):
        return False
    who = among(place)
    return thing.segment in who.kinds and thing.least <= who.credit


async def within_segments(place: Place, segment_ids: Collection[int]) -> frozenset[int]:
    """Of these segments of the partner's, those that the viewer is in: one query for all of them, and
    none where there are none.
    """
    if place.member_id is None or not place.follows or _sees_all(place):
        return frozenset()
    return await segments.among(place.circle.id, place.member_id, segment_ids)


def _sees_all(place: Place) -> bool:
    return place.viewer is not None and (circles.is_staff(place) or bool(place.platform_role))


def called(thing: For) -> Said:
    """As its card says it."""
    match thing.segment:
        case "credit":
            return said("信用分 %(least)d 以上可见", least=thing.least)
        case "followers":
            return said("关注者可见")
        case "verified":
            return said("实名认证用户可见")
        case "newcomers":
            return said("新关注者可见")
        case "segment":
            return said("部分粉丝可见")
    return said("所有人可见")


# The same in SQL, of a service called `s`: kinds and credit follow as two parameters.
def condition(first: int) -> str:
    return f"(s.segment = any(${first}::text[]) and s.least <= ${first + 1})"
