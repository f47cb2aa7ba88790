"""What was missed comes in pieces that a narrow line can take."""

import asyncio
import itertools
import json

from quanzi.live.stream import PIECE
from tests.live.pages import LightPage, equal_fresh
from tests.people import CIRCLE


async def test_much_that_was_missed_comes_in_pieces_and_without_a_gap(cast, owner):
    here, away = LightPage(cast.url, CIRCLE), LightPage(cast.url, CIRCLE)
    await here.open()
    await away.load()
    away.keep_frames = True
    for number in range(30):
        await owner.posts(f"第 {number} 篇长文。" + f"写了又写{number}，" * 200)
    await here.reaches(30)

    away._task = asyncio.create_task(away._live_for_ever())
    await away.reaches(30)

    batches = [frame for frame in away.frames if frame["kind"] == "batch"]
    assert len(batches) > 2
    for earlier, later in itertools.pairwise(batches):
        assert later["from"] == earlier["to"] + 1
    longest = max(len(json.dumps(event)) for batch in batches for event in batch["events"])
    assert max(len(json.dumps(batch)) for batch in batches) < 2 * (PIECE + longest)
    await equal_fresh([here, away])
    await away.close()
    await here.close()
