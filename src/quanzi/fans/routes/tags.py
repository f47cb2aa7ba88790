"""Tags at the desk."""

import uuid
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from quanzi.activity import once
from quanzi.circles.access import Place
from quanzi.circles.routes.desk import place_at_desk, place_for_deed
from quanzi.errors import Conflict, Invalid, Said
from quanzi.fans import conditions as asking
from quanzi.fans import policy, tags
from quanzi.fans.asked import Offered, offered
from quanzi.fans.conditions import Conditions
from quanzi.fans.routes.desk import HERE as FANS
from quanzi.fans.tags import Tag
from quanzi.web import forms
from quanzi.web.forms import SMALL_FORM, Form
from quanzi.web.responses import page, see

type_of_request = Request[Any, Any, Any]

HERE = FANS + "/tags"
ONE = HERE + "/{tag_id:int}"


@get(HERE)
async def show_tags(request: type_of_request, circle: FromPath[str]) -> Response[bytes]:
    place = await place_at_desk(request, circle, policy.can_see)
    return await _list(request, place, Form({"idempotency_key": str(uuid.uuid4())}, {}))


@post(HERE, request_max_body_size=SMALL_FORM)
async def make_tag(request: type_of_request, circle: FromPath[str]) -> Response[bytes]:
    """`name`; a rule is given to it on its own page."""
    place = await place_for_deed(request, circle, policy.can_manage)
    form = await forms.read(request)
    try:
        key = once.key_of(form["idempotency_key"])
        tag_id = await tags.make(place, form["name"], None, key=key)
    except Invalid as wrong:
        return await _list(request, place, form, wrong.fields)
    return see(f"/c/{circle}/manage/fans/tags/{tag_id}" if form["do"] == "rule" else _here(circle))


@get(ONE)
async def show_tag(
    request: type_of_request, circle: FromPath[str], tag_id: FromPath[int]
) -> Response[bytes]:
    place = await place_at_desk(request, circle, policy.can_manage)
    tag = await tags.one(place.circle.id, tag_id)
    return await _form(request, place, tag, _as_form(tag), await offered(place.circle.id))


@post(ONE, request_max_body_size=SMALL_FORM)
async def change_tag(
    request: type_of_request, circle: FromPath[str], tag_id: FromPath[int]
) -> Response[bytes]:
    """`way`: 'hand', or 'rule' by the conditions."""
    place = await place_for_deed(request, circle, policy.can_manage)
    tag = await tags.one(place.circle.id, tag_id)
    form = await forms.read(request)
    can_ask = await offered(place.circle.id)
    try:
        rule = can_ask.read(form) if form["way"] == "rule" else None
        version = form.number("version") or 0
        await tags.change(place, tag_id, form["name"], rule, version=version)
    except Invalid as wrong:
        return await _form(request, place, tag, form, can_ask, errors=wrong.fields)
    except Conflict as changed:
        # Once more, and knowingly: it is saved over the newer one.
        newer = (await tags.one(place.circle.id, tag_id)).version
        again = Form(form.values | {"version": str(newer)}, {})
        return await _form(
            request, place, tag, again, can_ask, errors={"version": changed.sentence}
        )
    return see(_here(circle))


@post(f"{ONE}/remove", request_max_body_size=SMALL_FORM)
async def remove_tag(
    request: type_of_request, circle: FromPath[str], tag_id: FromPath[int]
) -> Response[bytes]:
    place = await place_for_deed(request, circle, policy.can_manage)
    await tags.remove(place, tag_id)
    return see(_here(circle))


def _here(circle: str) -> str:
    return f"/c/{circle}/manage/fans/tags"


def _as_form(tag: Tag) -> Form:
    shown = {
        "name": tag.name,
        "version": str(tag.version),
        "way": "hand" if tag.rule is None else "rule",
    }
    return Form(shown | asking.typed(tag.rule or Conditions()), {})


async def _list(
    request: type_of_request, place: Place, form: Form, errors: dict[str, Said] | None = None
) -> Response[bytes]:
    return await page(
        request,
        "fans/tags.html",
        status=422 if errors else 200,
        place=place,
        offered=await offered(place.circle.id),
        carried=await tags.carried(place.circle.id),
        form=form,
        errors=errors or {},
    )


async def _form(
    request: type_of_request,
    place: Place,
    tag: Tag,
    form: Form,
    can_ask: Offered,
    *,
    errors: dict[str, Said] | None = None,
) -> Response[bytes]:
    return await page(
        request,
        "fans/tag.html",
        status=422 if errors else 200,
        place=place,
        tag=tag,
        offered=can_ask,
        form=form,
        n=None,
        errors=errors or {},
    )
