"""同好: who is suggested to whom, with what reason; and what must never be learnt from it."""

import json

import pytest

from quanzi.circles import following as circles
from quanzi.db.engine import rows
from quanzi.identity import sessions
from quanzi.people import choosing, following, sharing, suggesting
from quanzi.people.choosing import Choices
from quanzi.posts import liking
from quanzi.web.templates import render
from tests.people import CIRCLE, OTHER_CIRCLE


async def names(person) -> list[str]:
    return [each.handle for each in await suggesting.some(person.viewer)]


async def both_follow(*people, circle: str = CIRCLE) -> None:
    for person in people:
        await circles.follow(await person.place(circle))


async def test_a_shared_circle_is_a_reason_in_plain_words(xiaolan, aqiang):
    await both_follow(xiaolan, aqiang)

    page = (await xiaolan.sees("/people")).text
    assert "阿强" in page
    assert "你们都关注珠江夜跑圈" in page
    assert "You both follow Night Run" in (await xiaolan.sees("/people?lang=en")).text


async def test_a_shared_topic_is_a_reason(xiaolan, aqiang):
    await xiaolan.posts("今晚 #夜跑#")
    await aqiang.posts("明晚 #夜跑#")

    assert "都聊过 #夜跑#" in (await xiaolan.sees("/people")).text


async def test_posts_that_both_like_are_a_reason(cast, xiaolan, aqiang, editor):
    for number in range(3):
        written = await editor.posts(f"第 {number} 篇")
        await liking.like(await xiaolan.place(), written.post_id)
        await liking.like(await aqiang.place(), written.post_id)

    assert "都喜欢 3 篇同样的帖子" in (await xiaolan.sees("/people")).text
    assert "都喜欢 3 篇同样的帖子" in (await aqiang.sees("/people")).text


async def test_what_few_share_weighs_more_than_what_everybody_does(
    cast, xiaolan, aqiang, owner, maimai
):
    await both_follow(xiaolan, aqiang, circle=CIRCLE)
    await both_follow(xiaolan, maimai, circle=OTHER_CIRCLE)
    await rows(
        """update tally set n = 10000000
           where kind = 'followers' and slot = (select min(slot) from tally where circle_id = $1)
             and circle_id = $1""",
        cast.circle_id,
    )
    assert await names(xiaolan) == ["maimai-owner", "aqiang"]

    await xiaolan.posts("今晚 #夜跑#")
    await aqiang.posts("明晚 #夜跑#")
    assert await names(xiaolan) == ["aqiang", "maimai-owner"]


async def test_nobody_is_suggested_who_should_not_be(cast, xiaolan, aqiang, owner, editor, maimai):
    await both_follow(xiaolan, aqiang, owner, editor, maimai, cast.moderator)
    await following.follow(xiaolan.viewer, "aqiang")
    await suggesting.dismiss(xiaolan.viewer, "joyrun-owner")
    await sessions.suspend(editor.member_id)
    await choosing.choose(maimai.viewer, Choices(suggestable=False))

    assert await names(xiaolan) == ["moderator"]


async def test_who_wants_no_suggestions_gets_none_and_can_change_her_mind(xiaolan, aqiang):
    await both_follow(xiaolan, aqiang)
    await xiaolan.sends("/people/settings", suggestable="on", circles_shown="on")

    page = (await xiaolan.sees("/people")).text
    assert "阿强" not in page
    assert "你关掉了推荐" in page
    assert await choosing.choices(xiaolan.member_id) == Choices(suggestions=False)

    await xiaolan.sends("/people/settings", suggestable="on", circles_shown="on", suggestions="on")
    assert "阿强" in (await xiaolan.sees("/people")).text


async def test_who_does_not_show_his_circles_is_not_found_by_them(xiaolan, aqiang):
    await both_follow(xiaolan, aqiang)
    await choosing.choose(aqiang.viewer, Choices(circles_shown=False))

    assert await names(xiaolan) == []


async def test_not_interested_is_remembered(xiaolan, aqiang):
    await both_follow(xiaolan, aqiang)

    answer = await xiaolan.sends("/people/aqiang/dismiss")

    assert (answer.status_code, answer.headers["location"]) == (303, "/people")
    assert await names(xiaolan) == []
    assert await names(aqiang) == ["xiaolan"]
    assert (await xiaolan.sends("/people/nobody/dismiss")).status_code == 404


@pytest.mark.parametrize("who", ["xiaolan", "editor"])
async def test_nothing_is_learnt_from_a_hidden_circle_not_even_by_its_staff(
    cast, xiaolan, aqiang, editor, who
):
    person = getattr(cast, who)
    for each in (person, aqiang):
        await both_follow(each)
        await each.posts("秘密 #秘密话题#")
    written = await editor.posts("都喜欢的")
    for each in (person, aqiang):
        await liking.like(await each.place(), written.post_id)
    assert await names(person) == ["aqiang"]

    await rows("update circle set hidden = true where id = $1", cast.circle_id)

    assert await names(person) == []
    assert "阿强" not in (await person.sees("/people")).text


async def test_a_visitor_is_sent_to_sign_in(visitor):
    answer = await visitor.get("/people")

    assert (answer.status_code, answer.headers["location"]) == (303, "/signin?next=/people")


async def test_following_from_the_list_leads_back_to_it(xiaolan, aqiang):
    answer = await xiaolan.sends("/m/aqiang/follow", next="/people")
    assert answer.headers["location"] == "/people"

    foreign = await xiaolan.sends("/m/aqiang/unfollow", next="//elsewhere.example")
    assert foreign.headers["location"] == "/"


async def test_the_strip_for_the_home_page_shows_the_same_people(xiaolan, aqiang):
    await both_follow(xiaolan, aqiang)
    found = await suggesting.some(xiaolan.viewer, 3)
    strip = {"csrf_token": "", "nonce": ""}

    html = render("people/_suggested.html", "zh-Hans", suggested=found, **strip)
    assert "你们都关注珠江夜跑圈" in html
    assert 'aria-labelledby="kindreds" hidden' in render(
        "people/_suggested.html", "zh-Hans", suggested=[], **strip
    )


async def test_it_reads_as_little_in_a_circle_of_a_hundred_thousand(cast, xiaolan):
    """By PostgreSQL's own account: rows of the largest step, and blocks touched."""
    await circles.follow(await xiaolan.place())
    await xiaolan.posts("今晚 #夜跑#")
    written = await xiaolan.posts("明晚 #夜跑#")
    await liking.like(await xiaolan.place(), written.post_id)
    await crowd(cast, written.post_id, 1, 100_000)

    took = await effort(xiaolan)

    assert len(await names(xiaolan)) == suggesting.PAGE
    # One circle, one topic, one liked post: some 300 people, each looked up by four keys.
    assert took["rows"] <= sharing.FOLLOWERS + sharing.POSTS_PER_TOPIC + 2 * sharing.LIKERS
    assert took["blocks"] <= took["rows"] * 4 * 4


async def test_it_is_one_query_whatever_they_share(xiaolan, aqiang, monkeypatch):
    await both_follow(xiaolan, aqiang)
    asked: list[str] = []

    async def counting(sql, *values):
        asked.append(sql)
        return await rows(sql, *values)

    monkeypatch.setattr(suggesting, "rows", counting)
    await suggesting.some(xiaolan.viewer)
    assert len(asked) == 1


async def crowd(cast, post_id: int, first: int, last: int) -> None:
    """So many more members who follow the circle, like the post, and some of whom use the topic."""
    for begin in range(first, last, 10_000):
        await rows(
            """with crowd as (insert into member (handle, name)
                   select 'crowd-' || n, '人' || n from generate_series($3::int, $4::int) n
                   returning id),
               followed as (insert into follow (circle_id, member_id) select $1, id from crowd),
               liked as (insert into liking (circle_id, post_id, member_id)
                   select $1, $2, id from crowd),
               posted as (insert into post (circle_id, author_id, state, seq, body, published_at)
                   select $1, id, 'published', 1000 + id, '#夜跑#', now() from crowd
                   where id % 10 = 0 returning id, seq)
               insert into topic (circle_id, name, post_id, seq)
               select $1, '夜跑', id, seq from posted""",
            cast.circle_id,
            post_id,
            begin,
            min(begin + 9_999, last),
        )
    await rows(
        """insert into tally values ($1, 'followers', $1, 99, $2)
           on conflict (circle_id, kind, subject_id, slot) do update set n = excluded.n""",
        cast.circle_id,
        last,
    )
    for table in ("member", "follow", "liking", "post", "topic", "tally"):
        await rows(f"analyze {table}")


async def effort(person) -> dict[str, int]:
    """Rows of the largest step of its plan as it ran, and blocks that it touched in all."""
    found = await rows(
        "explain (analyze, buffers, format json) " + suggesting.SUGGEST, person.member_id, 30
    )
    plan = json.loads(found[0][0])[0]["Plan"]
    largest = max(
        (step["Actual Rows"] + step.get("Rows Removed by Filter", 0)) * step["Actual Loops"]
        for step in steps(plan)
    )
    return {"rows": largest, "blocks": plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]}


def steps(plan):
    yield plan
    for below in plan.get("Plans", []):
        yield from steps(below)
