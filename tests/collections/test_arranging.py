"""The order in a collection: by buttons, by hand, by keys; and its sections."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quanzi.collections import arranging, sectioning
from quanzi.errors import Conflict, NotAllowed, NotFound
from tests.collections.shelf import head, made, order, sections
from tests.people import CIRCLE

DESK = f"/c/{CIRCLE}/manage/collections"


@pytest.fixture
async def three(editor, xiaolan):
    """A collection of three posts in its one section, and the posts."""
    posts = [(await xiaolan.posts(f"第 {n} 篇")).post_id for n in range(3)]
    return await made(editor, "路线", *posts), posts


async def test_the_buttons_move_a_post_by_one_and_over_into_the_next_section(editor, three):
    collection_id, (a, b, c) = three
    await sections(editor, collection_id, "第二节")
    path = f"{DESK}/{collection_id}/entries"

    await editor.sends(f"{path}/{c}/move", step="up")
    assert await order(editor, collection_id) == [[a, c, b], []]
    await editor.sends(f"{path}/{b}/move", step="down")
    assert await order(editor, collection_id) == [[a, c], [b]]
    await editor.sends(f"{path}/{c}/move", step="down")
    assert await order(editor, collection_id) == [[a], [c, b]]
    await editor.sends(f"{path}/{c}/move", step="up")
    assert await order(editor, collection_id) == [[a, c], [b]]
    answer = await editor.sends(f"{path}/{a}/move", step="up")
    assert answer.headers["location"].endswith(f"#row-{a}")
    assert await order(editor, collection_id) == [[a, c], [b]]


async def test_dropped_before_another_or_at_the_end_of_a_section(editor, three):
    collection_id, (a, b, c) = three
    first, second = await sections(editor, collection_id, "第二节")
    path = f"{DESK}/{collection_id}/entries"

    await editor.sends(f"{path}/{c}/move", section=str(first), before=str(a))
    assert await order(editor, collection_id) == [[c, a, b], []]
    await editor.sends(f"{path}/{a}/move", section=str(second), before="")
    assert await order(editor, collection_id) == [[c, b], [a]]
    # What it was to stand before has gone meanwhile.
    await editor.sends(f"{path}/{c}/move", section=str(second), before=str(b))
    assert await order(editor, collection_id) == [[b], [a, c]]


async def test_the_answer_to_a_script_is_the_list_as_it_stands(editor, three):
    collection_id, (a, b, _) = three
    answer = await editor.client.post(
        f"{DESK}/{collection_id}/entries/{b}/move",
        data={"_csrf_token": await editor.csrf(), "step": "up"},
        headers={"hx-request": "true"},
    )

    assert answer.text.lstrip().startswith('<div class="arrange"')
    assert answer.text.index(f'id="row-{b}"') < answer.text.index(f'id="row-{a}"')


async def test_nothing_moved_is_no_event(cast, editor, three):
    collection_id, (a, _, _) = three
    before = await head(cast)

    assert await arranging.step(await editor.place(), collection_id, a, -1) == 0
    assert await head(cast) == before


async def test_two_editors_who_move_at_once_lose_nothing(editor, owner, three):
    collection_id, posts = three
    await sections(editor, collection_id, "第二节")
    places = [await editor.place(), await owner.place()]

    await asyncio.gather(
        *(
            arranging.step(place, collection_id, post_id, by)
            for place in places
            for post_id in posts
            for by in (1, -1, 1)
        )
    )

    standing = [post_id for section in await order(editor, collection_id) for post_id in section]
    assert sorted(standing) == sorted(posts)


async def test_a_section_moves_is_called_otherwise_and_dissolves_into_the_one_before(editor, three):
    collection_id, (a, b, c) = three
    first, second = await sections(editor, collection_id, "江边")
    place = await editor.place()
    await arranging.move(place, collection_id, c, second, None)

    await editor.sends(f"{DESK}/{collection_id}/sections/{second}/move", step="up")
    assert await order(editor, collection_id) == [[c], [a, b]]
    await editor.sends(f"{DESK}/{collection_id}/sections/{first}", section="山上")
    page = (await editor.sees(f"/c/{CIRCLE}/collections/{collection_id}")).text
    assert page.index("江边") < page.index("山上")
    await editor.sends(f"{DESK}/{collection_id}/sections/{first}/dissolve")
    assert await order(editor, collection_id) == [[c, a, b]]
    with pytest.raises(Conflict):
        await sectioning.dissolve(place, collection_id, second)


async def test_a_section_without_a_title_is_refused_by_its_field(editor, three):
    answer = await editor.sends(f"{DESK}/{three[0]}/sections", section="   ")

    assert answer.status_code == 422
    assert 'id="error-section"' in answer.text


@pytest.mark.parametrize("who", ["xiaolan", "reviewer", "analyst", "maimai"])
async def test_who_does_not_edit_here_orders_nothing(cast, three, who):
    collection_id, (a, _, _) = three
    place = await getattr(cast, who).place()

    with pytest.raises(NotAllowed):
        await arranging.step(place, collection_id, a, 1)
    with pytest.raises(NotAllowed):
        await arranging.step_section(place, collection_id, 1, 1)


async def test_a_section_of_another_collection_is_not_found(editor, three, xiaolan):
    collection_id, (a, _, _) = three
    other = await made(editor, "别的", (await xiaolan.posts("别的")).post_id)
    [foreign] = await sections(editor, other)
    place = await editor.place()

    with pytest.raises(NotFound):
        await arranging.move(place, collection_id, a, foreign, None)
    with pytest.raises(NotFound):
        await sectioning.rename(place, collection_id, foreign, "我的")
    with pytest.raises(NotFound):
        await sectioning.dissolve(place, collection_id, foreign)


@given(st.data())
def test_whatever_is_moved_nothing_is_lost_and_nothing_doubled(data):
    sizes = data.draw(st.lists(st.integers(0, 4), min_size=1, max_size=4))
    posts = iter(range(1, 100))
    before = {100 + n: [next(posts) for _ in range(size)] for n, size in enumerate(sizes)}
    standing = [post for section in before.values() for post in section]
    if not standing:
        return
    post = data.draw(st.sampled_from(standing))
    section = data.draw(st.sampled_from(sorted(before)))
    beside = data.draw(st.none() | st.sampled_from(standing))

    for after in (
        arranging.moved(before, post, section, beside),
        arranging.stepped(before, post, 1),
        arranging.stepped(before, post, -1),
    ):
        assert sorted(p for each in after.values() for p in each) == sorted(standing)
        assert list(after) == list(before)
    # One down and one up again is where it was, unless it came to stand at an end.
    there = arranging.stepped(before, post, 1)
    assert there == before or arranging.stepped(there, post, -1) == before
