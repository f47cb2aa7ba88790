"""Talking under a post: comments, replies, who is told, and taking a comment away."""

import asyncio
import uuid

import pytest

from quanzi.circles import following
from quanzi.db.engine import rows
from quanzi.errors import Invalid, NotAllowed, NotFound
from quanzi.posts import commenting, comments, removing
from tests.people import CIRCLE, OTHER_CIRCLE


async def says(person, post_id, body="好呀，一起", reply_to=None, circle=CIRCLE):
    place = await person.place(circle)
    return (
        await commenting.comment(place, post_id, body, reply_to=reply_to, key=uuid.uuid4())
    ).comment_id


async def talk(person, post_id):
    found = await comments.talk(await person.place(), post_id, 0)
    return [(t.root.body, [reply.body for reply in t.replies], t.more) for t in found.threads]


async def told() -> set[tuple[str, int, int]]:
    """(kind, member, actor)"""
    found = await rows("select kind, member_id, actor_id from concern")
    return {tuple(line) for line in found}


async def test_a_fan_talks_back_and_everyone_reads_it(owner, xiaolan, visitor):
    written = await owner.posts("本周路线")

    answer = await xiaolan.sends(f"/c/{CIRCLE}/p/{written.post_id}/comments", body="我来 @aqiang")

    assert answer.status_code == 303
    assert "#comment-" in answer.headers["location"]
    page = (await visitor.get(f"/c/{CIRCLE}/p/{written.post_id}")).text
    assert "我来" in page
    assert '<a class="mention" href="/m/aqiang">@aqiang</a>' in page
    assert f'data-count="comments" data-of="{written.post_id}">1<' in page


async def test_where_only_the_partner_posts_fans_still_talk_back(cast, owner, xiaolan):
    await rows("update circle set posting = 'staff' where id = $1", cast.circle_id)
    written = await owner.posts()

    await says(xiaolan, written.post_id)

    assert await talk(xiaolan, written.post_id) == [("好呀，一起", [], 0)]


async def test_replies_stand_under_their_thread_however_deep_they_answer(owner, xiaolan, aqiang):
    post_id = (await owner.posts()).post_id
    first = await says(xiaolan, post_id, "一")
    reply = await says(aqiang, post_id, "二", reply_to=first)
    deeper = await says(xiaolan, post_id, "三", reply_to=reply)

    assert await talk(owner, post_id) == [("一", ["二", "三"], 0)]
    found = await comments.one(await owner.place(), post_id, deeper)
    assert (found.root_id, found.to_author) == (first, "阿强")


async def test_of_a_long_thread_the_first_replies_and_how_many_more(owner, xiaolan):
    post_id = (await owner.posts()).post_id
    first = await says(xiaolan, post_id, "一")
    for number in range(8):
        await says(xiaolan, post_id, f"第 {number}", reply_to=first)

    [(_, replies, more)] = await talk(owner, post_id)
    assert (len(replies), more) == (5, 3)
    page = await xiaolan.sees(f"/c/{CIRCLE}/p/{post_id}/t/{first}")
    assert "第 7" in page.text


async def test_threads_are_paged_by_key_without_a_gap_or_a_double(owner, xiaolan):
    post_id = (await owner.posts()).post_id
    for number in range(45):
        await says(xiaolan, post_id, f"第 {number}")

    place, after, read = await owner.place(), 0, []
    while after is not None:
        page = await comments.talk(place, post_id, after)
        read += [thread.root.body for thread in page.threads]
        after = page.later
    assert read == [f"第 {number}" for number in range(45)]


async def test_each_person_hears_of_a_comment_once(cast, owner, xiaolan, aqiang):
    post_id = (await xiaolan.posts()).post_id
    first = await says(aqiang, post_id, "问一下 @joyrun-owner")
    await says(owner, post_id, "@aqiang @xiaolan 看这里", reply_to=first)

    assert await told() == {
        ("comment", xiaolan.member_id, aqiang.member_id),
        ("mention", owner.member_id, aqiang.member_id),
        ("reply", aqiang.member_id, owner.member_id),
        ("mention", xiaolan.member_id, owner.member_id),
    }


async def test_nobody_is_told_of_their_own_words(xiaolan):
    post_id = (await xiaolan.posts("我 @xiaolan 自己")).post_id
    await says(xiaolan, post_id, "补充一下 @xiaolan")

    assert await told() == set()


async def test_a_double_click_is_one_comment(owner, xiaolan, cast):
    post_id = (await owner.posts()).post_id
    key = str(uuid.uuid4())

    await asyncio.gather(
        *(
            xiaolan.sends(f"/c/{CIRCLE}/p/{post_id}/comments", body="双击", idempotency_key=key)
            for _ in range(6)
        )
    )

    assert await talk(owner, post_id) == [("双击", [], 0)]
    assert await figure(cast, "comments", post_id) == 1


async def test_a_removed_comment_is_a_stone_while_replies_stand_under_it(
    cast, owner, xiaolan, aqiang
):
    post_id = (await owner.posts()).post_id
    first = await says(xiaolan, post_id, "要删的话 @aqiang")
    reply = await says(aqiang, post_id, "收到", reply_to=first)

    await removing.remove_comment(await xiaolan.place(), post_id, first)

    page = (await aqiang.sees(f"/c/{CIRCLE}/p/{post_id}")).text
    assert "要删的话" not in page
    assert "这条评论已删除" in page
    assert "收到" in page
    assert await rows("select 1 from mention where comment_id = $1", first) == []
    await removing.remove_comment(await aqiang.place(), post_id, reply)
    assert await talk(owner, post_id) == []
    assert await figure(cast, "comments", post_id) == 0


@pytest.mark.parametrize("who", ["xiaolan", "owner", "editor", "reviewer", "moderator"])
async def test_a_comment_is_removed_by_its_author_and_who_reviews(cast, owner, xiaolan, who):
    post_id = (await owner.posts()).post_id
    first = await says(xiaolan, post_id)

    answer = await getattr(cast, who).sends(f"/c/{CIRCLE}/p/{post_id}/comments/{first}/delete")

    assert answer.status_code == 303
    assert await talk(owner, post_id) == []


@pytest.mark.parametrize("who", ["aqiang", "analyst", "maimai"])
async def test_others_do_not_remove_it(cast, owner, xiaolan, who):
    post_id = (await owner.posts()).post_id
    first = await says(xiaolan, post_id)

    with pytest.raises(NotAllowed):
        await removing.remove_comment(await getattr(cast, who).place(), post_id, first)
    answer = await getattr(cast, who).sends(f"/c/{CIRCLE}/p/{post_id}/comments/{first}/delete")
    assert answer.status_code == 403


@pytest.mark.parametrize(("body", "says_why"), [("  ", "写点什么"), ("长" * 1001, "1000")])
async def test_what_will_not_do_is_told_beside_the_field_and_kept(owner, xiaolan, body, says_why):
    post_id = (await owner.posts()).post_id

    answer = await xiaolan.sends(f"/c/{CIRCLE}/p/{post_id}/comments", body=body)

    assert answer.status_code == 422
    assert says_why in answer.text
    assert body.strip() in answer.text


async def test_one_cannot_reply_to_what_has_gone_or_stands_elsewhere(owner, xiaolan, maimai):
    post_id = (await owner.posts()).post_id
    other = (await owner.posts("别的")).post_id
    first = await says(xiaolan, other)

    for gone in (first, 999_999):
        with pytest.raises(Invalid):
            await says(xiaolan, post_id, reply_to=gone)


async def test_a_post_that_is_gone_or_waits_takes_no_comments(owner, editor, xiaolan):
    gone = (await owner.posts()).post_id
    await removing.remove(await owner.place(), gone)

    with pytest.raises(NotFound):
        await says(xiaolan, gone)
    with pytest.raises(NotFound):
        await says(xiaolan, (await owner.posts(circle=CIRCLE)).post_id, circle=OTHER_CIRCLE)


async def test_a_stranger_reads_no_comment_of_a_hidden_circle(cast, owner, xiaolan, aqiang):
    post_id = (await owner.posts()).post_id
    await says(xiaolan, post_id, "只给自己人看")
    await rows("update circle set hidden = true where id = $1", cast.circle_id)

    for path in (f"/c/{CIRCLE}/p/{post_id}", f"/c/{CIRCLE}/members", f"/c/{CIRCLE}/names?q=x"):
        answer = await aqiang.sees(path)
        assert answer.status_code == 404
        assert "自己人" not in answer.text
    with pytest.raises(NotFound):
        await following.follow(await aqiang.place())


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("@xiaolan 你好", ["xiaolan"]),
        ("你好@xiaolan你好", ["xiaolan"]),
        ("@XiaoLan, @aqiang!", ["xiaolan", "aqiang"]),
        ("mail@xiaolan.example", []),
        ("a@xiaolan", []),
        ("@@xiaolan", []),
        ("@nobody-here", []),
        ("https://example.com/@xiaolan", []),
    ],
)
async def test_only_people_who_are_there_are_named(cast, owner, text, named):
    post_id = (await owner.posts(text)).post_id

    found = await rows(
        """select m.handle from mention n join member m on m.id = n.member_id
           where n.post_id = $1 order by m.id""",
        post_id,
    )
    assert [line["handle"] for line in found] == named


async def test_an_edit_names_anew_and_tells_only_who_was_not_named_before(cast, xiaolan, aqiang):
    written = await xiaolan.posts("@aqiang 来吗")
    await rows("delete from concern")

    await xiaolan.sends(
        f"/c/{CIRCLE}/p/{written.post_id}/edit", body="@aqiang @joyrun-owner 来吗", version="1"
    )

    assert await told() == {("mention", cast.owner.member_id, xiaolan.member_id)}


@pytest.mark.parametrize(
    ("typed", "meant"), [("xiao", "xiaolan"), ("小", "xiaolan"), ("AQ", "aqiang")]
)
async def test_a_name_is_completed_by_handle_or_by_name(cast, owner, typed, meant):
    answer = await owner.sees(f"/c/{CIRCLE}/names?q={typed}")

    assert answer.json()[0]["handle"] == meant


async def test_who_talks_here_is_meant_first(cast, owner, xiaolan):
    post_id = (await owner.posts()).post_id
    await says(cast.reviewer, post_id)

    found = (await xiaolan.sees(f"/c/{CIRCLE}/names?q=joyrun")).json()

    assert found[0]["handle"] == "joyrun-reviewer"


async def figure(cast, kind, subject_id) -> int:
    found = await rows(
        "select sum(n)::int as n from tally where circle_id = $1 and kind = $2 and subject_id = $3",
        cast.circle_id,
        kind,
        subject_id,
    )
    return found[0]["n"]
