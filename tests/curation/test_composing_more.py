"""The composer of who speaks for the partner: templates, other circles, what was not sent yet."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from quanzi.circles import banning, changing, pacing
from quanzi.circles.pace import Pace, Rule
from quanzi.db.engine import rows
from quanzi.errors import Invalid, NotAllowed, NotFound
from quanzi.posts import reusing, unsent
from tests.people import CIRCLE, OTHER_CIRCLE
from tests.web.pictures import a_jpeg

COMPOSE = f"/c/{CIRCLE}/compose"


@pytest.fixture
async def second(cast) -> int:
    """Joyrun's other circle."""
    [line] = await rows("select partner_id from circle where id = $1", cast.circle_id)
    return await changing.opened(line["partner_id"], "goddess-run", "fitness", "悦跑女神圈")


async def posts_in(circle_id: int) -> list[tuple[str, str]]:
    found = await rows(
        "select state, waits_for from post where circle_id = $1 order by id", circle_id
    )
    return [tuple(line) for line in found]


async def test_one_form_posts_in_both_circles_and_sent_again_nothing_twice(cast, editor, second):
    for _ in range(2):
        await editor.sends(
            f"/c/{CIRCLE}/posts",
            files={"images": ("a.jpg", a_jpeg(40, 30), "image/jpeg")},
            body="两边都发",
            idempotency_key="5b1c9a52-8f7c-4a8e-9a3b-0c7d1f5e2b11",
            **{"also_goddess-run": "on"},
        )
    for circle_id in (cast.circle_id, second):
        assert await posts_in(circle_id) == [("published", "")]
    names = await rows("select name from image")
    assert len({line["name"] for line in names}) == 2, "each has pictures of its own"


async def test_where_it_may_not_come_out_now_it_waits_as_a_draft_and_why_is_said(
    cast, editor, owner, second
):
    there = await owner.place("goddess-run")
    quiet = Pace({"editor": Rule(quiet_from=0, quiet_to=1439)})
    await pacing.set_pace(there, quiet, "Asia/Shanghai")
    answer = await editor.sends(f"/c/{CIRCLE}/posts", body="一边静默", **{"also_goddess-run": "on"})
    assert answer.status_code == 200
    assert "悦跑女神圈" in answer.text
    assert "静默时段" in answer.text
    assert await posts_in(cast.circle_id) == [("published", "")]
    assert await posts_in(second) == [("scheduled", "time")]


async def test_nobody_posts_in_a_circle_of_another_partner_by_this_way(cast, editor, maimai):
    await editor.sends(f"/c/{CIRCLE}/posts", body="混进去", **{f"also_{OTHER_CIRCLE}": "on"})
    assert await posts_in(cast.other_id) == []


async def test_a_member_is_offered_neither_templates_nor_other_circles(xiaolan, second):
    text = (await xiaolan.sees(COMPOSE)).text
    assert "也发到" not in text
    assert "模板" not in text


async def test_a_template_fills_the_composer(editor, owner):
    saved = await reusing.save(await owner.place(), "周跑通知", "周三晚上七点，地点：", "夜跑 广州")
    text = (await editor.sees(f"{COMPOSE}?template={saved}")).text
    assert "周三晚上七点，地点：" in text
    assert 'value="夜跑 广州"' in text
    assert "周跑通知" in text


async def test_templates_are_kept_changed_and_removed_by_their_page(editor):
    page = f"/c/{CIRCLE}/manage/plan/templates"
    wrong = await editor.sends(page, name="", body="")
    assert wrong.status_code == 422
    await editor.sends(page, name="通知", body="第一版")
    [one] = await reusing.all_of(await editor.place())
    await editor.sends(page, name="通知", body="第二版", id=str(one.id))
    assert "第二版" in (await editor.sees(f"{page}?change={one.id}")).text
    await editor.sends(f"{page}/{one.id}/remove")
    assert await reusing.all_of(await editor.place()) == []


async def test_templates_are_nobody_elses(editor, xiaolan, maimai):
    saved = await reusing.save(await editor.place(), "通知", "内容", "")
    for person, circle in ((xiaolan, CIRCLE), (maimai, OTHER_CIRCLE)):
        with pytest.raises(NotFound):
            await reusing.one(await person.place(circle), saved)
    with pytest.raises(NotAllowed):
        await reusing.save(await xiaolan.place(), "通知", "内容", "")
    with pytest.raises(NotFound):
        await reusing.save(await maimai.place(OTHER_CIRCLE), "通知", "内容", "", saved)
    with pytest.raises(Invalid):
        await reusing.save(await editor.place(), "", "", "")


async def test_what_was_being_written_is_there_on_the_other_device_until_it_is_sent(cast, editor):
    await editor.sends(f"{COMPOSE}/keep", body="写到一半", topics="夜跑", publish_at="")
    elsewhere = await cast.signed_in(editor.handle, editor.member_id)
    for path in (COMPOSE, f"/c/{CIRCLE}"):
        assert "写到一半" in (await elsewhere.sees(path)).text
    await editor.sends(f"/c/{CIRCLE}/posts", body="写完了")
    assert "写到一半" not in (await elsewhere.sees(COMPOSE)).text


async def test_what_was_being_written_is_nobody_elses_and_goes_after_a_month(
    editor, owner, xiaolan
):
    await unsent.keep(await editor.place(), "只有我看得到", "", "")
    assert "只有我看得到" not in (await owner.sees(COMPOSE)).text
    with pytest.raises(NotAllowed):
        await unsent.keep(await xiaolan.place(), "用户的", "", "")
    await rows("update unsent set at = now() - interval '31 days'")
    assert await unsent.purge_due() == 1
    assert await unsent.of(await editor.place()) is None


async def test_an_emptied_composer_keeps_nothing(editor):
    place = await editor.place()
    await unsent.keep(place, "有字", "", "")
    await unsent.keep(place, "  ", "", "")
    assert await unsent.of(place) is None


@pytest.mark.parametrize("headers", [{}, {"hx-request": "true"}])
async def test_other_circles_that_were_chosen_are_still_there_after_an_error(
    editor, second, headers
):
    token = await editor.csrf()
    answer = await editor.client.post(
        f"/c/{CIRCLE}/posts",
        data={"_csrf_token": token, "body": "写好了", "publish_at": "x", "also_goddess-run": "on"},
        headers=headers,
    )
    assert answer.status_code == 422
    assert re.search(r'name="also_goddess-run" checked', answer.text)


async def test_the_whole_composer_stays_whole_when_it_is_sent(editor, second):
    page = (await editor.sees(COMPOSE)).text
    [whole] = re.findall(r'name="whole" value="(\d)"', page)
    answer = await editor.client.post(
        f"/c/{CIRCLE}/posts",
        data={"_csrf_token": await editor.csrf(), "body": "好", "whole": whole},
        headers={"hx-request": "true"},
    )
    assert 'name="also_goddess-run"' in answer.text


async def test_who_is_banned_from_the_other_circle_posts_in_this_one_and_is_told(
    cast, editor, second
):
    until = datetime.now(UTC) + timedelta(days=1)
    await banning.ban(editor.member_id, second, "ban", until, reason="x", by=None)
    answer = await editor.sends(f"/c/{CIRCLE}/posts", body="这边能发", **{"also_goddess-run": "on"})
    assert answer.status_code == 200
    assert "悦跑女神圈" in answer.text
    assert await posts_in(cast.circle_id) == [("published", "")]
    assert await posts_in(second) == []
