"""Segments as other rooms ask for them."""

from quanzi.db.engine import rows
from quanzi.fans import segments
from tests.fans.crowd import follows, segment


async def test_recipients_come_by_pieces_and_each_once(cast, xiaolan, aqiang, maimai):
    for person in (xiaolan, aqiang, maimai):
        await follows(person)

    first = await segments.recipients(cast.circle_id, None, 0, 2)
    last = await segments.recipients(cast.circle_id, None, first[-1], 2)
    assert [*first, *last] == sorted(each.member_id for each in (xiaolan, aqiang, maimai))
    assert await segments.recipients(cast.circle_id, None, last[-1], 2) == []


async def test_a_withdrawn_segment_is_listed_nowhere_and_has_nobody_in_it(cast, xiaolan):
    await follows(xiaolan)
    segment_id = await segment(cast.circle_id)
    assert [each.id for each in await segments.listed(cast.circle_id)] == [segment_id]

    await rows("update segment set withdrawn_at = now()")
    assert await segments.listed(cast.circle_id) == []
    assert await segments.recipients(cast.circle_id, segment_id, 0, 10) == []
    assert await segments.among(cast.circle_id, xiaolan.member_id, [segment_id]) == frozenset()


async def test_another_circles_segment_is_nobodys_here(cast, xiaolan):
    await follows(xiaolan)
    elsewhere = await segment(cast.other_id)

    assert await segments.recipients(cast.circle_id, elsewhere, 0, 10) == []
    assert await segments.among(cast.circle_id, xiaolan.member_id, [elsewhere]) == frozenset()
