"""What is said of a post's pictures, and their order."""

import re

import pytest

from quanzi.db.engine import row, rows
from quanzi.errors import Conflict, Invalid
from quanzi.posts import captions, editing, reading
from quanzi.posts.captions import Caption
from tests.people import CIRCLE
from tests.web.pictures import a_jpeg

HELD = "你们都是傻逼"


def three(*widths: int):
    """Pictures that are known by their widths."""
    return [
        ("images", (f"{width}.jpg", a_jpeg(width, 600), "image/jpeg"))
        for width in widths or (610, 620, 630)
    ]


async def posted(person, **fields) -> int:
    answer = await person.sends(f"/c/{CIRCLE}/posts", files=three(), body="三张图", **fields)
    assert answer.status_code == 303, answer.text
    return int((await rows("select max(id) as id from post"))[0]["id"])


async def shown(post_id: int) -> list[tuple[int, str]]:
    found = await rows("select width, alt from image where post_id = $1 order by place", post_id)
    return [tuple(line) for line in found]


async def test_each_picture_is_read_to_who_cannot_see_it(xiaolan, visitor):
    await posted(xiaolan, **{"alt-1": "江边的\n 跑道", "alt-3": '终点 "海心沙" <b>'})

    page = await visitor.get(f"/c/{CIRCLE}")
    feed = page.text.partition('id="feed"')[2].partition("</article>")[0]
    found = re.findall(r'<img [^>]*alt="([^"]*)"', feed)
    assert found == ["江边的 跑道", "小兰的图片 2", "终点 &#34;海心沙&#34; &lt;b&gt;"]


async def test_without_scripts_the_order_is_typed(xiaolan):
    post_id = await posted(xiaolan, **{"alt-1": "甲", "alt-2": "乙", "alt-3": "丙", "order-3": "1"})

    assert await shown(post_id) == [(630, "丙"), (610, "甲"), (620, "乙")]


@pytest.mark.parametrize(
    ("typed", "order"),
    [
        ({}, [0, 1, 2]),
        ({"order-1": "3"}, [1, 0, 2]),
        ({"order-1": "9"}, [1, 2, 0]),
        ({"order-3": "1", "order-1": "2"}, [2, 0, 1]),
        ({"order-2": "x", "order-3": "-1"}, [0, 1, 2]),
        ({"order-1": "1", "order-2": "1", "order-3": "1"}, [1, 2, 0]),
    ],
)
def test_the_order_is_what_was_meant(typed, order):
    assert [each.number for each in captions.read(typed, 3)] == order


def test_a_description_has_three_hundred_characters_at_most():
    assert captions.read({"alt-1": "长" * 300}, 1) == [Caption(0, "长" * 300)]
    with pytest.raises(Invalid) as why:
        captions.read({"alt-2": "长" * 301}, 2)
    assert "第 2 张" in str(why.value.fields["alt"])


async def test_too_long_a_description_comes_back_with_what_was_typed(xiaolan):
    answer = await xiaolan.sends(
        f"/c/{CIRCLE}/posts", files=three(), body="图", **{"alt-1": "长" * 301}
    )

    assert answer.status_code == 422
    assert 'id="error-alt"' in answer.text
    assert "长" * 301 in answer.text
    assert await row("select 1 from image") is None


async def test_what_nobody_is_to_read_stands_in_no_description_either(xiaolan):
    held = await xiaolan.sends(f"/c/{CIRCLE}/posts", files=three(), body="图", **{"alt-2": HELD})

    assert held.headers["location"].endswith("outcome=held")
    assert (await row("select state from post"))["state"] == "held"


async def test_a_telephone_number_in_a_description_gets_stars(xiaolan):
    post_id = await posted(xiaolan, **{"alt-2": "找我 13812345678 拿", "alt-3": "终点"})

    said = [alt for _, alt in await shown(post_id)]
    assert "13812345678" not in said[1]
    assert "*" in said[1]
    assert said[2] == "终点"


async def test_words_and_order_are_changed_on_the_edit_page(xiaolan, visitor):
    post_id = await posted(xiaolan, **{"alt-1": "甲"})
    here = f"/c/{CIRCLE}/p/{post_id}"
    assert 'name="alt-1" maxlength="300" value="甲"' in (await xiaolan.sees(f"{here}/edit")).text

    answer = await xiaolan.sends(
        f"{here}/edit", body="三张图", version="1",
        **{"alt-1": "甲甲", "alt-2": "乙", "alt-3": "", "order-1": "3", "order-2": "1", "order-3": "2"},
    )  # fmt: skip

    assert answer.status_code == 303
    assert await shown(post_id) == [(620, "乙"), (630, ""), (610, "甲甲")]
    event = await row("select op, version from circle_event order by seq desc limit 1")
    assert tuple(event) == ("post.edited", 2)
    assert 'alt="甲甲"' in (await visitor.get(here)).text


async def test_the_same_again_is_no_new_version(xiaolan):
    post_id = await posted(xiaolan, **{"alt-1": "甲"})
    place = await xiaolan.place()
    same = [Caption(0, "甲"), Caption(1, ""), Caption(2, "")]

    assert await editing.edit(place, post_id, "三张图", 1, said=same) == 0
    assert (await reading.one(place, post_id)).version == 1


async def test_who_edits_the_words_only_leaves_the_pictures(xiaolan):
    post_id = await posted(xiaolan, **{"alt-1": "甲"})

    await editing.edit(await xiaolan.place(), post_id, "换了话", 1)

    assert (await shown(post_id))[0] == (610, "甲")


async def test_an_old_form_changes_no_pictures(xiaolan):
    post_id = await posted(xiaolan)
    place = await xiaolan.place()
    await editing.edit(place, post_id, "先改了", 1)

    with pytest.raises(Conflict):
        await editing.edit(place, post_id, "先改了", 1, said=captions.read({"alt-1": "旧"}, 3))
    assert (await shown(post_id))[0] == (610, "")


async def test_a_description_that_has_to_be_looked_at_waits_and_then_stands(cast, xiaolan):
    post_id = await posted(xiaolan, **{"alt-1": "甲"})
    place = await xiaolan.place()
    said = captions.read({"alt-1": HELD, "order-1": "3"}, 3)

    assert await editing.edit(place, post_id, "三张图", 1, said=said) == 0
    assert await editing.waits(place, post_id)
    assert (await shown(post_id))[0] == (610, "甲")

    await editing.put_held_in_force(cast.circle_id, post_id)
    assert await shown(post_id) == [(620, ""), (610, HELD), (630, "")]


async def test_nobody_else_describes_her_pictures(xiaolan, aqiang):
    post_id = await posted(xiaolan)

    answer = await aqiang.sends(
        f"/c/{CIRCLE}/p/{post_id}/edit", body="三张图", version="1", **{"alt-1": "改了"}
    )

    assert answer.status_code == 403
    assert (await shown(post_id))[0] == (610, "")
