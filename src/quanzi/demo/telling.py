"""A circle's last days, written as if its people had lived them: in order, with their numbers."""

from datetime import datetime

from quanzi import clock
from quanzi.db.engine import rows
from quanzi.demo.circles import Circle
from quanzi.demo.gallery import Gallery
from quanzi.demo.people import PEOPLE
from quanzi.demo.post import Post
from quanzi.demo.posts import POSTS
from quanzi.posts import drafts

PARTNER_OF = {person.handle: person.partner for person in PEOPLE}


async def tell(circle: Circle, circle_id: int, hung: Gallery, ids: dict[str, int]) -> None:
    """Posts, pictures, topics, pins, and the log with a number for each. `ids`: by handle."""
    told = _in_order(circle)
    posts = await _posts(circle, circle_id, told, ids)
    await _pictures(circle_id, hung, circle, posts)
    await _topics(circle_id, posts)
    await _pins(circle_id, posts, ids[circle.keeper])
    await _log(circle_id, ids[circle.keeper])


Told = tuple[int, Post, datetime]


def _in_order(circle: Circle) -> list[Told]:
    """(number as written down, post, moment), by their moments: a later post has a higher number."""
    now = clock.now()
    told = [(number, post, post.moment(now)) for number, post in enumerate(POSTS[circle.slug])]
    return sorted(told, key=lambda each: each[2])


async def _posts(
    circle: Circle, circle_id: int, told: list[Told], ids: dict[str, int]
) -> dict[int, tuple[int, Post]]:
    """number as written down → (post's id, post)."""
    out = [number for number, post, _ in told if not post.planned]
    seqs = {number: seq for seq, number in enumerate(out, start=1)}
    made = await rows(
        """insert into post (circle_id, author_id, state, seq, body, by_staff, publish_at,
                             published_at, created_at)
           select $1, author, case when seq is null then 'scheduled' else 'published' end, seq,
                  body, by_staff, case when seq is null then moment end,
                  case when seq is not null then moment end, least(moment, now())
           from unnest($2::bigint[], $3::bigint[], $4::text[], $5::boolean[], $6::timestamptz[])
                as told(author, seq, body, by_staff, moment)
           returning id""",
        circle_id,
        [ids[post.by] for _, post, _ in told],
        [seqs.get(number) for number, _, _ in told],
        [post.body for _, post, _ in told],
        [PARTNER_OF[post.by] == circle.partner for _, post, _ in told],
        [moment for _, _, moment in told],
    )
    return {number: (line["id"], post) for line, (number, post, _) in zip(made, told, strict=True)}


async def _pictures(
    circle_id: int, hung: Gallery, circle: Circle, posts: dict[int, tuple[int, Post]]
) -> None:
    pictures = [
        (hung[circle.slug, str(number), str(place)], post_id, place)
        for number, (post_id, post) in posts.items()
        for place in range(len(post.drawings))
    ]
    await rows(
        """insert into image (circle_id, name, post_id, place, width, height, colour)
           select $1, * from unnest($2::text[], $3::bigint[], $4::int[], $5::int[], $6::int[],
                                    $7::text[])""",
        circle_id,
        [picture.name for picture, _, _ in pictures],
        [post_id for _, post_id, _ in pictures],
        [place for _, _, place in pictures],
        [picture.painted.width for picture, _, _ in pictures],
        [picture.painted.height for picture, _, _ in pictures],
        [picture.painted.colour for picture, _, _ in pictures],
    )


async def _topics(circle_id: int, posts: dict[int, tuple[int, Post]]) -> None:
    named = [
        (post_id, topic)
        for post_id, post in posts.values()
        for topic in drafts.topics_in(post.body)
    ]
    await rows(
        """insert into topic (circle_id, name, post_id, seq)
           select $1, name, post_id, (select seq from post where circle_id = $1 and id = post_id)
           from unnest($2::text[], $3::bigint[]) as named(name, post_id)""",
        circle_id,
        [topic for _, topic in named],
        [post_id for post_id, _ in named],
    )


async def _pins(circle_id: int, posts: dict[int, tuple[int, Post]], keeper: int) -> None:
    pinned = [(post_id, post.pin) for post_id, post in posts.values() if post.pin]
    await rows(
        """insert into pin (circle_id, post_id, slot, state, pinned_by)
           select $1, post, slot, 'shown', $4 from unnest($2::bigint[], $3::int[]) as up(post, slot)""",
        circle_id,
        [post_id for post_id, _ in pinned],
        [slot for _, slot in pinned],
        keeper,
    )
    await rows("insert into pin_board (circle_id, version) values ($1, 1)", circle_id)


async def _log(circle_id: int, keeper: int) -> None:
    """One event for each post, and one for the pins."""
    await rows(
        """insert into circle_event (circle_id, seq, op, subject_id, version, actor_id, at)
           select circle_id, seq, 'post.published', id, version, author_id, published_at
           from post where circle_id = $1 and state = 'published'""",
        circle_id,
    )
    await rows(
        """with last as (select max(seq) + 1 as seq, max(at) as at from circle_event
                         where circle_id = $1),
                head as (insert into circle_head (circle_id, head) select $1, seq from last)
           insert into circle_event (circle_id, seq, op, subject_id, version, actor_id, at)
           select $1, seq, 'pins.changed', $1, 1, $2, at from last""",
        circle_id,
        keeper,
    )
