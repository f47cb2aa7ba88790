"""Tags of a circle's fans: made, renamed, ruled, withdrawn; put on fans and taken off, by handle."""

from litestar import Response, delete, get, patch, post, put
from litestar.params import FromPath, JSONBody

from quanzi.circles.access import Place
from quanzi.circles.routes.desk import place_at_desk, place_for_deed
from quanzi.fans import policy, tagging, tags
from quanzi.fans.conditions import Conditions
from quanzi.fans.tags import Tag
from quanzi.platform import answers, fan_shapes, fans_asked, once_key
from quanzi.platform.answers import type_of_request
from quanzi.platform.asked import Key, Seen
from quanzi.platform.documented import CHANGE, DEED, READ, WRITE
from quanzi.web.forms import SMALL_FORM

READS, WRITES = {"scope": "desk:read"}, {"scope": "fans:write"}
HERE = "/circles/{circle:str}/tags"
ONE = HERE + "/{tag_id:int}"


@get(HERE, opt=READS, summary="Tags of fans, by name", **READ)
async def list_tags(
    request: type_of_request, circle: FromPath[str]
) -> Response[list[fan_shapes.Tag]]:
    place = await place_at_desk(request, circle, policy.can_see)
    carried = await tags.carried(place.circle.id)
    told = [_shape(each, carried.get(each.id, 0)) for each in await tags.listed(place.circle.id)]
    return answers.page(request, fan_shapes.Tag, told, None)


@get(ONE, opt=READS, summary="A tag", **READ)
async def read_tag(
    request: type_of_request, circle: FromPath[str], tag_id: FromPath[int]
) -> Response[fan_shapes.Tag]:
    place = await place_at_desk(request, circle, policy.can_see)
    return await _told(request, place, tag_id)


@post(HERE, opt=WRITES, summary="Make a tag", request_max_body_size=SMALL_FORM, **WRITE)
async def make_tag(
    request: type_of_request,
    circle: FromPath[str],
    data: JSONBody[fan_shapes.NewTag],
    key: Key = "",
) -> Response[fan_shapes.Tag]:
    """The same `Idempotency-Key` again makes nothing twice. With a rule, it is put on by that."""
    place = await place_for_deed(request, circle, policy.can_manage)
    made = await tags.make(place, data.name, await _rule(place, data), key=once_key.of(key))
    return await _told(request, place, made, status=201)


@put(
    ONE,
    opt=WRITES,
    summary="Change its name and its rule",
    request_max_body_size=SMALL_FORM,
    **CHANGE,
)
async def change_tag(
    request: type_of_request,
    circle: FromPath[str],
    tag_id: FromPath[int],
    data: JSONBody[fan_shapes.NewTag],
    seen: Seen = "",
) -> Response[fan_shapes.Tag]:
    """`If-Match`: the ETag that was read. Without a rule it stays on whom it is on."""
    place = await place_for_deed(request, circle, policy.can_manage)
    await tags.one(place.circle.id, tag_id)
    version, rule = answers.seen_version(seen), await _rule(place, data)
    await tags.change(place, tag_id, data.name, rule, version=version)
    return await _told(request, place, tag_id)


@delete(ONE, opt=WRITES, summary="Withdraw it, from everybody", **DEED)
async def remove_tag(
    request: type_of_request, circle: FromPath[str], tag_id: FromPath[int]
) -> Response[None]:
    """Refused while a segment or a rule asks for it."""
    place = await place_for_deed(request, circle, policy.can_manage)
    await tags.remove(place, tag_id)
    return answers.nothing()


@patch(
    f"{ONE}/fans",
    opt=WRITES,
    summary="Put it on fans and take it off, a hundred at once",
    request_max_body_size=SMALL_FORM,
    **WRITE,
)
async def tag_fans(
    request: type_of_request,
    circle: FromPath[str],
    tag_id: FromPath[int],
    data: JSONBody[fan_shapes.Tagging],
) -> Response[fan_shapes.Tagged]:
    place = await place_for_deed(request, circle, policy.can_manage)
    put_on, taken = await tagging.by_handle(place, tag_id, put_on=data.put, taken=data.take)
    return answers.thing(request, fan_shapes.Tagged(put=put_on, taken=taken))


async def _rule(place: Place, data: fan_shapes.NewTag) -> Conditions | None:
    """Raises Invalid."""
    return await fans_asked.read(place.circle.id, data.rule) if data.rule else None


async def _told(
    request: type_of_request, place: Place, tag_id: int, *, status: int = 200
) -> Response[fan_shapes.Tag]:
    found = await tags.one(place.circle.id, tag_id)
    fans = (await tags.carried(place.circle.id)).get(tag_id, 0)
    tag = f"{found.version}.{fans}.{int(found.running)}"
    return answers.thing(request, _shape(found, fans), tag=tag, status=status)


def _shape(found: Tag, fans: int) -> fan_shapes.Tag:
    return fan_shapes.Tag(
        id=found.id,
        name=found.name,
        version=found.version,
        rule=fans_asked.told(found.rule) if found.rule is not None else None,
        running=found.running,
        fans=fans,
    )
