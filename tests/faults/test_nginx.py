"""Two nodes behind nginx, by the recipe in `deploy/`: replaced in turn, and nobody notices."""

import asyncio
import sys

import httpx
import pytest

from quanzi.servers import hold
from tests.faults.crowds import Crowd
from tests.faults.harness import Served
from tests.faults.lengths import long_or, told
from tests.faults.nginxes import Nginx, what_is_missing
from tests.faults.test_deploying import faults
from tests.faults.test_running import _counted
from tests.faults.writers import CIRCLES, Reader, Writers, nothing_lost_nothing_twice


@pytest.mark.timeout(long_or(500, 900))
async def test_two_nodes_behind_nginx_are_one_site_and_are_replaced_in_turn(var, tmp_path):
    if missing := what_is_missing():
        sys.stderr.write(f"\nSKIPPED LOUDLY: nothing was tried behind nginx: {missing}\n")
        pytest.skip(missing)
    pages, rounds = int(long_or(40, 1000)), int(long_or(1, 3))
    with hold(var, postgres=True, valkey=True) as held:
        async with Served(var):
            pass  # it loads the demo
        shared = {"DATABASE_URL": held.database_url, "VALKEY_URL": held.valkey_url}
        first, second = Served(var, **shared), Served(var, **shared)
        async with first, second, Nginx(tmp_path, [first.port, second.port]) as nginx:
            own_urls = [first.url, second.url]
            first.url = f"http://127.0.0.1:{nginx.port}"
            async with Writers(first) as writers, Crowd() as crowd:
                await _is_told_who_comes(first.url)
                await crowd.open(nginx.port, CIRCLES, pages=pages)
                await crowd.figures()
                for site, url in zip((first, second), own_urls, strict=True):
                    site.url = url
                shared_out = [await _counted(site, "quanzi_live_pages") for site in (first, second)]
                writing = asyncio.create_task(
                    writers.write(CIRCLES, rate=long_or(2, 5), seconds=rounds * long_or(8, 30))
                )
                async with Reader(f"http://127.0.0.1:{nginx.port}", CIRCLES[0]) as reader:
                    for _ in range(rounds):
                        for site in (first, second):
                            await asyncio.sleep(1)
                            assert await site.stop() == 0
                            await site.start()
                    await writing
                settled = await crowd.settled()
                figures = await crowd.figures()
                told(
                    "nginx", pages=pages, rounds=rounds, shared_out=shared_out, settled=settled,
                    p99=figures["p99"], counts=figures["counts"], writing=dict(writers.statuses),
                    reading=dict(reader.statuses), reader_p99=reader.p99(),
                )  # fmt: skip
                assert sum(shared_out) == pages
                assert min(shared_out) > pages / 4
                assert not faults(writers.statuses), writers.refused[:5]
                assert not faults(reader.statuses)
                await nothing_lost_nothing_twice(first, writers.written)


async def _is_told_who_comes(url: str) -> None:
    """What a visitor says of themselves is not believed; and figures are not for everybody."""
    async with httpx.AsyncClient(base_url=url, timeout=60) as client:
        assert (await client.get("/metrics")).status_code == 404
        page = await client.get("/signup")
        token = page.text.split('name="_csrf_token" value="')[1].split('"')[0]
        statuses = []
        for number in range(12):
            answer = await client.post(
                "/signup", data={"_csrf_token": token, "handle": "", "name": "", "password": ""},
                headers={"x-forwarded-for": f"198.51.100.{number}"},
            )  # fmt: skip
            statuses.append(answer.status_code)
        # One address, whatever it calls itself: the limit of an address holds.
        assert set(statuses) == {422, 429}, statuses
