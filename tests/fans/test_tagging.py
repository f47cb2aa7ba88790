"""Tags put on by hand."""

import pytest

from quanzi.circles import following
from quanzi.db.engine import rows
from quanzi.errors import Conflict, NotAllowed, NotFound
from quanzi.fans import tagging
from tests.fans.crowd import follows, tag
from tests.people import CIRCLE

HERE = f"/c/{CIRCLE}/manage/fans"


async def on(tag_id: int) -> set[int]:
    return {
        line["member_id"]
        for line in await rows("select member_id from fan_tagged where tag_id = $1", tag_id)
    }


async def test_several_who_are_chosen_get_a_tag_and_lose_it(cast, editor, xiaolan, aqiang):
    await follows(xiaolan)
    await follows(aqiang)
    tag_id = await tag(cast.circle_id, "常客")
    chosen = {f"fan_{person.member_id}": "1" for person in (xiaolan, aqiang)}

    answer = await editor.sends(
        f"{HERE}/tag", tag_id=tag_id, do="put", back=f"{HERE}?q=小", **chosen
    )
    assert answer.status_code == 303
    assert answer.headers["location"].startswith(f"{HERE}?q=")
    assert await on(tag_id) == {xiaolan.member_id, aqiang.member_id}

    await editor.sends(f"{HERE}/tag", tag_id=tag_id, do="take", **chosen)
    assert await on(tag_id) == set()


async def test_a_press_twice_is_a_press_once(cast, editor, xiaolan):
    await follows(xiaolan)
    tag_id = await tag(cast.circle_id, "常客")
    place = await editor.place()

    assert await tagging.put(place, tag_id, [xiaolan.member_id]) == 1
    assert await tagging.put(place, tag_id, [xiaolan.member_id]) == 0


async def test_who_does_not_follow_gets_no_tag(cast, editor, xiaolan):
    tag_id = await tag(cast.circle_id, "常客")

    assert await tagging.put(await editor.place(), tag_id, [xiaolan.member_id]) == 0


async def test_who_stops_following_takes_no_tag_along(cast, editor, xiaolan):
    await follows(xiaolan)
    tag_id = await tag(cast.circle_id, "常客", xiaolan)
    await following.unfollow(await xiaolan.place())

    await follows(xiaolan)
    assert await on(tag_id) == set()


async def test_what_a_rule_puts_on_is_not_changed_by_hand(cast, editor, xiaolan):
    await follows(xiaolan)
    tag_id = await tag(cast.circle_id, "活跃")
    await rows("""update fan_tag set rule = '{"active_within": 7}'""")

    with pytest.raises(Conflict):
        await tagging.put(await editor.place(), tag_id, [xiaolan.member_id])


@pytest.mark.parametrize("role", ["reviewer", "analyst", "xiaolan", "maimai"])
async def test_nobody_but_owner_and_editor_puts_tags_on(cast, xiaolan, role):
    await follows(xiaolan)
    tag_id = await tag(cast.circle_id, "常客")

    with pytest.raises(NotAllowed):
        await tagging.put(await getattr(cast, role).place(), tag_id, [xiaolan.member_id])
    assert await on(tag_id) == set()


async def test_another_circles_tag_cannot_be_put_on(cast, editor, xiaolan):
    await follows(xiaolan)
    elsewhere = await tag(cast.other_id, "常客")

    with pytest.raises(NotFound):
        await tagging.put(await editor.place(), elsewhere, [xiaolan.member_id])


async def test_back_is_never_another_site(cast, editor, xiaolan):
    answer = await editor.sends(f"{HERE}/tag", back="//evil.example")
    assert answer.headers["location"] == "/"
