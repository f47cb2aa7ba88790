"""The circle's page, read in one snapshot: its number, its pins, its services, its feed."""

import json
from dataclasses import dataclass

from quanzi.circles.access import Place
from quanzi.curation import live, offers
from quanzi.curation.board import Board, Pinned
from quanzi.db.engine import row
from quanzi.posts import feed, liking
from quanzi.posts.drawing import drawings
from quanzi.posts.feed import ENTRY, Entry, Page


@dataclass(frozen=True, slots=True)
class Shown:
    """What stands on the page, drawn. `seq`: the number up to which all of it is current.

    `post_ids`: what is on it, pinned or not, each once.
    """

    seq: int
    followers: int
    pins: str
    offers: str
    liked: list[int]
    posts: tuple[tuple[Entry, str], ...]
    page: Page
    first: bool
    post_ids: tuple[int, ...]

    @property
    def hearts(self) -> str:
        """As the feed carries which of its posts they like."""
        return " ".join(map(str, self.liked))


# One statement has one snapshot: the number and the content cannot disagree.
SNAPSHOT = f"""
    with newest as materialized (
            select {ENTRY} from post p
            where p.circle_id = $1 and p.state = 'published'
            order by p.seq desc limit {feed.PAGE + 1}),
        pinned as materialized (
            select n.slot, {ENTRY} from pin n
            join post p on p.circle_id = n.circle_id and p.id = n.post_id
            where n.circle_id = $1 and n.state = 'shown')
    select h.head,
        (select json_build_array(coalesce(max(b.version), 0)) from pin_board b
         where b.circle_id = $1) as board,
        (select json_agg(json_build_array(f.slot, f.id, f.version, f.comments, f.likes)
                         order by f.slot) from pinned f) as pins,
        (select json_agg(json_build_array(f.id, f.version, f.seq, f.comments, f.likes)
                         order by f.seq desc) from newest f) as newest,
        (select array_agg(l.post_id) from liking l
         where l.circle_id = $1 and l.member_id = $2
           and l.post_id in (select id from newest union all select id from pinned)) as liked,
        (select coalesce(sum(t.n), 0)::bigint from tally t where t.circle_id = $1
         and t.kind = 'followers' and t.subject_id = $1) as followers,
        {offers.SHELF} as shelf
    from circle_head h where h.circle_id = $1
"""


async def show(
    place: Place, language: str, *, before: int | None, after: int | None, topic: str
) -> Shown:
    circle_id = place.circle.id
    found = await row(SNAPSHOT, circle_id, place.member_id)
    if found is None:
        raise LookupError(f"circle {circle_id} has no log")
    page = _first_page(json.loads(found["newest"] or "[]"))
    liked: list[int] = found["liked"] or []
    first = before is None and after is None and not topic
    if not first:
        page = await _other_page(circle_id, before, after, topic)
        liked += await liking.liked(place, [entry.id for entry in page.entries])
    board = Board(
        json.loads(found["board"])[0],
        tuple(Pinned(*pin) for pin in json.loads(found["pins"] or "[]")),
    )
    drawn = await drawings(circle_id, page.entries, language)
    return Shown(
        seq=found["head"],
        followers=found["followers"],
        liked=liked,
        pins=await live.draw(circle_id, board, language),
        offers=offers.draw(place.circle, offers.read(found["shelf"]), language),
        posts=tuple((entry, drawn[entry.id]) for entry in page.entries if entry.id in drawn),
        page=page,
        first=first,
        post_ids=tuple(
            dict.fromkeys(
                [each.post_id for each in board.pins if first] + [each.id for each in page.entries]
            )
        ),
    )


def _first_page(newest: list[list[int]]) -> Page:
    entries = tuple(Entry(*each) for each in newest)
    older = entries[feed.PAGE - 1].seq if len(entries) > feed.PAGE else None
    return Page(entries[: feed.PAGE], None, older)


async def _other_page(circle_id: int, before: int | None, after: int | None, topic: str) -> Page:
    if after is not None:
        return await feed.after(circle_id, after, topic)
    page = await feed.before(circle_id, before if before is not None else 2**62, topic)
    return page if before is not None else Page(page.entries, None, page.older)
