"""The list of fans and a fan's own page: what a partner sees of somebody, and what it does not."""

import re

import pytest

from quanzi.db.engine import rows
from quanzi.fans import listing, looking_at
from quanzi.fans.conditions import Conditions
from quanzi.identity import searching
from quanzi.posts import liking
from quanzi.privacy.parts import PARTS
from quanzi.search.asking import asked
from quanzi.verification import settling
from quanzi.verification.settling import Proof
from tests.fans.crowd import follows, segment, tag
from tests.fans.test_matching import has_credit
from tests.offering.shop import offers
from tests.people import CIRCLE

HERE = f"/c/{CIRCLE}/manage/fans"


async def listed(circle_id: int, **asked_for) -> list[str]:
    """Page by page to the end, each fan once."""
    found, after = [], None
    while True:
        here = await listing.page(circle_id, Conditions(**asked_for), after)
        found += [fan.handle for fan in here.fans]
        after = here.after
        if after is None:
            return found


@pytest.fixture
async def fans(cast):
    await follows(cast.xiaolan, days=3)
    await follows(cast.aqiang, days=2)
    await follows(cast.maimai, days=1)
    return cast


@pytest.mark.parametrize("size", [1, 2, 3])
@pytest.mark.parametrize("stretch", [1, 2, 3, 5])
async def test_page_by_page_everybody_comes_once(fans, monkeypatch, size, stretch):
    monkeypatch.setattr(listing, "PAGE", size)
    monkeypatch.setattr(listing, "STRETCH", stretch)
    monkeypatch.setattr(listing, "STRETCHES", 2)

    assert await listed(fans.circle_id) == ["maimai-owner", "aqiang", "xiaolan"]
    assert await listed(fans.circle_id, joined_least=2) == ["aqiang", "xiaolan"]


async def test_a_page_that_looked_through_many_in_vain_says_so(fans, monkeypatch):
    monkeypatch.setattr(listing, "STRETCH", 1)
    monkeypatch.setattr(listing, "STRETCHES", 1)

    page = await listing.page(fans.circle_id, Conditions(joined_least=3), None)
    assert (list(page.fans), page.sparse) == ([], True)
    assert page.after is not None


async def test_fans_are_found_by_name_and_by_handle(fans, xiaolan):
    await searching.write(xiaolan.member_id, "xiaolan", "小兰")
    for typed in ("小兰", "xiaolan", "xiao"):
        found = await listing.called(fans.circle_id, Conditions(), asked(typed), None)
        assert [fan.handle for fan in found.fans] == ["xiaolan"], typed
    assert "小兰" in (await fans.editor.sees(f"{HERE}?q=小兰")).text
    assert "没有符合的粉丝" in (await fans.editor.sees(f"{HERE}?q=nobody")).text


async def test_who_is_called_so_and_does_not_follow_is_not_found(cast, xiaolan):
    await searching.write(xiaolan.member_id, "xiaolan", "小兰")

    found = await listing.called(cast.circle_id, Conditions(), asked("小兰"), None)
    assert found.fans == []


async def test_the_list_is_filtered_by_a_segment_and_by_the_fields_of_one(fans):
    made = await segment(fans.circle_id, joined_least=3)

    for filtered in (f"{HERE}?segment={made}", f"{HERE}?joined_least=3"):
        page = (await fans.analyst.sees(filtered)).text
        assert "@xiaolan" in page
        assert "@aqiang" not in page


async def test_a_filter_that_cannot_be_read_is_said_and_kept(fans):
    answer = await fans.editor.sees(f"{HERE}?joined_least=lots")

    assert answer.status_code == 422
    assert 'value="lots"' in answer.text


async def test_an_analyst_reads_and_changes_nothing(fans):
    await tag(fans.circle_id, "常客", fans.xiaolan)
    pages = [HERE, f"{HERE}/m/xiaolan", f"{HERE}/segments", f"{HERE}/tags"]

    for path in pages:
        page = await fans.analyst.sees(path)
        assert page.status_code == 200
        assert 'name="tag_id"' not in page.text
        assert "/tags/" not in page.text
        assert "/segments/new" not in page.text


async def test_a_fans_page_counts_what_they_did_here_and_nothing_of_elsewhere(fans, xiaolan):
    written = await xiaolan.posts("只在这里说")
    await xiaolan.posts("在别家说的", circle="banking")
    await xiaolan.says(written.post_id, "自己评论")
    await liking.like(await xiaolan.place(), written.post_id)

    fan = await looking_at.one(await fans.editor.place(), "xiaolan")
    [here] = fan.circles
    assert (here["slug"], here["posts"], here["comments"], here["likes"]) == (CIRCLE, 1, 1, 1)
    page = (await fans.editor.sees(f"{HERE}/m/xiaolan")).text
    assert "只在这里说" in page
    assert "在别家说的" not in page
    assert "banking" not in page


async def test_what_was_removed_is_not_read_here_either(fans, xiaolan):
    written = await xiaolan.posts("说错了")
    await fans.editor.decides(written.post_id)

    assert "说错了" not in (await fans.editor.sees(f"{HERE}/m/xiaolan")).text


async def test_who_does_not_follow_has_no_page_at_this_desk(cast, xiaolan):
    await xiaolan.posts("路过")

    absent = await cast.editor.sees(f"{HERE}/m/nobody-at-all")
    assert (await cast.editor.sees(f"{HERE}/m/xiaolan")).status_code == 404
    assert absent.status_code == 404


async def test_a_band_and_never_a_score_and_nothing_when_it_is_hidden(fans, xiaolan):
    await has_credit(xiaolan, 733)
    page = (await fans.editor.sees(f"{HERE}/m/xiaolan")).text
    assert "信用优秀" in page
    # Tokens and nonces are made of chance, and may have any figures in them.
    assert not re.search(r"(?<![\w-])733(?![\w-])", page)

    await has_credit(xiaolan, 733, shown=False)
    page = (await fans.editor.sees(f"{HERE}/m/xiaolan")).text
    assert "信用优秀" not in page


async def test_no_page_of_the_desk_knows_a_real_name(fans, xiaolan):
    await settling.settle(xiaolan.member_id, Proof("documents", masked="兰*1"), None)

    for path in (HERE, f"{HERE}/m/xiaolan", f"{HERE}?verified=yes"):
        page = (await fans.owner.sees(path)).text
        assert "@xiaolan" in page
        assert "兰*1" not in page


async def test_tags_stand_on_no_page_of_the_member_nor_of_others(fans, xiaolan, aqiang):
    await tag(fans.circle_id, "很难缠", xiaolan)
    written = await xiaolan.posts()

    for path in (
        "/m/xiaolan",
        f"/c/{CIRCLE}",
        f"/c/{CIRCLE}/members",
        f"/c/{CIRCLE}/p/{written.post_id}",
    ):
        for reader in (xiaolan, aqiang, fans.owner):
            assert "很难缠" not in (await reader.sees(path)).text


async def test_who_is_followed_by_nobody_has_an_empty_list(cast):
    assert "有人关注以后，会出现在这里" in (await cast.owner.sees(HERE)).text


async def test_a_member_gets_what_partners_noted_about_them(fans, xiaolan):
    await tag(fans.circle_id, "送过赠品", xiaolan)
    [noted] = await rows(PARTS["fan-tags"].sql, xiaolan.member_id)
    assert (noted["circle"], noted["tag"]) == (CIRCLE, "送过赠品")


@pytest.mark.parametrize(
    "asked_for",
    [
        "after=20261123T214500123456-17",
        "after=x-y",
        "joined_after=0001-01-01",
        "joined_before=9999-12-31",
        "segment=999999999999999999",
        "requested=999999999999999999",
        "verified=maybe&band_good=0&tag_x=all",
        "q=" + "很" * 300,
    ],
)
@pytest.mark.parametrize("path", [HERE, f"{HERE}/count", f"{HERE}/segments/new"])
async def test_whatever_stands_in_an_address_is_answered(fans, path, asked_for):
    answer = await fans.editor.sees(f"{path}?{asked_for}")

    assert answer.status_code in {200, 422}


async def test_a_service_is_edited_with_the_segment_it_is_for(fans):
    made = await segment(fans.circle_id, "老粉", joined_least=2)
    service_id = await offers(fans.editor, "礼物", segment="segment", segment_id=str(made))

    page = (await fans.editor.sees(f"/c/{CIRCLE}/manage/services/{service_id}")).text
    assert f'<option value="{made}" selected>老粉</option>' in page
