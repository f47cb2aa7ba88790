"""A partner's page, and changing what it says."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from quanzi.circles import partners, policy
from quanzi.circles.partners import Counter
from quanzi.errors import Invalid, NotFound
from quanzi.web import forms, limits, sessions
from quanzi.web.forms import SMALL_FORM
from quanzi.web.responses import page, see

type_of_request = Request[Any, Any, Any]

FIELDS = ("name", "name_en", "intro")


@get(
    "/partners/{partner:str}",
    opt={"open": "visitors see who runs a circle; a partner with nothing public is not found"},
)
async def show_partner(request: type_of_request, partner: FromPath[str]) -> Response[bytes]:
    here = await partners.counter(partner, await sessions.viewer(request))
    return await page(
        request, "circles/partner.html", here=here, circles=await partners.circles(here)
    )


@get("/partners/{partner:str}/manage")
async def show_partner_settings(
    request: type_of_request, partner: FromPath[str]
) -> Response[bytes]:
    here = await _counter_to_change(request, partner)
    now = {name: getattr(here.partner, name) for name in FIELDS}
    return await page(request, "circles/partner_settings.html", here=here, form=now, errors={})


@post("/partners/{partner:str}/manage", request_max_body_size=SMALL_FORM)
async def change_partner(request: type_of_request, partner: FromPath[str]) -> Response[bytes]:
    here = await _counter_to_change(request, partner)
    await limits.hold(limits.DEEDS, here.member_id)
    form = await forms.read(request)
    typed = {name: form[name] for name in FIELDS}
    try:
        await partners.change(here, **typed)
    except Invalid as wrong:
        return await page(
            request,
            "circles/partner_settings.html",
            status=422,
            here=here,
            form=typed,
            errors=wrong.fields,
        )
    return see(f"/partners/{partner}")


async def _counter_to_change(request: type_of_request, partner: str) -> Counter:
    here = await partners.counter(partner, await sessions.viewer(request))
    if not policy.can_change_partner(here):
        raise NotFound
    return here
