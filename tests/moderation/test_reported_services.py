"""A service is reported as posts are: looked at by who may, taken away with a reason, put back on appeal."""

import pytest

from quanzi.db.engine import rows
from quanzi.errors import Conflict, NotAllowed, NotFound
from quanzi.moderation import appealing, claiming, deciding, decisions, reporting, ruling
from quanzi.moderation.cases import Case
from quanzi.offering import showing, writing
from tests.moderation.test_deciding import case_of
from tests.offering.shop import card, drafted, found, offers
from tests.people import CIRCLE
from tests.platform.program import program
from tests.posts.test_planning import told as heard


async def reports(person, service_id: int, circle: str = CIRCLE) -> None:
    place = await person.place(circle)
    await reporting.report_service(place, service_id, category="fraud", note="收了钱没来")


async def decides(person, case: Case, action: str = "remove") -> int:
    """Without a measure: about the service alone."""
    place = await person.place(case.slug)
    await claiming.claim(place, case.id)
    ruled = ruling.read(
        place,
        category="fraud",
        action=action,
        measure="",
        days="",
        credit=False,
        reason="没有兑现",
    )
    return await deciding.decide(place, case.id, ruled, case.seen)


async def test_he_reports_it_on_its_page_and_the_queue_has_it(cast, editor, aqiang):
    service = await offers(editor, "夜跑陪跑", price="50 元", body="一起跑")
    there = f"/c/{CIRCLE}/services/{service}"
    assert f'href="{there}/report"' in (await aqiang.sees(there)).text
    assert "夜跑陪跑" in (await aqiang.sees(f"{there}/report")).text

    done = await aqiang.sends(f"{there}/report", category="fraud", note="收了钱没来")

    assert "已经收到" in done.text
    case = await case_of(cast, kind="service")
    assert (case.service_id, case.reports, case.category) == (service, 1, "fraud")
    assert case.body == "夜跑陪跑\n50 元\n一起跑"
    await reports(aqiang, service)
    assert (await case_of(cast, kind="service")).reports == 1, "twice is once"


async def test_without_a_reason_it_is_refused_beside_the_field(cast, editor, aqiang):
    service = await offers(editor)

    refused = await aqiang.sends(f"/c/{CIRCLE}/services/{service}/report", note="不好")

    assert refused.status_code == 422
    assert 'id="error-category"' in refused.text
    assert ">不好</textarea>" in refused.text
    assert await rows("select 1 from review_case") == []


async def test_its_own_people_change_it_and_report_nothing(cast, editor, owner):
    service = await offers(editor)
    there = f"/c/{CIRCLE}/services/{service}"

    for person in (owner, editor, cast.analyst):
        assert f'href="{there}/report"' not in (await person.sees(there)).text
        with pytest.raises(NotAllowed):
            await reports(person, service)


async def test_what_one_does_not_see_one_does_not_report(cast, editor, maimai, aqiang):
    draft = await drafted(editor)
    theirs = await offers(maimai, "理财", circle="banking")

    for unseen in (draft, theirs):
        with pytest.raises(NotFound):
            await reports(aqiang, unseen)
    assert (await aqiang.sees(f"/c/{CIRCLE}/services/{theirs}/report")).status_code == 404


async def test_the_platform_takes_it_away_and_its_owner_reads_why(
    cast, editor, owner, aqiang, visitor
):
    service = await offers(editor, "夜跑陪跑")
    there = f"/c/{CIRCLE}/services/{service}"
    await reports(aqiang, service)

    made = await decides(cast.moderator, await case_of(cast, kind="service"))

    assert (await visitor.get(there)).status_code == 404
    assert "夜跑陪跑" not in (await visitor.get(f"/c/{CIRCLE}/services")).text
    told = await owner.sees(f"/me/decisions/{made}")
    for words in ("一项服务", "没有兑现", "夜跑陪跑"):
        assert words in told.text
    desk = (await editor.sees(f"/c/{CIRCLE}/manage/services")).text
    assert "审核后被移除" in desk
    assert f"/manage/services/{service}/show" not in desk
    assert "report.confirmed" in [kind for kind, _ in await heard(aqiang)]


async def test_what_was_taken_away_nobody_shows_or_changes(cast, editor, aqiang):
    service = await offers(editor)
    await reports(aqiang, service)
    await decides(cast.moderator, await case_of(cast, kind="service"))
    place, now = await editor.place(), await found(editor, service)

    with pytest.raises(Conflict):
        await showing.show(place, service)
    with pytest.raises(Conflict):
        await writing.change(place, service, card("别的"), version=now.version)
    with pytest.raises(Conflict):
        await writing.design(place, service, (), version=now.version)
    assert (await found(editor, service)).state == "removed"


async def test_its_partner_does_not_judge_itself_nor_read_who_said_so(
    cast, editor, reviewer, owner, aqiang
):
    service = await offers(editor)
    await reports(aqiang, service)
    case = await case_of(cast, kind="service")
    page = f"/c/{CIRCLE}/manage/review/{case.id}"

    for person in (owner, reviewer):
        with pytest.raises(NotAllowed):
            await claiming.claim(await person.place(), case.id)
        text = (await person.sees(page)).text
        assert "收了钱没来" in text
        assert aqiang.viewer.name not in text
    assert aqiang.viewer.name in (await cast.moderator.sees(page)).text
    async with program(cast.url, reviewer) as client:
        told = (await client.get(f"/circles/{CIRCLE}/cases/{case.id}")).json()
    assert (told["kind"], told["service_id"]) == ("service", service)
    assert [(each["by"], each["note"]) for each in told["reported"]] == [(None, "收了钱没来")]


async def test_an_appeal_puts_it_back_where_it_stood(cast, editor, owner, aqiang, visitor):
    service = await offers(editor, "夜跑陪跑")
    await reports(aqiang, service)
    made = await decides(cast.moderator, await case_of(cast, kind="service"))
    await appealing.appeal(owner.viewer, made, "我们来了")
    admin = await cast.member("admin", "管理员", "admin")
    place = await admin.place()
    assert "夜跑陪跑" in await decisions.body(await decisions.one(place, made))

    await appealing.answer(place, made, overturn=True, reason="有照片")

    assert (await found(editor, service)).state == "shown"
    assert "夜跑陪跑" in (await visitor.get(f"/c/{CIRCLE}/services")).text


async def test_one_that_had_ended_is_put_back_as_ended(cast, editor, owner, aqiang):
    service = await offers(editor)
    await reports(aqiang, service)
    await showing.end(await editor.place(), service)
    made = await decides(cast.moderator, await case_of(cast, kind="service"))
    await appealing.appeal(owner.viewer, made, "早就结束了")
    admin = await cast.member("admin", "管理员", "admin")

    await appealing.answer(await admin.place(), made, overturn=True, reason="是的")

    assert (await found(editor, service)).state == "ended"


async def test_what_is_kept_stays_and_who_reported_hears(cast, editor, aqiang, visitor):
    service = await offers(editor)
    await reports(aqiang, service)

    await decides(cast.moderator, await case_of(cast, kind="service"), "keep")

    assert (await visitor.get(f"/c/{CIRCLE}/services/{service}")).status_code == 200
    assert "report.dismissed" in [kind for kind, _ in await heard(aqiang)]


async def test_words_that_changed_meanwhile_are_read_again(cast, editor, aqiang):
    service = await offers(editor)
    await reports(aqiang, service)
    case = await case_of(cast, kind="service")
    now = await found(editor, service)
    await writing.change(await editor.place(), service, card("改好了"), version=now.version)

    with pytest.raises(Conflict):
        await decides(cast.moderator, case)
    assert (await found(editor, service)).state == "shown"


async def test_two_services_of_a_circle_are_two_cases(cast, editor, aqiang):
    first, second = await offers(editor, "一"), await offers(editor, "二")
    for service in (first, second):
        await reports(aqiang, service)

    kept = await rows("select service_id from review_case order by service_id")
    assert [line["service_id"] for line in kept] == [first, second]


async def test_a_program_reports_it_too(cast, editor, aqiang):
    service = await offers(editor)
    address = f"/circles/{CIRCLE}/services/{service}/reports"
    async with program(cast.url, aqiang) as client:
        done = await client.post(address, json={"category": "fraud"})
        wrong = await client.post(address, json={"category": "weather"})
        absent = await client.post(
            f"/circles/{CIRCLE}/services/987654/reports", json={"category": "fraud"}
        )
    async with program(cast.url, aqiang, "circles:read") as client:
        without = await client.post(address, json={"category": "fraud"})

    assert (done.status_code, wrong.status_code) == (204, 422)
    assert (absent.status_code, without.status_code) == (404, 403)
    assert (await case_of(cast, kind="service")).service_id == service
