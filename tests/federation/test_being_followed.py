"""Alice, who lives on another server, finds a circle, follows it, and ends it."""

import asyncio
from dataclasses import replace

import httpx
import pytest

from quanzi.circles import changing
from quanzi.circles.thresholds import Threshold
from quanzi.db.engine import row
from quanzi.errors import NotFound
from quanzi.federation import following, opening, openings, ours
from quanzi.federation.elsewhere import Actor
from quanzi.settings import settings
from tests.federation.other import GROUP, followers, later, servers, told
from tests.people import CIRCLE, OTHER_CIRCLE

pytestmark = pytest.mark.usefixtures("opened")


@pytest.fixture
async def stranger(site):
    async with httpx.AsyncClient(base_url=site.url) as client:
        yield client


async def test_she_finds_it_by_its_name_and_its_document_holds_its_key(site, stranger):
    host = site.url.partition("://")[2]
    found = await stranger.get(
        "/.well-known/webfinger", params={"resource": f"acct:{CIRCLE}@{host}"}
    )
    [actor] = [each["href"] for each in found.json()["links"] if each["rel"] == "self"]
    group = (await stranger.get(actor, headers={"accept": "application/activity+json"})).json()

    assert found.headers["content-type"] == "application/jrd+json"
    assert found.json()["subject"] == f"acct:{CIRCLE}@{host}"
    assert actor == group["id"] == site.url + GROUP
    assert (group["type"], group["preferredUsername"]) == ("Group", CIRCLE)
    assert group["publicKey"]["owner"] == actor
    assert group["publicKey"]["id"].partition("#")[0] == actor
    assert group["url"] == f"{site.url}/c/{CIRCLE}"
    for name in ("inbox", "outbox", "followers", "attributedTo"):
        assert group[name].startswith(actor), name


# As Mastodon's and Lemmy's searches ask for an address that somebody pasted.
MASTODON = (
    "application/activity+json, application/ld+json; "
    'profile="https://www.w3.org/ns/activitystreams", text/html;q=0.1'
)
LEMMY = 'application/ld+json; profile="https://www.w3.org/ns/activitystreams"'


@pytest.mark.parametrize("accept", [MASTODON, LEMMY])
async def test_she_pastes_the_address_of_a_page_and_finds_what_it_shows(
    site, stranger, xiaolan, accept
):
    post_id = (await xiaolan.posts("江边夜跑")).post_id
    for page, kind in ((f"/c/{CIRCLE}", "Group"), (f"/c/{CIRCLE}/p/{post_id}", "Note")):
        found = await stranger.get(page, headers={"accept": accept}, follow_redirects=True)

        assert found.json()["type"] == kind
        assert found.json()["id"] == str(found.url) == f"{site.url}/ap{page}"


async def test_a_browser_gets_the_page_and_a_circle_that_takes_no_part_has_no_document(stranger):
    html = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    page = await stranger.get(f"/c/{CIRCLE}", headers={"accept": html})
    closed = await stranger.get(
        f"/c/{OTHER_CIRCLE}", headers={"accept": MASTODON}, follow_redirects=True
    )

    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert closed.status_code == 404


async def test_where_the_site_takes_no_part_a_page_is_a_page_whoever_asks(stranger, monkeypatch):
    monkeypatch.setattr(ours, "settings", lambda: replace(settings(), federation=False))

    page = await stranger.get(f"/c/{CIRCLE}", headers={"accept": MASTODON})

    assert page.headers["content-type"] == "text/html; charset=utf-8"


async def test_each_name_leads_back_to_itself(site, stranger):
    """As Mastodon asks it: what an actor says it is called must be called so by the host."""
    host = site.url.partition("://")[2]
    for actor in (f"{site.url}{GROUP}", f"{site.url}{GROUP}/author"):
        name = (await stranger.get(actor)).json()["preferredUsername"]
        for resource in (f"acct:{name}@{host}", actor):
            found = await stranger.get("/.well-known/webfinger", params={"resource": resource})
            assert [x["href"] for x in found.json()["links"] if x["rel"] == "self"] == [actor]


@pytest.mark.parametrize(
    "resource",
    ["", "acct:", f"acct:{CIRCLE}", f"acct:{CIRCLE}@example.org", "acct:nobody@{host}",
     "https://example.org/c/night-run", "{url}/m/xiaolan", "acct:xiaolan@{host}"],
)  # fmt: skip
async def test_nothing_else_is_found(site, stranger, resource):
    resource = resource.format(host=site.url.partition("://")[2], url=site.url)
    found = await stranger.get("/.well-known/webfinger", params={"resource": resource})

    assert found.status_code == 404


async def test_she_follows_and_is_told_yes_and_counted(cast, stranger, other, outbound):
    answer = await other.follows()
    await told(outbound)

    assert answer.status_code == 202
    [heard] = other.heard
    assert heard.path == "/inbox"
    assert heard.told["type"] == "Accept"
    assert heard.told["object"] == {
        key: value for key, value in other.follow().items() if key != "@context"
    }
    assert await other.verifies(heard) == other.site + GROUP
    listed = (await stranger.get(f"{GROUP}/followers")).json()
    assert (listed["totalItems"], "orderedItems" in listed) == (1, False)
    assert other.actor("alice") not in str(listed)


async def test_her_document_is_asked_for_in_our_name_and_only_once(other, outbound):
    await other.follows()
    await other.ends()
    await other.follows(number=2)

    [asked] = other.asked
    assert asked.path == "/users/alice"
    assert asked.headers["accept"] == "application/activity+json"
    assert await other.verifies(asked, "get") == other.site + GROUP


async def test_asked_twice_she_is_one_and_told_yes_again(other, outbound):
    await other.follows()
    await told(outbound)
    await other.follows(number=2)
    await told(outbound)

    assert await followers() == [other.actor("alice")]
    assert [each["object"]["id"] for each in other.told] == [
        other.follow(number=1)["id"],
        other.follow(number=2)["id"],
    ]


async def test_she_ends_it_and_nothing_of_her_is_kept(xiaolan, other, outbound):
    await other.follows()
    await told(outbound)
    ended = await other.ends()
    await xiaolan.posts()
    await told(outbound)

    assert ended.status_code == 202
    assert (await followers(), await servers()) == ([], 0)
    assert other.kinds == ["Accept Follow"]


@pytest.mark.parametrize(("number", "left"), [(1, 0), (2, 1)])
async def test_she_may_name_what_she_takes_back_by_its_id_alone(other, outbound, number, left):
    await other.follows(number=1)
    undo = {"id": f"{other.actor('alice')}#undo", "type": "Undo", "actor": other.actor("alice"),
            "object": other.follow(number=number)["id"]}  # fmt: skip
    answer = await other.sends(undo)

    assert (answer.status_code, len(await followers())) == (202, left)


async def test_taking_back_anything_else_ends_nothing(other, outbound):
    await other.follows()
    for thing in ({"type": "Like", "actor": other.actor("alice")}, None, 7, [], ""):
        undo = {"id": f"{other.actor('alice')}#undo", "type": "Undo",
                "actor": other.actor("alice"), "object": thing}  # fmt: skip
        assert (await other.sends(undo)).status_code == 202

    assert await followers() == [other.actor("alice")]


async def test_who_begins_and_ends_while_it_is_delivered_to_is_waited_for(xiaolan, other, outbound):
    """Whoever holds a server and whoever holds its followers never wait for each other."""
    await other.follows("bob")
    for number in range(10):
        await xiaolan.posts()
        answers = await asyncio.gather(
            told(outbound), other.follows("alice", number), other.follows("alice", number + 100),
            other.ends("alice"),
        )  # fmt: skip
        assert [each.status_code for each in answers[1:]] == [202, 202, 202]
        await later()
    await told(outbound)

    assert other.actor("bob") in await followers()


async def test_who_ends_it_leaves_the_others_of_her_server(other, outbound):
    await other.follows("alice")
    await other.follows("bob")
    await other.ends("alice")

    assert (await followers(), await servers()) == ([other.actor("bob")], 1)


async def test_an_account_that_is_gone_is_forgotten_though_it_cannot_be_asked_any_more(
    other, outbound
):
    await other.follows()
    key = other.keys.pop("alice")
    gone = {"id": f"{other.actor('alice')}#delete", "type": "Delete",
            "actor": other.actor("alice"), "object": other.actor("alice")}  # fmt: skip
    forged = await other.sends(gone, "bob", key_id=f"{other.actor('alice')}#main-key")
    assert (forged.status_code, len(await followers())) == (401, 1)
    answer = await other.sends(gone, "alice", key=key)

    assert answer.status_code == 202
    assert (await followers(), await servers()) == ([], 0)


async def test_that_somebody_unknown_is_gone_is_not_looked_into(other, outbound):
    gone = {"id": f"{other.actor('bob')}#delete", "type": "Delete",
            "actor": other.actor("bob"), "object": other.actor("bob")}  # fmt: skip
    answer = await other.sends(gone, "bob")

    assert (answer.status_code, other.asked) == (202, [])


@pytest.mark.parametrize("kind", ["Create", "Like", "Announce", "Update", "Block", "Odd"])
async def test_all_else_is_taken_and_not_read(cast, other, outbound, kind):
    said = {"id": f"{other.actor('alice')}#1", "type": kind, "actor": other.actor("alice"),
            "object": {"type": "Note", "content": "我也要说"}}  # fmt: skip
    answer = await other.sends(said)

    assert (answer.status_code, other.asked) == (202, [])
    assert (await row("select count(*) as n from post"))["n"] == 0


async def test_beyond_so_many_nobody_more_is_taken_in(cast, other, outbound, monkeypatch):
    monkeypatch.setattr(following, "MOST_FOLLOWERS", 1)
    await other.follows("alice")
    again = await other.follows("alice", 2)
    refused = await other.follows("bob")

    assert (again.status_code, refused.status_code) == (202, 409)
    assert await followers() == [other.actor("alice")]


async def test_what_she_follows_is_this_circle_and_no_other(cast, maimai_open, other, outbound):
    wish = other.follow() | {"object": f"{other.site}/ap/c/{OTHER_CIRCLE}"}
    await other.sends(wish)

    assert await followers() == []


@pytest.fixture
async def maimai_open(cast):
    await opening.turn_on(await cast.maimai.place(OTHER_CIRCLE))


async def test_a_circle_that_closes_forgets_them_and_says_that_it_is_gone(
    cast, owner, xiaolan, other, outbound
):
    await other.follows()
    await told(outbound)
    await xiaolan.posts()
    await changing.ask_for(await owner.place(), {"read": Threshold(verified=True)})
    assert await told(outbound) == 0, "there was something, which is not sent any more"
    assert await opening.close_due() == 1
    assert await followers() == []
    await later()
    await told(outbound)

    assert other.kinds == ["Accept Follow", "Delete", "Delete"]
    assert [each["object"] for each in other.told[1:]] == [
        other.site + GROUP,
        f"{other.site}{GROUP}/author",
    ]
    assert await servers() == 0
    assert not await openings.is_on(cast.circle_id)


async def test_one_that_opens_again_is_known_by_the_same_key(
    cast, owner, stranger, other, outbound
):
    await other.follows()
    before = (await stranger.get(GROUP)).json()["publicKey"]
    await opening.turn_off(await owner.place())
    assert (await stranger.get(GROUP)).status_code == 404
    await opening.turn_on(await owner.place())
    await told(outbound)

    assert (await stranger.get(GROUP)).json()["publicKey"] == before
    assert (other.heard, await followers(), await servers()) == ([], [], 0)


async def test_two_who_begin_at_once_are_both_there_on_one_server(cast, other, outbound):
    answers = await asyncio.gather(other.follows("alice"), other.follows("bob"))

    assert [each.status_code for each in answers] == [202, 202]
    assert (len(await followers()), await servers()) == (2, 1)


async def test_who_begins_just_when_it_closes_is_not_kept(cast, owner, other):
    await opening.turn_off(await owner.place())
    alice = Actor(other.actor("alice"), f"http://{other.netloc}/inbox", "k", "p")
    with pytest.raises(NotFound):
        await following.follow(cast.circle_id, alice, "x")
