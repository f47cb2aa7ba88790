"""How a post will look on somebody's phone, before it is sent."""

import re
from dataclasses import replace
from typing import Any

from litestar import Request, Response, post
from litestar.params import FromPath

from quanzi.curation import previewing
from quanzi.curation.routes.composer import MOST_BODY, place_to_post, read_draft
from quanzi.errors import Invalid
from quanzi.posts import captions, carrying, drafts
from quanzi.web import forms, i18n, limits
from quanzi.web.forms import Form
from quanzi.web.limits import Limit
from quanzi.web.responses import fragment, is_htmx, page
from quanzi.web.templates import render

type_of_request = Request[Any, Any, Any]

PREVIEWS = Limit("previews", 60, 60, 20)
_SIZE = re.compile(r"([1-9]\d{0,4})x([1-9]\d{0,4})", re.ASCII)


@post("/c/{circle:str}/compose/preview", request_max_body_size=MOST_BODY)
async def preview_post(request: type_of_request, circle: FromPath[str]) -> Response[bytes]:
    place = await place_to_post(request, circle)
    await limits.hold(PREVIEWS, place.member_id)
    form = await forms.read(request)
    shown, errors = None, {}
    try:
        sizes = _sizes(form)
        described = captions.read(form.values, len(sizes))
        draft = replace(read_draft(place, form), alts=tuple(each.alt for each in described))
        shown = await previewing.preview(place, draft, [sizes[each.number] for each in described])
    except Invalid as wrong:
        errors = wrong.fields
    answer = fragment if is_htmx(request) else page
    return await answer(
        request,
        "curation/_preview.html" if is_htmx(request) else "curation/preview.html",
        status=422 if errors else 200,
        place=place,
        form=form,
        errors=errors,
        services=await carrying.choices(place),
        preview=shown,
        frames=_frames(shown) if shown else [],
    )


def _frames(shown: previewing.Preview) -> list[tuple[str, str, str]]:
    """Language, its name, and a document of its own, since a phone's width decides about its look."""
    found = []
    for language, name in i18n.LANGUAGES.items():
        html = render("posts/_post.html", language, post=shown.post, figure="")
        found.append((language, name, render("curation/preview_frame.html", language, html=html)))
    return found


def _sizes(form: Form) -> list[tuple[int, int]]:
    """What the page says of the pictures it shows; without scripts, as many as were sent."""
    told = [(int(width), int(height)) for width, height in _SIZE.findall(form["shown"])]
    sent = form.files.get("images", [])
    unknown = [(previewing.WIDTH, previewing.HEIGHT)] * len(sent)
    return (told or unknown)[: drafts.MOST_IMAGES]
