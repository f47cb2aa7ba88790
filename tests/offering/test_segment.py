"""For whom a service is: asked of a person, and of the database, with the same answer."""

from types import SimpleNamespace

import pytest

from quanzi.circles import following
from quanzi.credit.bands import START
from quanzi.db.engine import rows
from quanzi.errors import Invalid, NotFound
from quanzi.offering import reading, segment
from tests.fans import crowd
from tests.offering.shop import asks, offers
from tests.people import CIRCLE

KINDS = [
    ("everyone", ""),
    ("followers", ""),
    ("verified", ""),
    ("credit", "700"),
    ("newcomers", ""),
]


async def follows(person, days: int = 0) -> None:
    await following.follow(await person.place())
    await rows(
        "update follow set since = now() - $2 * interval '1 day' where member_id = $1",
        person.member_id,
        days,
    )


async def is_verified(person) -> None:
    await rows("update member set verified_at = now() where id = $1", person.member_id)


async def has_credit(person, score: int) -> None:
    await rows(
        """insert into credit_account (member_id, total) values ($1, $2)
           on conflict (member_id) do update set total = $2""",
        person.member_id,
        score - START,
    )


@pytest.fixture
async def all_kinds(editor):
    for kind, least in KINDS:
        await offers(editor, kind, segment=kind, least=least)


async def seen(person) -> set[str]:
    """By the page's own queries; and each of them alone says the same."""
    place = await person.place()
    everyone = await reading.for_everyone(place.circle.id, None)
    shown = {each.title for each in [*everyone, *await reading.for_some(place)]}
    for kind, least in KINDS:
        thing = SimpleNamespace(segment=kind, least=int(least or 0))
        assert segment.fits(place, thing) == (kind in shown), kind
    return shown


async def test_a_member_like_any_other_sees_what_is_for_everyone(all_kinds, xiaolan):
    assert await seen(xiaolan) == {"everyone"}


async def test_who_has_just_followed_is_a_follower_and_new(all_kinds, xiaolan):
    await follows(xiaolan, days=6)
    assert await seen(xiaolan) == {"everyone", "followers", "newcomers"}


async def test_after_a_week_nobody_is_new_any_longer(all_kinds, xiaolan):
    await follows(xiaolan, days=7)
    assert await seen(xiaolan) == {"everyone", "followers"}


async def test_a_verified_name_opens_what_is_for_verified_people(all_kinds, xiaolan):
    await is_verified(xiaolan)
    assert await seen(xiaolan) == {"everyone", "verified"}


@pytest.mark.parametrize(("score", "among"), [(699, False), (700, True), (850, True)])
async def test_credit_is_enough_from_its_figure_on(all_kinds, xiaolan, score, among):
    await has_credit(xiaolan, score)
    assert ("credit" in await seen(xiaolan)) is among


async def test_the_partners_people_and_the_platforms_see_all(all_kinds, cast):
    for person in (cast.owner, cast.editor, cast.reviewer, cast.analyst, cast.moderator):
        assert await seen(person) == {kind for kind, _ in KINDS}


async def test_another_partners_owner_is_a_member_like_any_other(all_kinds, maimai):
    assert await seen(maimai) == {"everyone"}


async def test_a_visitors_page_has_nothing_that_is_for_some(all_kinds, visitor):
    page = (await visitor.get(f"/c/{CIRCLE}/services")).text

    assert "everyone" in page
    for kind in ("followers", "verified", "newcomers"):
        assert f">{kind}</a>" not in page


async def test_what_is_not_for_them_is_not_found_by_its_address_either(editor, xiaolan, visitor):
    service_id = await offers(editor, "给粉丝的", segment="followers")
    path = f"/c/{CIRCLE}/services/{service_id}"

    assert (await visitor.get(path)).status_code == 404
    assert (await xiaolan.sees(path)).status_code == 404
    await follows(xiaolan)
    assert (await xiaolan.sees(path)).status_code == 200


async def test_the_tab_is_there_when_there_is_something(cast, editor, xiaolan, visitor):
    tab = f'href="/c/{CIRCLE}/services"'
    assert tab not in (await xiaolan.sees(f"/c/{CIRCLE}")).text

    await offers(editor, "给粉丝的", segment="followers")
    assert tab in (await xiaolan.sees(f"/c/{CIRCLE}/about")).text
    assert tab not in (await visitor.get(f"/c/{CIRCLE}/about")).text

    await offers(editor)
    assert tab in (await visitor.get(f"/c/{CIRCLE}/about")).text


async def test_what_is_for_a_segment_is_seen_by_who_is_in_it_and_found_by_nobody_else(
    cast, editor, xiaolan, aqiang, visitor
):
    await follows(xiaolan, days=40)
    await follows(aqiang)
    old = await crowd.segment(cast.circle_id, joined_least=30)
    service_id = await offers(editor, "老粉专享", segment="segment", segment_id=str(old))
    path = f"/c/{CIRCLE}/services/{service_id}"

    assert "老粉专享" in (await xiaolan.sees(f"/c/{CIRCLE}/services")).text
    assert (await xiaolan.sees(path)).status_code == 200
    for other in (aqiang, cast.maimai):
        assert "老粉专享" not in (await other.sees(f"/c/{CIRCLE}/services")).text
        assert (await other.sees(path)).status_code == 404
    assert (await visitor.get(path)).status_code == 404
    for colleague in (cast.owner, cast.analyst, cast.moderator):
        assert (await colleague.sees(path)).status_code == 200


async def test_who_is_not_in_the_segment_cannot_ask_for_it_either(cast, editor, aqiang):
    await follows(aqiang)
    old = await crowd.segment(cast.circle_id, joined_least=30)
    service_id = await offers(editor, "老粉专享", segment="segment", segment_id=str(old))

    with pytest.raises(NotFound):
        await asks(aqiang, service_id)


async def test_a_fan_does_not_read_what_their_segment_is_called(cast, editor, xiaolan):
    await follows(xiaolan)
    made = await crowd.segment(cast.circle_id, "爱花钱的", joined_most=30)
    service_id = await offers(editor, "陪跑", segment="segment", segment_id=str(made))

    page = (await xiaolan.sees(f"/c/{CIRCLE}/services/{service_id}")).text
    assert "部分粉丝可见" in page
    assert "爱花钱的" not in page


async def test_a_segment_is_chosen_and_is_one_of_this_circles_own(cast, editor):
    elsewhere = await crowd.segment(cast.other_id)
    for chosen in ("", str(elsewhere), "x"):
        with pytest.raises(Invalid) as wrong:
            await offers(editor, "陪跑", segment="segment", segment_id=chosen)
        assert set(wrong.value.fields) == {"segment_id"}


async def test_ten_services_for_segments_are_one_question(cast, editor, xiaolan, monkeypatch):
    await follows(xiaolan)
    for n in range(10):
        made = await crowd.segment(cast.circle_id, f"分群{n}", joined_most=30 + n)
        await offers(editor, f"服务{n}", segment="segment", segment_id=str(made))
    asked = []
    real = segment.segments.among
    monkeypatch.setattr(
        segment.segments, "among", lambda *given: asked.append(given) or real(*given)
    )

    assert len(await reading.for_some(await xiaolan.place())) == 10
    assert len(asked) == 1
