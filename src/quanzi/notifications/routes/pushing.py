"""Browsers that want to be told, and the worker that tells them."""

from functools import cache
from typing import Any

from litestar import Request, Response, get, post

from quanzi.notifications.routes.choosing import CHOICES
from quanzi.push import subscribing
from quanzi.settings import ROOT
from quanzi.web import forms, limits, sessions
from quanzi.web.forms import SMALL_FORM
from quanzi.web.responses import is_htmx, see

type_of_request = Request[Any, Any, Any]


@get("/sw.js", opt={"open": "browsers fetch the worker without asking who is signed in"})
async def show_worker() -> Response[bytes]:
    """Never kept without asking: browsers hold on to a worker for as long as they may."""
    return Response(_worker(), media_type="text/javascript", headers={"cache-control": "no-cache"})


@post("/me/push", request_max_body_size=SMALL_FORM)
async def subscribe(request: type_of_request) -> Response[bytes]:
    """`endpoint`, `p256dh`, `auth`: as the browser gives them."""
    viewer = await sessions.viewer(request)
    await limits.hold(limits.DEEDS, viewer.member_id)
    form = await forms.read(request)
    browser = subscribing.read(form["endpoint"], form["p256dh"], form["auth"])
    subscribing.check_endpoint(browser.endpoint)
    agent = request.headers.get("user-agent", "")
    await subscribing.subscribe(viewer.member_id, viewer.session, browser, agent)
    return _done(request)


@post("/me/push/end", request_max_body_size=SMALL_FORM)
async def unsubscribe(request: type_of_request) -> Response[bytes]:
    """`endpoint`: this browser; `id`: another of theirs."""
    viewer = await sessions.viewer(request)
    form = await forms.read(request)
    if form["endpoint"]:
        await subscribing.unsubscribe(viewer.member_id, form["endpoint"])
    else:
        await subscribing.end(viewer.member_id, form.number("id") or 0)
    return _done(request)


def _done(request: type_of_request) -> Response[bytes]:
    return Response(b"", status_code=204) if is_htmx(request) else see(f"{CHOICES}?saved#push")


@cache
def _worker() -> bytes:
    return (ROOT / "assets" / "worker" / "sw.js").read_bytes()
