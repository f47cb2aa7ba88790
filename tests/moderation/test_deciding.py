"""Cases are decided once, by who may, and what follows follows."""

import asyncio
import json
import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from quanzi.audit import verifying
from quanzi.circles import access
from quanzi.db.engine import row, rows
from quanzi.errors import Barred, Conflict, NotAllowed, NotFound
from quanzi.moderation import (
    appealing,
    cases,
    claiming,
    deciding,
    decisions,
    opening,
    reporting,
    ruling,
    second_look,
)
from quanzi.posts import editing, reading
from tests.moderation.words import EVIDENCE, HARMLESS, HELD
from tests.people import CIRCLE


def ruled(place, **other) -> ruling.Ruling:
    given = {"category": "abuse", "action": "remove", "measure": "", "days": "", "credit": True,
             "reason": "骂人"}  # fmt: skip
    return ruling.read(place, **(given | other))


async def case_of(cast, **which) -> cases.Case:
    await opening.open_due()
    found = (await cases.queue(cast.circle_id, None)).cases
    return next(each for each in found if all(getattr(each, k) == v for k, v in which.items()))


async def decides(person, case, **other) -> int:
    place = await person.place(case.slug)
    await claiming.claim(place, case.id)
    return await deciding.decide(place, case.id, ruled(place, **other), case.seen)


async def score(person) -> int:
    found = await row("select score from credit_account where member_id = $1", person.member_id)
    return found["score"] if found else 550


async def test_what_is_kept_comes_out_and_its_author_hears(cast, xiaolan, reviewer, visitor):
    written = await xiaolan.posts(f"{HELD} @aqiang")
    case = await case_of(cast)
    assert case.category == "abuse"

    await decides(reviewer, case, action="keep", reason="")

    assert EVIDENCE in (await visitor.get(f"/c/{CIRCLE}")).text
    assert (await row("select state from post where id = $1", written.post_id))[
        "state"
    ] == "published"
    kinds = {
        line["kind"]
        for line in await rows("select kind from concern union select kind from notice")
    }
    assert {"decision.kept", "mention"} <= kinds
    assert await rows("select 1 from credit_entry") == []


async def test_what_is_removed_is_gone_costs_credit_and_can_be_read_by_its_author(
    cast, xiaolan, reviewer, visitor
):
    await xiaolan.posts(HELD)
    decision = await decides(reviewer, await case_of(cast), reason="骂人不好")

    assert await score(xiaolan) == 520
    page = (await xiaolan.sees(f"/me/decisions/{decision}")).text
    assert "骂人不好" in page
    assert "辱骂" in page
    assert (await visitor.get(f"/me/decisions/{decision}")).status_code == 303
    assert await rows("select 1 from post where body <> ''") == []


async def test_nobody_reads_what_was_decided_about_somebody_else(cast, xiaolan, aqiang, reviewer):
    await xiaolan.posts(HELD)
    decision = await decides(reviewer, await case_of(cast))

    assert (await aqiang.sees(f"/me/decisions/{decision}")).status_code == 404
    assert (await aqiang.sends(f"/me/decisions/{decision}", words="我的")).status_code == 404


async def test_stars_over_what_was_found_leave_the_rest(cast, xiaolan, reviewer, visitor):
    await xiaolan.posts(f"{HELD}，不过今天跑得不错")
    await decides(reviewer, await case_of(cast), action="mask")

    page = (await visitor.get(f"/c/{CIRCLE}")).text
    assert EVIDENCE not in page
    assert "不过今天跑得不错" in page


async def test_two_reviewers_never_decide_the_same(cast, xiaolan, reviewer, editor):
    await xiaolan.posts(HELD)
    case = await case_of(cast)

    async def tries(person) -> bool:
        try:
            await decides(person, case)
        except Conflict:
            return False
        return True

    outcomes = await asyncio.gather(*(tries(person) for person in (reviewer, editor) * 5))

    assert outcomes.count(True) == 1
    assert len(await rows("select 1 from decision")) == 1
    assert len(await rows("select 1 from credit_entry where rule = 'decision'")) == 1


async def test_who_claims_holds_it_for_ten_minutes_and_no_longer(cast, xiaolan, reviewer, editor):
    await xiaolan.posts(HELD)
    case = await case_of(cast)
    await claiming.claim(await reviewer.place(), case.id)

    with pytest.raises(Conflict):
        await claiming.claim(await editor.place(), case.id)
    await rows("update review_case set claimed_until = now()")
    await claiming.claim(await editor.place(), case.id)
    with pytest.raises(Conflict):
        place = await reviewer.place()
        await deciding.decide(place, case.id, ruled(place), case.seen)


@pytest.mark.parametrize("who", ["xiaolan", "analyst", "maimai"])
async def test_who_does_not_review_there_finds_no_case(cast, aqiang, who):
    await aqiang.posts(HELD)
    case = await case_of(cast)
    person = getattr(cast, who)

    for path in ("", f"/{case.id}"):
        answer = await person.sees(f"/c/{CIRCLE}/manage/review{path}")
        assert answer.status_code == 404
    with pytest.raises(NotFound):
        await cases.one(await person.place(), case.id)
    assert (await person.sees("/review")).status_code == 404


async def test_another_circles_case_is_not_found_under_ones_own(cast, aqiang, maimai):
    await aqiang.posts(HELD)
    case = await case_of(cast)

    answer = await maimai.sees(f"/c/banking/manage/review/{case.id}")
    assert answer.status_code == 404
    answer = await maimai.sends(f"/c/banking/manage/review/{case.id}/claim")
    assert answer.status_code == 404


async def test_nobody_decides_about_themselves_nor_a_reviewer_about_colleagues(
    cast, reviewer, editor, owner, moderator_of
):
    written = await reviewer.posts("我写的")
    await reporting.report(
        await cast.xiaolan.place(), written.post_id, 0, category="other", note=""
    )
    case = await case_of(cast)

    with pytest.raises(NotAllowed):
        await claiming.claim(await reviewer.place(), case.id)
    with pytest.raises(NotAllowed):
        await claiming.claim(await editor.place(), case.id)
    await claiming.claim(await owner.place(), case.id)


@pytest.fixture
def moderator_of(cast):
    return cast.moderator


async def test_reports_of_one_thing_are_one_case_and_make_it_more_urgent(
    cast, owner, xiaolan, aqiang
):
    written = await owner.posts("随便写写")
    await reporting.report(await xiaolan.place(), written.post_id, 0, category="other", note="广告")
    first = await case_of(cast)
    await reporting.report(await aqiang.place(), written.post_id, 0, category="fraud", note="")
    await reporting.report(await aqiang.place(), written.post_id, 0, category="fraud", note="")

    [case] = (await cases.queue(cast.circle_id, None)).cases
    assert case.id == first.id
    assert case.reports == 2
    assert case.due_at < first.due_at


async def test_who_reported_hears_what_came_of_it_and_earns_when_right(
    cast, xiaolan, aqiang, reviewer
):
    from tests.credit.test_ledger import verify

    await verify(aqiang)
    written = await xiaolan.posts("今晚跑步")
    await reporting.report(await aqiang.place(), written.post_id, 0, category="other", note="")
    await decides(reviewer, await case_of(cast), category="other")

    [entry] = await rows("select points from credit_entry where rule = 'helped'")
    assert entry["points"] == 3
    told = await rows(
        "select member_id from concern where kind = 'report.confirmed' union select member_id from notice where kind = 'report.confirmed'"
    )
    assert [line["member_id"] for line in told] == [aqiang.member_id]


async def test_a_false_report_leaves_the_post_and_its_author_in_peace(
    cast, xiaolan, aqiang, reviewer, visitor
):
    written = await xiaolan.posts(HARMLESS)
    await reporting.report(await aqiang.place(), written.post_id, 0, category="abuse", note="")
    await decides(reviewer, await case_of(cast), action="keep", reason="")

    assert HARMLESS in (await visitor.get(f"/c/{CIRCLE}")).text
    kinds = [
        line["kind"]
        for line in await rows(
            "select kind from concern where member_id = $1 union all select kind from notice where member_id = $1",
            xiaolan.member_id,
        )
    ]
    assert not [kind for kind in kinds if kind.startswith("decision")]


async def test_who_is_muted_reads_and_says_nothing(cast, xiaolan, reviewer):
    post = await cast.owner.posts("来聊聊")
    await xiaolan.posts(HELD)
    await decides(reviewer, await case_of(cast), measure="mute", days="3")

    assert (await xiaolan.sees(f"/c/{CIRCLE}")).status_code == 200
    with pytest.raises(Barred):
        await xiaolan.posts(HARMLESS)
    with pytest.raises(Barred):
        await xiaolan.says(post.post_id, "嗯")
    assert "禁言" in (await xiaolan.sees(f"/c/{CIRCLE}")).text
    await xiaolan.posts(HARMLESS, circle="banking")
    await rows("update ban set until = now()")
    await xiaolan.posts(HARMLESS)


async def test_a_ban_waits_for_a_second_look_and_mutes_until_then(cast, xiaolan, reviewer, editor):
    await xiaolan.posts(HELD)
    case = await case_of(cast)
    await decides(reviewer, case, measure="ban", days="30")

    assert (await xiaolan.sees(f"/c/{CIRCLE}")).status_code == 200
    with pytest.raises(Barred):
        await xiaolan.posts(HARMLESS)
    with pytest.raises(NotAllowed):
        await second_look.look(await reviewer.place(), case.id, confirm=True)
    await second_look.look(await editor.place(), case.id, confirm=True)
    with pytest.raises(Barred):
        await access.place(CIRCLE, xiaolan.viewer)
    assert "被移出" in (await xiaolan.sees(f"/c/{CIRCLE}")).text
    with pytest.raises(Conflict):
        await second_look.look(await editor.place(), case.id, confirm=False)


async def test_a_ban_that_is_not_confirmed_leaves_her_free(cast, xiaolan, reviewer, editor):
    await xiaolan.posts(HELD)
    case = await case_of(cast)
    await decides(reviewer, case, measure="ban", days="30")
    await second_look.look(await editor.place(), case.id, confirm=False)

    await xiaolan.posts(HARMLESS)


async def test_only_the_platform_keeps_somebody_from_the_whole_site(cast, xiaolan, reviewer):
    from quanzi.errors import Invalid

    await xiaolan.posts(HELD)
    case = await case_of(cast)
    with pytest.raises(Invalid):
        await decides(reviewer, case, measure="site_ban", days="0")


async def test_an_account_that_is_suspended_is_out_at_once_and_in_again_when_it_is_over(
    cast, xiaolan, editor
):
    await xiaolan.posts(HELD)
    case = await case_of(cast)
    other = await cast.member("moderator-2", "平台审核二", "moderator")
    await decides(cast.moderator, case, measure="site_ban", days="7")
    await second_look.look(await other.place(), case.id, confirm=True)

    assert (await xiaolan.sees("/me/sessions")).status_code == 303
    from quanzi.circles import banning

    await rows("update ban set until = now()")
    assert await banning.lift_due() >= 1
    found = await row("select suspended_at from member where id = $1", xiaolan.member_id)
    assert found["suspended_at"] is None


async def test_an_appeal_is_decided_by_somebody_else_and_restores_everything(
    cast, xiaolan, reviewer, editor, visitor
):
    written = await xiaolan.posts(f"{HARMLESS} #夜跑#")
    decision = await reviewer.decides(written.post_id, category="abuse", measure="mute", days="7")
    before = await score(xiaolan)
    assert before < 550
    await appealing.appeal(xiaolan.viewer, decision, "没有骂人")

    with pytest.raises(NotAllowed):
        await appealing.answer(await reviewer.place(), decision, overturn=False, reason="就是")
    await appealing.answer(await editor.place(), decision, overturn=True, reason="看错了")

    assert HARMLESS in (await visitor.get(f"/c/{CIRCLE}")).text
    assert await score(xiaolan) == 550
    await xiaolan.posts("又能说话了")
    assert (await reading.one(await xiaolan.place(), written.post_id)).topics == ("夜跑",)
    with pytest.raises(Conflict):
        await appealing.answer(await editor.place(), decision, overturn=False, reason="还是")


async def test_one_appeals_once_and_a_second_press_changes_nothing(cast, xiaolan, reviewer, editor):
    written = await xiaolan.posts(HARMLESS)
    decision = await reviewer.decides(written.post_id)
    await asyncio.gather(*(appealing.appeal(xiaolan.viewer, decision, "冤枉") for _ in range(5)))
    assert len(await rows("select 1 from decision_appeal")) == 1

    await appealing.answer(await editor.place(), decision, overturn=False, reason="维持")
    await appealing.appeal(xiaolan.viewer, decision, "再来一次")
    [kept] = await rows("select state, words from decision_appeal")
    assert tuple(kept) == ("upheld", "冤枉")


async def test_another_mute_still_holds_when_one_was_wrong(cast, xiaolan, reviewer, editor):
    first = await xiaolan.posts("第一篇")
    second = await xiaolan.posts("第二篇")
    wrong = await reviewer.decides(first.post_id, measure="mute", days="7")
    await reviewer.decides(second.post_id, measure="mute", days="3")
    await appealing.appeal(xiaolan.viewer, wrong, "冤枉")
    await appealing.answer(await editor.place(), wrong, overturn=True, reason="看错了")

    with pytest.raises(Barred):
        await xiaolan.posts(HARMLESS)


async def test_every_deed_stands_in_the_log_and_the_log_holds(cast, xiaolan, reviewer, editor):
    written = await xiaolan.posts(HARMLESS)
    decision = await reviewer.decides(written.post_id, reason="不合适")
    await appealing.appeal(xiaolan.viewer, decision, "冤枉")
    await appealing.answer(await editor.place(), decision, overturn=True, reason="看错了")

    deeds = await rows("select deed, actor_id, member_id, detail from audit_entry order by seq")
    assert [line["deed"] for line in deeds] == ["case.decided", "appeal.overturned"]
    assert {line["member_id"] for line in deeds} == {xiaolan.member_id}
    assert json.loads(deeds[0]["detail"])["reason"] == "不合适"
    assert (await verifying.verify()).fault is None


async def test_who_decides_at_once_needs_no_queue(cast, xiaolan, reviewer, visitor):
    written = await xiaolan.posts("不合适的话")
    path = f"/c/{CIRCLE}/p/{written.post_id}/decide"
    assert "处理这条内容" in (await reviewer.sees(path)).text

    answer = await reviewer.sends(path, action="remove", category="other", reason="跑题")

    assert answer.status_code == 303
    assert "不合适的话" not in (await visitor.get(f"/c/{CIRCLE}")).text
    [case] = await rows("select state, source from review_case")
    assert tuple(case) == ("decided", "staff")


async def test_a_decision_without_a_reason_is_refused_beside_the_field(cast, xiaolan, reviewer):
    written = await xiaolan.posts("不合适的话")

    answer = await reviewer.sends(
        f"/c/{CIRCLE}/p/{written.post_id}/decide", action="remove", category="other", reason=" "
    )

    assert answer.status_code == 422
    assert 'id="error-reason"' in answer.text


async def test_what_cannot_be_put_back_any_more_is_really_gone(cast, xiaolan, reviewer):
    from quanzi.posts import purging, withholding

    written = await xiaolan.posts("不合适的话")
    await reviewer.decides(written.post_id)
    assert await purging.purge_due() == 0
    await rows("update withheld set at = now() - interval '91 days'")
    assert await purging.purge_due() == 1
    with pytest.raises(NotFound):
        await withholding.put_back(cast.circle_id, written.post_id, None)


async def test_decisions_of_an_author_are_listed_a_page_at_a_time(cast, xiaolan, reviewer):
    for number in range(22):
        written = await xiaolan.posts(f"第 {number} 篇", circle=CIRCLE)
        await reviewer.decides(written.post_id, credit=False)

    first = await decisions.own(xiaolan.viewer, None)
    assert len(first) == 21
    rest = await decisions.own(xiaolan.viewer, first[19].key)
    assert len(rest) == 2
    assert 'rel="next"' in (await xiaolan.sees("/me/decisions")).text


async def test_who_is_suspended_sees_why_and_appeals_with_the_right_password(
    cast, xiaolan, visitor, editor
):
    from tests.people import PASSWORD

    written = await xiaolan.posts("不合适的话")
    decision = await cast.moderator.decides(
        written.post_id, measure="site_ban", days="0", reason="屡次如此"
    )
    other = await cast.member("moderator-2", "平台审核二", "moderator")
    [case] = await rows("select id from review_case")
    await second_look.look(await other.place(), case["id"], confirm=True)

    token = re.search(r'name="_csrf_token" value="(\w+)"', (await visitor.get("/signin")).text)[1]
    wrong = await visitor.post(
        "/signin", data={"_csrf_token": token, "handle": "xiaolan", "password": "not hers"}
    )
    assert "封禁" not in wrong.text
    told = await visitor.post(
        "/signin", data={"_csrf_token": token, "handle": "xiaolan", "password": PASSWORD}
    )
    assert told.status_code == 403
    proof = re.search(r'name="proof" value="([\w.]+)"', told.text)[1]
    why = await visitor.post("/signin/appeal", data={"_csrf_token": token, "proof": proof})
    assert "屡次如此" in why.text
    await visitor.post(
        "/signin/appeal", data={"_csrf_token": token, "proof": proof, "words": "请再看看"}
    )
    [appealed] = await rows("select decision_id, words from decision_appeal")
    assert tuple(appealed) == (decision, "请再看看")
    forged = proof[:-1] + ("0" if proof[-1] != "0" else "1")
    answer = await visitor.post("/signin/appeal", data={"_csrf_token": token, "proof": forged})
    assert answer.status_code == 404
    third = await cast.member("moderator-3", "平台审核三", "moderator")
    await appealing.answer(await third.place(), decision, overturn=True, reason="看错了")
    back = await visitor.post(
        "/signin", data={"_csrf_token": token, "handle": "xiaolan", "password": PASSWORD}
    )
    assert back.status_code == 303


async def test_stars_are_taken_off_again_when_they_were_wrong(cast, xiaolan, reviewer, editor):
    written = await xiaolan.posts(f"{HELD}，不过今天跑得不错")
    decision = await decides(reviewer, await case_of(cast), action="mask")
    assert EVIDENCE not in (await reading.one(await xiaolan.place(), written.post_id)).body
    await appealing.appeal(xiaolan.viewer, decision, "在说我自己")
    await appealing.answer(await editor.place(), decision, overturn=True, reason="是说自己")

    assert EVIDENCE in (await reading.one(await xiaolan.place(), written.post_id)).body


async def test_what_only_had_stars_put_over_it_keeps_its_pictures_for_good(cast, xiaolan, reviewer):
    from quanzi.posts import purging

    written = await xiaolan.posts(HELD)
    await decides(reviewer, await case_of(cast), action="mask")
    await rows(
        "insert into image values ($1, $2, $3, 0, 10, 10, '#ffffff')",
        cast.circle_id,
        "c" * 32,
        written.post_id,
    )
    await rows("update withheld set at = now() - interval '91 days'")

    assert await purging.purge_due() == 1
    assert await rows("select 1 from image")


async def test_there_has_to_be_something_to_put_stars_over(cast, xiaolan, reviewer):
    from quanzi.errors import Invalid

    written = await xiaolan.posts(HARMLESS)
    with pytest.raises(Invalid):
        await reviewer.decides(written.post_id, action="mask")


async def test_what_somebody_planned_does_not_come_out_while_they_may_not_talk(cast, editor, owner):
    from quanzi.circles import banning
    from quanzi.posts import due

    at = (datetime.now(ZoneInfo("Asia/Shanghai")) + timedelta(hours=1)).isoformat()
    written = await editor.posts("明早见", publish_at=at)
    until = datetime.now(UTC) + timedelta(days=1)
    await banning.ban(editor.member_id, cast.circle_id, "mute", until, reason="x", by=None)
    await rows("update post set publish_at = now() where id = $1", written.post_id)

    assert await due.publish_due() == 1
    await banning.lift(editor.member_id, cast.circle_id, "mute")
    assert await due.publish_due() == 0
    [line] = await rows(
        """select p.state, p.waits_for, n.missed_why from post p join plan n on n.post_id = p.id
           where p.id = $1""",
        written.post_id,
    )
    assert tuple(line) == ("scheduled", "time", "barred")


async def test_who_words_a_long_post_again_and_again_says_it_once(cast, xiaolan):
    long = "周末早上七点在珠江边集合，慢跑八公里，配速六分半，路上有补给，欢迎新朋友一起来跑"
    written = await xiaolan.posts(long)
    for number in range(1, 6):
        seq = await editing.edit(await xiaolan.place(), written.post_id, f"{long}{number}", number)
        assert seq, "nobody has to look at it"
