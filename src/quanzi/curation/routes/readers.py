"""The newest page of a circle for who only reads and talks: one drawing for all who stand alike in it.

A visitor's asks the database nothing, a member's where they stand and what of theirs is on it. Who
speaks for the partner or the platform, lacks something, waits for something, or has done something
just now, gets a drawing of their own.
"""

import uuid
from dataclasses import replace
from typing import Any

from litestar import MediaType, Request, Response
from markupsafe import escape

from quanzi import clock
from quanzi.activity import seeing
from quanzi.circles import access, arriving
from quanzi.circles.access import Place
from quanzi.circles.thresholds import ACTIONS, missing
from quanzi.curation import checked, kept
from quanzi.curation.kept import Edition, Issue, slot
from quanzi.curation.routes.heads import head
from quanzi.curation.showing import Shown
from quanzi.identity.sessions import Viewer
from quanzi.posts.policy import can_post, is_newcomer
from quanzi.web import csrf, i18n, packing, sessions
from quanzi.web.forms import Form
from quanzi.web.responses import PERSONAL, few, language_cookie, nonce
from quanzi.web.templates import render

type_of_request = Request[Any, Any, Any]

VISITORS = PERSONAL | {"cache-control": "private, no-cache"}
VISITOR = "visitor"
# Its figures are told once it is open; for who has no script they are not older than this: seconds.
OLDEST, OLDEST_FOR_MEMBERS = 10.0, 1.5
OF_THEIRS = f"""
    (select h.head from circle_head h where h.circle_id = shown.id) as head,
    (select array_agg(l.post_id) from liking l where l.circle_id = shown.id and l.member_id = $2
        and l.post_id = any($3::bigint[])) as liked,
    exists (select 1 from post p where p.circle_id = shown.id and p.author_id = $2
        and p.state = 'held') as held,
    {checked.TODAY} as streak
"""


class Anybody(Viewer):
    """In whose name the page of all members who stand alike is drawn."""

    @property
    def hue(self) -> Any:
        return slot("hue")

    @property
    def initial(self) -> str:
        return slot("initial")


def alike(place: Place) -> bool:
    """Whether nothing on their page is for them alone, but what stands in slots."""
    if place.viewer is None:
        return True
    special = place.role or place.platform_role or place.barred or is_newcomer(place)
    return not special and all(missing(place, action) is None for action in ACTIONS)


async def at_hand(
    request: type_of_request, slug: str
) -> tuple[Response[bytes] | None, Place | None]:
    """The page, if it is kept; or where they stand, if that was found out in vain."""
    issue = kept.issue(request.app.state.station, slug, i18n.language_of(request))
    viewer = await sessions.viewer(request)
    if issue is None or (viewer is None and sessions.token(request)):
        return None, None
    if viewer is None:
        edition = issue.edition(VISITOR, OLDEST)
        return _answer(request, issue, edition) if edition else None, None
    if viewer.platform_role or sessions.acted_lately(request):
        return None, None
    also = f"{OF_THEIRS}, {request.app.state.unseen_sql('$2')} as unseen"
    found = await access.again(issue.circle, viewer, also, list(issue.post_ids))
    if found is None:
        return None, None
    place, line = found
    edition = issue.edition(_standing(request, place, line["streak"]), OLDEST_FOR_MEMBERS)
    if edition is None or line["head"] != issue.seq or line["held"] or not alike(place):
        return None, place
    hearts = " ".join(map(str, line["liked"] or []))
    return _answer(request, issue, edition, (place, hearts, line["unseen"])), place


async def draw(
    request: type_of_request, place: Place, shown: Shown, streak: int | None
) -> Response[bytes]:
    """For one of those who stand `alike`, and for the next of them."""
    language = i18n.language_of(request)
    station = request.app.state.station
    issue = await kept.opened(station, place.circle, language, shown)
    standing = VISITOR if place.viewer is None else _standing(request, place, streak)
    viewer = None if place.viewer is None else _anybody()
    stand_in = place if viewer is None else _whoever(place, viewer)
    html = render(
        "curation/circle.html",
        language,
        request=request,
        viewer=viewer,
        unseen=slot("unseen"),
        nonce=slot("nonce"),
        in_language=slot("asked"),
        csrf_token=slot("token") if viewer else "",
        status=200,
        layout="web/layout.html",
        place=stand_in,
        head=head(request, stand_in, shown.followers),
        shown=shown,
        liked=slot("liked") if viewer else "",
        epoch=station.hub.epoch,
        topic="",
        may_post=can_post(stand_in),
        streak=streak,
        steps=(),
        undo=None,
        waiting=[],
        held=[],
        services=[],
        outcome="",
        form=Form({"idempotency_key": slot("key")}, {}) if viewer else None,
        errors={},
    )
    edition = issue.keep(standing, html)
    if place.viewer is None:
        return _answer(request, issue, edition)
    unseen = await request.app.state.unseen(place.viewer.member_id)
    return _answer(request, issue, edition, (place, shown.hearts, unseen))


def _answer(
    request: type_of_request,
    issue: Issue,
    edition: Edition,
    theirs: tuple[Place, str, int] | None = None,
) -> Response[bytes]:
    """`theirs`: where they stand, what they like of it, how many notices wait; None for a visitor."""
    viewer = theirs[0].viewer if theirs else None
    seeing.page_shown(issue.circle.id, issue.post_ids, viewer.member_id if viewer else None)
    values = {b"nonce": nonce(request).encode(), b"asked": i18n.in_address(request).encode()}
    headers = PERSONAL
    if theirs and viewer:
        values |= _values(request, viewer) | {
            b"liked": theirs[1].encode(),
            b"unseen": few(theirs[2]).encode(),
        }
    else:
        headers = VISITORS | {"etag": edition.etag}
        if request.headers.get("if-none-match") == edition.etag:
            return Response(b"", status_code=304, headers=headers)
    pack = packing.unpacks(request)
    return Response(
        edition.filled(values, pack=pack),
        media_type=MediaType.HTML,
        headers=headers | (packing.SAID if pack else {}),
        cookies=language_cookie(request),
    )


def _values(request: type_of_request, viewer: Viewer) -> dict[bytes, bytes]:
    return {
        b"handle": viewer.handle.encode(),
        b"name": escape(viewer.name).encode(),
        b"initial": escape(viewer.initial).encode(),
        b"hue": b"%d" % viewer.hue,
        b"token": csrf.token_for(request)[0].encode(),
        b"key": str(uuid.uuid4()).encode(),
    }


def _standing(request: type_of_request, place: Place, streak: int | None) -> object:
    url = request.url
    came = arriving.source(url.path, request.headers.get("referer", ""), url.netloc)
    return (place.follows, "" if place.follows else came, streak)


def _anybody() -> Viewer:
    return Anybody(0, slot("handle"), slot("name"), "", b"", clock.now())


def _whoever(place: Place, viewer: Viewer) -> Place:
    """They lack nothing, which is all that is the same of those who stand alike."""
    return replace(
        place, viewer=viewer, verified=True, credit=10**4, days=10**5, follows_days=0
    )  # fmt: skip
