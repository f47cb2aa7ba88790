"""`/unsubscribe/insights/…`: from a letter, by a person's click or by a mail program's."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from quanzi.insights import letter
from quanzi.notifications.routes.unsubscribing import FORGEABLE, OPEN
from quanzi.web.forms import SMALL_FORM
from quanzi.web.responses import page

type_of_request = Request[Any, Any, Any]


@get("/unsubscribe/insights/{token:str}", opt=OPEN)
async def show_unsubscribe(request: type_of_request, token: FromPath[str]) -> Response[bytes]:
    letter.WEEKLY.member_of(token)
    return await page(request, "insights/unsubscribe.html", token=token, done=False)


@post("/unsubscribe/insights/{token:str}", opt=OPEN | FORGEABLE, request_max_body_size=SMALL_FORM)
async def unsubscribe(request: type_of_request, token: FromPath[str]) -> Response[bytes]:
    await letter.end(letter.WEEKLY.member_of(token))
    return await page(request, "insights/unsubscribe.html", token=token, done=True)
