"""No page asks the database once per thing it shows: each has a budget, however much there is."""

import uuid
from contextlib import asynccontextmanager

import pytest

from quanzi.circles import changing, following
from quanzi.curation import digesting, pinning
from quanzi.curation import kept as pages
from quanzi.db import engine
from quanzi.db.engine import rows
from quanzi.posts import commenting, drawing, talking
from quanzi.web import sessions
from tests.collections.shelf import made
from tests.fans.crowd import follows, segment, tag
from tests.offering.shop import asks, offers
from tests.people import CIRCLE
from tests.posts.test_planning import keeps, plans
from tests.reaching.crowd import written

# path → the most queries of a first look, with nothing remembered; one of them finds the session,
# one counts what waits for the bell.
BUDGETS = {
    "/": 7,
    f"/c/{CIRCLE}": 6,
    f"/c/{CIRCLE}?before=20": 8,
    f"/c/{CIRCLE}/topics/夜跑": 8,
    f"/c/{CIRCLE}/p/{{post}}": 10,
    f"/c/{CIRCLE}/p/{{post}}/t/{{thread}}": 10,
    f"/c/{CIRCLE}/digest": 8,
    f"/c/{CIRCLE}/collections": 6,
    f"/c/{CIRCLE}/collections/{{collection}}": 8,
    f"/c/{CIRCLE}/members": 5,
    f"/c/{CIRCLE}/about": 4,
    f"/c/{CIRCLE}/services": 7,
    f"/c/{CIRCLE}/services/{{service}}": 4,
    "/me/requests": 3,
    "/me/requests/{asked}": 3,
    f"/c/{CIRCLE}/names?q=x": 3,
    "/me/circles": 3,
    "/m/xiaolan": 9,
    "/m/xiaolan/followers": 5,
    "/people": 4,
    "/me/data": 3,
    "/discover": 6,
    "/discover?q=夜跑": 10,
    "/me/notices": 4,
    "/me/settings/notices": 6,
}

# The same of the partner's desk, for an owner.
DESK = {
    f"/c/{CIRCLE}/manage/plan": 9,
    f"/c/{CIRCLE}/manage/plan?view=week": 9,
    f"/c/{CIRCLE}/manage/plan?on=2100-01-01": 12,
    "/partners/joyrun/manage/plan?view=list": 9,
    f"/c/{CIRCLE}/manage/pins": 9,
    f"/c/{CIRCLE}/manage/notices": 9,
    f"/c/{CIRCLE}/manage/notices/{{notice}}": 9,
    f"/c/{CIRCLE}/manage/fans": 10,
    f"/c/{CIRCLE}/manage/fans/segments": 9,
    f"/c/{CIRCLE}/manage/fans/tags": 9,
    f"/c/{CIRCLE}/manage/insights": 18,
    "/partners/joyrun/manage/insights": 20,
}


@pytest.fixture
def counted(monkeypatch):
    """What was asked since the list was cleared."""
    asked: list[str] = []
    real = engine.connection

    class Counting:
        def __init__(self, held) -> None:
            self.held = held

        def fetch(self, sql, *values):
            asked.append(sql)
            return self.held.fetch(sql, *values)

    @asynccontextmanager
    async def connection():
        async with real() as held:
            yield Counting(held)

    monkeypatch.setattr(engine, "connection", connection)
    return asked


async def much(cast, times: int) -> dict[str, int]:
    """A lively circle, and others that 小兰 follows; a post with many threads, and one of them; a
    service among many, and a request of hers.
    """
    place, hers = await cast.editor.place(), await cast.xiaolan.place()
    for number in range(12 * times):
        await cast.xiaolan.posts(f"第 {number} 篇 #夜跑# @aqiang")
    post_id = (await cast.editor.posts("大家说说 @xiaolan")).post_id
    await pinning.pin(place, post_id)
    for line in await rows("select id from post"):
        await digesting.digest(place, line["id"])
    for number in range(6 * times):
        root = await commenting.comment(hers, post_id, f"{number} @aqiang", key=uuid.uuid4())
        for _ in range(2):
            await commenting.comment(
                place, post_id, "嗯 @xiaolan", reply_to=root.comment_id, key=uuid.uuid4()
            )
    await following.follow(hers)
    partner = (await rows("select partner_id from circle where slug = $1", CIRCLE))[0][0]
    for number in range(8 * times):
        slug = f"other-{times}-{number}"
        circle_id = await changing.opened(partner, slug, "fitness", f"圈 {number}")
        await rows("insert into follow values ($1, $2)", circle_id, cast.xiaolan.member_id)
        await cast.xiaolan.posts("别处", circle=slug)
    collection_id = await made(
        cast.editor,
        "合集",
        *(
            line["id"]
            for line in await rows(
                "select id from post where circle_id = $1 limit $2", cast.circle_id, 15 * times
            )
        ),
    )
    for number in range(5 * times):
        service = await offers(
            cast.editor, f"服务 {number}", segment=("everyone", "followers")[number % 2]
        )
        asked = await asks(cast.xiaolan, service)
    await cast.editor.posts("附上服务", service=await offers(cast.editor, "陪跑"))
    return {"post": post_id, "thread": root.comment_id, "service": service, "asked": asked, "collection": collection_id}  # fmt: skip


@pytest.mark.parametrize("times", [1, 4])
async def test_no_page_asks_more_for_having_more_to_show(cast, site, counted, times):
    things = await much(cast, times)
    await site.tickers_rest()
    over = {}
    for path, most in BUDGETS.items():
        for kept in (drawing._kept, talking._kept, pages._issues):
            kept.clear()
        sessions.forget_all()
        counted.clear()
        answer = await cast.xiaolan.sees(path.format(**things))
        # The tail and the teller ask as well; they are not the page's.
        mine = [sql for sql in counted if not _by_itself(sql)]
        assert answer.status_code == 200, path
        if len(mine) > most:
            over[path] = [" ".join(sql.split())[:90] for sql in mine]
    assert over == {}


@pytest.mark.parametrize("times", [1, 4])
async def test_a_desk_asks_no_more_for_having_more_on_it(cast, site, counted, times):
    await follows(cast.xiaolan)
    for number in range(6 * times):
        await plans(cast.editor, body=f"第 {number} 篇")
        await keeps(cast.editor, body=f"草稿 {number}")
        post_id = (await cast.editor.posts(f"已发 {number}")).post_id
        await digesting.digest(await cast.editor.place(), post_id)
        await segment(cast.circle_id, f"分群 {number}", joined_least=1)
        await tag(cast.circle_id, f"标签 {number}", cast.xiaolan)
        notice_id = await written(cast.editor, f"通知 {number}")
    await pinning.pin(await cast.editor.place(), post_id)
    await site.tickers_rest()
    over = {}
    for path, most in DESK.items():
        sessions.forget_all()
        counted.clear()
        answer = await cast.owner.sees(path.format(notice=notice_id))
        assert answer.status_code == 200, path
        mine = [sql for sql in counted if "as title" in sql or not _by_itself(sql)]
        if len(mine) > most:
            over[path] = [" ".join(sql.split())[:90] for sql in mine]
    assert over == {}


def _by_itself(sql: str) -> bool:
    return any(
        words in sql
        for words in ("from revocation", "quanzi_epoch()", "circle_head where circle_id = any",
                      "as k(session, circle, n)", "as w(circle_id, kind", "pin_wanted",
                      "publish_at <= now()", "from screening_verdict where action = 'hold'",
                      "held_for = 'pictures'", "where lifted_at is null and until", "from withheld", "from circle_event",
                      "service where stale", "from fan_tag where due_at", "from service where state", "update service_request", "update data_export", "delete from data_export", "update leaving")
    )  # fmt: skip
