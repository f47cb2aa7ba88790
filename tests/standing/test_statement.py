"""A statement that anybody understands, and that nobody else sees."""

import pytest

from quanzi.credit import ledger
from quanzi.credit.ledger import Cause
from quanzi.db.engine import rows
from quanzi.errors import Conflict, NotAllowed, NotFound
from quanzi.standing import appealing
from tests.credit.test_ledger import against, score, verify
from tests.people import CIRCLE


async def last_entry(person) -> int:
    found = await rows("select max(id) from credit_entry where member_id = $1", person.member_id)
    return int(found[0][0])


async def test_every_change_stands_there_in_plain_words_with_its_cause(cast, xiaolan):
    await verify(xiaolan)
    post = await xiaolan.posts("江边的晚风真好，下次还来")
    cause = Cause("post", cast.circle_id, post.post_id)
    await ledger.enter(xiaolan.member_id, "verified", Cause("verification"))
    await ledger.enter(xiaolan.member_id, "kept", cause)
    await ledger.enter(xiaolan.member_id, "liked", cause, detail="10")
    await against(xiaolan, 1, "advertising")

    page = (await xiaolan.sees("/me/credit")).text

    for words in (
        "你完成了实名认证",
        "你的帖子《江边的晚风真好，下次还来》保留满 7 天",
        "你的帖子《江边的晚风真好，下次还来》得到 10 位实名用户的赞",
        "你写的内容被判定为广告引流",
        f"/c/{CIRCLE}/p/{post.post_id}",
        "584",
    ):
        assert words in page, words
    assert f"/me/credit/{await last_entry(xiaolan)}/appeal" in page


async def test_who_has_no_verified_name_is_told_where_to_begin(aqiang):
    page = (await aqiang.sees("/me/credit")).text

    assert "/me/verification" in page
    assert "每个人从 550 分开始" in page


async def test_the_statement_is_paged_and_filtered(xiaolan):
    for number in range(25):
        await against(xiaolan, number, "other")
    await ledger.enter(xiaolan.member_id, "verified", Cause("verification"))

    first = (await xiaolan.sees("/me/credit?kind=down")).text
    assert first.count('class="rows__row entry') == 20
    older = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&").split("#")[0]
    assert (await xiaolan.sees(f"/me/credit{older}")).text.count('class="rows__row entry') == 5
    assert (await xiaolan.sees("/me/credit?kind=up")).text.count('class="rows__row entry') == 1
    assert "你完成了实名认证" in (await xiaolan.sees("/me/credit?kind=nonsense")).text


async def test_others_see_a_band_at_most_and_nothing_when_she_hides_it(xiaolan, aqiang, visitor):
    await verify(xiaolan)
    await ledger.enter(xiaolan.member_id, "verified", Cause("verification"))

    page = (await aqiang.sees("/m/xiaolan")).text
    assert "信用良好" in page
    assert "610" not in page
    await xiaolan.sends("/me/credit/band")
    for page in ((await aqiang.sees("/m/xiaolan")).text, (await visitor.get("/m/xiaolan")).text):
        assert "信用良好" not in page
    await xiaolan.sends("/me/credit/band", band_shown="on")
    assert "信用良好" in (await visitor.get("/m/xiaolan")).text


async def test_of_who_is_not_verified_nothing_is_shown(aqiang, visitor):
    await against(aqiang, 1, "fraud")

    assert "信用较差" not in (await visitor.get("/m/aqiang")).text


async def test_she_appeals_once_and_an_admin_overturns_it(cast, xiaolan):
    admin = await cast.member("admin", "管理员", "admin")
    await against(xiaolan)
    entry = await last_entry(xiaolan)

    for _ in range(2):
        answer = await xiaolan.sends(f"/me/credit/{entry}/appeal", words="我没有骂人")
        assert answer.status_code == 303
    [found] = await appealing.own(xiaolan.viewer, None)
    assert "我没有骂人" in (await admin.sees(f"/admin/credit/appeals/{found[0].id}")).text
    empty = await admin.sends(f"/admin/credit/appeals/{found[0].id}", overturn="yes", reason="")
    assert empty.status_code == 422
    await admin.sends(f"/admin/credit/appeals/{found[0].id}", overturn="yes", reason="你说得对")

    assert await score(xiaolan) == 550
    page = (await xiaolan.sees("/me/appeals")).text
    assert "申诉成立" in page
    assert "你说得对" in page
    with pytest.raises(Conflict):
        await appealing.decide(admin.viewer, found[0].id, overturn=False, reason="不")


async def test_an_appeal_that_does_not_stand_leaves_the_entry(cast, xiaolan):
    admin = await cast.member("admin", "管理员", "admin")
    await against(xiaolan)
    await appealing.appeal(xiaolan.viewer, await last_entry(xiaolan), "冤枉")
    [(found, _)] = await appealing.own(xiaolan.viewer, None)

    await appealing.decide(admin.viewer, found.id, overturn=False, reason="看过了，确实是")

    assert await score(xiaolan) == 520
    page = (await xiaolan.sees("/me/credit")).text
    assert "申诉未成立" in page
    assert f"/me/credit/{await last_entry(xiaolan)}/appeal" not in page


async def test_nobody_decides_on_their_own_appeal_and_only_admins_on_others(cast, xiaolan):
    admin = await cast.member("admin", "管理员", "admin")
    await against(admin)
    await appealing.appeal(admin.viewer, await last_entry(admin), "冤枉")
    [(own, _)] = await appealing.own(admin.viewer, None)

    with pytest.raises(NotAllowed):
        await appealing.decide(admin.viewer, own.id, overturn=True, reason="我说了算")
    with pytest.raises(NotFound):
        await appealing.decide(cast.moderator.viewer, own.id, overturn=True, reason="好")


async def test_what_helps_her_and_what_is_too_old_cannot_be_appealed(xiaolan):
    await ledger.enter(xiaolan.member_id, "verified", Cause("verification"))
    with pytest.raises(NotAllowed):
        await appealing.appeal(xiaolan.viewer, await last_entry(xiaolan), "太少了")


async def test_a_stranger_cannot_tell_that_her_entry_exists(xiaolan, aqiang):
    await against(xiaolan)
    entry = await last_entry(xiaolan)

    assert (await aqiang.sees(f"/me/credit/{entry}/appeal")).status_code == 404
    assert (await aqiang.sees("/me/credit/987654/appeal")).status_code == 404


async def test_an_admin_tries_rules_out_before_they_count(cast, xiaolan, aqiang):
    admin = await cast.member("admin", "管理员", "admin")
    for number in range(3):
        await against(aqiang, number, "advertising")
    page = (await admin.sees("/admin/credit")).text
    fields = {
        name.split('"')[0]: name.split('value="')[1].split('"')[0]
        for name in page.split('<input name="')[1:]
        if 'value="' in name
    }
    fields["decision-advertising"] = "-5"

    tried = await admin.sends("/admin/credit", **{"try": "yes", **fields, "version": "1"})
    assert "1 人会上升，0 人会下降" in tried.text
    assert "460 → 535" in tried.text
    assert await score(aqiang) == 460
    refused = await admin.sends("/admin/credit", **fields, version="1")
    assert refused.status_code == 422
    saved = await admin.sends("/admin/credit", **{**fields, "version": "1", "note": "广告轻一点"})
    assert saved.status_code == 303
    assert "广告轻一点" in (await admin.sees("/admin/credit")).text
    stale = await admin.sends("/admin/credit", **{**fields, "version": "1", "note": "又改"})
    assert stale.status_code == 409
    wrong = await admin.sends(
        "/admin/credit", **{**fields, "kept-points": "很多", "version": "2", "note": "啊"}
    )
    assert wrong.status_code == 422
    assert "很多" in wrong.text


async def test_people_who_like_each_other_all_the_time_are_listed(cast, xiaolan, aqiang):
    admin = await cast.member("admin", "管理员", "admin")
    await rows(
        """insert into credit_pair values ($1, $2, date_trunc('month', now()), 9),
                                          ($2, $1, date_trunc('month', now()), 8)""",
        xiaolan.member_id,
        aqiang.member_id,
    )

    page = (await admin.sees("/admin/credit/pairs")).text

    assert "小兰" in page
    assert "阿强" in page
