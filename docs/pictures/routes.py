"""Which addresses are pages, and which of them the demo does not lead to."""

import re
from functools import cache

from quanzi.app import create_app

# Doors to what is no page: what programs read, files, and pieces of pages.
NO_PAGE = re.compile(
    r"/(api|ap|assets|\.well-known|embed)/|/(healthz|readyz|metrics|oembed|sw\.js|robots\.txt|setup)$"
    r"|/dev/|\.(csv|jpg|xml|atom|json|webmanifest)$|/{size}$|/(export|missed|names|progress|count|check)$"
    r"|/openid|/exports/"
)
# Where a letter leads, or a form that was filled in, or a moment that the demo is not in.
NOT_SHOWN = {
    "/oauth/authorize": "where an app sends a member to be asked",
    "/offline": "what the app shows without a network",
    "/left": "once an account is being deleted",
    "/join/{token}": "what an invited colleague gets",
    "/confirm/{token}": "from the letter to a new address",
    "/unsubscribe/{token}": "from the foot of a letter",
    "/unsubscribe/insights/{token}": "from the foot of the weekly letter",
    "/me/credit/{entry_id}/appeal": "beside an entry that took points away",
    "/admin/credit/appeals/{appeal_id}": "such an appeal",
    "/c/{circle}/manage/federation": "where the operator turned `QUANZI_FEDERATION` on",
    "/c/{circle}/notices/{circle_notice_id}": "from the bell, of a circle's notice",
    "/c/{circle}/p/{post_id}/comments/{comment_id}/decide": "from a comment's menu, for a moderator",
    "/c/{circle}/manage/webhooks/{webhook_id}": "once one has been added",
    "/c/{circle}/manage/import/{import_id}": "once a file has been uploaded",
}


@cache
def routes() -> list[str]:
    """Of all pages; what names least comes first, so that `/new` is found before `/{segment_id}`."""
    every = {
        route.path_format for route in create_app().routes if "GET" in getattr(route, "methods", ())
    }
    return sorted(
        (route for route in every if not NO_PAGE.search(route)),
        key=lambda route: (route.count("{"), -len(route)),
    )


def route_of(path: str) -> str | None:
    for route in routes():
        if re.fullmatch(re.sub(r"{\w+}", "[^/]+", route), path):
            return route
    return None
