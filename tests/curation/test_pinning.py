"""Pins: slots, order, start and end."""

import asyncio
from datetime import timedelta

import pytest

from quanzi import clock
from quanzi.curation import board, due, pinning, removing
from quanzi.db.engine import rows
from quanzi.errors import Conflict, Invalid, NotAllowed, NotFound
from tests.people import CIRCLE


@pytest.fixture
async def posts(editor):
    return [(await editor.posts(f"第 {number} 篇")).post_id for number in range(5)]


async def shown(cast) -> list[tuple[int, int]]:
    return [(pin.slot, pin.post_id) for pin in (await board.read(cast.circle_id)).pins]


async def test_an_editor_pins_to_the_first_free_slot(cast, editor, posts):
    place = await editor.place()
    await pinning.pin(place, posts[0], slot=2)
    await pinning.pin(place, posts[1])

    assert await shown(cast) == [(1, posts[1]), (2, posts[0])]


async def test_pins_never_exceed_the_slots_however_many_pin_at_once(cast, editor, posts):
    place = await editor.place()
    answers = await asyncio.gather(
        *(pinning.pin(place, post_id) for post_id in posts * 4), return_exceptions=True
    )

    assert len(await shown(cast)) == 3
    assert sum(isinstance(answer, Invalid) for answer in answers) >= 2
    assert not [a for a in answers if isinstance(a, Exception) and not isinstance(a, Invalid)]


async def test_a_pinned_post_that_moves_changes_places(cast, editor, posts):
    place = await editor.place()
    for slot, post_id in enumerate(posts[:3], start=1):
        await pinning.pin(place, post_id, slot=slot)

    await pinning.pin(place, posts[0], slot=3)

    assert await shown(cast) == [(1, posts[2]), (2, posts[1]), (3, posts[0])]


async def test_a_taken_slot_is_refused_to_another_post(editor, posts):
    place = await editor.place()
    await pinning.pin(place, posts[0], slot=1)

    with pytest.raises(Invalid):
        await pinning.pin(place, posts[1], slot=1)


async def test_a_pin_ends_by_a_write_that_every_page_hears(cast, editor, posts):
    place = await editor.place()
    await pinning.pin(place, posts[0], ends_at=clock.now() + timedelta(hours=1))
    await rows(
        "update pin set starts_at = now() - interval '2 h', ends_at = now() - interval '1 s'"
    )
    before = await head(cast)

    await asyncio.gather(*(due.turn_due() for _ in range(4)))

    assert await shown(cast) == []
    assert await head(cast) == before + 1


async def test_a_pin_starts_at_its_time(cast, editor, posts):
    place = await editor.place()
    assert await pinning.pin(place, posts[0], starts_at=clock.now() + timedelta(hours=1)) == 0
    assert await shown(cast) == []
    await rows("update pin set starts_at = now() - interval '1 s'")

    await due.turn_due()

    assert await shown(cast) == [(1, posts[0])]


async def test_a_pin_whose_time_comes_on_a_full_board_says_why_it_ended(cast, editor, posts):
    place = await editor.place()
    for post_id in posts[:3]:
        await pinning.pin(place, post_id)
    await pinning.pin(place, posts[3], starts_at=clock.now() + timedelta(hours=1))
    await rows("update pin set starts_at = now() - interval '1 s' where state = 'waiting'")

    await due.turn_due()

    found = await rows("select why_ended from pin where post_id = $1", posts[3])
    assert found[0]["why_ended"] == "no slot"


async def test_a_removed_post_leaves_the_board(cast, editor, posts):
    place = await editor.place()
    await pinning.pin(place, posts[0])

    await removing.remove(place, posts[0])

    assert await shown(cast) == []
    with pytest.raises(NotFound):
        await pinning.pin(place, posts[0])


async def test_pinning_twice_is_one_event(cast, editor, posts):
    place = await editor.place()
    await pinning.pin(place, posts[0])
    before = await head(cast)

    assert await pinning.pin(place, posts[0]) == 0
    assert await pinning.unpin(place, posts[1]) == 0
    assert await head(cast) == before


@pytest.mark.parametrize("who", ["xiaolan", "reviewer", "analyst", "maimai"])
async def test_who_does_not_edit_here_cannot_pin(cast, posts, who):
    person = getattr(cast, who)

    with pytest.raises(NotAllowed):
        await pinning.pin(await person.place(), posts[0])
    answer = await person.sends(f"/c/{CIRCLE}/p/{posts[0]}/pin", slot="1")
    assert answer.status_code == 403


async def test_a_post_of_another_circle_is_not_found_here(cast, maimai, editor, posts):
    foreign = await maimai.posts("别处的帖子", circle="banking")

    with pytest.raises(NotFound):
        await pinning.pin(await editor.place(), foreign.post_id)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"slot": "9"}, "slot"),
        ({"slot": "x"}, "slot"),
        ({"ends_at": "2020-01-01T00:00"}, "ends_at"),
        ({"ends_at": "soon"}, "ends_at"),
        ({"starts_at": "2030-01-02T00:00", "ends_at": "2030-01-01T00:00"}, "ends_at"),
    ],
)
async def test_what_will_not_do_is_told_beside_its_field(editor, posts, fields, field):
    answer = await editor.sends(f"/c/{CIRCLE}/p/{posts[0]}/pin", **fields)

    assert answer.status_code == 422
    assert f'id="error-{field}"' in answer.text


async def test_a_planned_post_cannot_be_pinned_yet(editor):
    tomorrow = (clock.now() + timedelta(days=1)).isoformat()
    written = await editor.posts("明天", publish_at=tomorrow)

    with pytest.raises(Conflict):
        await pinning.pin(await editor.place(), written.post_id)


async def test_a_planned_post_that_was_to_be_pinned_is_pinned_when_it_comes_out(cast, editor):
    from quanzi.posts import due as posts_due

    tomorrow = (clock.now() + timedelta(days=1)).isoformat()
    written = await editor.posts("明天", publish_at=tomorrow, pin=True)
    await rows("update post set publish_at = now() - interval '1 s'")

    await posts_due.publish_due()
    await due.turn_due()

    assert await shown(cast) == [(1, written.post_id)]


async def head(cast) -> int:
    found = await rows("select head from circle_head where circle_id = $1", cast.circle_id)
    return int(found[0]["head"])


async def test_a_pin_that_was_wished_for_and_made_by_hand_meanwhile_stops_no_other(cast, editor):
    from quanzi.posts import due as posts_due

    tomorrow = (clock.now() + timedelta(days=1)).isoformat()
    written = await editor.posts("明天", publish_at=tomorrow, pin=True)
    await rows("update post set publish_at = now() - interval '1 s'")
    await posts_due.publish_due()
    await pinning.pin(await editor.place(), written.post_id, slot=2)

    await due.turn_due()

    assert await shown(cast) == [(2, written.post_id)]
    assert await due.turn_due() == 0


async def test_a_pin_that_would_have_ended_before_its_post_came_out_is_told(cast, editor):
    from quanzi.posts import due as posts_due

    tomorrow = (clock.now() + timedelta(days=1)).isoformat()
    written = await editor.posts("明天", publish_at=tomorrow, pin=True)
    await rows("update post set publish_at = now(), pin_until = now()")
    await posts_due.publish_due()

    await due.turn_due()

    assert await shown(cast) == []
    told = await rows("select note, post_id from concern where kind = 'pin.missed'")
    assert [tuple(line) for line in told] == [("over", written.post_id)]
