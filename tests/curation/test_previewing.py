"""A post is seen before it is sent, and nothing of it is kept."""

import html
import re

import pytest

from quanzi.db.engine import rows
from tests.matrix.kept import fingerprints
from tests.people import CIRCLE
from tests.web.pictures import a_jpeg

PREVIEW = f"/c/{CIRCLE}/compose/preview"


def frames(page: str) -> list[str]:
    return [html.unescape(each) for each in re.findall(r'srcdoc="([^"]*)"', page)]


async def test_the_page_shows_the_posts_own_drawing_in_three_languages(editor, xiaolan):
    answer = await editor.sends(
        PREVIEW, body="今晚见 #夜跑# @xiaolan <b>", files={"images": ("a.jpg", a_jpeg(), "image/jpeg")},
        topics="江边", **{"alt-1": "跑道"},
    )  # fmt: skip

    assert answer.status_code == 200
    shown = frames(answer.text)
    assert [re.search('lang="([^"]+)"', each)[1] for each in shown] == ["zh-Hans", "zh-Hant", "en"]
    for each in shown:
        assert 'class="topic" href="/c/night-run/topics/' in each
        assert 'class="mention" href="/m/xiaolan"' in each
        assert "&lt;b&gt;" in each
        assert 'alt="跑道"' in each
        assert "picture.svg" in each
    assert "badge--staff" in shown[0]
    assert 'aria-label="Like"' in shown[2] or "Like" in shown[2]


async def test_nothing_is_kept_of_it(site, xiaolan):
    await site.tickers_rest()
    await xiaolan.csrf()
    before = await fingerprints()

    for body in ("好的", "你们都是傻逼", ""):
        await xiaolan.sends(PREVIEW, body=body, files={"images": ("a.jpg", a_jpeg(), "image/jpeg")})

    assert await fingerprints() == before


async def test_back_nothing_is_lost(editor):
    fields = {"body": "写了很久", "topics": "江边", "pin": "on", "publish_at": "2026-12-01T07:00",
              "idempotency_key": "3f0c2c52-8a55-4b0a-8f1c-111111111111", "alt-2": "第二张", "order-2": "1"}  # fmt: skip
    answer = await editor.sends(PREVIEW, **fields)

    form = answer.text.split('id="compose"')[1]
    for value in ("写了很久", "江边", "2026-12-01T07:00", fields["idempotency_key"], "第二张"):
        assert value in form
    assert 'name="pin" checked' in form


@pytest.mark.parametrize("body", ["", "长" * 5001])
async def test_what_will_not_do_is_said_and_comes_back(xiaolan, body):
    answer = await xiaolan.sends(PREVIEW, body=body)

    assert answer.status_code == 422
    assert frames(answer.text) == []
    assert body in answer.text


async def test_what_screening_will_do_is_shown(xiaolan):
    masked = await xiaolan.sends(PREVIEW, body="电话 13812345678")
    assert "13812345678" not in frames(masked.text)[0]
    assert "星号" in masked.text

    held = await xiaolan.sends(PREVIEW, body="你们都是傻逼")
    assert "要先审核" in held.text


async def test_the_dialog_gets_a_part_and_sizes_are_believed_so_far(xiaolan):
    answer = await xiaolan.client.post(
        PREVIEW,
        data={"_csrf_token": await xiaolan.csrf(), "body": "图", "shown": "600x900,99999x1,0x5,x"},
        headers={"hx-request": "true"},
    )

    assert "<html" not in re.sub('srcdoc="[^"]*"', "", answer.text)
    assert re.findall(r'width="(\d+)" height="(\d+)"', frames(answer.text)[0]) == [
        ("600", "900"),
        ("99999", "1"),
    ]
    assert 'data-shape="tall"' in frames(answer.text)[0]


async def test_where_only_the_partner_posts_nobody_else_previews(cast, xiaolan):
    await rows("update circle set posting = 'staff' where id = $1", cast.circle_id)

    assert (await xiaolan.sends(PREVIEW, body="x")).status_code == 403
