"""Collections: making them, what stands in them, what is said beside it."""

import asyncio
import uuid

import pytest

from quanzi.collections import collecting, making, reading, sectioning, wording
from quanzi.curation import removing
from quanzi.db.engine import rows
from quanzi.errors import Conflict, Invalid, NotAllowed, NotFound
from quanzi.media.incoming import store
from quanzi.moderation import acting, cases
from tests.collections.shelf import TYPED, head, made, order, says
from tests.people import CIRCLE
from tests.web.pictures import a_jpeg

HOME = f"/c/{CIRCLE}"
DESK = f"{HOME}/manage/collections"


async def test_an_editor_puts_a_post_in_from_its_menu_by_one_press(editor, xiaolan):
    written = await xiaolan.posts("二沙岛一圈")
    collection_id = await made(editor)
    menu = await editor.sees(f"{HOME}/p/{written.post_id}/controls")
    assert f'name="collection_id" value="{collection_id}"' in menu.text

    await editor.sends(f"{HOME}/p/{written.post_id}/collect", collection_id=str(collection_id))

    assert await order(editor, collection_id) == [[written.post_id]]
    menu = await editor.sees(f"{HOME}/p/{written.post_id}/controls")
    assert "collect__one--in" in menu.text


async def test_a_new_collection_is_made_in_the_menu_and_only_once(editor, xiaolan):
    written, key = await xiaolan.posts(), str(uuid.uuid4())
    for _ in range(2):
        await editor.sends(
            f"{HOME}/p/{written.post_id}/collect", title="新手路线", idempotency_key=key
        )

    found = await rows("select id, state from collection")
    assert [line["state"] for line in found] == ["draft"]
    assert await order(editor, found[0]["id"]) == [[written.post_id]]


async def test_her_author_hears_that_a_post_was_put_into_a_published_collection(editor, xiaolan):
    first, second = await xiaolan.posts("一"), await xiaolan.posts("二")
    collection_id = await made(editor, "路线", first.post_id)
    assert await rows("select 1 from concern where kind = 'collected'") == []

    await collecting.add(await editor.place(), collection_id, second.post_id)

    told = await rows(
        """select member_id, post_id, note from concern where kind = 'collected'
           union all select member_id, post_id, note from notice where kind = 'collected'"""
    )
    assert [tuple(line) for line in told] == [
        (xiaolan.member_id, second.post_id, str(collection_id))
    ]


async def test_put_in_twice_at_once_it_stands_there_once(cast, editor, xiaolan):
    written = await xiaolan.posts()
    collection_id = await made(editor, "路线", written.post_id)
    place, before = await editor.place(), await head(cast)
    other = await xiaolan.posts("又一篇")

    await asyncio.gather(*(collecting.add(place, collection_id, other.post_id) for _ in range(5)))

    assert await order(editor, collection_id) == [[written.post_id, other.post_id]]
    assert await head(cast) == before + 2


async def test_a_route_has_a_length_a_start_a_link_and_a_map(editor, xiaolan, visitor):
    written = await xiaolan.posts("江边一圈")
    collection_id = await made(editor, "热门跑步路线", written.post_id)
    answer = await editor.sends(
        f"{DESK}/{collection_id}/entries/{written.post_id}",
        files=[("map", ("a.jpg", a_jpeg(), "image/jpeg"))],
        title="二沙岛环岛", note="第一次夜跑从这里开始", km="5,8 km", start="星海音乐厅",
        link="https://run.example.com/ersha",
    )  # fmt: skip
    assert answer.status_code == 303

    page = (await visitor.get(f"{HOME}/collections/{collection_id}")).text
    for words in ("二沙岛环岛", "第一次夜跑从这里开始", "5.8 公里", "起点：星海音乐厅"):
        assert words in page
    assert 'href="https://run.example.com/ersha" rel="nofollow ugc noopener noreferrer"' in page
    drawn = await visitor.get(f"{HOME}/collections/{collection_id}/maps/{written.post_id}/m.webp")
    assert drawn.headers["content-type"] == "image/webp"
    shelf = (await visitor.get(f"{HOME}/collections")).text
    assert "热门跑步路线" in shelf and "1 篇 · 5.8 公里" in shelf


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"km": "far"}, "km"),
        ({"km": "0"}, "km"),
        ({"km": "1000.001"}, "km"),
        ({"km": "-5"}, "km"),
        ({"km": "٣"}, "km"),
        ({"link": "javascript:alert(1)"}, "link"),
        ({"link": "run.example.com"}, "link"),
        ({"link": "https://run.example.com@evil.example/"}, "link"),
        ({"link": "https://[::1"}, "link"),
        ({"note": "长" * 201}, "note"),
        ({"title": "长" * 41}, "title"),
        ({"start": "长" * 61}, "start"),
        ({"note": "傻逼路线"}, "note"),
    ],
)
async def test_what_will_not_do_beside_a_post_is_told_by_its_field(editor, xiaolan, typed, field):
    written = await xiaolan.posts()
    collection_id = await made(editor, "路线", written.post_id)

    answer = await editor.sends(f"{DESK}/{collection_id}/entries/{written.post_id}", **typed)

    assert answer.status_code == 422
    assert f'id="error-{field}"' in answer.text
    assert next(iter(typed.values()))[:10] in answer.text.replace("&#39;", "'")


@pytest.mark.parametrize(("typed", "metres"), [("5.8", 5800), ("12", 12000), ("0.05 公里", 50)])
async def test_kilometres_are_read_as_people_write_them(typed, metres):
    assert (await wording.entry(TYPED | {"km": typed})).metres == metres


@pytest.mark.parametrize(
    ("title", "intro", "field"),
    [
        ("", "", "title"),
        ("长" * 41, "", "title"),
        ("路线", "长" * 301, "intro"),
        ("傻逼", "", "title"),
    ],
)
async def test_a_collection_without_a_fit_title_is_refused_with_what_was_typed(
    editor, title, intro, field
):
    answer = await editor.sends(DESK, title=title, intro=intro, idempotency_key="")

    assert answer.status_code == 422
    assert f'id="error-{field}"' in answer.text
    assert await rows("select 1 from collection") == []


async def test_a_cover_that_is_no_picture_is_refused_and_a_new_one_takes_the_olds_place(editor):
    bad = [("cover", ("a.jpg", b"not a picture", "image/jpeg"))]
    assert (
        await editor.sends(DESK, files=bad, title="路线", idempotency_key="")
    ).status_code == 422
    good = [("cover", ("a.jpg", a_jpeg(), "image/jpeg"))]
    await editor.sends(DESK, files=good, title="路线", idempotency_key="")
    [before] = await rows("select id, cover from collection")

    await editor.sends(f"{DESK}/{before['id']}", files=good, title="路线", intro="")

    [after] = await rows("select cover from collection")
    assert after["cover"] not in {"", before["cover"]}
    assert not store().path(before["cover"], "m").exists()
    assert store().path(after["cover"], "m").exists()
    await editor.sends(f"{DESK}/{before['id']}", title="路线", intro="", bare="on")
    assert (await rows("select cover from collection"))[0]["cover"] == ""
    assert not store().path(after["cover"], "m").exists()


async def test_an_empty_one_is_not_published_and_says_why(editor):
    collection_id = await made(editor)

    answer = await editor.sends(f"{DESK}/{collection_id}/publish")

    assert answer.status_code == 422
    assert "先放进一篇再发布" in answer.text


async def test_a_draft_is_found_by_the_staff_and_nobody_else(cast, editor, xiaolan, visitor):
    written = await xiaolan.posts()
    collection_id = await made(editor, "秘密路线", written.post_id, out=False)
    before = await head(cast)
    await says(editor, collection_id, written.post_id, note="先别说")
    path = f"{HOME}/collections/{collection_id}"

    assert await head(cast) == before
    for client in (visitor, xiaolan.client, cast.maimai.client, cast.moderator.client):
        assert (await client.get(path)).status_code == 404
        assert "秘密路线" not in (await client.get(f"{HOME}/collections")).text
    assert (await cast.analyst.sees(path)).status_code == 200
    assert "秘密路线" not in (await xiaolan.sees(f"{HOME}/p/{written.post_id}/controls")).text


async def test_taken_back_it_is_a_draft_and_published_again_it_keeps_its_place(
    editor, xiaolan, visitor
):
    written = await xiaolan.posts()
    first = await made(editor, "第一个", written.post_id)
    await made(editor, "第二个", written.post_id)
    await editor.sends(f"{DESK}/{first}/withdraw")
    assert (await visitor.get(f"{HOME}/collections/{first}")).status_code == 404

    await editor.sends(f"{DESK}/{first}/publish")

    shelf = (await visitor.get(f"{HOME}/collections")).text
    assert shelf.index("第二个") < shelf.index("第一个")


async def test_deleted_it_goes_with_its_pictures_and_the_posts_stay(cast, editor, xiaolan, visitor):
    written = await xiaolan.posts("还在这里")
    collection_id = await made(editor, "路线", written.post_id)
    await editor.sends(
        f"{DESK}/{collection_id}/entries/{written.post_id}",
        files=[("map", ("a.jpg", a_jpeg(), "image/jpeg"))], title="", note="",
    )  # fmt: skip
    name = (await rows("select map from collection_entry"))[0]["map"]
    assert store().path(name, "m").exists()
    before = await head(cast)

    await editor.sends(f"{DESK}/{collection_id}/delete")

    assert (await visitor.get(f"{HOME}/collections/{collection_id}")).status_code == 404
    assert (await visitor.get(f"{HOME}/p/{written.post_id}")).status_code == 200
    assert not store().path(name, "m").exists()
    assert await rows("select 1 from collection_section") == []
    assert await head(cast) == before + 1


async def test_what_is_removed_vanishes_and_put_back_stands_where_it_stood(cast, editor, xiaolan):
    first, second, third = [await xiaolan.posts(f"第 {n} 篇") for n in range(3)]
    collection_id = await made(editor, "路线", first.post_id, second.post_id, third.post_id)
    await says(editor, collection_id, second.post_id, note="看这里")
    await cast.reviewer.decides(second.post_id)
    assert await order(editor, collection_id) == [[first.post_id, third.post_id]]
    before = await head(cast)

    [line] = await rows("select id from review_case where post_id = $1", second.post_id)
    case = await cases.one(await cast.reviewer.place(), line["id"])
    await acting.undo(case, None)

    assert await order(editor, collection_id) == [[first.post_id, second.post_id, third.post_id]]
    told = await rows(
        "select op from circle_event where circle_id = $1 and seq > $2 order by seq",
        cast.circle_id,
        before,
    )
    assert [line["op"] for line in told] == ["post.restored", "collection.changed"]


async def test_a_full_one_says_so_and_what_its_author_deleted_takes_no_room(
    editor, xiaolan, monkeypatch
):
    monkeypatch.setattr(collecting, "MOST", 2)
    first, second, third = [await xiaolan.posts(f"第 {n} 篇") for n in range(3)]
    collection_id = await made(editor, "路线", first.post_id, second.post_id)
    path = f"{HOME}/p/{third.post_id}/collect"

    answer = await editor.sends(path, collection_id=str(collection_id))
    assert answer.status_code == 422
    assert 'id="error-collection_id"' in answer.text

    await removing.remove(await xiaolan.place(), first.post_id)
    assert (await editor.sends(path, collection_id=str(collection_id))).status_code == 303
    assert await order(editor, collection_id) == [[second.post_id, third.post_id]]


async def test_a_circle_has_so_many_collections_and_a_collection_so_many_sections(
    editor, monkeypatch
):
    monkeypatch.setattr(making, "MOST", 2)
    monkeypatch.setattr(sectioning, "MOST", 2)
    place = await editor.place()
    collection_id = await made(editor, "一")
    await made(editor, "二")

    with pytest.raises(Invalid):
        await making.make(place, title="三", key=uuid.uuid4())
    await sectioning.add(place, collection_id, "分节")
    with pytest.raises(Invalid):
        await sectioning.add(place, collection_id, "再一节")


@pytest.mark.parametrize("who", ["xiaolan", "reviewer", "analyst", "maimai", "moderator"])
async def test_who_does_not_edit_here_makes_and_changes_nothing(cast, editor, who):
    person, written = getattr(cast, who), await cast.xiaolan.posts()
    collection_id = await made(editor, "路线", written.post_id)
    place = await person.place()

    for deed in (
        collecting.add(place, collection_id, written.post_id),
        collecting.add_to_new(place, "我的", written.post_id, uuid.uuid4()),
        collecting.take_out(place, collection_id, written.post_id),
        collecting.describe(place, collection_id, written.post_id, TYPED),
        making.make(place, title="我的", key=uuid.uuid4()),
        making.change(place, collection_id, title="我的", intro=""),
        making.withdraw(place, collection_id),
        making.publish(place, collection_id),
        making.delete(place, collection_id),
        sectioning.add(place, collection_id, "节"),
    ):
        with pytest.raises(NotAllowed):
            await deed
    assert (await person.sees(DESK)).status_code == 404
    answer = await person.sends(
        f"{HOME}/p/{written.post_id}/collect", collection_id=str(collection_id)
    )
    assert answer.status_code == 403


async def test_neither_a_foreign_post_nor_a_foreign_collection_is_found(editor, maimai, xiaolan):
    foreign = await maimai.posts("别处的", circle="banking")
    written = await xiaolan.posts()
    collection_id = await made(editor, "路线", written.post_id)

    with pytest.raises(NotFound):
        await collecting.add(await editor.place(), collection_id, foreign.post_id)
    with pytest.raises(NotFound):
        await collecting.add(await maimai.place("banking"), collection_id, foreign.post_id)
    assert (await maimai.sees(f"/c/banking/collections/{collection_id}")).status_code == 404


async def test_a_planned_post_cannot_be_put_in_yet(editor):
    written = await editor.posts("明天")
    await rows("update post set state = 'scheduled' where id = $1", written.post_id)
    collection_id = await made(editor)

    with pytest.raises(Conflict):
        await collecting.add(await editor.place(), collection_id, written.post_id)


async def test_a_hidden_circles_collections_and_their_pictures_are_not_found(
    cast, editor, xiaolan, visitor
):
    written = await xiaolan.posts()
    collection_id = await made(editor, "路线", written.post_id)
    await editor.sends(
        f"{DESK}/{collection_id}",
        files=[("cover", ("a.jpg", a_jpeg(), "image/jpeg"))], title="路线", intro="",
    )  # fmt: skip
    paths = [f"{HOME}/collections", f"{HOME}/collections/{collection_id}",
             f"{HOME}/collections/{collection_id}/cover/s.webp"]  # fmt: skip
    for path in paths:
        assert (await visitor.get(path)).status_code == 200
    await rows("update circle set hidden = true where id = $1", cast.circle_id)

    for path in paths:
        assert (await visitor.get(path)).status_code == 404
        assert (await editor.sees(path)).status_code == 200


async def test_the_shelf_is_read_in_pages_to_its_end(editor, xiaolan, visitor, monkeypatch):
    written = await xiaolan.posts()
    for number in range(reading.PAGE + 1):
        await made(editor, f"第 {number} 个。", written.post_id)

    page = (await visitor.get(f"{HOME}/collections")).text
    older = page.split("?before=")[1].split('"')[0]
    rest = (await visitor.get(f"{HOME}/collections?before={older}")).text

    assert page.count('class="collection-card"') == reading.PAGE
    assert rest.count('class="collection-card"') == 1 and "第 0 个。" in rest
