"""Refusals as programs are told of them: problem documents (RFC 9457)."""

from collections.abc import Mapping
from typing import Any

from litestar import Request, Response
from litestar.exceptions import HTTPException

from quanzi.errors import Said, said
from quanzi.web import i18n

TITLES = {
    401: said("请先登录"),
    403: said("不能这样做"),
    404: said("没有找到"),
    409: said("内容已经变了"),
    413: said("太大了"),
    422: said("请检查内容"),
    429: said("请稍等一下"),
    500: said("出了点问题"),
    503: said("暂时连不上"),
}
FOR_PROGRAMS = ("/api/", "/oauth/token", "/oauth/revoke", "/.well-known/", "/ap/")
BAD_REQUEST = said("请求看不懂，请刷新页面后重试。")


def is_program(request: Request[Any, Any, Any]) -> bool:
    """Who wants JSON of a page, and whoever asks where only programs ask."""
    return request.url.path.startswith(FOR_PROGRAMS) or "application/json" in request.headers.get(
        "accept", ""
    )


def problem(
    request: Request[Any, Any, Any],
    status: int,
    sentences: list[Said],
    headers: dict[str, str],
    fields: Mapping[str, Said] | None = None,
) -> Response[Any]:
    """`fields`, of what was sent: a sentence by the name of each that needs one."""
    language = i18n.language_of(request)
    said_of = {name: i18n.spoken(sentence, language) for name, sentence in (fields or {}).items()}
    return Response(
        {
            "type": "about:blank",
            "title": i18n.spoken(TITLES.get(status, TITLES[422]), language),
            "status": status,
            "detail": " ".join(i18n.spoken(sentence, language) for sentence in sentences),
            "instance": request.scope["state"]["reference"],
            **({"errors": said_of} if said_of else {}),
        },
        status_code=status,
        media_type="application/problem+json",
        headers=headers,
    )


def of_framework(exception: HTTPException) -> tuple[int, list[Said]]:
    """A document that is none, or does not fit: what the framework found wrong with it."""
    found = exception.extra if isinstance(exception.extra, list) else []
    wrong = [f"{each.get('key', '')}: {each.get('message', '')}" for each in found]
    status = 422 if wrong else exception.status_code
    return status, [Said("%(what)s", what="; ".join(wrong)) if wrong else BAD_REQUEST]
