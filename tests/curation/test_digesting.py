"""精华: posts that a circle's partner holds up as its best."""

import asyncio

import pytest

from quanzi.circles import changing
from quanzi.curation import digesting, removing
from quanzi.db.engine import rows
from quanzi.db.transaction import transaction
from quanzi.errors import Conflict, NotAllowed, NotFound
from quanzi.posts import editing, purging, withholding
from tests.people import CIRCLE

HOME = f"/c/{CIRCLE}"


async def shown(cast) -> list[int]:
    return [line["id"] for line in await digesting.digested(cast.circle_id, None)]


async def head(cast) -> int:
    found = await rows("select head from circle_head where circle_id = $1", cast.circle_id)
    return int(found[0]["head"])


async def test_the_latest_choice_comes_first_whenever_the_post_was_written(cast, xiaolan, editor):
    first, second = await xiaolan.posts("先写的"), await xiaolan.posts("后写的")
    place = await editor.place()
    await digesting.digest(place, second.post_id)
    await digesting.digest(place, first.post_id)

    assert await shown(cast) == [first.post_id, second.post_id]
    page = (await xiaolan.sees(f"{HOME}/digest")).text
    assert page.index("先写的") < page.index("后写的")


async def test_its_author_hears_of_it_once_and_the_post_says_it(cast, xiaolan, editor, visitor):
    written = await xiaolan.posts("一圈 5.8 公里")
    await editor.sends(f"{HOME}/p/{written.post_id}/digest")
    await editor.sends(f"{HOME}/p/{written.post_id}/digest")

    page = await visitor.get(f"{HOME}/p/{written.post_id}")
    assert "badge--digest" in page.text
    assert 'data-version="2"' in page.text
    told = await rows("select count(*) as n from circle_event where op = 'digest.changed'")
    assert told[0]["n"] == 1


async def test_it_earns_its_author_credit_once_and_the_partners_own_earns_nobody_any(
    cast, xiaolan, editor, owner
):
    await rows("update member set verified_at = now() where id = any($1::bigint[])",
               [xiaolan.member_id, owner.member_id])  # fmt: skip
    place = await editor.place()
    hers, partners = await xiaolan.posts("我的路线"), await owner.posts("官方路线")
    for written in (hers, partners):
        await digesting.digest(place, written.post_id)
        await digesting.undigest(place, written.post_id)
        await digesting.digest(place, written.post_id)

    found = await rows("select member_id, rule, points from credit_entry")
    assert [tuple(line) for line in found] == [(xiaolan.member_id, "digest", 8)]


async def test_chosen_twice_at_once_is_one_event(cast, xiaolan, editor):
    written, place = await xiaolan.posts(), await editor.place()
    before = await head(cast)

    await asyncio.gather(*(digesting.digest(place, written.post_id) for _ in range(5)))

    assert await head(cast) == before + 1
    assert await digesting.undigest(place, written.post_id) == before + 2
    assert await digesting.undigest(place, written.post_id) == 0
    assert await shown(cast) == []


async def test_what_is_removed_leaves_and_what_is_put_back_returns(cast, xiaolan, editor, reviewer):
    written = await xiaolan.posts()
    await digesting.digest(await editor.place(), written.post_id)

    await reviewer.decides(written.post_id)
    assert await shown(cast) == []

    await withholding.put_back(cast.circle_id, written.post_id, None)
    assert await shown(cast) == [written.post_id]

    await removing.remove(await xiaolan.place(), written.post_id)
    assert await shown(cast) == []
    # When it can no longer be undone, it is no longer chosen either.
    await rows("update withheld set undo_until = now() - interval '1 second'")
    await purging.purge_due()
    assert await rows("select 1 from digested") == []


async def test_words_that_wait_still_come_into_force(cast, xiaolan, editor):
    written = await xiaolan.posts("原来的")
    await rows(
        "insert into held_edit (circle_id, post_id, editor_id, version, body) values ($1, $2, $3, 1, '新的')",
        cast.circle_id,
        written.post_id,
        xiaolan.member_id,
    )
    await digesting.digest(await editor.place(), written.post_id)

    await editing.put_held_in_force(cast.circle_id, written.post_id)

    found = await rows("select body, version from post where id = $1", written.post_id)
    assert tuple(found[0]) == ("新的", 3)


async def test_words_under_stars_can_still_be_uncovered(cast, xiaolan, editor):
    written = await xiaolan.posts("我的电话一三八")
    async with transaction():
        await withholding.keep_words(cast.circle_id, written.post_id, 0)
        await editing.reword(cast.circle_id, written.post_id, 0, "我的电话***", edit=False)
    await digesting.digest(await editor.place(), written.post_id)

    async with transaction():
        assert await withholding.taken_words(cast.circle_id, written.post_id, 0) == "我的电话一三八"


@pytest.mark.parametrize("who", ["xiaolan", "reviewer", "analyst", "maimai", "moderator"])
async def test_who_does_not_edit_here_chooses_nothing(cast, who):
    person, written = getattr(cast, who), await cast.xiaolan.posts()

    with pytest.raises(NotAllowed):
        await digesting.digest(await person.place(), written.post_id)
    assert (await person.sends(f"{HOME}/p/{written.post_id}/undigest")).status_code == 403
    menu = await person.sees(f"{HOME}/p/{written.post_id}/controls")
    assert "设为精华" not in menu.text


async def test_what_waits_or_stands_elsewhere_cannot_be_chosen(cast, editor, maimai):
    planned = await editor.posts("明天")
    await rows("update post set state = 'scheduled' where id = $1", planned.post_id)
    foreign = await maimai.posts("别处的", circle="banking")

    with pytest.raises(Conflict):
        await digesting.digest(await editor.place(), planned.post_id)
    with pytest.raises(NotFound):
        await digesting.digest(await editor.place(), foreign.post_id)


async def test_the_page_is_read_in_pages_to_its_end(cast, xiaolan, editor):
    place = await editor.place()
    for number in range(digesting.PAGE + 2):
        written = await xiaolan.posts(f"第 {number} 篇。")
        await digesting.digest(place, written.post_id)

    page = (await xiaolan.sees(f"{HOME}/digest")).text
    assert page.count("<article") == digesting.PAGE
    older = page.split("?before=")[1].split('"')[0]
    rest = (await xiaolan.sees(f"{HOME}/digest?before={older}")).text
    assert rest.count("<article") == 2
    assert "第 0 篇。" in rest
    assert 'data-insert="no"' in rest


async def test_a_hidden_circles_digest_is_not_found(cast, owner, visitor):
    await changing.change(
        await owner.place(), name="圈", name_en="", intro="", rules="", posting="members", hidden=True
    )  # fmt: skip

    assert (await visitor.get(f"{HOME}/digest")).status_code == 404
    assert (await owner.sees(f"{HOME}/digest")).status_code == 200
