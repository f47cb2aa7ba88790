"""What editors have put together in a circle: its collections, and the best of it."""

from quanzi.db.engine import rows
from quanzi.demo.circles import Circle
from quanzi.demo.gallery import Gallery
from quanzi.demo.shelf import Shelf
from quanzi.demo.shelves import BEST, SHELVES


async def collect(circle: Circle, circle_id: int, hung: Gallery, ids: dict[str, int]) -> None:
    """`ids`: members by handle."""
    found = await rows("select id, body from post where circle_id = $1", circle_id)
    posts = {line["body"]: int(line["id"]) for line in found}
    for number, shelf in enumerate(SHELVES.get(circle.slug, ())):
        maps = [
            hung[circle.slug, "collection", str(number), str(place)].name if each.map else ""
            for place, each in enumerate(shelf.placed)
        ]
        cover = hung[circle.slug, "collection", str(number)].name
        collection_id = await _made(circle_id, shelf, cover, ids[shelf.by])
        await _place(circle_id, collection_id, shelf, maps, by=ids[shelf.by], posts=posts)
        await _wish(circle_id, collection_id, shelf, ids, posts)
    best = BEST.get(circle.slug, ())
    await rows(
        """insert into digested (circle_id, post_id, chosen_by, at)
           select $1, post, $3, now() - place * interval '7 hours'
           from unnest($2::bigint[]) with ordinality as best(post, place)""",
        circle_id,
        [_begins(posts, words) for words in best],
        ids[circle.keeper],
    )


async def _made(circle_id: int, shelf: Shelf, cover: str, by: int) -> int:
    [made] = await rows(
        """insert into collection (circle_id, state, title, intro, cover, made_by, created_at,
                                   published_at)
           values ($1, 'published', $2, $3, $4, $5, now() - interval '6 days',
                   now() - interval '5 days') returning id""",
        circle_id,
        shelf.title,
        shelf.intro,
        cover,
        by,
    )
    return int(made["id"])


async def _place(
    circle_id: int,
    collection_id: int,
    shelf: Shelf,
    maps: list[str],
    *,
    by: int,
    posts: dict[str, int],
) -> None:
    sections = await rows(
        """insert into collection_section (circle_id, collection_id, place, title)
           select $1, $2, place - 1, title
           from unnest($3::text[]) with ordinality as s(title, place) order by place
           returning id""",
        circle_id,
        collection_id,
        [title for title, _ in shelf.sections],
    )
    of = [
        section["id"]
        for (_, items), section in zip(shelf.sections, sections, strict=True)
        for _ in items
    ]
    await rows(
        """insert into collection_entry (circle_id, collection_id, post_id, section_id, place, title,
                                         note, metres, start, link, map, added_by)
           select $1, $2, post, section, place - 1, title, note, nullif(metres, 0), start, link, map,
                  $3
           from unnest($4::bigint[], $5::bigint[], $6::text[], $7::text[], $8::int[], $9::text[],
                       $10::text[], $11::text[])
                with ordinality as e(post, section, title, note, metres, start, link, map, place)""",
        circle_id,
        collection_id,
        by,
        [_begins(posts, each.post) for each in shelf.placed],
        of,
        [each.title for each in shelf.placed],
        [each.note for each in shelf.placed],
        [round(each.km * 1000) for each in shelf.placed],
        [each.start for each in shelf.placed],
        [each.link for each in shelf.placed],
        maps,
    )


async def _wish(
    circle_id: int, collection_id: int, shelf: Shelf, ids: dict[str, int], posts: dict[str, int]
) -> None:
    await rows(
        """insert into collection_suggestion (circle_id, collection_id, post_id, member_id, reason, at)
           select $1, $2, post, member, reason, now() - interval '3 hours'
           from unnest($3::bigint[], $4::bigint[], $5::text[]) as w(post, member, reason)""",
        circle_id,
        collection_id,
        [_begins(posts, words) for _, words, _ in shelf.wished],
        [ids[who] for who, _, _ in shelf.wished],
        [why for _, _, why in shelf.wished],
    )


def _begins(posts: dict[str, int], words: str) -> int:
    [found] = [number for body, number in posts.items() if body.startswith(words)]
    return found
