"""Pictures for where an address is shared. Of what a visitor sees, whoever asks."""

from litestar import Response, get
from litestar.params import FromPath

from quanzi.platform import sharing
from quanzi.platform.embedding import place_of

OPEN = {"open": "who sends an address on has no session there; it shows what visitors read"}
# Sites that show it keep it for longer than we do.
KEPT = {
    "cache-control": "public, max-age=300",
    "content-security-policy": "default-src 'none'; sandbox",
    "cross-origin-resource-policy": "cross-origin",
}


@get("/c/{circle:str}/card.jpg", opt=OPEN)
async def show_card(circle: FromPath[str]) -> Response[bytes]:
    return _picture(await sharing.of_circle(await place_of(circle)))


@get("/c/{circle:str}/p/{post_id:int}/card.jpg", opt=OPEN)
async def show_post_card(circle: FromPath[str], post_id: FromPath[int]) -> Response[bytes]:
    return _picture(await sharing.of_post(await place_of(circle), post_id))


def _picture(made: bytes) -> Response[bytes]:
    return Response(made, media_type="image/jpeg", headers=KEPT)
