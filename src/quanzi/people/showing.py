"""A member's page, read and drawn: each post by its one drawing."""

from collections.abc import Sequence
from dataclasses import dataclass

import asyncpg

from quanzi.identity.sessions import Viewer
from quanzi.people import feed, profile
from quanzi.people.feed import Item, Key
from quanzi.people.profile import Profile
from quanzi.posts import drawing, liking


@dataclass(frozen=True, slots=True)
class Shown:
    profile: Profile
    interests: Sequence[asyncpg.Record]
    circles: Sequence[asyncpg.Record]
    items: tuple[tuple[Item, str], ...]
    liked: list[int]
    older: Key | None


async def show(handle: str, viewer: Viewer | None, language: str, before: Key | None) -> Shown:
    """Raises NotFound."""
    who = await profile.profile(handle, viewer)
    page = await feed.posts(who.member["id"], viewer, before)
    drawn = await drawing.drawings_of([(i.circle_id, i.entry) for i in page.items], language)
    posts = [(i.circle_id, i.entry.id) for i in page.items]
    return Shown(
        profile=who,
        interests=await profile.interests(who.member["id"]) if before is None else (),
        circles=await _circles(who) if before is None else (),
        items=tuple((i, drawn[i.entry.id]) for i in page.items if i.entry.id in drawn),
        liked=await liking.liked_of(viewer.member_id, posts) if viewer else [],
        older=page.older,
    )


async def _circles(who: Profile) -> Sequence[asyncpg.Record]:
    if not who.mine and not who.circles_shown:
        return ()
    return await profile.circles(who.member["id"])
