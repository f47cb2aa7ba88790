"""T23 at the door: pictures that come with a form, and bodies that nobody wants to read."""

import asyncio
import re

import pytest

from quanzi.posts import pictures
from quanzi.settings import settings
from tests.people import CIRCLE
from tests.web.pictures import a_jpeg

POSTS = f"/c/{CIRCLE}/posts"


def images(*contents: bytes, name: str = "p.jpg") -> list:
    return [("images", (name, content, "image/jpeg")) for content in contents]


async def test_a_picture_is_shown_without_what_the_camera_wrote_into_it(xiaolan, visitor):
    assert (await xiaolan.sends(POSTS, files=images(a_jpeg()), body="有图")).status_code == 303

    page = (await visitor.get(f"/c/{CIRCLE}")).text
    path = re.search(r'src="(/c/[^"]+/i/[^"]+)"', page)
    assert path
    shown = await visitor.get(path[1])
    assert shown.status_code == 200
    assert shown.headers["content-type"] == "image/webp"
    assert shown.headers["content-disposition"].startswith("inline")
    assert "sandbox" in shown.headers["content-security-policy"]
    assert b"GPS-MARKER" not in shown.content
    assert 'width="800" height="600"' in page


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"<html><script>alert(1)</script>", "不是图片"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "不是图片"),
        (b"\xff\xd8\xff" + b"\x00" * 100, "图片"),
        (b"x" * (10 * 2**20 + 1), "超过 10 MB"),
    ],
)
async def test_what_is_no_picture_is_told_beside_the_field_and_the_words_stay(
    xiaolan, content, says
):
    answer = await xiaolan.sends(POSTS, files=images(a_jpeg(), content), body="写了很久的话")

    assert answer.status_code == 422
    assert 'id="error-images"' in answer.text
    assert "第 2" in answer.text
    assert says in answer.text
    assert "写了很久的话" in answer.text
    assert not list(settings().media.rglob("*.webp")), "the good one was thrown away again"


async def test_nine_pictures_are_welcome_and_ten_are_told(xiaolan):
    assert (
        await xiaolan.sends(POSTS, files=images(*[a_jpeg(40, 30)] * 9), body="九")
    ).status_code == 303
    answer = await xiaolan.sends(POSTS, files=images(*[a_jpeg(40, 30)] * 10), body="十张")

    assert answer.status_code == 422
    assert "最多 9 张图片" in answer.text
    assert "十张" in answer.text


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd",
        "..%2f..%2fx.jpg",
        "/etc/cron.d/x",
        "a\x00b.jpg",
        "\u202egpj.exe",
        "C:\\x.jpg",
        "\\\\host\\x",
        ".htaccess",
        "x.php",
        "x.jpg.svg",
        "a\r\nX: y",
        "",
        ".",
        "x" * 5000,
        "图" * 300,
    ],
)
async def test_the_name_of_a_file_means_nothing(xiaolan, name):
    answer = await xiaolan.sends(POSTS, files=images(a_jpeg(40, 30), name=name), body="名字")

    assert answer.status_code in {303, 400}
    stored = [file.name for file in settings().media.rglob("*") if file.is_file()]
    assert all(re.fullmatch(r"[0-9a-f]{30}-\d+\.webp", each) for each in stored)


async def test_a_double_click_keeps_one_set_of_pictures(xiaolan):
    key = "7e0b0f0e-0000-4000-8000-000000000001"
    await asyncio.gather(
        *(
            xiaolan.sends(POSTS, files=images(a_jpeg(40, 30)), body="双击", idempotency_key=key)
            for _ in range(3)
        )
    )

    assert len(list(settings().media.rglob("*.webp"))) == 3, "three sizes of one picture"


async def test_a_body_of_a_hundred_megabytes_gets_a_clear_page(xiaolan):
    answer = await xiaolan.sends(POSTS, files=images(b"x" * 100 * 2**20), body="太大")

    assert answer.status_code == 413
    assert "太大" in answer.text


async def test_ten_thousand_parts_are_not_read(xiaolan):
    parts = [(f"field{n}", (None, "x")) for n in range(10_000)]
    answer = await xiaolan.client.post(POSTS, files=parts)

    assert answer.status_code in {400, 403}


async def test_while_a_large_body_comes_others_are_served(xiaolan, visitor):
    sending = asyncio.create_task(
        xiaolan.sends(POSTS, files=images(b"x" * 60 * 2**20), body="慢慢来")
    )
    slowest = 0.0
    while not sending.done():
        started = asyncio.get_running_loop().time()
        await visitor.get("/healthz")
        slowest = max(slowest, asyncio.get_running_loop().time() - started)
        await asyncio.sleep(0.01)

    assert (await sending).status_code == 422
    # Client and server share this process; the figure is a bound on a stall, not a measure.
    assert slowest < 3


async def test_a_picture_of_one_circle_is_not_found_in_another(xiaolan, visitor):
    await xiaolan.sends(POSTS, files=images(a_jpeg(40, 30)), body="有图")
    page = (await visitor.get(f"/c/{CIRCLE}")).text
    path = re.search(r'src="(/c/[^"]+/i/[^"]+)"', page)
    assert path

    assert (await visitor.get(path[1].replace(CIRCLE, "banking"))).status_code == 404
    assert (await visitor.get(re.sub(r"/\w\.webp", "/x.webp", path[1]))).status_code == 404
    assert pictures.store().root == settings().media


@pytest.fixture(autouse=True)
def _no_pictures_yet(cast):
    for file in settings().media.rglob("*.webp"):
        file.unlink()
