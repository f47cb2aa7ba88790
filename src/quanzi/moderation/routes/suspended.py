"""Who is kept out sees why and appeals, with the proof that they got for the right password."""

from typing import Any

from litestar import Request, Response, post

from quanzi.errors import Invalid, NotFound, Said
from quanzi.identity import proofs, sessions
from quanzi.identity.signing_in import SUSPENDED
from quanzi.moderation import appealing, decisions, policy
from quanzi.web import forms, limits
from quanzi.web.addresses import address_of
from quanzi.web.forms import SMALL_FORM
from quanzi.web.responses import page

type_of_request = Request[Any, Any, Any]


@post(
    "/signin/appeal",
    opt={"open": "who is suspended has no session; the proof says who they are"},
    request_max_body_size=SMALL_FORM,
)
async def appeal_suspension(request: type_of_request) -> Response[bytes]:
    """Without `words` it only shows why."""
    form = await forms.read(request)
    await limits.hold(limits.SIGN_IN_ADDRESS, address_of(request))
    member_id = proofs.check(form["proof"], SUSPENDED)
    try:
        decision = await decisions.that_suspended(member_id)
    except NotFound:
        return await page(request, "moderation/suspended.html")
    viewer = sessions.absent(member_id)
    errors: dict[str, Said] = {}
    if "words" in form.values:
        try:
            await appealing.appeal(viewer, decision.id, form["words"])
        except Invalid as wrong:
            errors = wrong.fields
        decision = await decisions.that_suspended(member_id)
    return await page(
        request,
        "moderation/decision.html",
        status=422 if errors else 200,
        decision=decision,
        may_appeal=policy.can_appeal(viewer, decision),
        proof=proofs.give(SUSPENDED, member_id),
        form=form,
        errors=errors,
    )
