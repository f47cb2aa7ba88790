"""Refusals become pages, fragments or problem documents here, and nowhere else.

What a person typed is shown again on the page that refuses it.
"""

from collections.abc import Awaitable
from typing import Any
from urllib.parse import quote, urlsplit

import structlog
from litestar import MediaType, Request, Response
from litestar.exceptions import HTTPException

from quanzi import errors
from quanzi.errors import Refusal, Said, said
from quanzi.web import bodies, i18n
from quanzi.web.logs import loggable
from quanzi.web.problems import BAD_REQUEST, TITLES, is_program, of_framework, problem
from quanzi.web.responses import is_htmx, nonce, page, see
from quanzi.web.templates import render

log = structlog.get_logger()

STATUS: dict[type[Refusal], int] = {
    errors.NotFound: 404,
    errors.SignInFirst: 401,
    errors.NotAllowed: 403,
    errors.Forged: 403,
    errors.Outdated: 412,
    errors.Conflict: 409,
    errors.VersionNeeded: 428,
    errors.Invalid: 422,
    errors.TooLarge: 413,
    errors.TooMany: 429,
}
OTHER_STATUS: dict[int, Refusal] = {
    404: errors.NotFound(),
    405: errors.NotFound(),
    413: errors.TooLarge(),
}
NOT_YET = said("还差一点")
# What leads on from a `Barred`.
WAYS = {
    "signin": ("/signin", said("去登录")),
    "verification": ("/me/verification", said("去实名认证")),
    "credit": ("/me/credit", said("看看我的信用分")),
    "decisions": ("/me/decisions", said("看看是为什么")),
}
SETTING_UP = "/setup"
UNAVAILABLE = said("服务器正忙或数据库暂时连不上，你的内容没有丢，请过几秒再试。")
FAULT = said("这是我们的问题，已经记录下来。请稍后再试；如果一直这样，请把编号告诉管理员。")


class Answer(Response[Any]):
    """Litestar's exception handlers cannot await; the answer they give can, when it is sent."""

    def __init__(self, request: Request[Any, Any, Any], coming: Awaitable[Response[Any]]) -> None:
        super().__init__(None)
        self._request = request
        self._coming = coming

    def to_asgi_response(self, *_: Any, **__: Any) -> Any:
        return self._send

    async def _send(self, scope: Any, receive: Any, send: Any) -> None:
        try:
            response = await self._coming
        except Exception as fault:  # noqa: BLE001 - the page of a refusal asks the database, too
            response = await _broken(self._request, fault)
        app = response.to_asgi_response(
            None, self._request, type_encoders=self._request.app.type_encoders
        )
        await app(scope, receive, send)


def refuse(request: Request[Any, Any, Any], refusal: Refusal) -> Answer:
    return Answer(request, _refused(request, refusal))


def refuse_for_framework(request: Request[Any, Any, Any], exception: HTTPException) -> Answer:
    return Answer(request, _refused_by_framework(request, exception))


def apologise(request: Request[Any, Any, Any], fault: Exception) -> Answer:
    return Answer(request, _broken(request, fault))


async def _refused(request: Request[Any, Any, Any], refusal: Refusal) -> Response[Any]:
    status = next((STATUS[kind] for kind in type(refusal).__mro__ if kind in STATUS), 409)
    if (
        isinstance(refusal, errors.SignInFirst)
        and request.method == "GET"
        and not is_program(request)
    ):
        return _to_sign_in(request)
    if isinstance(refusal, errors.Elsewhere):
        return _elsewhere(request, refusal.path)
    if isinstance(refusal, errors.SetUpFirst):
        return _elsewhere(request, SETTING_UP)
    headers: dict[str, str] = {}
    if isinstance(refusal, errors.TooMany):
        headers["retry-after"] = str(max(1, round(refusal.retry_after + 0.5)))
    sentences = [refusal.sentence]
    way = None
    if isinstance(refusal, errors.Invalid):
        sentences = list(refusal.fields.values())
    if isinstance(refusal, errors.Barred):
        sentences, way = list(refusal.sentences), refusal.way
    fields = refusal.fields if isinstance(refusal, errors.Invalid) else {}
    if is_program(request):
        return problem(request, status, sentences, headers, fields)
    return await _shown(request, status, sentences, headers, way)


async def _refused_by_framework(
    request: Request[Any, Any, Any], exception: HTTPException
) -> Response[Any]:
    known = OTHER_STATUS.get(exception.status_code)
    if is_program(request) and known is None:
        return problem(request, *of_framework(exception), {})
    if known is not None:
        allow = dict(exception.headers or {}).get("allow")
        headers = {"allow": allow} if allow else {}
        return await _shown(request, exception.status_code, [known.sentence], headers)
    return await _shown(request, exception.status_code, [BAD_REQUEST], {})


async def _broken(request: Request[Any, Any, Any], fault: Exception) -> Response[Any]:
    """Not a refusal but a fault: logged with its reference, shown as an apology with it."""
    away = isinstance(fault, request.app.state.database_faults)
    log.error("fault", path=loggable(request.url.path), away=away, exc_info=fault)
    if away:
        return await _shown(request, 503, [UNAVAILABLE], {"retry-after": "5"})
    return await _shown(request, 500, [FAULT], {})


async def _shown(
    request: Request[Any, Any, Any],
    status: int,
    sentences: list[Said],
    headers: dict[str, str],
    way: str | None = None,
) -> Response[Any]:
    """`way`: where what they lack begins, or '' when nothing but time helps."""
    language = i18n.language_of(request)
    not_yet = way is not None and way != "decisions"
    title = NOT_YET if not_yet else TITLES.get(status, TITLES[422])
    if is_program(request):
        return problem(request, status, sentences, headers)
    context = {
        "title": title,
        "sentences": sentences,
        "way": WAYS.get(way or ""),
        "back": _back(request),
    }
    reference = request.scope["state"]["reference"]
    if is_htmx(request):
        html = render(
            "web/_refusal.html",
            language,
            reference=reference,
            status=status,
            **context,
        )
        retarget = {"hx-retarget": "#say", "hx-reswap": "innerHTML"}
        return Response(
            html.encode(), media_type=MediaType.HTML, status_code=status, headers=headers | retarget
        )
    if status >= 500:  # noqa: PLR2004 - nothing that could fail again: no session, no database
        html = render(
            "web/fault.html",
            language,
            reference=reference,
            nonce=nonce(request),
            status=status,
            **context,
        )
        return Response(
            html.encode(), media_type=MediaType.HTML, status_code=status, headers=headers
        )
    answer: Response[Any] = await page(
        request,
        "web/refusal.html",
        status=status,
        reference=reference,
        typed=await _typed(request, status),
        **context,
    )
    answer.headers.update(headers)
    return answer


async def _typed(request: Request[Any, Any, Any], status: int) -> str:
    """What they wrote, so that it is not lost with the page it was written on."""
    # Without a route nothing says how large a form may be, so it is not read.
    if request.method != "POST" or status == 413 or "route_handler" not in request.scope:  # noqa: PLR2004
        return ""
    try:
        found = await bodies.parts(request)
    except HTTPException:
        return ""
    typed = [value for name, value in found if name == "body" and isinstance(value, str)]
    return typed[0] if typed else ""


def _back(request: Request[Any, Any, Any]) -> str:
    """Where they were: the page itself, or the page that the form stood on."""
    if request.method == "GET":
        return request.url.path
    page = request.headers.get("hx-current-url") or request.headers.get("referer") or ""
    return urlsplit(page).path


def _to_sign_in(request: Request[Any, Any, Any]) -> Response[Any]:
    here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return _elsewhere(request, f"/signin?next={quote(here)}")


def _elsewhere(request: Request[Any, Any, Any], target: str) -> Response[Any]:
    if is_htmx(request):
        return Response(b"", status_code=200, headers={"hx-redirect": target})
    return see(target)
