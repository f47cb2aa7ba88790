"""`/dev/gallery`: for who works on the site. To everybody else there is no such page."""

from typing import Any

from litestar import Request, Response, get

from quanzi.circles import live as circles
from quanzi.errors import said
from quanzi.gallery import samples
from quanzi.posts import drawing, talking
from quanzi.web import i18n
from quanzi.web.doors import let_in
from quanzi.web.forms import Form
from quanzi.web.responses import Undo, page

type_of_request = Request[Any, Any, Any]

THEMES = ("", "light", "dark")
WRONG = {"body": said("写点什么再发吧。"), "images": said("一张图片最大 10 MB。")}


@get("/dev/gallery")
async def show_gallery(request: type_of_request) -> Response[bytes]:
    await let_in(request, lambda viewer: viewer.platform_role == "admin")
    language = i18n.language_of(request)
    theme = request.query_params.get("theme", "")
    return await page(
        request,
        "gallery/page.html",
        theme=theme if theme in THEMES else "",
        samples=samples,
        posts=[(name, drawing.draw(each, language)) for name, each in samples.POSTS.items()],
        comments=[(name, talking.draw(each, language)) for name, each in samples.COMMENTS.items()],
        heads=[
            ("empty", circles.draw(samples.CIRCLE, 0, language)),
            ("12,345", circles.draw(samples.CIRCLE, 12_345, language, 678)),
            ("long names", circles.draw(samples.LONG_CIRCLE, 123_456_789, language, 12_345)),
        ],
        undos=[Undo(deed, "/dev/gallery", "") for deed in ("post", "comment", "pin")],
        blank=Form({"idempotency_key": ""}, {}),
        typed=Form({"body": samples.MIXED, "idempotency_key": ""}, {}),
        wrong=WRONG,
        refusal=[said("现在不能这样做。"), said("过一会儿再试。")],
    )


ROUTES = [show_gallery]
