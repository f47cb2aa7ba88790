"""Owners, editors and analysts see figures of their circles; nobody else knows that there are any."""

import csv
import io

import pytest

from quanzi.circles import arriving
from quanzi.db.engine import rows
from quanzi.errors import NotFound
from quanzi.insights import answering, best, charts, daily, few, scope, staying
from tests.insights.counted import HERE, at_day

PARTNER = "/partners/joyrun/manage/insights"


async def test_the_partners_people_see_them(cast):
    for person in (cast.owner, cast.editor, cast.analyst):
        for path in (HERE, PARTNER, f"{HERE}/export", f"{PARTNER}/export"):
            assert (await person.sees(path)).status_code == 200, path


async def test_to_everybody_else_there_is_no_such_page(cast):
    for person in (cast.reviewer, cast.xiaolan, cast.maimai, cast.moderator):
        for path in (HERE, PARTNER, f"{HERE}/export", f"{PARTNER}/export"):
            assert (await person.sees(path)).status_code == 404, path
        with pytest.raises(NotFound):
            scope.of_circle(await person.place(), 7)


async def test_the_desk_leads_there_for_whom_it_is(cast):
    assert HERE in (await cast.analyst.sees("/c/night-run/manage")).text
    assert HERE not in (await cast.reviewer.sees("/c/night-run/manage")).text


async def test_a_period_is_compared_with_the_one_before(cast, owner):
    await at_day(cast.circle_id, 1, joined=30, gone=5, pages=200, active=12)
    await at_day(cast.circle_id, 20, pages=1)
    await at_day(cast.circle_id, 8, joined=20, pages=400, active=10)
    days = await daily.read(scope.of_circle(await owner.place(), 7))

    assert (days.changes["joined"].now, days.changes["joined"].percent) == (30, 50)
    assert days.changes["pages"].percent == -50
    assert days.changes["net"].now == 25
    assert days.changes["gone"].percent is None
    assert len(days.days) == 7


async def test_half_a_period_is_nothing_to_compare_with(cast, owner):
    await at_day(cast.circle_id, 1, joined=30)
    await at_day(cast.circle_id, 8, joined=1)
    days = await daily.read(scope.of_circle(await owner.place(), 7))

    assert (days.changes["joined"].now, days.changes["joined"].percent) == (30, None)


@pytest.mark.parametrize(("people", "said"), [(0, 0), (1, None), (4, None), (5, 5)])
async def test_fewer_than_five_are_not_told(people, said):
    assert few.told(people) == said


async def test_four_who_came_are_not_told_on_any_page(cast, owner):
    await at_day(cast.circle_id, 1, active=4)
    asked = scope.of_circle(await owner.place(), 7)

    assert [each.active for each in (await daily.read(asked)).days][-2] is None
    assert "少于 5" in (await owner.sees(f"{HERE}?days=7")).text
    lines = list(csv.reader(io.StringIO((await owner.sees(f"{HERE}/export?days=7")).text[1:])))
    assert lines[-2][4] == ""


async def test_a_small_circle_is_not_given_away_by_the_partners_sum(cast, owner):
    from quanzi.circles import changing

    partner = await rows("select partner_id from circle where id = $1", cast.circle_id)
    small = await changing.opened(partner[0][0], "small", "fitness", "小圈")
    await at_day(cast.circle_id, 1, active=10, pages=1)
    await at_day(small, 1, active=3, pages=2)
    days = await daily.read(await scope.of_all(partner[0][0], 7))

    assert (days.days[-2].active, days.days[-2].pages) == (10, 3)


async def test_another_partners_circle_is_in_no_sum(cast, owner):
    await at_day(cast.other_id, 1, pages=77)

    assert "77" not in (await owner.sees(f"{PARTNER}/export?days=7")).text


async def test_few_who_talk_are_not_named(cast, owner, xiaolan):
    await xiaolan.posts("早")
    asked = scope.of_circle(await owner.place(), 7)
    assert await best.members(asked) == []
    for number in range(4):
        person = await cast.member(f"runner{number}", f"跑者{number}")
        await person.posts(f"跑了 {number} 公里")

    found = await best.members(asked)
    assert {line["handle"] for line in found} == {"xiaolan", *(f"runner{n}" for n in range(4))}
    assert {*found[0].keys()} == {"handle", "name", "posts", "comments", "people"}


async def test_answers_of_staff_are_timed(cast, owner, editor, xiaolan):
    post_id = (await editor.posts("有问题吗")).post_id
    asked = [(await xiaolan.says(post_id, f"问 {n}")).comment_id for n in range(6)]
    for comment_id in asked[:5]:
        await editor.says(post_id, "答", reply_to=comment_id)
    await rows(
        "update comment set created_at = created_at - interval '2 hours' where root_id is null"
    )
    found = await answering.read(scope.of_circle(await owner.place(), 7))

    assert (found.asked, found.answered) == (6, 5)
    assert found.middle is not None
    assert 7200 <= found.middle.total_seconds() < 7260


async def test_weeks_in_which_few_joined_have_no_cohort(cast, owner):
    asked = scope.of_circle(await owner.place(), 7)
    await at_day(cast.circle_id, 0, joined=4)
    assert await staying.read(asked) == []
    await rows("update circle_day set joined = 10")
    await rows(
        """insert into cohort_week select circle_id, date_trunc('week', day::timestamp),
                  date_trunc('week', day::timestamp), 6 from circle_day"""
    )

    [cohort] = await staying.read(asked)
    assert (cohort.size, cohort.stayed) == (10, [60])


async def test_the_follow_form_says_where_one_came_from(cast, xiaolan):
    page = await xiaolan.client.get(
        "/c/night-run", headers={"referer": f"{cast.url}/discover?q=run"}
    )
    assert 'name="source" value="search"' in page.text
    await xiaolan.sends("/c/night-run/follow", source="search")
    [line] = await rows("select source from follow")
    assert line["source"] == "search"


@pytest.mark.parametrize(
    ("referer", "source"),
    [
        ("http://here/", "home"),
        ("http://here/discover", "discover"),
        ("http://here/discover?q=x", "search"),
        ("http://here/m/xiaolan", "profile"),
        ("http://here/join/abc", "invitation"),
        ("http://here/c/other/p/5", "post"),
        ("http://elsewhere/discover", "circle"),
        ("http://[broken", "circle"),
        ("", "circle"),
    ],
)
async def test_only_the_kind_of_page_is_kept(referer, source):
    assert arriving.source("/c/night-run", referer, "here") == source
    assert arriving.source("/c/night-run/p/1", referer, "here") == "post"


async def test_bars_stay_within_the_drawing():
    drawn = charts.bars([0, 7, 120], [3, 0, 60])

    assert (drawn.most, drawn.least) == (200, 100)
    for bar in (*drawn.up, *drawn.down):
        assert bar.x + bar.width <= charts.WIDTH
        assert bar.y >= charts.TOP
        assert bar.y + bar.height <= charts.BOTTOM + 0.1
    assert charts.bars([]).up == []
    assert charts.line([5, 5]).points
