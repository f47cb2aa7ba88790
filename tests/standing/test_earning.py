"""What members earn by what they leave standing, and by staying."""

import asyncio

import pytest

from quanzi.curation import removing
from quanzi.db.engine import row, rows
from quanzi.posts import liking
from quanzi.standing import earning, staying
from tests.credit.test_ledger import differences, score, verify


@pytest.fixture(autouse=True)
async def _nobody_else_looks(site, database):
    """The site's own ticker would be first now and then."""
    await site.tickers_rest()


async def months_are_counted() -> None:
    await rows("update credit_cursor set at = now(), id = 0 where name = 'members'")
    await staying.count_months()


async def a_week_passes(days: int = 8) -> None:
    await rows("update post set published_at = published_at - $1 * interval '1 day'", days)


async def entries(person) -> list[tuple[str, str, int]]:
    found = await rows(
        "select rule, detail, points from credit_entry where member_id = $1 order by id",
        person.member_id,
    )
    return [tuple(line) for line in found]


async def fans(cast, n: int):
    made = [await cast.member(f"fan-{number}", f"粉丝 {number}") for number in range(n)]
    await verify(*made)
    return made


async def test_a_post_that_stood_for_a_week_counts_once(xiaolan, site):
    await verify(xiaolan)
    await xiaolan.posts()
    assert await earning.reward_due() == 0
    await a_week_passes()

    await asyncio.gather(*(earning.reward_due() for _ in range(5)))
    assert await entries(xiaolan) == [("kept", "", 2)]
    await rows("update credit_cursor set at = '-infinity', id = 0")
    await earning.reward_due()
    assert await entries(xiaolan) == [("kept", "", 2)]


async def test_what_stands_there_for_the_partner_earns_nobody_anything(editor):
    await verify(editor)
    await editor.posts()
    await a_week_passes()
    await earning.reward_due()

    assert await entries(editor) == []


async def test_likes_count_by_different_verified_people(cast, xiaolan, aqiang):
    await verify(xiaolan)
    post = await xiaolan.posts()
    for fan in await fans(cast, 3):
        await liking.like(await fan.place(), post.post_id)
    await liking.like(await aqiang.place(), post.post_id)
    await liking.like(await xiaolan.place(), post.post_id)
    await a_week_passes()
    await earning.reward_due()

    assert await entries(xiaolan) == [("kept", "", 2), ("liked", "3", 1)]


async def test_likes_of_people_who_are_not_verified_count_for_nothing(cast, xiaolan):
    await verify(xiaolan)
    post = await xiaolan.posts()
    for number in range(4):
        fan = await cast.member(f"nobody-{number}", "谁")
        await liking.like(await fan.place(), post.post_id)
    await a_week_passes()
    await earning.reward_due()

    assert await entries(xiaolan) == [("kept", "", 2)]


async def test_the_same_three_friends_do_not_raise_her_for_ever(cast, xiaolan):
    await verify(xiaolan)
    friends = await fans(cast, 3)
    for number in range(5):
        post = await xiaolan.posts(f"第 {number} 篇")
        for fan in friends:
            await liking.like(await fan.place(), post.post_id)
    await a_week_passes()
    await earning.reward_due()

    liked = [entry for entry in await entries(xiaolan) if entry[0] == "liked"]
    assert len(liked) == 3


async def test_what_staff_take_away_no_longer_counts(cast, xiaolan, reviewer):
    await verify(xiaolan)
    kept, taken = await xiaolan.posts("好的"), await xiaolan.posts("不好的")
    await a_week_passes()
    await earning.reward_due()
    assert await score(xiaolan) == 554

    await reviewer.decides(taken.post_id, credit=False)

    assert await score(xiaolan) == 552
    assert (await entries(xiaolan))[-1] == ("removed", "kept", -2)
    await removing.remove(await xiaolan.place(), kept.post_id)
    assert await score(xiaolan) == 552


async def test_every_thirty_days_count_up_to_the_cap(xiaolan, aqiang):
    await verify(xiaolan)
    await rows("update member set created_at = now() - interval '95 days'")
    await months_are_counted()
    assert [points for _, _, points in await entries(xiaolan)] == [5, 5, 5]
    assert await entries(aqiang) == []

    await rows("update member set created_at = now() - interval '3000 days'")
    await months_are_counted()
    await months_are_counted()

    assert sum(points for _, _, points in await entries(xiaolan)) == 60
    found = await row("select months from credit_account where member_id = $1", xiaolan.member_id)
    assert found["months"] == 100
    assert await differences() == []


async def test_who_verifies_late_is_given_the_months_before(xiaolan):
    await rows("update member set created_at = now() - interval '65 days'")
    await months_are_counted()
    assert await entries(xiaolan) == []
    await verify(xiaolan)
    await months_are_counted()

    assert len(await entries(xiaolan)) == 2
