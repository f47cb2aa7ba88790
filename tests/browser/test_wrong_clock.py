"""T13: a page whose clock is wrong by a day, or is put right while it is open."""

import pytest

from tests.browser.pages import equals_a_fresh_load, is_live, reaches
from tests.people import CIRCLE

DAY_MS = 24 * 3600 * 1000
# A clock that can be turned from here.
TURNED = """(() => {
  const Right = Date;
  window.turned = TURNED;
  window.Date = class extends Right {
    constructor(...given) { given.length ? super(...given) : super(Right.now() + window.turned); }
    static now() { return Right.now() + window.turned; }
  };
})()"""


@pytest.mark.parametrize("wrong", [-DAY_MS, DAY_MS])
async def test_a_page_whose_clock_is_wrong_shows_what_others_show(opens, editor, xiaolan, wrong):
    hers = await opens(f"/c/{CIRCLE}", xiaolan)
    await hers.context.add_init_script(TURNED.replace("TURNED", str(wrong)))
    await hers.reload()
    await is_live(hers)
    first = await editor.posts("钟不准的人也看得到")
    await reaches(hers, first.seq)
    await equals_a_fresh_load(hers)

    await hers.evaluate("window.turned = 0")
    # It takes that for a sleep or a silence, and asks at its next look whether it missed something.
    async with hers.expect_event("websocket", timeout=15_000):
        pass
    second = await editor.posts("钟拨准了")
    await reaches(hers, second.seq)
    await is_live(hers)
    await equals_a_fresh_load(hers)
