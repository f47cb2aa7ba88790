"""The page of notices: what it shows, what it never shows, and what is done on it."""

import json
import re

import pytest

from quanzi.circles import following
from quanzi.db.engine import rows
from quanzi.notifications import counting, kinds, wording
from quanzi.posts import removing
from tests.notifications.news import happens, told, tray
from tests.people import CIRCLE


@pytest.fixture(autouse=True)
async def _told_by_hand(site):
    await site.tickers_rest()


async def bell(person, path: str = "/me/sessions") -> str:
    page = (await person.sees(path)).text
    found = re.search(r'data-count="notices">([^<]*)<', page)
    assert found, "a signed-in page has a bell"
    return found[1]


async def test_a_visitor_has_no_bell_and_is_asked_to_sign_in(cast, visitor):
    assert 'data-count="notices"' not in (await visitor.get("/")).text
    answer = await visitor.get("/me/notices")

    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/signin?next=")


async def test_an_empty_tray_says_what_it_is_for(xiaolan):
    assert "会在这里告诉你" in (await xiaolan.sees("/me/notices")).text


async def test_a_real_comment_is_told_with_its_words_and_leads_to_it(cast, xiaolan, aqiang):
    post = await xiaolan.posts("周末去白云山")
    said = await aqiang.says(post.post_id, "带我一个！")
    await told()

    page = (await xiaolan.sees("/me/notices")).text
    assert "<b>阿强</b> 评论了你的帖子" in page
    assert "带我一个！" in page
    link = re.search(r'href="(/c/night-run/p/[^"#]+)#comment-(\d+)"', page)
    assert int(link[2]) == said.comment_id
    assert f'id="comment-{said.comment_id}"' in (await xiaolan.sees(link[1])).text


async def test_in_english_a_crowd_is_said_in_english(cast, xiaolan, aqiang, owner):
    post = await xiaolan.posts()
    for person in (aqiang, owner, cast.editor):
        await happens(xiaolan, "like", person, circle_id=cast.circle_id, post_id=post.post_id)
    await told()

    page = (await xiaolan.sees("/me/notices?lang=en")).text
    assert "3 people, including <b>悦跑编辑</b> and <b>悦跑圈主</b>, liked your post" in page


async def test_a_name_is_text_and_nothing_else(cast, xiaolan, aqiang):
    await rows("update member set name = '<img src=x> %(who)s' where id = $1", aqiang.member_id)
    await happens(xiaolan, "follow", aqiang)
    await told()

    page = (await xiaolan.sees("/me/notices")).text
    assert "<b>&lt;img src=x&gt; %(who)s</b> 关注了你" in page


async def test_of_a_removed_comment_no_word_is_left(cast, xiaolan, aqiang):
    post = await xiaolan.posts()
    said = await aqiang.says(post.post_id, "说错了的话")
    await told()
    await removing.remove_comment(await aqiang.place(), post.post_id, said.comment_id)

    page = (await xiaolan.sees("/me/notices")).text
    assert "说错了的话" not in page
    assert "内容已经不在了" in page
    assert f"#comment-{said.comment_id}" not in page


async def test_of_a_removed_post_no_word_is_left_and_its_author_is_told(cast, xiaolan, owner):
    post = await xiaolan.posts("不该发的帖子")
    await happens(xiaolan, "like", owner, circle_id=cast.circle_id, post_id=post.post_id)
    await told()
    await owner.decides(post.post_id)
    await told()

    page = (await xiaolan.sees("/me/notices")).text
    assert "不该发的帖子" not in page
    assert "你写的内容被处理了" in page
    assert "/me/decisions/" in page


async def test_what_has_been_hidden_since_is_gone_too(cast, xiaolan, owner):
    post = await owner.posts("给自己人的话 @xiaolan")
    await told()
    assert len(await tray(xiaolan)) == 1
    await rows("update circle set hidden = true where id = $1", cast.circle_id)

    page = (await xiaolan.sees("/me/notices")).text
    assert "给自己人的话" not in page
    assert "珠江夜跑圈" not in page
    assert f"/p/{post.post_id}" not in page


async def test_looking_changes_nothing(cast, xiaolan, aqiang):
    await happens(xiaolan, "follow", aqiang)
    await told()
    before = await rows("select * from notice")
    for path in ("/me/notices", "/me/notices?before=20300101T000000000000-9"):
        await xiaolan.sees(path)

    assert await rows("select * from notice") == before
    assert await bell(xiaolan) == "1"


async def test_the_bell_counts_what_has_not_been_seen_and_no_more_than_99(cast, xiaolan, aqiang):
    await rows(
        """insert into notice (member_id, kind, group_key, at)
           select $1, 'follow', 'follow:' || n, now() - n * interval '1 minute'
           from generate_series(1, 120) n""",
        xiaolan.member_id,
    )
    assert await bell(xiaolan) == "99+"
    assert await bell(xiaolan, "/c/night-run") == "99+"
    assert await bell(aqiang) == ""
    up_to = re.search(r'data-up-to="([^"]+)"', (await xiaolan.sees("/me/notices")).text)[1]
    await xiaolan.sends("/me/notices/seen", up_to=up_to)

    assert await bell(xiaolan) == ""
    assert (await xiaolan.sees("/me/notices")).text.count("notice--unread") == 30


async def test_what_comes_after_the_page_was_drawn_is_not_seen_with_it(cast, xiaolan, aqiang):
    await happens(xiaolan, "follow", aqiang)
    await told()
    up_to = re.search(r'data-up-to="([^"]+)"', (await xiaolan.sees("/me/notices")).text)[1]
    await happens(xiaolan, "staff.joined", cast.owner, note="editor")
    await told()
    await xiaolan.sends("/me/notices/seen", up_to=up_to)

    assert await bell(xiaolan) == "1"


async def test_a_planted_mark_of_what_was_seen_does_nothing(cast, xiaolan, aqiang):
    await happens(xiaolan, "follow", aqiang)
    await told()
    for planted in ("", "x", "99999999T000000-1", "' or 1=1"):
        assert (await xiaolan.sends("/me/notices/seen", up_to=planted)).status_code == 303

    assert await bell(xiaolan) == "1"


async def test_pages_of_notices_join_without_a_gap(cast, xiaolan):
    await rows(
        """insert into notice (member_id, kind, group_key, at)
           select $1, 'follow', 'follow:' || n, now() - (n / 3) * interval '1 minute'
           from generate_series(1, 70) n""",
        xiaolan.member_id,
    )
    seen, path = [], "/me/notices"
    while path:
        page = (await xiaolan.sees(path)).text
        seen += re.findall(r'id="notice-(\d+)"', page)
        following_page = re.search(r'rel="next" href="(\?[^"]+)"', page)
        path = "/me/notices" + following_page[1] if following_page else ""

    assert len(seen) == len(set(seen)) == 70


async def test_a_notice_is_read_once_and_again_without_harm(cast, xiaolan, aqiang):
    await happens(xiaolan, "follow", aqiang)
    await told()
    (notice,) = await tray(xiaolan)
    for _ in range(2):
        answer = await xiaolan.sends("/me/notices/read", id=str(notice.id))
        assert answer.status_code == 303

    assert (await tray(xiaolan))[0].read
    assert await bell(xiaolan) == ""


async def test_another_members_notice_is_not_found(cast, xiaolan, aqiang, owner):
    await happens(xiaolan, "follow", owner)
    await told()
    (notice,) = await tray(xiaolan)
    for typed in (str(notice.id), "0", "x", "-1", "9" * 30):
        assert (await aqiang.sends("/me/notices/read", id=typed)).status_code == 404

    assert not (await tray(xiaolan))[0].read


async def test_all_can_be_read_at_once_and_only_ones_own(cast, xiaolan, aqiang, owner):
    for person in (xiaolan, aqiang):
        await happens(person, "follow", owner)
        await happens(person, "staff.role", owner, note="editor")
    await told()
    await xiaolan.sends("/me/notices/read")

    assert [notice.read for notice in await tray(xiaolan)] == [True, True]
    assert [notice.read for notice in await tray(aqiang)] == [False, False]


async def test_a_page_asks_once_for_the_bell_and_a_fragment_does_not(cast, xiaolan, monkeypatch):
    asked = []
    unseen = counting.unseen_of

    async def count(ids):
        asked.append(ids)
        return await unseen(ids)

    monkeypatch.setattr(counting, "unseen_of", count)
    await xiaolan.sees("/c/night-run")
    assert asked == [[xiaolan.member_id]]
    await xiaolan.client.get("/me/sessions", headers={"HX-Request": "true"})

    assert len(asked) == 1


async def test_following_a_circle_is_nobodys_news(cast, xiaolan):
    await following.follow(await xiaolan.place())
    await told()

    assert await tray(cast.owner) == ()


@pytest.mark.parametrize("kind", kinds.KINDS)
async def test_a_notice_leads_to_a_page_that_there_is(cast, editor, owner, kind):
    post_id = (await editor.posts("明天见")).post_id
    named = kind.startswith(("notice.", "webhook.")) or kind in {
        "collected", "suggestion.accepted", "circle.notice"
    }  # fmt: skip
    note = "1" if named else json.dumps({"decision": 1, "request": 1})
    about = {"circle_id": cast.circle_id, "note": note}
    if kind.startswith(("plan.", "comment", "like", "reply", "mention")):
        about["post_id"] = post_id
    await happens(owner, kind, editor, **about)
    await told()

    for notice in await tray(owner):
        path = wording.path(notice)
        assert "{" not in path
        assert path == "" or (await owner.sees(path)).status_code in {200, 303, 404}, path
        if kind.startswith(("plan.", "series.", "import.", "pin.missed")):
            assert f"/c/{CIRCLE}/manage/p" in path
