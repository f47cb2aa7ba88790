"""Views are counted once, in the process, and written down for pins and insights in one."""

import pytest

from quanzi.activity import seeing
from quanzi.curation import arranging, brought, pinning
from quanzi.db.engine import rows
from quanzi.insights import counting
from tests.people import CIRCLE

HOURS = (
    "select post_id, sum(shown)::int as shown, sum(opens)::int as opens from seen_hour group by 1"
)


async def hours() -> dict[int, tuple[int, int]]:
    return {line["post_id"]: (line["shown"], line["opens"]) for line in await rows(HOURS)}


async def test_who_looks_and_what_they_see_is_counted(cast, editor, xiaolan, visitor):
    post_id = (await editor.posts("看我")).post_id
    await pinning.pin(await editor.place(), post_id)
    await xiaolan.sees(f"/c/{CIRCLE}")
    for _ in range(2):
        await visitor.get(f"/c/{CIRCLE}")
    await xiaolan.sees(f"/c/{CIRCLE}/p/{post_id}")
    await counting.write_down()

    # Pinned and in the feed at once, it stood on three pages and not on six.
    assert await hours() == {0: (3, 0), post_id: (3, 1)}
    [pin] = await arranging.standing(cast.circle_id)
    assert (pin.views, pin.opens) == (3, 1)
    there = await rows("select circle_id, member_id from active_day")
    assert [tuple(line) for line in there] == [(cast.circle_id, xiaolan.member_id)]


async def test_what_is_not_there_or_may_not_be_read_is_not_counted(cast, xiaolan):
    await xiaolan.sees(f"/c/{CIRCLE}/p/999999")
    await rows("update circle set hidden = true where id = $1", cast.circle_id)
    await xiaolan.sees(f"/c/{CIRCLE}")

    assert not seeing.taken()


async def test_a_page_seen_twice_is_one_member_a_day(cast, xiaolan):
    for _ in range(2):
        await xiaolan.sees(f"/c/{CIRCLE}")
        await counting.write_down()

    assert len(await rows("select 1 from active_day")) == 1
    assert await hours() == {0: (2, 0)}


async def test_what_could_not_be_written_down_is_counted_with_the_next(cast, xiaolan, monkeypatch):
    await xiaolan.sees(f"/c/{CIRCLE}")

    async def fails(seen):
        raise OSError("the database is away")

    with monkeypatch.context() as broken:
        broken.setattr(brought, "add", fails)
        with pytest.raises(OSError, match="away"):
            await counting.write_down()
    assert await hours() == {}
    await xiaolan.sees(f"/c/{CIRCLE}")
    await counting.write_down()

    assert await hours() == {0: (2, 0)}


async def test_who_was_erased_meanwhile_leaves_no_day(cast, xiaolan):
    await xiaolan.sees(f"/c/{CIRCLE}")
    await rows("update member set suspended_at = now() where id = $1", xiaolan.member_id)
    await counting.write_down()

    assert await rows("select 1 from active_day") == []


async def test_of_too_many_things_at_once_some_go_uncounted(monkeypatch):
    seeing.taken()
    monkeypatch.setattr(seeing, "MOST", 2)
    for post_id in (1, 2, 3, 1):
        seeing.post_opened(7, post_id)

    assert seeing.taken().opened == {(7, 1): 2, (7, 2): 1}
