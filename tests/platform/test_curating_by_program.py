"""Pins, digest posts and collections by program: editors', and nobody else's."""

import uuid

from quanzi.collections import collecting
from tests.people import CIRCLE
from tests.platform.program import program

HERE = f"/circles/{CIRCLE}"


async def test_an_editor_s_program_pins_and_unpins(cast, xiaolan, editor, visitor):
    post_id = (await xiaolan.posts("置顶我")).post_id
    async with program(cast.url, editor) as client:
        pinned = await client.put(f"{HERE}/posts/{post_id}/pin", json={"slot": 2})
        assert pinned.json()["seq"] > 0
        assert (await client.get(f"{HERE}/pins")).json() == [{"slot": 2, "post_id": post_id}]
        assert f'id="pin-{post_id}"' in (await visitor.get(f"/c/{CIRCLE}")).text
        assert (await client.delete(f"{HERE}/posts/{post_id}/pin")).status_code == 204
        assert (await client.get(f"{HERE}/pins")).json() == []


async def test_a_slot_that_there_is_not_is_said(cast, xiaolan, editor):
    post_id = (await xiaolan.posts()).post_id
    async with program(cast.url, editor) as client:
        answer = await client.put(f"{HERE}/posts/{post_id}/pin", json={"slot": 99})

    assert (answer.status_code, set(answer.json()["errors"])) == (422, {"slot"})


async def test_an_editor_s_program_chooses_for_the_digest(cast, xiaolan, editor):
    post = f"{HERE}/posts/{(await xiaolan.posts()).post_id}"
    async with program(cast.url, editor) as client:
        await client.put(f"{post}/digest")
        assert (await client.get(post)).json()["digest_at"]
        await client.delete(f"{post}/digest")
        assert (await client.get(post)).json()["digest_at"] is None


async def test_a_member_s_program_curates_nothing_whatever_its_scopes(cast, xiaolan):
    post = f"{HERE}/posts/{(await xiaolan.posts()).post_id}"
    async with program(cast.url, xiaolan) as client:
        answers = [
            await client.put(f"{post}/pin", json={}),
            await client.delete(f"{post}/pin"),
            await client.put(f"{post}/digest"),
            await client.delete(f"{post}/digest"),
        ]

    assert [answer.status_code for answer in answers] == [403] * 4


async def test_collections_are_read_whole_and_drafts_only_by_editors(cast, xiaolan, editor):
    post_id = (await xiaolan.posts("沿江五公里")).post_id
    place = await editor.place()
    collection_id = await collecting.add_to_new(place, "热门路线", post_id, uuid.uuid4())
    async with program(cast.url, editor) as theirs, program(cast.url, xiaolan) as hers:
        found = (await theirs.get(f"{HERE}/collections/{collection_id}")).json()
        assert (found["title"], found["sections"][0]["items"][0]["post_id"]) == (
            "热门路线",
            post_id,
        )
        assert (await hers.get(f"{HERE}/collections/{collection_id}")).status_code == 404
        assert (await hers.get(f"{HERE}/collections")).json() == []
