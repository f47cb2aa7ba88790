"""The desk's pages: what an editor sees and does, with forms alone."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from quanzi import clock
from quanzi.circles import pacing
from quanzi.circles.pace import Pace, Rule
from quanzi.curation import arranging, board, pinning
from quanzi.db.engine import rows
from quanzi.db.transaction import transaction
from quanzi.insights import counting
from quanzi.planning import calendar
from quanzi.posts import replanning, writing
from quanzi.posts.drafts import Draft
from tests.offering.shop import offers
from tests.people import CIRCLE
from tests.posts.test_planning import keeps, plans, soon, state

PLAN = f"/c/{CIRCLE}/manage/plan"
ZONE = "Asia/Shanghai"


def local(moment: datetime) -> str:
    return moment.astimezone(ZoneInfo(ZONE)).strftime("%Y-%m-%dT%H:%M")


async def test_a_month_a_week_and_a_list_show_what_is_planned(editor):
    await plans(editor, body="周末长距离")
    await keeps(editor, body="还没想好什么时候")
    on = local(soon())[:10]
    for view in ("month", "week", "list"):
        text = (await editor.sees(f"{PLAN}?view={view}&on={on}")).text
        assert "周末长距离" in text
        assert "还没想好什么时候" in text


async def test_a_date_that_is_none_shows_today(editor):
    for on in ("", "x", "9999-99-99", "0001-01-01", "2026-02-30"):
        assert (await editor.sees(f"{PLAN}?view=x&on={on}")).status_code == 200


async def test_moving_by_form_keeps_the_calendar_where_it_was(editor):
    post_id = await plans(editor)
    to = local(soon(days=2))
    answer = await editor.sends(
        f"{PLAN}/move", what="post", id=str(post_id), to=to, view="week", on="2026-11-27"
    )
    assert answer.headers["location"] == f"{PLAN}?view=week&on=2026-11-27"
    [line] = await rows("select publish_at from post where id = $1", post_id)
    assert local(line["publish_at"]) == to


async def test_a_move_that_breaks_a_rule_shows_the_way_out_and_it_works(editor, owner):
    post_id = await plans(editor)
    rule = Rule(quiet_from=22 * 60, quiet_to=7 * 60)
    await pacing.set_pace(await owner.place(), Pace({"editor": rule}), ZONE)
    night = local(soon(days=2))[:11] + "23:00"
    answer = await editor.sends(
        f"{PLAN}/move", what="post", id=str(post_id), to=night, view="", on=""
    )
    assert answer.status_code == 422
    [free] = re.findall(r'name="to" value="([^"]+)"', answer.text)
    moved = await editor.sends(
        f"{PLAN}/move", what="post", id=str(post_id), to=free, view="", on=""
    )
    assert moved.status_code == 303
    [line] = await rows("select publish_at from post where id = $1", post_id)
    assert local(line["publish_at"])[11:] == "07:00"


async def test_a_waiting_pin_moves_with_its_length(cast, editor):
    post_id = (await editor.posts("要置顶的")).post_id
    start = soon(hours=5)
    await pinning.pin(await editor.place(), post_id, slot=2, starts_at=start, ends_at=start + timedelta(hours=3))  # fmt: skip
    to = soon(days=1)
    await editor.sends(f"{PLAN}/move", what="pin", id=str(post_id), to=local(to), view="", on="")
    [line] = await rows("select slot, ends_at - starts_at as long from pin")
    assert (line["slot"], line["long"]) == (2, timedelta(hours=3))


async def test_one_press_mends_what_a_new_rule_broke(editor, owner):
    post_id = await plans(editor, soon(days=2))
    [line] = await rows("select publish_at from post where id = $1", post_id)
    minute = int(local(line["publish_at"])[11:13]) * 60
    rule = Rule(quiet_from=minute, quiet_to=(minute + 120) % 1440)
    await pacing.set_pace(await owner.place(), Pace({"editor": rule}), ZONE)
    assert "处会出问题" in (await editor.sees(PLAN)).text

    await editor.sends(f"{PLAN}/mend", what="post", id=str(post_id), view="", on="")
    assert "处会出问题" not in (await editor.sees(PLAN)).text
    again = await editor.sends(f"{PLAN}/mend", what="post", id=str(post_id), view="", on="")
    assert again.status_code == 303


async def test_a_service_that_will_have_ended_is_left_out_by_one_press(editor):
    service = await offers(editor, "陪跑一次")
    post_id = await plans(editor, soon(days=2), service=service)
    await rows("update service set ends_at = now() + interval '1 day'")
    assert "附上的服务那时已经结束" in (await editor.sees(PLAN)).text
    await editor.sends(f"{PLAN}/mend", what="post", id=str(post_id), view="", on="")
    assert await rows("select 1 from carried_service") == []
    assert "处会出问题" not in (await editor.sees(PLAN)).text


async def test_a_time_is_checked_before_it_is_chosen(editor, owner):
    rule = Rule(quiet_from=22 * 60, quiet_to=7 * 60)
    await pacing.set_pace(await owner.place(), Pace({"editor": rule}), ZONE)
    day = local(soon(days=2))[:11]
    assert "静默时段" in (await editor.sees(f"{PLAN}/check?publish_at={day}23:00")).text
    assert "静默时段" not in (await editor.sees(f"{PLAN}/check?publish_at={day}12:00")).text
    assert (await editor.sees(f"{PLAN}/check?publish_at=gestern")).status_code == 200


async def test_a_planned_post_has_a_page_with_its_time_and_its_deeds(editor, owner):
    post_id = await plans(editor)
    one = f"{PLAN}/p/{post_id}"
    assert "保存时间" in (await editor.sees(one)).text
    await editor.sends(f"{one}/keep")
    assert await state(post_id) == ("scheduled", "time")
    wrong = await editor.sends(f"{one}/time", publish_at="2020-01-01T00:00")
    assert (wrong.status_code, "已经过了" in wrong.text) == (422, True)
    assert "2020-01-01T00:00" in wrong.text
    await editor.sends(f"{one}/time", publish_at=local(soon()))
    assert await state(post_id) == ("scheduled", "")
    await editor.sends(f"{one}/now")
    assert (await state(post_id))[0] == "published"
    assert (await editor.sends(f"{one}/now")).status_code == 409


async def test_an_owner_agrees_or_sends_back_with_a_word(editor, owner):
    await pacing.set_pace(await owner.place(), Pace(approval=True), ZONE)
    first, second = await plans(editor), await plans(editor, body="第二篇")
    await owner.sends(f"{PLAN}/p/{first}/approve")
    await owner.sends(f"{PLAN}/p/{second}/decline", note="再改改")
    assert [await state(each) for each in (first, second)] == [
        ("scheduled", ""),
        ("scheduled", "time"),
    ]
    assert "再改改" in (await editor.sees(f"{PLAN}/p/{second}")).text
    assert (await owner.sends(f"{PLAN}/p/{second}/approve")).status_code == 409


async def test_the_composer_keeps_a_draft_and_says_so(editor):
    answer = await editor.sends(f"/c/{CIRCLE}/posts", body="草稿", kept="1", idempotency_key="")
    assert answer.headers["location"].endswith("?outcome=kept")
    assert "草稿" in (await editor.sees(PLAN)).text


async def test_the_pace_is_set_by_its_page_and_faults_are_named(owner, editor):
    page = f"{PLAN}/rules"
    wrong = await owner.sends(page, time_zone=ZONE, editor_most="viele", editor_from="25:00")
    assert wrong.status_code == 422
    assert {"error-editor_most", "error-editor_from"} <= set(re.findall(r'id="(error-\w+)"', wrong.text))  # fmt: skip
    await owner.sends(page, time_zone="Asia/Tokyo", approval="on", editor_most="3", editor_from="22:00", editor_to="07:30")  # fmt: skip
    circle = (await editor.place()).circle
    assert circle.time_zone == "Asia/Tokyo"
    assert circle.pace == Pace({"editor": Rule(3, 0, 1320, 450)}, approval=True)
    assert 'value="07:30"' in (await owner.sees(page)).text


async def test_a_series_is_started_and_stopped_by_its_page(editor):
    page = f"{PLAN}/series"
    wrong = await editor.sends(page, body="", every="week", time="7", first_day="")
    assert wrong.status_code == 422
    await editor.sends(page, body="每周一见", every="week", weekday_0="on", time="07:00", first_day=local(soon())[:10])  # fmt: skip
    text = (await editor.sees(page)).text
    assert "每周一见" in text
    [one] = re.findall(r"series/(\d+)/end", text)
    await editor.sends(f"{page}/{one}/end")
    assert "每周一见" not in (await editor.sees(page)).text


async def test_pins_are_put_in_order_one_step_at_a_time(cast, editor):
    ids = [(await editor.posts(f"第 {n} 篇")).post_id for n in range(3)]
    for each in ids:
        await pinning.pin(await editor.place(), each)
    here = f"/c/{CIRCLE}/manage/pins/order"
    await editor.sends(here, down=str(ids[0]))
    shown = [pin.post_id for pin in (await board.read(cast.circle_id)).pins]
    assert shown == [ids[1], ids[0], ids[2]]
    for nothing in ({"up": str(ids[1])}, {"moved": "987654", "to": "0"}, {"down": ""}, {}):
        assert (await editor.sends(here, **nothing)).status_code == 303
    assert [pin.post_id for pin in (await board.read(cast.circle_id)).pins] == shown
    await editor.sends(here, moved=str(ids[2]), to="0")
    shown = [pin.post_id for pin in (await board.read(cast.circle_id)).pins]
    assert shown == [ids[2], ids[1], ids[0]]


async def test_a_pin_says_what_it_brought(cast, editor, xiaolan, visitor, site):
    await site.tickers_rest()
    post_id = (await editor.posts("看我")).post_id
    await pinning.pin(await editor.place(), post_id)
    await counting.write_down()
    for person in (xiaolan.client, visitor):
        await person.get(f"/c/{CIRCLE}")
    await xiaolan.sees(f"/c/{CIRCLE}/p/{post_id}")
    await counting.write_down()
    [pin] = await arranging.standing(cast.circle_id)
    assert (pin.views, pin.opens) == (2, 1)
    assert "2 次看到 · 1 次打开" in (await editor.sees(f"/c/{CIRCLE}/manage/pins")).text
    await pinning.unpin(await editor.place(), post_id)
    assert "取消了" in (await editor.sees(f"/c/{CIRCLE}/manage/pins")).text
    await site.tickers_work()


async def test_a_partner_with_several_circles_has_one_calendar(cast, editor, owner):
    partner = await rows("select partner_id from circle where id = $1", cast.circle_id)
    from quanzi.circles import changing

    away = await changing.opened(partner[0]["partner_id"], "goddess-run", "fitness", "悦跑女神圈")
    # Where it is another day already, it stands on that day.
    await rows("update circle set time_zone = 'Pacific/Kiritimati' where id = $1", away)
    night = datetime.now(UTC).replace(hour=15, minute=0) + timedelta(days=2)
    there = await editor.place("goddess-run")
    await writing.publish(there, Draft("那边已经是明天", publish_at=night))
    listed = (
        await owner.sees(
            f"/partners/joyrun/manage/plan?view=month&on={night + timedelta(days=1):%Y-%m-%d}"
        )
    ).text
    [cell] = re.findall(rf'data-drop="{night + timedelta(days=1):%Y-%m-%d}".*?</section>', listed, re.DOTALL)  # fmt: skip
    assert "那边已经是明天" in cell
    await plans(editor, body="珠江夜跑")
    await plans(editor, body="混进来的", at=datetime.now(UTC) + timedelta(days=2))
    text = (
        await owner.sees(f"/partners/joyrun/manage/plan?view=list&on={local(soon())[:10]}")
    ).text
    assert "珠江夜跑" in text
    assert "悦跑女神圈" in text


async def test_a_time_that_is_none_is_refused_with_a_sentence(editor):
    post_id = await plans(editor)
    answer = await editor.sends(f"{PLAN}/move", what="post", id=str(post_id), to="明早")
    assert answer.status_code == 422


async def test_however_far_one_looks_no_more_is_read_than_can_be_planned(editor, monkeypatch):
    read, asked = calendar.read, []

    async def notes(circles, start, end):
        asked.append(end - start)
        return await read(circles, start, end)

    monkeypatch.setattr(calendar, "read", notes)
    assert (await editor.sees(f"{PLAN}?view=month&on=2100-06-01")).status_code == 200
    assert max(asked) < timedelta(days=500)


async def test_the_end_of_a_wished_pin_goes_along_with_its_post(editor):
    begins, hours = soon(), timedelta(hours=6)
    post_id = await plans(editor, begins, pin=True, pin_until=begins + hours)
    place = await editor.place()

    await replanning.move(place, post_id, begins + timedelta(days=3))
    assert await pin_until(post_id) == begins + timedelta(days=3) + hours

    # A draft has no time that an end could follow; one that would be over by then is none.
    await replanning.keep(place, post_id)
    await replanning.move(place, post_id, begins + timedelta(days=2))
    assert await pin_until(post_id) == begins + timedelta(days=3) + hours
    await replanning.keep(place, post_id)
    await replanning.move(place, post_id, begins + timedelta(days=9))
    assert await pin_until(post_id) is None


async def test_a_post_that_is_taken_out_at_once_is_pinned_for_as_long_as_was_meant(editor):
    begins = soon()
    post_id = await plans(editor, begins, pin=True, pin_until=begins + timedelta(hours=6))
    await replanning.out_now(await editor.place(), post_id)
    [line] = await rows("select pin_until - now() as left from post where id = $1", post_id)
    assert timedelta(hours=5) < line["left"] <= timedelta(hours=6)


async def pin_until(post_id: int) -> datetime | None:
    [line] = await rows("select pin_until from post where id = $1", post_id)
    return line["pin_until"]


async def test_what_is_out_is_over_and_what_comes_back_waits_again(cast, editor):
    """Whoever looks for what waits does not look through all that was ever planned."""
    at = (clock.now() + timedelta(days=1)).isoformat()
    post_id = (await editor.posts("明天见", publish_at=at)).post_id

    async def over() -> bool:
        return (await rows("select over from plan where post_id = $1", post_id))[0]["over"]

    assert not await over()
    async with transaction():
        await writing.bring_out(cast.circle_id, post_id, 1, editor.member_id)
    assert await over()
    await rows("update post set state = 'held' where id = $1", post_id)
    assert not await over(), "somebody put it back to be looked at"
    await editor.sends(f"/c/{CIRCLE}/p/{post_id}/delete")
    assert await over()
