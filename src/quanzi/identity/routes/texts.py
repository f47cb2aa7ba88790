"""What everybody agrees to who becomes a member. A site that words it otherwise changes the templates
and counts the versions up (`identity/consenting.py`).
"""

from typing import Any

from litestar import Request, Response, get

from quanzi.identity import consenting
from quanzi.web.responses import page

type_of_request = Request[Any, Any, Any]


@get("/terms", opt={"open": "people read it before they join", "unfounded": True})
async def show_terms(request: type_of_request) -> Response[bytes]:
    return await page(request, "identity/terms.html", version=consenting.TERMS_VERSION)


@get("/privacy", opt={"open": "people read it before they join", "unfounded": True})
async def show_privacy(request: type_of_request) -> Response[bytes]:
    return await page(request, "identity/privacy.html", version=consenting.PRIVACY_VERSION)
