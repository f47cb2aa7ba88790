"""The answers to programs: a thing, a page of things, nothing; with what they may be kept by."""

from collections.abc import Sequence
from typing import Any, TypeVar
from urllib.parse import urlencode

import msgspec
from litestar import Request, Response

from quanzi.errors import Invalid, Outdated, VersionNeeded, said
from quanzi.web import forms
from quanzi.web.origins import own_origin

type_of_request = Request[Any, Any, Any]

Shape = TypeVar("Shape", bound=msgspec.Struct)

KEPT = {"cache-control": "private, no-cache"}


def thing(
    request: type_of_request,
    shape: msgspec.Struct,
    *,
    tag: str = "",
    fields: str = "",
    status: int = 200,
) -> Response[Any]:
    """`tag`: names this state of it, for `If-None-Match`. `fields`: only these of it."""
    headers = {**KEPT, "etag": f'"{tag}"'} if tag else {}
    if tag and tag in _tags(request.headers.get("if-none-match", "")):
        return Response(None, status_code=304, headers=headers, media_type="application/json")
    told = _only(shape, _named(type(shape), fields))
    return Response(told, status_code=status, headers=headers)


def page(
    request: type_of_request,
    kind: type[Shape],
    shapes: Sequence[Shape],
    then: object | None,
    fields: str = "",
) -> Response[Any]:
    """`then`: the key to page on with, None at the end."""
    names = _named(kind, fields)
    headers = {}
    if then is not None:
        query = {**request.query_params.dict(), "after": str(then)}
        address = f"{own_origin(request)}{request.url.path}?{urlencode(query, doseq=True)}"
        headers["link"] = f'<{address}>; rel="next"'
    return Response([_only(each, names) for each in shapes], headers=headers)


def nothing() -> Response[None]:
    return Response(None, status_code=204)


def seen_version(if_match: str) -> int:
    """From `If-Match`, which names a state by its version first. Raises VersionNeeded, Outdated."""
    version = forms.whole(seen_words(if_match))
    if version is None:
        raise Outdated
    return version


def seen_words(if_match: str) -> str:
    """As `seen_version`, of what has no version and is named by its words. Raises VersionNeeded."""
    tags = _tags(if_match)
    if not tags:
        raise VersionNeeded(
            **{"If-Match": said("请把读到的 ETag 放进 If-Match，以免盖掉别人的修改。")}
        )
    return tags[0].partition(".")[0]


def _tags(given: str) -> list[str]:
    return [each.strip().removeprefix("W/").strip('"') for each in given.split(",") if each.strip()]


def _named(kind: type[msgspec.Struct], fields: str) -> list[str]:
    """Raises Invalid for a name that there is not."""
    names = [each.strip() for each in fields.split(",") if each.strip()]
    unknown = [name for name in names if name not in kind.__struct_fields__]
    if unknown:
        raise Invalid(fields=said("没有这样的字段：%(names)s", names="、".join(unknown)[:200]))
    return names


def _only(shape: msgspec.Struct, names: Sequence[str]) -> Any:
    return {name: getattr(shape, name) for name in names} if names else shape
