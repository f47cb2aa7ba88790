"""A member's page, who follows them, whom they follow."""

from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath

from quanzi.people import following, showing
from quanzi.people import profile as profiles
from quanzi.people.following import Known
from quanzi.web import cursors, i18n, sessions
from quanzi.web.responses import page

type_of_request = Request[Any, Any, Any]

OPEN = {"open": "visitors see who wrote what they read; hidden circles stay hidden here"}


@get("/m/{handle:str}", opt=OPEN)
async def show_member(request: type_of_request, handle: FromPath[str]) -> Response[bytes]:
    before = cursors.asked(request, "before")
    shown = await showing.show(
        handle, await sessions.viewer(request), i18n.language_of(request), before
    )
    return await page(
        request,
        "people/profile.html",
        shown=shown,
        profile=shown.profile,
        first=before is None,
    )


@get("/m/{handle:str}/followers", opt=OPEN)
async def show_followers(request: type_of_request, handle: FromPath[str]) -> Response[bytes]:
    profile = await profiles.profile(handle, await sessions.viewer(request))
    before = cursors.asked(request, "before")
    found = await following.followers(profile.member["id"], before)
    return await _list(request, "followers", profile, found)


@get("/m/{handle:str}/following", opt=OPEN)
async def show_following(request: type_of_request, handle: FromPath[str]) -> Response[bytes]:
    profile = await profiles.profile(handle, await sessions.viewer(request))
    before = cursors.asked(request, "before")
    found = await following.followed(profile.member["id"], before)
    return await _list(request, "following", profile, found)


async def _list(
    request: type_of_request, which: str, profile: profiles.Profile, found: list[Known]
) -> Response[bytes]:
    shown = found[: following.PAGE]
    return await page(
        request,
        "people/list.html",
        which=which,
        profile=profile,
        people=shown,
        more=shown[-1] if len(found) > following.PAGE else None,
    )
