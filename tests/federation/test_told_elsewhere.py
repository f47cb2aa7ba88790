"""What those who follow from elsewhere are told: once, in order, and nothing of what is gone."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest

from quanzi import clock
from quanzi.circles import changing
from quanzi.db.engine import rows
from quanzi.federation import delivering, ours, queueing
from quanzi.jobs.watch import Watch
from quanzi.posts import editing, feed, removing, withholding
from tests.federation.other import GROUP, followers, later, servers, told
from tests.people import CIRCLE

pytestmark = pytest.mark.usefixtures("opened")
PUBLIC = "https://www.w3.org/ns/activitystreams#Public"


@pytest.fixture
async def alice(other, outbound):
    """She follows, and has been told yes."""
    await other.follows()
    await told(outbound)
    other.heard.clear()
    return other.actor("alice")


@pytest.fixture
async def stranger(site):
    async with httpx.AsyncClient(base_url=site.url) as client:
        yield client


async def test_a_post_comes_repeated_by_the_group_as_lemmy_and_as_mastodon_read_it(
    site, xiaolan, alice, other, outbound
):
    post = await xiaolan.posts("今晚七点 #夜跑#\n<b>海心沙</b>见", topics="夜跑")
    await told(outbound)

    first, second = other.told
    group, author = site.url + GROUP, f"{site.url}{GROUP}/author"
    address = f"{group}/p/{post.post_id}"
    assert other.kinds == ["Announce Create", "Announce"]
    assert (first["actor"], first["object"]["actor"]) == (group, author)
    assert second["object"] == address
    assert first["id"] != second["id"]
    note = first["object"]["object"]
    assert (note["id"], note["type"], note["attributedTo"]) == (address, "Note", author)
    assert note["audience"] == group
    assert PUBLIC in note["to"]
    assert "inReplyTo" not in note, "Lemmy takes it for a comment otherwise"
    assert note["name"] == "今晚七点 #夜跑#"
    assert note["url"] == f"{site.url}/c/{CIRCLE}/p/{post.post_id}"
    assert note["content"].startswith("<p><strong>小兰</strong></p>")
    assert "&lt;b&gt;海心沙&lt;/b&gt;" in note["content"]
    assert 'href="/' not in note["content"]
    assert [each["name"] for each in note["tag"]] == ["#夜跑"]
    assert xiaolan.handle not in str(first), "who wrote it is no actor, and not led to"
    for heard in other.heard:
        assert await other.verifies(heard) == group


async def test_its_address_holds_what_was_sent(xiaolan, alice, other, outbound, stranger):
    await xiaolan.posts()
    await told(outbound)
    note = other.told[0]["object"]["object"]
    served = await stranger.get(note["id"])

    assert served.headers["content-type"] == "application/activity+json"
    assert {k: v for k, v in served.json().items() if k != "@context"} == note


async def test_a_picture_comes_with_its_words(cast, owner, xiaolan, alice, other, outbound):
    post = await xiaolan.posts()
    await rows(
        """insert into image (circle_id, post_id, name, width, height, colour, alt, place)
           values ($1, $2, $3, 800, 600, '#000000', '江边的路', 0)""",
        cast.circle_id,
        post.post_id,
        "c" * 32,
    )
    await told(outbound)

    [attached] = other.told[0]["object"]["object"]["attachment"]
    assert attached["name"] == "江边的路"
    assert attached["url"] == f"{other.site}/c/{CIRCLE}/i/{'c' * 32}/l.webp"
    assert attached["mediaType"] == "image/webp"


async def test_a_change_is_said_by_the_author_and_repeated(xiaolan, alice, other, outbound):
    post = await xiaolan.posts()
    await told(outbound)
    other.heard.clear()
    await editing.edit(await xiaolan.place(), post.post_id, "改到八点", 1)
    await told(outbound)

    author = f"{other.site}{GROUP}/author"
    assert other.kinds == ["Update Note", "Announce Update"]
    assert other.told[0] | {"@context": 0} == other.told[1]["object"] | {"@context": 0}
    note = other.told[0]["object"]
    assert "改到八点" in note["content"]
    assert note["updated"]
    assert await other.verifies(other.heard[0]) == author
    assert await other.verifies(other.heard[1]) == other.site + GROUP


async def test_what_is_removed_is_said_to_be_gone_and_its_address_says_so(
    xiaolan, alice, other, outbound, stranger
):
    post = await xiaolan.posts()
    await told(outbound)
    other.heard.clear()
    await removing.remove(await xiaolan.place(), post.post_id)
    await told(outbound)
    address = f"{GROUP}/p/{post.post_id}"
    served = await stranger.get(address)

    assert other.kinds == ["Delete Tombstone", "Announce Delete"]
    assert other.told[0]["object"] == {"id": other.site + address, "type": "Tombstone"}
    assert await other.verifies(other.heard[0]) == f"{other.site}{GROUP}/author"
    assert (served.status_code, served.json()["type"]) == (410, "Tombstone")
    assert "今晚" not in served.text


async def test_what_moderators_take_away_is_gone_and_what_they_put_back_comes_again(
    cast, owner, xiaolan, alice, other, outbound
):
    post = await xiaolan.posts()
    await told(outbound)
    other.heard.clear()
    await owner.decides(post.post_id)
    await told(outbound)
    assert other.kinds == ["Delete Tombstone", "Announce Delete"]
    other.heard.clear()
    await withholding.put_back(cast.circle_id, post.post_id, None)
    await told(outbound)

    assert other.kinds == ["Announce Create", "Announce"]


async def test_what_is_gone_before_it_was_told_is_never_told(xiaolan, alice, other, outbound):
    post = await xiaolan.posts("说错了")
    await removing.remove(await xiaolan.place(), post.post_id)
    await told(outbound)

    assert "说错了" not in str(other.told)
    assert other.kinds == ["Delete Tombstone", "Announce Delete"]


async def test_the_circle_itself_changes(owner, alice, other, outbound):
    place = await owner.place()
    await changing.change(place, name="珠江慢跑圈", name_en="", intro="", rules="",
                          posting="members", hidden=False)  # fmt: skip
    await told(outbound)

    assert other.kinds == ["Update Group", "Update Organization"]
    assert other.told[0]["object"]["name"] == "珠江慢跑圈"


async def test_comments_and_what_was_before_her_are_not_told(xiaolan, aqiang, other, outbound):
    post = await xiaolan.posts("以前的事")
    await other.follows()
    await aqiang.says(post.post_id, "好的")
    await told(outbound)

    assert other.kinds == ["Accept Follow"]
    assert await told(outbound) == 0


async def test_two_of_one_server_are_one_delivery(xiaolan, alice, other, outbound):
    await other.follows("bob")
    await told(outbound)
    other.heard.clear()
    await xiaolan.posts()
    await told(outbound)

    assert [each.path for each in other.heard] == ["/inbox", "/inbox"]


async def test_without_an_inbox_together_each_has_their_own(xiaolan, other, outbound):
    other.shared = False
    await other.follows("alice")
    await other.follows("bob")
    await told(outbound)

    assert {each.path for each in other.heard} == {"/users/alice/inbox", "/users/bob/inbox"}


async def test_killed_after_it_was_sent_it_is_sent_again_with_the_same_ids_and_nothing_is_missed(
    xiaolan, alice, other, outbound, monkeypatch
):
    for _ in range(3):
        await xiaolan.posts()
    with monkeypatch.context() as killed:
        killed.setattr(delivering, "note", None)
        with pytest.raises(TypeError):
            await told(outbound)
    before = [each["id"] for each in other.told]
    assert await told(outbound) == 0, "until it is clear that it has died nobody else takes it"
    await later()
    await told(outbound)

    ids = [each["id"] for each in other.told]
    assert ids[:2] == before == ids[2:4]
    assert len(ids[2:]) == len(set(ids[2:])) == 6


async def test_killed_between_two_halves_both_come_again(
    xiaolan, alice, other, outbound, monkeypatch
):
    await xiaolan.posts()
    real = delivering._post

    async def dies(*given):
        if other.heard:
            raise asyncio.CancelledError
        return await real(*given)

    with monkeypatch.context() as killed:
        killed.setattr(delivering, "_post", dies)
        with pytest.raises(asyncio.CancelledError):
            await told(outbound)
    await later()
    await told(outbound)

    assert other.kinds == ["Announce Create", "Announce Create", "Announce"]
    assert other.told[0]["id"] == other.told[1]["id"]


async def test_killed_in_an_accept_she_is_told_yes_after_all(other, outbound, monkeypatch):
    await other.follows()
    with monkeypatch.context() as killed:
        killed.setattr(delivering, "note", None)
        with pytest.raises(TypeError):
            await told(outbound)
    await later()
    await told(outbound)

    assert other.kinds == ["Accept Follow", "Accept Follow"]


async def test_one_that_fails_is_tried_again_and_what_comes_after_waits(
    xiaolan, alice, other, outbound
):
    first = await xiaolan.posts()
    await xiaolan.posts()
    other.answers = [(503, {"retry-after": "300"})]
    await told(outbound)
    [waits] = await rows(
        "select tries, extract(epoch from due_at - now())::float as s from federated_server"
    )
    assert (waits["tries"], 290 < waits["s"] < 301, len(other.heard)) == (1, True, True)
    await later()
    await told(outbound)

    addresses = [each["object"] for each in other.told if isinstance(each["object"], str)]
    assert len(addresses) == 2
    assert addresses[0].endswith(f"/p/{first.post_id}")
    [now] = await rows("select tries, failing_since from federated_server")
    assert tuple(now) == (0, None)


async def test_one_that_does_not_want_this_one_gets_the_next(xiaolan, alice, other, outbound):
    await xiaolan.posts()
    await xiaolan.posts()
    other.answers = [(422, {}), (422, {})]
    await told(outbound)

    assert len(other.heard) == 4


async def test_one_that_says_gone_is_forgotten_with_all_who_are_there(
    xiaolan, alice, other, outbound
):
    await xiaolan.posts()
    other.answers = [(410, {})]
    await told(outbound)

    assert (len(other.heard), await followers(), await servers()) == (1, [], 0)


async def test_after_a_week_of_nothing_but_failure_it_is_forgotten(xiaolan, alice, other, outbound):
    await xiaolan.posts()
    other.answers = [(500, {})] * 3
    await told(outbound)
    await rows("update federated_server set failing_since = now() - interval '6 days'")
    await later()
    await told(outbound)
    assert await servers() == 1
    await rows("update federated_server set failing_since = now() - interval '8 days'")
    await later()
    await told(outbound)

    assert (await servers(), await followers()) == (0, [])


async def test_a_server_that_is_blocked_meanwhile_hears_nothing_more(
    site, xiaolan, alice, other, outbound, monkeypatch
):
    blocked = replace(ours.settings(), federation_blocked=frozenset({"127.0.0.1"}))
    monkeypatch.setattr(ours, "settings", lambda: blocked)
    await xiaolan.posts()
    await told(outbound)

    assert (other.heard, await servers()) == ([], 0)


async def test_what_comes_of_it_is_nothing_when_another_has_it_by_now(
    xiaolan, alice, other, outbound
):
    await xiaolan.posts()
    [lost] = await queueing.claimed(1)
    errand = await queueing.next_of(lost)
    await later()
    [claim] = await queueing.claimed(1)
    await delivering.note(lost, errand, None)
    assert await queueing.next_of(lost) is None
    await delivering.deliver(outbound, claim)

    [found] = await rows("select tries from federated_server")
    assert (found["tries"], len(other.heard)) == (0, 2)


async def test_another_history_is_begun_at_its_end(xiaolan, alice, other, outbound):
    """After a restore nobody knows what they have: they hear what happens from now on."""
    await xiaolan.posts()
    await rows("update federated_server set epoch = 'another'")
    await told(outbound)
    assert other.heard == []
    await xiaolan.posts()
    await told(outbound)
    assert other.kinds == ["Announce Create", "Announce"]


async def test_a_long_log_of_other_things_is_passed_over_in_pieces(
    xiaolan, aqiang, alice, other, outbound, monkeypatch
):
    monkeypatch.setattr(queueing, "PIECE", 2)
    post = await xiaolan.posts()
    for number in range(5):
        await aqiang.says(post.post_id, f"第 {number} 句")
    await xiaolan.posts()
    await told(outbound)

    assert other.kinds == ["Announce Create", "Announce"] * 2


async def test_the_outbox_is_paged_by_key_and_says_what_was_said(
    xiaolan, alice, other, outbound, stranger, monkeypatch
):
    monkeypatch.setattr(feed, "PAGE", 2)
    posts = [await xiaolan.posts(f"第 {number} 次") for number in range(3)]
    await told(outbound)
    outbox = (await stranger.get(f"{GROUP}/outbox")).json()
    found, next_ = [], outbox["first"]
    while next_:
        page = (await stranger.get(next_)).json()
        found += page["orderedItems"]
        next_ = page.get("next")

    assert outbox["totalItems"] == 3
    assert [each["object"]["object"]["id"].rpartition("/")[2] for each in found] == [
        str(post.post_id) for post in reversed(posts)
    ]
    assert {each["id"] for each in found} <= {each["id"] for each in other.told}


async def test_the_site_sends_by_itself_when_it_takes_part(xiaolan, alice, other, outbound):
    [couriers, closing] = delivering.tickers(outbound)
    watch = Watch([couriers])
    couriers.start()
    watch.start()
    closing.start()
    try:
        await xiaolan.posts()
        while len(other.heard) < 2:
            await asyncio.sleep(0.02)
    finally:
        await watch.stop()
        await couriers.stop()
        await closing.stop()

    assert other.kinds == ["Announce Create", "Announce"]


async def test_an_edit_long_after_is_dated(xiaolan, alice, other, outbound, monkeypatch):
    post = await xiaolan.posts()
    at = clock.now() + timedelta(minutes=1)
    await editing.edit(await xiaolan.place(), post.post_id, "改了", 1)
    await rows("update post set edited_at = $2 where id = $1", post.post_id, at)
    await told(outbound)

    assert other.told[-1]["object"]["object"]["updated"] == at.isoformat()
