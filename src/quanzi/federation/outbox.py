"""What was written in a circle, the newest first, for servers that come to look."""

from quanzi.activity import reading as log
from quanzi.db.engine import row
from quanzi.federation import documents, news
from quanzi.federation.documents import Document
from quanzi.federation.openings import Opening
from quanzi.posts import feed, reading
from quanzi.posts.reading import Post

NEWEST = 2**62
# A larger figure says no more, and takes long to find.
MOST_COUNTED = 10_000


async def whole(opening: Opening) -> Document:
    found = await row(
        f"""select count(*) as n from (select 1 from post where circle_id = $1
                and state = 'published' limit {MOST_COUNTED}) counted""",
        opening.place.circle.id,
    )
    outbox = opening.actors.outbox
    count = found["n"] if found else 0
    return documents.collection(outbox, count, first=f"{outbox}?before={NEWEST}")


async def page(opening: Opening, before: int) -> Document:
    """Older than this number."""
    newest = await feed.before(opening.place.circle.id, before)
    found = await reading.some(opening.place.circle.id, [entry.id for entry in newest.entries])
    epoch = await log.epoch()
    outbox = opening.actors.outbox
    told: Document = {
        "id": f"{outbox}?before={before}",
        "type": "OrderedCollectionPage",
        "partOf": outbox,
        "orderedItems": [
            news.announce(opening.actors, found[entry.id], f"{epoch}-{entry.seq}")
            for entry in newest.entries
            if entry.id in found
        ],
    }
    if newest.older is not None:
        told["next"] = f"{outbox}?before={newest.older}"
    return told


async def one(opening: Opening, post_id: int) -> Post | None:
    return (await reading.some(opening.place.circle.id, [post_id])).get(post_id)


async def was_there(opening: Opening, post_id: int) -> bool:
    """Whether it was out once: what never was has left no stone."""
    found = await row(
        "select 1 from post where circle_id = $1 and id = $2 and seq is not null",
        opening.place.circle.id,
        post_id,
    )
    return found is not None
