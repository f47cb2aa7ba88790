"""The home page, read and drawn: a feed of many circles from the one drawing of each post."""

from dataclasses import dataclass

from quanzi.home import reading
from quanzi.home.reading import Followed, Item, Key
from quanzi.identity.sessions import Viewer
from quanzi.posts import drawing, liking
from quanzi.posts.feed import PAGE


@dataclass(frozen=True, slots=True)
class Shown:
    """`newest`: the key of the first post, from which on the page counts what is new."""

    circles: list[Followed]
    items: tuple[tuple[Item, str], ...]
    liked: list[int]
    newest: Key | None
    older: Key | None


async def show(viewer: Viewer, language: str, key: Key | None) -> Shown:
    circles = await reading.followed(viewer.member_id, PAGE + 1)
    page = await (reading.before(viewer.member_id, key) if key else reading.newest(circles))
    drawn = await drawing.drawings_of(
        [(item.circle_id, item.entry) for item in page.items], language
    )
    return Shown(
        circles=circles,
        items=tuple((item, drawn[item.entry.id]) for item in page.items if item.entry.id in drawn),
        liked=await liking.liked_of(
            viewer.member_id, [(item.circle_id, item.entry.id) for item in page.items]
        ),
        newest=page.items[0].key if page.items and key is None else None,
        older=page.older,
    )
