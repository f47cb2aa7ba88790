"""What people say of themselves and their circles is read before anybody else reads it."""

import pytest

from quanzi.circles import changing
from quanzi.errors import Invalid
from quanzi.identity import oneself, signing_up
from quanzi.screening import pages, pictures
from quanzi.screening.looking import Seen
from tests.moderation.words import HELD, REFUSED


@pytest.mark.parametrize("words", [HELD, REFUSED])
async def test_her_introduction_comes_back_to_be_worded_otherwise(cast, xiaolan, words):
    with pytest.raises(Invalid) as refused:
        await oneself.change(xiaolan.viewer, "小兰", words)

    assert list(refused.value.fields) == ["intro"]
    assert (await oneself.of(xiaolan.viewer)).intro == ""


async def test_nobody_signs_up_under_such_a_name(database):
    with pytest.raises(Invalid) as refused:
        await signing_up.sign_up("somebody", HELD, "a-good-password")

    assert "name" in refused.value.fields


async def test_a_circle_does_not_say_such_things_of_itself(cast, owner):
    with pytest.raises(Invalid) as refused:
        await changing.change(
            await owner.place(), name="珠江夜跑圈", name_en="", intro=REFUSED, rules="",
            posting="members", hidden=False,
        )  # fmt: skip

    assert list(refused.value.fields) == ["intro"]


async def test_a_partner_may_say_where_it_is_found(database):
    await pages.check(of_partner=True, intro="报名加微信 joyrun2026，电话 13812345678")

    with pytest.raises(Invalid):
        await pages.check(intro="我的手机号是13812345678")


@pytest.mark.parametrize("seen", [Seen("sexual", 0.9, 1, "test"), None])
async def test_a_cover_that_is_indecent_or_unseen_is_not_used(database, monkeypatch, seen):
    async def look(names, *, within=None):
        return [seen]

    monkeypatch.setattr(pictures, "look", look)
    with pytest.raises(Invalid) as refused:
        await pages.check_picture("a" * 32, "cover")

    assert list(refused.value.fields) == ["cover"]


async def test_ordinary_words_pass(database):
    await pages.check(name="小兰", intro="跑步、看书、养猫。周末常在二沙岛。")
