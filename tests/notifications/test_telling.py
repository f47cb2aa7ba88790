"""Deeds that concern somebody become notices: exactly once, joined, and only for who may know."""

import asyncio

import pytest

from quanzi.circles import access
from quanzi.circles.policy import can_read
from quanzi.db.engine import rows
from quanzi.db.transaction import transaction
from quanzi.errors import NotFound
from quanzi.notifications import preferences, telling
from quanzi.notifications.kinds import CHANNELS
from tests.notifications.news import happens, left, told, tray
from tests.people import CIRCLE


@pytest.fixture(autouse=True)
async def _told_by_hand(site, monkeypatch):
    """The site's own ticker does not look while a test does."""
    await site.tickers_rest()


async def test_a_like_is_told_to_the_author(cast, xiaolan, aqiang):
    post = await xiaolan.posts()
    await happens(xiaolan, "like", aqiang, circle_id=cast.circle_id, post_id=post.post_id)
    await told()

    (notice,) = await tray(xiaolan)
    assert (notice.kind, notice.count, notice.read, notice.seen) == ("like", 1, False, False)
    assert [actor.handle for actor in notice.actors] == ["aqiang"]
    assert notice.excerpt == "今晚七点，海心沙见"
    assert await left() == 0


async def test_many_likes_of_one_post_are_one_notice_that_names_the_latest(cast, xiaolan):
    post = await xiaolan.posts()
    for person in (cast.aqiang, cast.owner, cast.editor, cast.reviewer, cast.aqiang):
        await happens(xiaolan, "like", person, circle_id=cast.circle_id, post_id=post.post_id)
        await told()

    (notice,) = await tray(xiaolan)
    assert [actor.handle for actor in notice.actors] == [
        "aqiang",
        "joyrun-reviewer",
        "joyrun-editor",
    ]


async def test_a_batch_joins_as_one_by_one_does(cast, xiaolan):
    post = await xiaolan.posts()
    about = {"circle_id": cast.circle_id, "post_id": post.post_id}
    for person in (cast.aqiang, cast.owner, cast.aqiang, cast.editor):
        await happens(xiaolan, "like", person, **about)
    await told()
    await happens(xiaolan, "like", cast.editor, **about)
    await happens(xiaolan, "like", cast.maimai, **about)
    await told()

    (notice,) = await tray(xiaolan)
    assert notice.count == 4
    assert [actor.handle for actor in notice.actors] == ["maimai-owner", "joyrun-editor", "aqiang"]


async def test_what_has_been_read_is_not_joined_but_told_anew(cast, xiaolan, aqiang, owner):
    post = await xiaolan.posts()
    about = {"circle_id": cast.circle_id, "post_id": post.post_id}
    await happens(xiaolan, "like", aqiang, **about)
    await told()
    assert (await xiaolan.sends("/me/notices/read")).status_code == 303
    await happens(xiaolan, "like", owner, **about)
    await told()

    new, old = await tray(xiaolan)
    assert (new.read, old.read) == (False, True)
    assert [a.handle for a in new.actors] == ["joyrun-owner"]


async def test_ones_own_deed_is_no_news(cast, xiaolan):
    post = await xiaolan.posts()
    await happens(xiaolan, "like", xiaolan, circle_id=cast.circle_id, post_id=post.post_id)
    await told()

    assert await tray(xiaolan) == ()


async def test_who_may_not_read_the_circle_hears_nothing_of_it(cast, xiaolan, aqiang, owner):
    post = await owner.posts()
    await rows("update circle set hidden = true where id = $1", cast.circle_id)
    about = {"circle_id": cast.circle_id, "post_id": post.post_id}
    await happens(xiaolan, "mention", owner, **about)
    await happens(cast.analyst, "mention", owner, **about)
    await happens(cast.moderator, "mention", owner, **about)
    await told()

    assert await tray(xiaolan) == ()
    assert len(await tray(cast.analyst)) == len(await tray(cast.moderator)) == 1
    assert await left() == 0


async def test_who_was_put_out_of_a_hidden_circle_hears_of_that(cast, editor, owner):
    await rows("update circle set hidden = true where id = $1", cast.circle_id)
    await rows("delete from staff where member_id = $1", editor.member_id)
    await happens(editor, "staff.removed", owner, circle_id=cast.circle_id)
    await told()

    assert [notice.kind for notice in await tray(editor)] == ["staff.removed"]


async def test_an_unknown_kind_holds_up_nobody(cast, xiaolan, aqiang):
    await happens(xiaolan, "moon.rose", aqiang)
    await happens(xiaolan, "follow", aqiang)
    await told()

    assert [notice.kind for notice in await tray(xiaolan)] == ["follow"]
    assert await left() == 0


async def test_killed_in_between_it_is_told_exactly_once(cast, xiaolan, aqiang, monkeypatch):
    post = await xiaolan.posts()
    await happens(xiaolan, "like", aqiang, circle_id=cast.circle_id, post_id=post.post_id)
    write = telling._write

    async def killed(news):
        await write(news)
        raise asyncio.CancelledError

    monkeypatch.setattr(telling, "_write", killed)
    with pytest.raises(asyncio.CancelledError):
        await telling.tell_due()
    assert await tray(xiaolan) == ()
    assert await left() == 1
    monkeypatch.setattr(telling, "_write", write)
    await told()

    (notice,) = await tray(xiaolan)
    assert notice.count == 1


async def test_a_server_that_dies_with_the_connection_leaves_it_to_the_next_look(
    cast, xiaolan, aqiang
):
    await happens(xiaolan, "follow", aqiang)
    with pytest.raises(Exception, match=r"terminat|closed"):
        async with transaction():
            assert await telling.tell_due() == 1
            await rows("select pg_terminate_backend(pg_backend_pid())")
            await rows("select 1")
    await told()

    assert len(await tray(xiaolan)) == 1


async def test_many_processes_may_look_at_once(cast, xiaolan, aqiang, owner):
    post = await xiaolan.posts()
    people = (aqiang, owner, cast.editor, cast.reviewer, cast.analyst, cast.maimai)
    for _ in range(60):
        for person in people:
            await happens(xiaolan, "like", person, circle_id=cast.circle_id, post_id=post.post_id)
            await happens(person, "follow", xiaolan)
    # The site looks, too: what it holds at this moment is told in a moment.
    async with asyncio.timeout(10):
        while await left():
            await asyncio.gather(*(telling.tell_due() for _ in range(4)))

    assert len(await tray(xiaolan)) == 1
    for person in people:
        assert len(await tray(person)) == 1


async def test_who_wants_no_likes_gets_none(cast, xiaolan, aqiang):
    post = await xiaolan.posts()
    await preferences.choose(xiaolan.member_id, {("like", way): False for way in CHANNELS})
    about = {"circle_id": cast.circle_id, "post_id": post.post_id}
    await happens(xiaolan, "like", aqiang, **about)
    await happens(xiaolan, "comment", aqiang, **about)
    await told()

    assert [notice.kind for notice in await tray(xiaolan)] == ["comment"]
    assert len(await rows("select 1 from notice")) == 1


async def test_what_is_wanted_by_mail_only_waits_for_the_letter_and_rings_no_bell(
    cast, xiaolan, aqiang
):
    await preferences.choose(xiaolan.member_id, {("follow", "bell"): False})
    await happens(xiaolan, "follow", aqiang)
    await told()

    assert await tray(xiaolan) == ()
    assert len(await rows("select 1 from notice where not tray")) == 1


@pytest.mark.parametrize("hidden", [False, True])
async def test_the_teller_asks_what_the_policy_asks(cast, hidden):
    await rows("update circle set hidden = $1", hidden)
    people = [cast.xiaolan, cast.owner, cast.analyst, cast.maimai, cast.moderator]
    pairs = [(person.member_id, cast.circle_id) for person in people]

    unreadable = await access.unreadable(pairs)

    for person in people:
        try:
            may = can_read(await access.place(CIRCLE, person.viewer))
        except NotFound:
            may = False
        assert may == ((person.member_id, cast.circle_id) not in unreadable), person.handle
