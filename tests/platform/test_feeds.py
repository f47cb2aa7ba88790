"""Feeds: what a visitor reads, for a reader that somebody else wrote; and nothing more."""

import feedparser

from quanzi.db.engine import rows
from tests.people import CIRCLE

ATOM, JSON = f"/c/{CIRCLE}/feed.atom", f"/c/{CIRCLE}/feed.json"


async def test_a_reader_of_feeds_reads_what_the_page_shows(xiaolan, editor, visitor):
    await xiaolan.posts("第一篇 <b>不是标记</b> & 别的\n\n第二段 #夜跑#")
    written = await editor.posts("悦跑圈说：明天见")

    answer = await visitor.get(ATOM)
    found = feedparser.parse(answer.content)

    assert not found.bozo, found.get("bozo_exception")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    assert found.feed.title == "珠江夜跑圈"
    assert [entry.title for entry in found.entries] == [
        "悦跑圈说：明天见",
        "第一篇 <b>不是标记</b> & 别的",
    ]
    first, last = found.entries[1], found.entries[0]
    assert "&lt;b&gt;" in first.content[0].value
    assert f'href="http://{visitor.base_url.netloc.decode()}/c/' in first.content[0].value
    assert first.tags[0].term == "夜跑"
    assert last.link.endswith(f"/c/{CIRCLE}/p/{written.post_id}")
    assert (await visitor.get(last.link)).status_code == 200


async def test_both_say_the_same_and_the_page_names_them(xiaolan, visitor):
    await xiaolan.posts("一样的话")
    page = (await visitor.get(f"/c/{CIRCLE}")).text
    told = (await visitor.get(JSON)).json()
    entry = feedparser.parse((await visitor.get(ATOM)).content).entries[0]

    assert f'href="{ATOM}"' in page
    assert f'href="{JSON}"' in page
    assert told["version"] == "https://jsonfeed.org/version/1.1"
    [item] = told["items"]
    assert (item["id"], item["title"], item["content_html"]) == (
        entry.id,
        entry.title,
        entry.content[0].value,
    )


async def test_what_has_not_changed_is_not_sent_again(xiaolan, visitor):
    post_id = (await xiaolan.posts("还在")).post_id
    first = await visitor.get(ATOM)
    same = await visitor.get(ATOM, headers={"if-none-match": first.headers["etag"]})
    await xiaolan.sends(f"/c/{CIRCLE}/p/{post_id}/delete")
    then = await visitor.get(ATOM, headers={"if-none-match": first.headers["etag"]})

    assert (same.status_code, same.content) == (304, b"")
    assert then.status_code == 200
    assert "还在" not in then.text


async def test_what_xml_cannot_hold_breaks_no_reader(xiaolan, visitor):
    written = await xiaolan.posts("话")
    await rows(
        "update post set body = $1 where id = $2", "前\ufffe\uffff后 ]]> \u2028", written.post_id
    )
    found = feedparser.parse((await visitor.get(ATOM)).content)

    assert not found.bozo
    assert found.entries[0].title.startswith("前后")


async def test_an_empty_circle_has_a_feed_too(cast, visitor):
    assert not feedparser.parse((await visitor.get(ATOM)).content).bozo
    assert (await visitor.get(JSON)).json()["items"] == []


async def test_nobody_gets_by_a_feed_what_a_visitor_may_not_read(xiaolan, owner, visitor):
    await xiaolan.posts("给认证过的人看")
    await rows(
        """update circle set thresholds = '{"read": {"verified": true}}' where slug = $1""", CIRCLE
    )
    assert (await visitor.get(ATOM)).status_code == 403
    assert (await owner.sees(JSON)).status_code == 403
    await rows("update circle set hidden = true where slug = $1", CIRCLE)
    assert (await visitor.get(ATOM)).status_code == 404
    assert (await owner.sees(JSON)).status_code == 404
