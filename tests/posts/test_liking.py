"""Liking: once each, however often and however many press at once."""

import asyncio

import pytest

from quanzi.activity import tallying
from quanzi.db.engine import rows
from quanzi.errors import NotAllowed, NotFound
from quanzi.posts import liking
from tests.people import CIRCLE


async def likes(cast, post_id) -> int:
    return (await tallying.sums(cast.circle_id, tallying.LIKES, [post_id]))[post_id]


async def test_a_like_counts_once_however_often_it_is_pressed(cast, owner, xiaolan):
    post_id = (await owner.posts()).post_id
    place = await xiaolan.place()

    pressed = await asyncio.gather(*(liking.like(place, post_id) for _ in range(10)))

    assert sum(pressed) == 1
    assert await likes(cast, post_id) == 1
    assert await liking.liked(place, [post_id]) == [post_id]


async def test_taken_back_it_is_gone_and_cannot_be_taken_back_twice(cast, owner, xiaolan):
    post_id = (await owner.posts()).post_id
    place = await xiaolan.place()
    await liking.like(place, post_id)

    taken = await asyncio.gather(*(liking.unlike(place, post_id) for _ in range(5)))

    assert sum(taken) == 1
    assert await likes(cast, post_id) == 0


async def test_pressed_to_and_fro_by_many_the_figure_is_what_stands(cast, owner):
    post_id = (await owner.posts()).post_id
    people = [cast.xiaolan, cast.aqiang, cast.editor, cast.reviewer, cast.analyst]
    places = [await person.place() for person in people]
    presses = [
        deed(place, post_id) for place in places for deed in (liking.like, liking.unlike) * 6
    ]

    await asyncio.gather(*presses)

    standing = await rows("select 1 from liking where post_id = $1", post_id)
    assert await likes(cast, post_id) == len(standing)


async def test_without_scripts_the_posts_own_page_has_a_button(owner, xiaolan):
    post_id = (await owner.posts()).post_id

    answer = await xiaolan.sends(f"/c/{CIRCLE}/p/{post_id}/like")

    assert answer.status_code == 303
    page = (await xiaolan.sees(answer.headers["location"])).text
    assert f"/p/{post_id}/unlike" in page
    assert f'data-count="likes" data-of="{post_id}">1<' in page


async def test_the_author_is_told(owner, xiaolan):
    post_id = (await owner.posts()).post_id
    await liking.like(await xiaolan.place(), post_id)
    await liking.like(await owner.place(), post_id)

    found = await rows("select kind, member_id, actor_id from concern")
    assert [tuple(line) for line in found] == [("like", owner.member_id, xiaolan.member_id)]


async def test_what_is_not_out_cannot_be_liked_and_a_visitor_cannot_like(cast, editor, visitor):
    from quanzi.circles import access

    with pytest.raises(NotFound):
        await liking.like(await editor.place(), 999_999)
    with pytest.raises(NotAllowed):
        await liking.like(await access.place(CIRCLE, None), 1)
