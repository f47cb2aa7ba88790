"""Who meets which conditions."""

from datetime import timedelta

import pytest

from quanzi.circles import banning
from quanzi.credit.bands import START
from quanzi.db.engine import database_now, rows
from quanzi.moderation import ruling
from quanzi.posts import liking
from tests.fans.crowd import follows, tag, who


@pytest.fixture
async def fans(cast):
    """Xiaolan came today, Aqiang forty days ago."""
    await follows(cast.xiaolan)
    await follows(cast.aqiang, days=40)
    return cast


async def posted_days_ago(post_id: int, days: int) -> None:
    await rows(
        "update post set published_at = now() - $2 * interval '1 day' where id = $1", post_id, days
    )


async def test_asking_nothing_is_every_follower_in_order(fans, xiaolan, aqiang):
    assert await who(fans.circle_id) == sorted([xiaolan.member_id, aqiang.member_id])


async def test_who_follows_another_circle_is_no_fan_here(fans, maimai):
    await follows(maimai, circle="banking")

    assert maimai.member_id not in await who(fans.circle_id)


async def test_the_partners_own_people_are_not_their_fans(fans):
    for person in (fans.owner, fans.editor, fans.reviewer, fans.analyst):
        await follows(person)

    assert len(await who(fans.circle_id)) == 2


@pytest.mark.parametrize("everywhere", [True, False])
async def test_who_may_not_be_here_is_in_no_segment(fans, aqiang, everywhere):
    circle_id = 0 if everywhere else fans.circle_id
    await banning.ban(aqiang.member_id, circle_id, "ban", ruling.FOR_GOOD, reason="x", by=None)
    assert aqiang.member_id not in await who(fans.circle_id)

    await banning.lift(aqiang.member_id, circle_id, "ban")
    assert aqiang.member_id in await who(fans.circle_id, joined_least=1)


async def test_who_is_leaving_the_site_is_in_no_segment(fans, aqiang):
    await rows(
        "insert into leaving (member_id, at, due_at) values ($1, now(), now() + interval '7 days')",
        aqiang.member_id,
    )
    assert aqiang.member_id not in await who(fans.circle_id)


async def test_who_is_suspended_is_in_no_segment(fans, aqiang):
    await rows("update member set suspended_at = now() where id = $1", aqiang.member_id)
    assert aqiang.member_id not in await who(fans.circle_id)


async def test_days_since_they_came(fans, xiaolan, aqiang):
    assert await who(fans.circle_id, joined_least=40) == [aqiang.member_id]
    assert await who(fans.circle_id, joined_least=41) == []
    assert await who(fans.circle_id, joined_most=1) == [xiaolan.member_id]


async def test_a_date_begins_at_the_circles_own_midnight(fans, xiaolan, aqiang):
    """Where it is Thursday already while it is still Wednesday in London."""
    await rows("update circle set time_zone = 'Asia/Shanghai'")
    await rows(
        "update follow set since = '2026-11-25T17:00Z' where member_id = $1", xiaolan.member_id
    )
    await rows(
        "update follow set since = '2026-11-25T15:00Z' where member_id = $1", aqiang.member_id
    )
    thursday = (await database_now()).date().replace(year=2026, month=11, day=26)

    assert await who(fans.circle_id, joined_after=thursday) == [xiaolan.member_id]
    assert await who(fans.circle_id, joined_before=thursday) == [aqiang.member_id]
    assert len(await who(fans.circle_id, joined_after=thursday - timedelta(1))) == 2


async def test_who_posted_lately_and_not_who_posted_elsewhere(fans, xiaolan, aqiang):
    here = await xiaolan.posts()
    await aqiang.posts(circle="banking")

    assert await who(fans.circle_id, posted_within=7) == [xiaolan.member_id]
    assert await who(fans.circle_id, active_within=7) == [xiaolan.member_id]
    await posted_days_ago(here.post_id, 8)
    assert await who(fans.circle_id, posted_within=7) == []


async def test_a_removed_post_counts_for_nobody(fans, xiaolan):
    await xiaolan.posts()
    await rows("update post set state = 'removed', body = ''")

    assert await who(fans.circle_id, posted_within=7) == []


async def test_who_commented_and_who_liked(fans, xiaolan, aqiang):
    written = await fans.editor.posts()
    await xiaolan.says(written.post_id, "好")
    await liking.like(await aqiang.place(), written.post_id)

    assert await who(fans.circle_id, commented_within=7) == [xiaolan.member_id]
    assert await who(fans.circle_id, liked_within=7) == [aqiang.member_id]
    assert await who(fans.circle_id, commented_within=7, liked_within=7) == []


async def test_who_came_today_has_not_been_silent_for_a_month(fans, aqiang):
    assert await who(fans.circle_id, silent_for=30) == [aqiang.member_id]

    await rows(
        "insert into check_in (circle_id, member_id, day) values ($1, $2, current_date)",
        fans.circle_id,
        aqiang.member_id,
    )
    assert await who(fans.circle_id, silent_for=30) == []


async def test_who_wrote_on_a_topic_or_under_a_post_on_it(fans, xiaolan, aqiang):
    written = await xiaolan.posts("一起 #夜跑#")
    assert await who(fans.circle_id, topic="夜跑") == [xiaolan.member_id]

    await aqiang.says(written.post_id, "好")
    assert len(await who(fans.circle_id, topic="夜跑")) == 2
    assert await who(fans.circle_id, topic="晨跑") == []


async def has_credit(person, score: int, *, shown: bool = True) -> None:
    await rows("update member set verified_at = now() where id = $1", person.member_id)
    await rows(
        """insert into credit_account (member_id, total, band_shown) values ($1, $2, $3)
           on conflict (member_id) do update set total = $2, band_shown = $3""",
        person.member_id,
        score - START,
        shown,
    )


async def test_a_band_is_met_by_who_stands_in_it(fans, xiaolan, aqiang):
    await has_credit(xiaolan, 699)
    await has_credit(aqiang, 700)

    assert await who(fans.circle_id, bands=("good",)) == [xiaolan.member_id]
    assert await who(fans.circle_id, bands=("great", "best")) == [aqiang.member_id]


async def test_who_hides_their_band_stands_in_none(fans, xiaolan):
    await has_credit(xiaolan, 650, shown=False)

    assert await who(fans.circle_id, bands=("poor", "fair", "good", "great", "best")) == []


async def test_a_band_that_their_page_does_not_show_is_not_met_either(fans):
    """Nobody here has a verified name."""
    assert await who(fans.circle_id, bands=("fair",)) == []


async def test_who_has_a_verified_name_and_who_has_none(fans, xiaolan, aqiang):
    await rows("update member set verified_at = now() where id = $1", xiaolan.member_id)

    assert await who(fans.circle_id, verified=True) == [xiaolan.member_id]
    assert await who(fans.circle_id, verified=False) == [aqiang.member_id]


async def asked_for(circle_id: int, person, state: str = "new") -> int:
    found = await rows(
        """with made as (insert into service (circle_id, place, title) values ($1, 1, '陪跑')
                         returning id)
           insert into service_request (circle_id, service_id, member_id, state, keeps_until)
           select $1, id, $2, $3, now() from made returning service_id""",
        circle_id,
        person.member_id,
        state,
    )
    return int(found[0]["service_id"])


async def test_who_asked_for_a_service_of_this_circle(fans, xiaolan, aqiang):
    one = await asked_for(fans.circle_id, xiaolan)
    other = await asked_for(fans.circle_id, aqiang, "done")
    await asked_for(fans.other_id, aqiang)

    assert len(await who(fans.circle_id, requested=0)) == 2
    assert await who(fans.circle_id, requested=one) == [xiaolan.member_id]
    assert await who(fans.circle_id, requested=other) == [aqiang.member_id]


async def test_what_was_withdrawn_was_not_asked_for(fans, xiaolan):
    await asked_for(fans.circle_id, xiaolan, "withdrawn")

    assert await who(fans.circle_id, requested=0) == []


async def test_tags_of_which_one_all_or_none_is_on_them(fans, xiaolan, aqiang):
    both = await tag(fans.circle_id, "常客", xiaolan, aqiang)
    one = await tag(fans.circle_id, "送过赠品", xiaolan)

    assert len(await who(fans.circle_id, tags_any=(both, one))) == 2
    assert await who(fans.circle_id, tags_all=(both, one)) == [xiaolan.member_id]
    assert await who(fans.circle_id, tags_none=(one,)) == [aqiang.member_id]


async def test_all_that_is_asked_holds_at_once(fans, xiaolan, aqiang):
    await xiaolan.posts()
    await aqiang.posts()

    assert await who(fans.circle_id, posted_within=7, joined_least=30) == [aqiang.member_id]
