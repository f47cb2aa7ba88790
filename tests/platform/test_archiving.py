"""An owner takes a circle along, whole, and brings its posts in elsewhere; nobody else can."""

import io
import json
import uuid
import zipfile

from quanzi.collections import collecting
from quanzi.db.engine import rows
from quanzi.platform import archiving
from tests.importing.brought import brought
from tests.people import CIRCLE
from tests.web.pictures import a_jpeg

HERE = f"/c/{CIRCLE}/manage/archive"


async def taken(person) -> zipfile.ZipFile:
    answer = await person.sends(HERE)
    assert answer.headers["content-type"] == "application/zip"
    return zipfile.ZipFile(io.BytesIO(answer.content))


def told(book: zipfile.ZipFile, name: str):
    return json.loads(book.read(name))


async def pictured(person, body: str) -> None:
    answer = await person.sends(
        f"/c/{CIRCLE}/posts",
        body=body,
        files=[("images", ("a.jpg", a_jpeg(640, 480), "image/jpeg"))],
    )
    assert answer.status_code == 303, answer.text
    await rows("update post set state = 'published', held_for = '' where state = 'held'")


async def test_all_that_everybody_may_read_is_in_it(cast, owner, editor, xiaolan):
    post = await xiaolan.posts("第一篇 #夜跑#")
    await xiaolan.sends(f"/c/{CIRCLE}/p/{post.post_id}/comments", body="自己说一句")
    gone = await xiaolan.posts("说错了")
    await xiaolan.sends(f"/c/{CIRCLE}/p/{gone.post_id}/delete")
    await editor.posts("第二篇")

    book = await taken(owner)
    assert book.testzip() is None
    assert told(book, "circle.json")["slug"] == CIRCLE
    posts = told(book, "posts-0001.json")["posts"]
    assert [(each["body"], each["author"]["handle"]) for each in posts] == [
        ("第一篇 #夜跑#", "xiaolan"),
        ("第二篇", "joyrun-editor"),
    ]
    [comment] = told(book, "comments-0001.json")["comments"]
    assert (comment["body"], comment["post_id"]) == ("自己说一句", post.post_id)
    assert "posts-NNNN.json" in book.read("README.txt").decode()
    everything = "".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())
    assert "说错了" not in everything


async def test_its_posts_and_pictures_can_be_brought_in_elsewhere(cast, owner, editor, xiaolan):
    await pictured(xiaolan, "沿江五公里 #夜跑#")
    answer = await owner.sends(HERE)
    book = zipfile.ZipFile(io.BytesIO(answer.content))
    [post] = told(book, "posts-0001.json")["posts"]
    assert post["pictures"][0] in book.namelist()
    await rows("update post set body = '', state = 'removed', removed_at = now()")

    await brought(editor, book.read("posts-0001.json"), answer.content)
    [made] = await rows("select body, id from post where state <> 'removed'")
    assert made["body"] == "沿江五公里 #夜跑#"
    assert len(await rows("select 1 from image where post_id = $1", made["id"])) == 1


async def test_more_than_a_piece_is_in_several_files_and_none_is_lost(
    owner, xiaolan, editor, monkeypatch
):
    monkeypatch.setattr(archiving, "PIECE", 3)
    for number in range(7):
        await xiaolan.posts(f"第 {number} 篇")
    book = await taken(owner)

    names = [name for name in book.namelist() if name.startswith("posts-")]
    assert names == ["posts-0001.json", "posts-0002.json", "posts-0003.json"]
    bodies = [post["body"] for name in names for post in told(book, name)["posts"]]
    assert bodies == [f"第 {number} 篇" for number in range(7)]


async def test_collections_come_with_it(owner, editor, xiaolan):
    post = await xiaolan.posts("路线")
    place = await editor.place()
    await collecting.add_to_new(place, "热门路线", post.post_id, uuid.uuid4())
    await rows("update collection set state = 'published', published_at = now()")
    [found] = told(await taken(owner), "collections.json")

    assert found["title"] == "热门路线"
    assert found["sections"][0]["items"][0]["post_id"] == post.post_id


async def test_nobody_but_the_owner_takes_it_and_the_log_says_who_did(
    cast, owner, editor, reviewer, xiaolan, visitor
):
    for person in (editor, reviewer, xiaolan):
        assert (await person.sees(HERE)).status_code == 404
        assert (await person.sends(HERE)).status_code == 404
    await taken(owner)
    found = await rows("select actor_id from audit_entry where deed = 'circle.exported'")

    assert [line["actor_id"] for line in found] == [owner.member_id]
