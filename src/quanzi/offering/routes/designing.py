"""The questions of a service's form: added, put in order, taken out, and kept when that is pressed.

Each button sends the whole form, and the answer is the form as it would be: nothing needs a script.
"""

from collections.abc import Sequence
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from quanzi.circles.access import Place
from quanzi.circles.routes.desk import place_at_desk
from quanzi.errors import Conflict, Invalid, Said
from quanzi.offering import policy, questions, reading, writing
from quanzi.offering.questions import Question
from quanzi.offering.routes.desk import ONE
from quanzi.web import forms, limits
from quanzi.web.forms import SMALL_FORM
from quanzi.web.responses import page, see

type_of_request = Request[Any, Any, Any]


@get(f"{ONE}/form")
async def show_form(
    request: type_of_request, circle: FromPath[str], service_id: FromPath[int]
) -> Response[bytes]:
    place = await place_at_desk(request, circle, policy.can_manage)
    service = await reading.one(place, service_id)
    return await _form(request, place, service_id, service.questions, str(service.version))


@post(f"{ONE}/form", request_max_body_size=SMALL_FORM)
async def design_form(
    request: type_of_request, circle: FromPath[str], service_id: FromPath[int]
) -> Response[bytes]:
    """`do`: what a button wishes (`questions.turned`); without it what is there is kept."""
    place = await place_at_desk(request, circle, policy.can_manage)
    await reading.one(place, service_id)
    await limits.hold(limits.DEEDS, place.member_id)
    form = await forms.read(request)
    asked = questions.typed(form.values)
    if form["do"]:
        turned = questions.turned(asked, form["do"])
        return await _form(request, place, service_id, turned, form["version"], unsaved=True)
    try:
        checked = questions.checked(asked)
        await writing.design(place, service_id, checked, version=form.number("version") or 0)
    except Invalid as wrong:
        return await _form(
            request, place, service_id, asked, form["version"], errors=wrong.fields, unsaved=True
        )
    except Conflict as changed:
        # Once more, and knowingly: it is saved over the newer one.
        version = str((await reading.one(place, service_id)).version)
        wrongs = {"version": changed.sentence}
        return await _form(request, place, service_id, asked, version, errors=wrongs, unsaved=True)
    return see(f"/c/{circle}/manage/services")


async def _form(
    request: type_of_request,
    place: Place,
    service_id: int,
    asked: Sequence[Question],
    version: str,
    *,
    errors: dict[str, Said] | None = None,
    unsaved: bool = False,
) -> Response[bytes]:
    return await page(
        request,
        "offering/form.html",
        status=422 if errors else 200,
        place=place,
        service=await reading.one(place, service_id),
        questions=asked,
        kinds=questions.KINDS,
        most=questions.MOST,
        version=version,
        unsaved=unsaved,
        errors=errors or {},
    )
