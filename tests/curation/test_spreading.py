"""One post in several circles: what stands against it in one of them is said, and harms no other."""

import uuid

import pytest

from quanzi.circles import changing
from quanzi.curation import composing, spreading
from quanzi.errors import Conflict, Invalid, NotAllowed, TooMany, said
from quanzi.posts.drafts import Draft

WHY = said("现在不行。")


@pytest.mark.parametrize(
    "refusal", [TooMany(60, WHY), Conflict(WHY), NotAllowed(WHY), Invalid(body=WHY)]
)
async def test_whatever_stands_against_it_there_is_said_and_the_words_are_kept(
    owner, monkeypatch, refusal
):
    composed = composing.compose

    async def refuses(place, draft, pictures=()):
        if not draft.kept:
            raise refusal
        return await composed(place, draft, pictures)

    monkeypatch.setattr(composing, "compose", refuses)
    place = await owner.place()
    await changing.opened(place.circle.partner_id, "morning-run", "fitness", "晨跑圈")
    [failed] = await spreading.spread(
        place, Draft("两处都发", key=uuid.uuid4()), [], ["morning-run"]
    )
    assert (failed.slug, str(failed.why), failed.kept) == ("morning-run", "现在不行。", True)
