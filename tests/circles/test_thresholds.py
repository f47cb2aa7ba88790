"""What a circle asks of people, held to on pages, in verbs and on open pages."""

import asyncio
import json
import time

import httpx
import pytest

from quanzi.circles import access, changing, policy, thresholds
from quanzi.circles.thresholds import Threshold
from quanzi.credit.bands import START
from quanzi.db.engine import rows
from quanzi.errors import Barred, Invalid, NotAllowed
from quanzi.home import reading as home
from quanzi.people import feed
from quanzi.posts import liking, searching
from quanzi.search import asking
from tests.live.test_rights import ended_within
from tests.live.test_socket import hello, live
from tests.people import CIRCLE

LINK = "报名在这里 https://example.com/run"


async def asks(owner, **asked: Threshold) -> None:
    await changing.ask_for(await owner.place(), asked)


async def verified(person) -> None:
    await rows("update member set verified_at = now() where id = $1", person.member_id)


async def has_credit(person, score: int) -> None:
    await rows(
        """insert into credit_account (member_id, total) values ($1, $2)
           on conflict (member_id) do update set total = excluded.total""",
        person.member_id,
        score - START,
    )


async def test_who_is_not_verified_sees_the_cover_and_nothing_that_is_written(
    owner, xiaolan, visitor
):
    post = await owner.posts("只给实名的人看")
    await asks(owner, read=Threshold(verified=True))

    for page in (await xiaolan.sees(f"/c/{CIRCLE}"), await visitor.get(f"/c/{CIRCLE}")):
        assert page.status_code == 200
        assert "珠江夜跑圈" in page.text
        assert "只给实名的人看" not in page.text
        assert 'id="feed"' not in page.text
    page = await xiaolan.sees(f"/c/{CIRCLE}/p/{post.post_id}")
    assert page.status_code == 403
    assert "只给实名的人看" not in page.text
    assert f"/me/verification?next=/c/{CIRCLE}/p/{post.post_id}" in page.text
    for path in ("missed", "topics/跑步", "names?q=x", "members", f"p/{post.post_id}/controls"):
        assert (await xiaolan.sees(f"/c/{CIRCLE}/{path}")).status_code == 403, path


async def test_once_verified_she_reads_it_at_once(owner, xiaolan):
    await owner.posts("只给实名的人看")
    await asks(owner, read=Threshold(verified=True))
    await verified(xiaolan)

    assert "只给实名的人看" in (await xiaolan.sees(f"/c/{CIRCLE}")).text


async def test_a_page_kept_for_visitors_is_not_shown_once_reading_has_a_threshold(owner, visitor):
    await owner.posts("先让大家看看")
    assert "先让大家看看" in (await visitor.get(f"/c/{CIRCLE}")).text

    await asks(owner, read=Threshold(credit=600))

    until = time.monotonic() + 2
    while "先让大家看看" in (await visitor.get(f"/c/{CIRCLE}")).text:
        assert time.monotonic() < until, "an open page would have fallen silent by now"
        await asyncio.sleep(0.1)


async def test_staff_and_the_platform_are_asked_for_nothing(owner, cast):
    await owner.posts("只给实名的人看")
    await asks(owner, read=Threshold(verified=True, credit=900, days=300))

    for person in (cast.analyst, cast.moderator):
        assert "只给实名的人看" in (await person.sees(f"/c/{CIRCLE}")).text


async def test_an_open_page_falls_silent_when_reading_gets_a_threshold(cast, owner, xiaolan):
    async with live(cast, token=xiaolan.token) as hers, live(cast) as a_visitors:
        await hello(hers)
        await hello(a_visitors)

        await asks(owner, read=Threshold(verified=True))

        assert await ended_within(hers, 2.0) == 1008
        assert await ended_within(a_visitors, 2.0) == 1008


async def test_a_live_connection_is_refused_to_who_may_not_read(cast, owner, xiaolan):
    await asks(owner, read=Threshold(credit=600))

    async with live(cast, token=xiaolan.token) as hers:
        assert await ended_within(hers, 2.0) == 1008


async def test_what_may_not_be_read_is_not_found_nor_fed(owner, xiaolan, cast):
    post = await owner.posts("柯基出没 #柯基#")
    await rows(
        "insert into follow (circle_id, member_id) values ($1, $2)",
        cast.circle_id,
        xiaolan.member_id,
    )
    asked = asking.asked("柯基")
    assert asked is not None

    async def everywhere() -> list[bool]:
        found = await searching.find(asked, xiaolan.viewer, None)
        fed = await home.newest(await home.followed(xiaolan.member_id))
        hers = await feed.posts(owner.member_id, xiaolan.viewer, None)
        away = await access.unreadable([(xiaolan.member_id, cast.circle_id)])
        return [
            bool(found.posts),
            bool(fed.items),
            bool(hers.items),
            not away,
        ]

    assert await everywhere() == [True] * 4
    await asks(owner, read=Threshold(credit=600))
    assert await everywhere() == [False] * 4
    await has_credit(xiaolan, 600)
    assert await everywhere() == [True] * 4
    with pytest.raises(Barred):
        await liking.like(await access.place(CIRCLE, cast.aqiang.viewer), post.post_id)


READERS = {
    "a visitor": None,
    "somebody new": (False, None, 0),
    "somebody verified": (True, None, 0),
    "of good standing": (False, 700, 0),
    "of bad standing": (True, 400, 90),
    "who has been here long": (True, 700, 90),
}


@pytest.mark.parametrize("who", READERS)
@pytest.mark.parametrize("role", ["", "analyst"])
@pytest.mark.parametrize("hidden", [False, True])
@pytest.mark.parametrize(
    "asked",
    [Threshold(), Threshold(verified=True), Threshold(credit=551), Threshold(True, 600, 30)],
    ids=["nothing", "a name", "credit", "all three"],
)
async def test_the_database_asks_what_the_policy_asks(
    cast, owner, xiaolan, who, role, hidden, asked
):
    await asks(owner, read=asked)
    await rows("update circle set hidden = $2 where id = $1", cast.circle_id, hidden)
    given = READERS[who]
    if given is None:
        viewer, session = None, None
        if role:
            return  # nobody's role
    else:
        viewer, session = xiaolan.viewer, xiaolan.viewer.session
        is_verified, score, days = given
        await rows(
            """update member set verified_at = case when $2 then now() end,
                      created_at = now() - $3 * interval '1 day' where id = $1""",
            xiaolan.member_id,
            is_verified,
            days,
        )
        if score:
            await has_credit(xiaolan, score)
        if role:
            await cast._staff("joyrun", xiaolan, role)

    try:
        here = await access.front(CIRCLE, viewer)
        may = policy.can_read(here)
    except access.NotFound:
        may = False

    assert (not await access.turned_away([(session, cast.circle_id)])) == may
    if viewer is not None:
        assert (not await access.unreadable([(viewer.member_id, cast.circle_id)])) == may
    await owner.posts("有没有")
    found = await feed.posts(owner.member_id, viewer, None)
    assert bool(found.items) == may


async def test_before_she_types_she_sees_what_is_missing_and_where_to_get_it(owner, xiaolan):
    await asks(owner, post=Threshold(verified=True, credit=600))

    page = (await xiaolan.sees(f"/c/{CIRCLE}")).text

    assert 'id="compose"' not in page
    assert "需要实名认证" in page
    assert "需要信用分达到 600，你现在是 550" in page
    assert f"/me/verification?next=/c/{CIRCLE}" in page


async def test_what_the_page_does_not_offer_the_verb_refuses(owner, xiaolan):
    post = await owner.posts()
    await asks(owner, post=Threshold(verified=True), comment=Threshold(credit=600))

    with pytest.raises(Barred):
        await xiaolan.posts("还是想发")
    with pytest.raises(Barred):
        await xiaolan.says(post.post_id, "还是想说")
    answer = await xiaolan.sends(f"/c/{CIRCLE}/p/{post.post_id}/comments", body="写了很久的话")
    assert answer.status_code == 403
    assert "写了很久的话" in answer.text


async def test_a_link_is_refused_beside_the_text_and_the_text_is_kept(owner, xiaolan):
    await asks(owner, link=Threshold(credit=600))

    with pytest.raises(Invalid) as refused:
        await xiaolan.posts(LINK)
    answer = await xiaolan.sends(f"/c/{CIRCLE}/posts", body=LINK)

    assert list(refused.value.fields) == ["body"]
    assert answer.status_code == 422
    assert "报名在这里" in answer.text
    assert "发链接：需要信用分达到 600，你现在是 550" in answer.text
    await xiaolan.posts("没有链接的可以")
    await has_credit(xiaolan, 600)
    await xiaolan.posts(LINK)


async def test_a_link_does_not_come_in_by_an_edit_either(owner, xiaolan):
    from quanzi.posts import editing

    written = await xiaolan.posts("先老实发一条")
    before = await xiaolan.posts(LINK)
    await asks(owner, link=Threshold(verified=True))

    with pytest.raises(Invalid):
        await editing.edit(await xiaolan.place(), written.post_id, LINK, 1)
    assert await editing.edit(await xiaolan.place(), before.post_id, LINK + "（改了一个字）", 1)


async def test_pictures_are_not_offered_to_who_may_not_show_them(owner, xiaolan):
    await asks(owner, image=Threshold(verified=True))

    page = (await xiaolan.sees(f"/c/{CIRCLE}")).text

    assert 'id="compose"' in page
    assert 'name="images"' not in page
    assert "发图片：" in page


async def test_somebody_new_says_little_and_sends_no_links(owner, cast):
    fresh = await cast.member("fresh", "刚来")
    await rows("update member set created_at = now() where id = $1", fresh.member_id)
    post = await owner.posts()

    with pytest.raises(Invalid):
        await fresh.posts(LINK)
    with pytest.raises(Invalid):
        await fresh.says(post.post_id, LINK)
    for number in range(5):
        await fresh.posts(f"第 {number} 篇")
    with pytest.raises(Barred):
        await fresh.posts("第六篇")
    assert "新用户头几天" in (await fresh.sees(f"/c/{CIRCLE}")).text

    await verified(fresh)
    await fresh.posts(LINK)


@pytest.mark.parametrize(
    ("field", "typed"), [("post_credit", "1000"), ("post_credit", "12"), ("post_credit", "六百"),
                         ("read_days", "999"), ("link_days", "-1")],
)  # fmt: skip
async def test_a_threshold_that_makes_no_sense_is_refused_by_its_field(owner, field, typed):
    answer = await owner.sends(f"/c/{CIRCLE}/manage/thresholds", **{field: typed})

    assert answer.status_code == 422
    assert f'id="error-{field}"' in answer.text
    assert f'value="{typed}"' in answer.text


async def test_an_owner_sets_thresholds_and_everybody_reads_them(owner, visitor):
    answer = await owner.sends(
        f"/c/{CIRCLE}/manage/thresholds", comment_verified="on", post_credit="600", link_days="7"
    )
    assert answer.status_code == 303

    page = (await visitor.get(f"/c/{CIRCLE}/about")).text
    assert "信用分达到 600" in page
    assert "完成实名认证的人" in page
    assert "注册满 7 天" in page
    again = (await owner.sees(f"/c/{CIRCLE}/manage/thresholds")).text
    assert 'name="post_credit" value="600"' in again
    kept = await rows("select thresholds from circle where slug = $1", CIRCLE)
    assert json.loads(kept[0]["thresholds"]) == {
        "comment": {"verified": True},
        "post": {"credit": 600},
        "link": {"days": 7},
    }


async def test_an_editor_does_not_set_thresholds(cast):
    with pytest.raises(NotAllowed):
        await changing.ask_for(await cast.editor.place(), {"post": Threshold(verified=True)})


def test_nothing_asked_is_nothing_kept():
    assert thresholds.written({"post": Threshold(), "read": Threshold(days=0)}) == "{}"


async def test_they_are_told_apart_from_who_only_has_to_wait(owner, cast):
    fresh = await cast.member("fresh", "刚来")
    await rows("update member set created_at = now() where id = $1", fresh.member_id)
    await asks(owner, post=Threshold(days=7))

    page = (await fresh.sees(f"/c/{CIRCLE}")).text

    assert "需要注册满 7 天，还差 7 天" in page
    assert "/me/credit" not in page


async def test_a_plain_problem_document_says_the_same(owner, xiaolan):
    await asks(owner, read=Threshold(verified=True))

    answer = await xiaolan.client.get(f"/c/{CIRCLE}/p/1", headers={"accept": "application/json"})

    assert answer.status_code == 403
    assert "需要实名认证" in answer.json()["detail"]
    assert isinstance(answer, httpx.Response)
