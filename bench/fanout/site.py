"""Quanzi in a process of its own, and somebody who posts from this one."""

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.fanout.watching import SERVER_CORE, Pages, Result, listens, rss, watched
from bench.ports import free_port
from quanzi import servers

SLUG = "bench-circle"
# As people write: what repeats itself would be held for review, and nobody's page would show it.
BODY = (
    "今晚七点，海心沙地铁站 B 口集合，慢跑十公里，配速六分半，新人有领跑员带。路线沿江向东到琶洲大桥折返，"
    "中途在二沙岛补水。请穿反光背心，带好头灯和一瓶水。雨太大就改到天河体育中心室内跑道，六点前在这里通知。"
    "跑完一起去吃糖水，费用各付各的。上周有朋友丢了钥匙，已经放在前台，记得来取。"
    "想报名下个月半程马拉松的，今晚可以问小兰要团体报名的办法。"
)
# What the gate takes in a second, a little below.
ARRIVALS = 140


@contextmanager
def prepared() -> Iterator[tuple[Path, int]]:
    """A folder, servers in it, and this process's settings; the folder, and a port for the site."""
    with tempfile.TemporaryDirectory(prefix="quanzi-bench-") as name:
        folder, var = Path(name), Path(name, "var")
        folder.chmod(0o755)  # the embedded servers run as a user of their own
        var.mkdir(mode=0o755)
        with servers.hold(var, postgres=True, valkey=True) as held:
            os.environ.update(
                DATABASE_URL=held.database_url, VALKEY_URL=held.valkey_url, QUANZI_VAR=str(var)
            )
            os.environ.pop("QUANZI_URL", None)
            yield folder, free_port()


class Circle:
    def __init__(self, place: Any) -> None:
        self.place = place

    async def post(self) -> int:
        """The moment at which it had been committed, in monotonic nanoseconds."""
        from quanzi.db.transaction import after_commit, transaction
        from quanzi.posts import vetting, writing
        from quanzi.posts.drafts import Draft

        moment = 0

        async def committed() -> None:
            nonlocal moment
            moment = time.monotonic_ns()

        # The same words again and again are a nuisance to others, and here only a load.
        vetted = await vetting.vet(self.place, BODY, kind="edit")
        assert not vetted.held, "What is held is on no page."
        async with transaction():
            after_commit(committed)  # before the bell, since callbacks keep their order
            await writing.publish(self.place, Draft(BODY), vetted=vetted)
        return moment

    async def frame_length(self) -> int:
        from quanzi.activity import reading
        from quanzi.app import create_app, drawers
        from quanzi.live import frames

        create_app()
        await self.post()
        logged = await reading.after(self.place.circle.id, 0, 1)
        drawn = (await drawers().draw(self.place.circle.id, logged))[0].drawn
        return len(frames.text_frame(frames.event(1, "post.published", drawn, "zh-Hans")))


async def circle() -> Circle:
    from quanzi.circles import access, changing
    from quanzi.db.engine import open_pool, rows
    from quanzi.db.migrating import migrate
    from quanzi.identity import sessions, signing_up

    await migrate()
    await open_pool(2)
    member = await signing_up.create("bencher", "小兰", "a-good-password")
    # Who is new may not post as often as a benchmark does.
    await rows("update member set created_at = now() - interval '60 days' where id = $1", member)
    viewer = await sessions.viewer_of(await sessions.opened(member, ""))
    await rows("insert into category values ('fitness', '健身', 'Fitness', 1)")
    made = await rows("insert into partner (slug, name) values ('p', '悦跑圈') returning id")
    await changing.opened(made[0]["id"], SLUG, "fitness", "珠江夜跑圈")
    return Circle(await access.place(SLUG, viewer))


async def quanzi(folder: Path, count: int, port: int, here: Circle) -> Result:
    process = await asyncio.create_subprocess_exec(
        "taskset", "-c", SERVER_CORE, sys.executable, "-m", "quanzi.cli", "serve",
        "--port", str(port), stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    await listens(port)
    # What the first page brings in is not what each page costs.
    live = {"rate": ARRIVALS, "path": f"/c/{SLUG}/live", "first": '{"resume":null}'}
    few = await Pages.opened(folder, 20, port, **live)
    await few.close()
    empty = rss(process.pid)
    pages = await Pages.opened(folder, count, port, **live)
    result = await watched("Quanzi", process.pid, empty, pages, here.post, 500)
    process.terminate()
    await asyncio.wait_for(process.wait(), 60)
    await pages.close()
    return result
