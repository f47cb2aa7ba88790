"""The audit log, for admins. To everybody else there is no such page."""

from typing import Any

from litestar import Request, Response, get

from quanzi.errors import Said, said
from quanzi.moderation import policy, reading_log
from quanzi.web import forms
from quanzi.web.doors import let_in
from quanzi.web.responses import page

type_of_request = Request[Any, Any, Any]

LONGEST_SLUG = 60


@get("/admin/log")
async def show_log(request: type_of_request) -> Response[bytes]:
    """`?circle=`: only what happened there; `?before=`: older than that entry."""
    await let_in(request, policy.can_read_log)
    slug = request.query_params.get("circle", "").strip().removeprefix("/c/")[:LONGEST_SLUG]
    circle_id = await reading_log.circle_called(slug) if slug else None
    wrong: dict[str, Said] = {}
    if slug and circle_id is None:
        wrong["circle"] = said("没有这个圈子，这里是全部。")
    found = await reading_log.lines(circle_id, forms.whole(request.query_params.get("before", "")))
    shown = found[: reading_log.PAGE]
    return await page(
        request,
        "moderation/log.html",
        status=422 if wrong else 200,
        lines=shown,
        more=shown[-1].entry.seq if len(found) > len(shown) else None,
        circle=slug,
        errors=wrong,
        deeds=reading_log.DEEDS,
        kinds=reading_log.KINDS,
    )


LOG: list[Any] = [show_log]
