"""P11: who may no longer hear is silent within two seconds, and sent away for good."""

import asyncio
import json
import time

import pytest
from websockets.exceptions import ConnectionClosed

from quanzi.circles import access, changing, policy
from quanzi.db.engine import rows
from quanzi.identity import sessions
from quanzi.live.listener import Listener
from quanzi.live.log import Audience
from tests.live.test_socket import hello, live
from tests.people import CIRCLE


async def hides(owner) -> None:
    await changing.change(
        await owner.place(),
        name="珠江夜跑圈",
        name_en="",
        intro="",
        rules="",
        posting="members",
        hidden=True,
    )


async def test_signing_out_ends_her_live_pages(cast, xiaolan):
    async with live(cast, token=xiaolan.token) as socket:
        await hello(socket)
        await sessions.end(xiaolan.viewer, xiaolan.viewer.session)

        assert await ended_within(socket, 2.0) == 1008


async def test_a_page_that_has_not_said_anything_yet_is_ended_too(cast, xiaolan):
    async with live(cast, token=xiaolan.token) as socket:
        await asyncio.sleep(0.2)
        await sessions.end(xiaolan.viewer, xiaolan.viewer.session)

        assert await ended_within(socket, 2.0) == 1008


async def test_a_page_let_in_just_before_and_come_just_after_is_ended_too(cast, site, xiaolan):
    await sessions.suspend(xiaolan.member_id)
    await asyncio.sleep(2.5)
    wire = _Wire()
    late = Listener(wire, cast.circle_id, Audience("zh-Hans"), xiaolan.viewer.session)

    site.hub.present.add(late)
    await asyncio.sleep(2.2)
    site.hub.present.discard(late)

    assert wire.left == 1008


class _Wire:
    paused_since = None
    left = 0

    def write(self, data: bytes) -> None: ...

    def waiting(self) -> int:
        return 0

    def lend(self, to: object) -> int:
        return -1

    def leave(self, code: int, reason: str) -> None:
        self.left = code


async def test_a_suspension_ends_every_page_of_that_member_and_no_other(cast, xiaolan, aqiang):
    async with live(cast, token=xiaolan.token) as hers, live(cast, token=aqiang.token) as his:
        await hello(hers)
        await hello(his)
        await sessions.suspend(xiaolan.member_id)

        assert await ended_within(hers, 2.0) == 1008
        await his.ping()
        assert his.close_code is None


async def test_a_circle_that_hides_falls_silent_to_strangers_but_not_to_its_staff(
    cast, owner, editor, xiaolan
):
    async with (
        live(cast, token=xiaolan.token) as hers,
        live(cast) as visitors,
        live(cast, token=editor.token) as theirs,
    ):
        for socket in (hers, visitors, theirs):
            await hello(socket)
        await hides(owner)

        assert await ended_within(hers, 2.0) == 1008
        assert await ended_within(visitors, 2.0) == 1008
        written = await editor.posts("只有我们看到")
        said = ""
        while "只有我们看到" not in said:
            said = await asyncio.wait_for(theirs.recv(), 3)
        assert json.loads(said)["seq"] == written.seq


async def test_the_right_ends_also_when_the_bell_is_lost(cast, xiaolan, monkeypatch, site):
    async with live(cast, token=xiaolan.token) as socket:
        await hello(socket)
        # Another process would have done it, and its ring never came.
        await rows("delete from session where id = $1", xiaolan.viewer.session)
        await rows(
            "insert into revocation (kind, subject) values ('session', $1)",
            xiaolan.viewer.session.hex(),
        )

        # Two seconds on a machine that has nothing else to do; here a whole suite runs.
        assert await ended_within(socket, 5.0) == 1008


@pytest.mark.parametrize("hidden", [False, True])
async def test_the_live_question_answers_what_the_policy_answers(cast, hidden):
    await rows("update circle set hidden = $2 where id = $1", cast.circle_id, hidden)
    people = [cast.xiaolan, cast.owner, cast.editor, cast.reviewer, cast.analyst, cast.maimai]
    for person in [*people, cast.moderator]:
        try:
            may = policy.can_read(await person.place())
        except Exception:  # noqa: BLE001 - not found is a no
            may = False
        away = await access.turned_away([(person.viewer.session, cast.circle_id)])
        assert (away == []) == may, person.handle


async def test_an_old_picture_of_a_hidden_circle_is_not_found(cast, owner, visitor):
    written = await owner.posts()
    await rows(
        "insert into image values ($1, $2, $3, 0, 10, 10, '#ffffff')",
        cast.circle_id,
        "0" * 32,
        written.post_id,
    )
    await hides(owner)

    for path in (
        f"/c/{CIRCLE}",
        f"/c/{CIRCLE}/p/{written.post_id}",
        f"/c/{CIRCLE}/i/{'0' * 32}/s.webp",
    ):
        assert (await visitor.get(path)).status_code == 404
    assert (await visitor.get(f"/c/{CIRCLE}/missed?epoch=x&after=0")).status_code == 404


async def ended_within(socket, seconds: float) -> int | None:
    started = time.monotonic()
    try:
        while True:
            await asyncio.wait_for(socket.recv(), seconds + 1)
    except ConnectionClosed:
        assert time.monotonic() - started < seconds
        return socket.close_code
