"""`/api/v1`, the pages on which members make keys and apps for it, and those of webhooks."""

from typing import Any

from litestar import Response, Router, get

from quanzi.platform.described import description
from quanzi.platform.routes import (
    apps,
    archives,
    cards,
    circles,
    curating,
    desk,
    developers,
    embeds,
    events,
    feeds,
    hooks,
    keys,
    oauth,
    offering,
    posts,
    reaching,
    sitemaps,
    talk,
)
from quanzi.platform.routes.developers import READ_FIRST

API = Router(
    "/api/v1",
    route_handlers=[
        circles.show_me,
        circles.list_circles,
        circles.read_circle,
        circles.follow,
        circles.unfollow,
        posts.list_posts,
        posts.write_post,
        posts.read_post,
        posts.change_post,
        posts.remove_post,
        curating.list_pins,
        curating.pin,
        curating.unpin,
        curating.digest,
        curating.undigest,
        curating.list_collections,
        curating.read_collection,
        talk.list_comments,
        talk.read_thread,
        talk.write_comment,
        talk.remove_comment,
        talk.like,
        talk.unlike,
        talk.report,
        events.list_events,
        offering.list_services,
        offering.list_requests,
        offering.answer_request,
        desk.read_plan,
        desk.list_fans,
        desk.list_segments,
        desk.read_insights,
        reaching.list_notices,
        reaching.write_notice,
        reaching.send_notice,
        reaching.stop_notice,
    ],
)


@get("/api/v1/openapi.json", opt=READ_FIRST)
async def describe() -> Response[bytes]:
    return Response(description(API), media_type="application/json")


ROUTES: list[Any] = [
    API,
    describe,
    developers.show_developers,
    feeds.show_atom,
    feeds.show_json,
    sitemaps.show_robots,
    sitemaps.show_sitemap,
    sitemaps.show_pages,
    sitemaps.show_circle,
    embeds.show_embedded,
    embeds.show_embedded_post,
    embeds.describe_embed,
    archives.show_archive,
    archives.take_archive,
    cards.show_card,
    cards.show_post_card,
    keys.show_keys,
    keys.make_key,
    keys.end_key,
    apps.show_apps,
    apps.register_app,
    apps.rotate_secret,
    apps.delete_app,
    apps.take_back,
    oauth.show_consent,
    oauth.answer_consent,
    oauth.give_tokens,
    oauth.take_token,
    oauth.tell_of_oauth,
    hooks.show_hooks,
    hooks.add_hook,
    hooks.show_hook,
    hooks.rotate_secret,
    hooks.pause_hook,
    hooks.resume_hook,
    hooks.remove_hook,
    hooks.ping_hook,
    hooks.repeat_delivery,
]
