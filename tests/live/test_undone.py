"""What was removed and put back while a page was away stands on that page again."""

import asyncio

import pytest

from quanzi.curation import removing
from quanzi.db.engine import rows
from quanzi.posts import editing, withholding
from tests.live.pages import LightPage, equal_fresh
from tests.people import CIRCLE


@pytest.fixture
async def here(cast):
    """A page that is open all the time, so that the site keeps what happens."""
    page = LightPage(cast.url, CIRCLE)
    await page.open()
    yield page
    await page.close()


@pytest.mark.parametrize("edited", [False, True])
async def test_a_page_that_was_away_while_a_post_was_put_back_shows_it(cast, owner, here, edited):
    await owner.posts("一直都在")
    post_id = (await owner.posts("拿下过，又回来了")).post_id
    await here.reaches(2)
    away = LightPage(cast.url, CIRCLE)
    await away.load()

    await here.reaches(await removing.withhold(cast.circle_id, post_id, cast.reviewer.member_id))
    await here.reaches(await withholding.put_back(cast.circle_id, post_id, None))
    if edited:
        version = (await rows("select version from post where id = $1", post_id))[0]["version"]
        await here.reaches(await editing.edit(await owner.place(), post_id, "又改了", version))
    away._task = asyncio.create_task(away._live_for_ever())

    await away.reaches(here.state.seq)
    assert post_id in away.state.posts
    await equal_fresh([here, away])
    await away.close()


async def test_a_comment_that_was_put_back_is_told_as_such_to_who_was_away(cast, owner, here):
    post_id = (await owner.posts("说说看")).post_id
    said = await owner.says(post_id, "我先说")
    await here.reaches(2)
    away = LightPage(cast.url, f"{CIRCLE}")
    await away.load()
    away.keep_frames = True

    me = cast.reviewer.member_id
    await here.reaches(
        await withholding.withhold_comment(cast.circle_id, post_id, said.comment_id, me)
    )
    await here.reaches(
        await withholding.put_comment_back(cast.circle_id, post_id, said.comment_id, me)
    )
    away._task = asyncio.create_task(away._live_for_ever())
    await away.reaches(4)
    await away.close()

    batches = [frame for frame in away.frames if frame["kind"] == "batch"]
    assert [event["op"] for event in batches[0]["events"]] == ["comment.restored"] * 2
