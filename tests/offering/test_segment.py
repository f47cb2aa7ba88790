"""For whom a service is: asked of a person, and of the database, with the same answer."""

from types import SimpleNamespace

import pytest

from quanzi.circles import following
from quanzi.credit.bands import START
from quanzi.db.engine import rows
from quanzi.offering import reading, segment
from tests.offering.shop import offers
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
