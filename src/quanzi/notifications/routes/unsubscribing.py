"""`/unsubscribe/…`: from a letter, by a person's click or by a mail program's."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from quanzi.notifications import digest
from quanzi.notifications.unsubscribing import DIGESTS
from quanzi.web.forms import SMALL_FORM
from quanzi.web.responses import page

type_of_request = Request[Any, Any, Any]

OPEN = {"open": "who reads a letter need not be signed in; the address proves itself"}
# Narrow: this one deed, by a secret address, and all it can do is to end letters.
FORGEABLE = {
    "forgeable": "mail programs post it without cookie, form or token (RFC 8058); its address is "
    "the token"
}


@get("/unsubscribe/{token:str}", opt=OPEN)
async def show_unsubscribe(request: type_of_request, token: FromPath[str]) -> Response[bytes]:
    DIGESTS.member_of(token)
    return await page(request, "notifications/unsubscribe.html", token=token, done=False)


@post("/unsubscribe/{token:str}", opt=OPEN | FORGEABLE, request_max_body_size=SMALL_FORM)
async def unsubscribe(request: type_of_request, token: FromPath[str]) -> Response[bytes]:
    await digest.end(DIGESTS.member_of(token))
    return await page(request, "notifications/unsubscribe.html", token=token, done=True)
