"""The answers: a page, a fragment for htmx, "see there", and a picture."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from litestar import MediaType, Request, Response
from litestar.datastructures import Cookie
from litestar.response import File

from quanzi.settings import settings
from quanzi.web import csrf, i18n, packing, sessions
from quanzi.web.templates import render

YEAR = 365 * 24 * 3600
# What may stand in an address as it is (RFC 3986), and the sign of what is escaped.
PUNCTUATION = "/:?#[]@!$&'()*+,;=~%"


PERSONAL = {
    "cache-control": "no-store",
    "vary": "Accept-Language, Cookie, HX-Request, Accept-Encoding",
}
# More notices than these the bell does not count.
MOST_SAID = 99


async def page(
    request: Request[Any, Any, Any], template: str, *, status: int = 200, **context: Any
) -> Response[bytes]:
    """A whole page, for this person: never kept by anything between us and them."""
    language = i18n.language_of(request)
    viewer = await sessions.viewer(request)
    token, cookies = csrf.token_for(request)
    whole = not is_htmx(request)
    html = render(
        template,
        language,
        request=request,
        viewer=viewer,
        unseen=few(await request.app.state.unseen(viewer.member_id)) if viewer and whole else "",
        nonce=nonce(request),
        csrf_token=token,
        in_language=i18n.in_address(request),
        status=status,
        layout="web/layout.html" if whole else "web/bare.html",
        **context,
    )
    body = html.encode()
    packed = len(body) > packing.WORTH_IT and packing.unpacks(request)
    return Response(
        packing.page(body) if packed else body,
        media_type=MediaType.HTML,
        status_code=status,
        cookies=[*cookies, *language_cookie(request)],
        headers=PERSONAL | (packing.SAID if packed else {}),
    )


fragment = page  # the same care; the template is a part instead of a page


def few(n: int) -> str:
    """What the bell says."""
    return f"{MOST_SAID}+" if n > MOST_SAID else str(n or "")


def see(path: str, cookies: list[Cookie] | None = None) -> Response[bytes]:
    """303: what was asked has been done; the browser fetches what there is now."""
    # A header holds no Chinese, and what is escaped already stays as it is.
    address = quote(path, safe=PUNCTUATION)
    return Response(b"", status_code=303, headers={"location": address}, cookies=cookies or [])


@dataclass(frozen=True, slots=True)
class Undo:
    """A deed that can be undone: `deed` is what the page says of it (`web/_undo.html`), `path` where to
    post to undo it, `back` the page that says so to who has no scripts.
    """

    deed: str
    path: str
    back: str


def see_or_tell(
    request: Request[Any, Any, Any], path: str, seq: int, undo: Undo | None = None
) -> Response[bytes]:
    """For a deed: 303 without scripts; with htmx nothing to swap, for the event brings it."""
    if not is_htmx(request):
        return see(undo.back if undo else path)
    return Response(b"", status_code=204, headers={"hx-trigger": written(seq, undo)})


def written(seq: int, undo: Undo | None = None) -> str:
    """Tells `live.js` that event `seq` is out, so that it asks should it not have come soon."""
    said: dict[str, Any] = {"quanzi:written": {"seq": seq}}
    if undo is not None:
        said["quanzi:undo"] = {"deed": undo.deed, "path": undo.path, "back": undo.back}
    return json.dumps(said)


def picture(file: Path) -> File:
    """A picture of ours, for who may see it now."""
    return File(
        file,
        media_type="image/webp",
        content_disposition_type="inline",
        headers={
            # An hour: what is removed must be gone from browsers soon, too.
            "cache-control": "private, max-age=3600",
            "content-security-policy": "default-src 'none'; sandbox",
        },
    )


def is_htmx(request: Request[Any, Any, Any]) -> bool:
    return request.headers.get("hx-request") == "true"


def nonce(request: Request[Any, Any, Any]) -> str:
    return str(request.scope["state"]["nonce"])


def language_cookie(request: Request[Any, Any, Any]) -> list[Cookie]:
    """`?lang=en` is remembered: a choice of display, not a deed."""
    asked = i18n.asked(request)
    if not asked:
        return []
    return [
        Cookie(
            i18n.cookie_name(),
            value=asked,
            max_age=YEAR,
            samesite="lax",
            secure=settings().secure,
            httponly=True,
        )
    ]
