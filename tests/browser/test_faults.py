"""What a browser's page is after the site, or Valkey, was away: what a fresh load is."""

import asyncio
import os
import signal
import time
import uuid

from tests.browser.pages import equals_a_fresh_load, is_how, is_live, reaches, shows
from tests.faults.harness import Served
from tests.faults.test_valkey import AWAY, valkey_pid
from tests.people import CIRCLE

HOME = f"/c/{CIRCLE}"


async def test_a_page_is_current_again_after_the_site_was_killed_and_started(opens, tmp_path):
    async with Served(tmp_path) as site:
        editor = await site.signed_in("joyrun-editor")
        hers = await opens("/c/goddess-run", url=site.url)
        await is_live(hers)

        await site.kill()
        await is_how(hers, "off")
        await site.start()
        key = str(uuid.uuid4())
        body = "服务器回来了，我们也回来了"
        await editor.post("/c/goddess-run/posts", body=body, idempotency_key=key)

        await shows(hers, body, timeout=30_000)
        await is_live(hers)
        await equals_a_fresh_load(hers)


async def test_nobody_at_a_page_notices_that_valkey_is_away(opens, editor, xiaolan, site):
    hers = await opens(HOME, xiaolan)
    await is_live(hers)
    pid = valkey_pid()
    os.kill(pid, signal.SIGSTOP)
    try:
        until = time.monotonic() + AWAY
        while time.monotonic() < until:
            written = await editor.posts(f"还在写 {time.monotonic()}")
            await reaches(hers, written.seq, timeout=1500)
            await asyncio.sleep(2)
        await is_live(hers)
    finally:
        os.kill(pid, signal.SIGCONT)

    written = await editor.posts("它回来了")
    await reaches(hers, written.seq, timeout=1500)
    await equals_a_fresh_load(hers)
