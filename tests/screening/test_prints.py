"""Who says the same again, and who says what others said, is known by numbers and never by words."""

import asyncio

import pytest

from quanzi.db.engine import rows
from quanzi.db.transaction import transaction
from quanzi.screening import prints
from quanzi.screening.likeness import bands, likeness
from quanzi.screening.prints import Alike

AD = "祖传老茶馆周末开业，进店就送茶点一份，还有评弹可以听，欢迎各位带着家人朋友一起来坐坐"


async def test_what_others_and_what_oneself_said_within_a_day_is_counted(xiaolan, aqiang, owner):
    for person in (xiaolan, aqiang, aqiang):
        await prints.keep(AD, person.member_id)

    assert await prints.alike(AD, owner.member_id) == Alike(0, 2)
    assert await prints.alike(AD, aqiang.member_id) == Alike(2, 1)


async def test_a_copy_with_another_account_and_signs_between_is_alike(xiaolan, aqiang):
    await prints.keep(AD + " 加微信 abc12345", xiaolan.member_id)

    copy = "🌸".join(AD) + " 加微信 xyz98765"
    assert await prints.alike(copy, aqiang.member_id) == Alike(0, 1)


async def test_another_text_is_not_alike(xiaolan, aqiang):
    await prints.keep(AD, xiaolan.member_id)

    other = "今天早上在江边跑了十公里，风有点大，配速掉了一些，回来路上买了豆浆油条，心情很好"
    assert await prints.alike(other, aqiang.member_id) == Alike(0, 0)


async def test_a_short_text_is_alike_to_nothing(xiaolan, aqiang):
    await prints.keep("谢谢大家的支持", xiaolan.member_id)

    assert await prints.alike("谢谢大家的支持", aqiang.member_id) == Alike(0, 0)
    assert await rows("select 1 from screening_print") == []


async def test_yesterday_does_not_count_and_last_week_goes(xiaolan, aqiang):
    for days in (2, 8, 9):
        await prints.keep(AD, xiaolan.member_id)
        await rows(
            f"update screening_print set at = now() - interval '{days} days' where at > now() - interval '1 day'"
        )

    assert await prints.alike(AD, aqiang.member_id) == Alike(0, 0)
    assert await prints.trim() == 2
    assert await prints.trim() == 0


async def test_what_was_not_written_leaves_no_print(xiaolan):
    with pytest.raises(ValueError):
        async with transaction():
            await prints.keep(AD, xiaolan.member_id)
            raise ValueError

    assert await rows("select 1 from screening_print") == []


async def test_the_text_is_nowhere_in_the_table(xiaolan):
    await prints.keep(AD, xiaolan.member_id)

    [line] = await rows("select to_jsonb(p) #>> '{}' as kept from screening_print p")
    assert not any(part in line["kept"] for part in ("茶", "祖传", "\\u"))
    columns = await rows(
        "select data_type from information_schema.columns where table_name = 'screening_print'"
    )
    assert "text" not in {column["data_type"] for column in columns}


async def test_members_who_write_at_once_do_not_wait_for_each_other(xiaolan, aqiang):
    await asyncio.gather(
        *(prints.keep(AD, person.member_id) for person in (xiaolan, aqiang) for _ in range(5))
    )

    assert await prints.alike(AD, xiaolan.member_id) == Alike(5, 1)


async def test_a_text_with_a_quarter_in_common_is_not_alike(xiaolan, aqiang):
    await prints.keep(AD, xiaolan.member_id)
    await rows("update screening_print set simhash = simhash # x'ffff'::int")

    assert await prints.alike(AD, aqiang.member_id) == Alike(0, 0)


def test_numbers_and_accounts_do_not_count():
    one = likeness(f"{AD} 加微信 abc12345，价格 88 元")

    assert one == likeness(f"{AD} 加微信 xyz98765，价格 99 元")
    assert one is not None


def test_copies_across_accounts_and_many_by_one_are_advertising():
    assert prints.said_often(AD, Alike(2, 1)) is None
    flood = prints.said_often(AD, Alike(3, 0))
    copies = prints.said_often(AD, Alike(0, 2))

    assert flood and (flood.category, flood.rule) == ("advertising", "flood")
    assert copies and (copies.category, copies.rule) == ("advertising", "near-duplicate")
    more = prints.said_often(AD, Alike(0, 5))
    assert more and copies.score < more.score < 1


def test_texts_that_differ_in_three_bits_share_a_band():
    simhash = likeness(AD) or 0
    for place in range(60):
        near = simhash ^ (1 << place) ^ (1 << place + 2) ^ (1 << place + 4)
        assert set(bands(simhash)) & set(bands(near))
