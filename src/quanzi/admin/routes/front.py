"""The front page, with how the site is; and the partners."""

from typing import Any

from litestar import Request, Response, get

from quanzi.admin import health, partners, policy, sampling
from quanzi.insights import charts
from quanzi.web import forms
from quanzi.web.doors import let_in
from quanzi.web.responses import page

type_of_request = Request[Any, Any, Any]


@get("/admin")
async def show_front(request: type_of_request) -> Response[bytes]:
    await let_in(request, policy.can_run)
    now, course = await health.now(), sampling.course()
    return await page(
        request,
        "admin/front.html",
        health=now,
        course=course,
        requests=charts.bars(course.requests, course.faults),
        pages=charts.bars(course.pages),
        posts=charts.bars([n for _, n in now.hours]),
        connected=request.app.state.station.tail.bell.up,
    )


@get("/admin/partners")
async def show_partners(request: type_of_request) -> Response[bytes]:
    """`?before=`: older than that one."""
    await let_in(request, policy.can_run)
    found = await partners.listed(forms.whole(request.query_params.get("before", "")))
    shown = found[: partners.PAGE]
    return await page(
        request,
        "admin/partners.html",
        partners=shown,
        more=shown[-1]["id"] if len(found) > len(shown) else None,
    )
