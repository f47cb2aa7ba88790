"""Posts: read, written, changed, taken away."""

import uuid
from dataclasses import replace

from litestar import Response, delete, get, patch, post
from litestar.params import FromPath, FromQuery, JSONBody

from quanzi.circles.access import Place
from quanzi.circles.routes import places
from quanzi.curation import composing
from quanzi.errors import Conflict, NotAllowed, Outdated
from quanzi.platform import answers, once_key, shapes, telling
from quanzi.platform.answers import type_of_request
from quanzi.platform.asked import END, LIMIT, After, Fields, Key, Seen, Size
from quanzi.platform.documented import CHANGE, DEED, READ, WRITE
from quanzi.posts import drafts, editing, feed, pictures, policy, reading, removing
from quanzi.posts.drafts import TOPIC_LONGEST, Draft
from quanzi.web import limits
from quanzi.web.forms import SMALL_FORM
from quanzi.web.origins import own_origin

# Pictures of a post together, in base64: it is read as one document, and in one go.
MOST_DOCUMENT = 32 * 1024 * 1024


@get(
    "/circles/{circle:str}/posts",
    opt={"scope": "circles:read"},
    summary="A circle's posts, the newest first",
    **READ,
)
async def list_posts(
    request: type_of_request,
    circle: FromPath[str],
    *,
    topic: FromQuery[str] = "",
    after: After = END,
    limit: Size = LIMIT,
    fields: Fields = "",
) -> Response[list[shapes.Post]]:
    """`topic`: only those under it."""
    place = await places.place(request, circle)
    found = await feed.before(place.circle.id, after, topic[:TOPIC_LONGEST], size=limit)
    posts = await reading.some(place.circle.id, [entry.id for entry in found.entries])
    told = [
        telling.post(own_origin(request), posts[entry.id])
        for entry in found.entries
        if entry.id in posts
    ]
    return answers.page(request, shapes.Post, told, found.older, fields)


@post(
    "/circles/{circle:str}/posts",
    opt={"scope": "posts:write"},
    summary="Write a post, now or for later",
    request_max_body_size=MOST_DOCUMENT,
    status_code=201,
    **WRITE,
)
async def write_post(
    request: type_of_request, circle: FromPath[str], data: JSONBody[shapes.NewPost], key: Key = ""
) -> Response[shapes.Written]:
    """The same `Idempotency-Key` again writes nothing twice and is answered the same."""
    place = await places.place_for_deed(request, circle)
    if not policy.can_post(place):
        raise NotAllowed
    await limits.hold(limits.POSTING, place.member_id)
    draft = _draft(place, data, once_key.of(key))
    async with pictures.taken_in([each.data for each in data.images]) as taken:
        written = await composing.compose(place, draft, taken)
    if written.again:
        await pictures.discard_all(taken)
    address = f"/c/{circle}/p/{written.post_id}"
    answer = answers.thing(
        request,
        shapes.Written(
            id=written.post_id,
            seq=written.seq,
            outcome=written.outcome,
            url=own_origin(request) + address,
        ),
        status=201,
    )
    answer.headers["location"] = f"/api/v1/circles/{circle}/posts/{written.post_id}"
    return answer


@get(
    "/circles/{circle:str}/posts/{post_id:int}",
    opt={"scope": "circles:read"},
    summary="A post",
    **READ,
)
async def read_post(
    request: type_of_request, circle: FromPath[str], post_id: FromPath[int], fields: Fields = ""
) -> Response[shapes.Post]:
    place = await places.place(request, circle)
    found = await reading.one(place, post_id)
    told = telling.post(own_origin(request), found)
    return answers.thing(request, told, tag=telling.tag_of(found), fields=fields)


@patch(
    "/circles/{circle:str}/posts/{post_id:int}",
    opt={"scope": "posts:write"},
    summary="Change its words",
    request_max_body_size=SMALL_FORM,
    **CHANGE,
)
async def change_post(
    request: type_of_request,
    circle: FromPath[str],
    post_id: FromPath[int],
    data: JSONBody[shapes.Words],
    seen: Seen = "",
) -> Response[shapes.Done]:
    """`If-Match`: the ETag that was read. 412 when it has changed since; 0 when the words wait."""
    place = await places.place_for_deed(request, circle)
    version = answers.seen_version(seen)
    try:
        seq = await editing.edit(place, post_id, data.body, version)
    except Conflict as refusal:
        raise Outdated from refusal
    return answers.thing(request, shapes.Done(seq=seq))


@delete(
    "/circles/{circle:str}/posts/{post_id:int}",
    opt={"scope": "posts:write"},
    summary="Take it away, for good",
    **DEED,
)
async def remove_post(
    request: type_of_request, circle: FromPath[str], post_id: FromPath[int]
) -> Response[None]:
    await removing.remove(await places.place_for_deed(request, circle), post_id)
    return answers.nothing()


def _draft(place: Place, data: JSONBody[shapes.NewPost], key: uuid.UUID) -> Draft:
    draft = drafts.read(
        body=data.body,
        topics=" ".join(data.topics),
        publish_at=data.publish_at,
        pin=False,
        pin_until="",
        key=str(key),
        time_zone=place.circle.time_zone,
        kept=data.draft,
        service=data.service_id,
    )
    return replace(draft, alts=tuple(each.alt for each in data.images))
