"""Who does not prove whom they are from is not listened to; and where nobody takes part, nothing is."""

import json
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest

from quanzi import clock
from quanzi.circles import changing
from quanzi.circles.thresholds import Threshold
from quanzi.environment import WrongSetting, domains
from quanzi.errors import Conflict, NotAllowed
from quanzi.federation import delivering, elsewhere, opening, openings, ours
from quanzi.federation.routes import inbox as door
from quanzi.outbound.posting import Outbound
from quanzi.settings import _federation, settings
from quanzi.web.limits import Limit
from tests.federation.other import ALICE_KEY, BOB_KEY, GROUP, STOLEN, followers, servers, told
from tests.people import CIRCLE

EVERYWHERE = [
    GROUP,
    f"{GROUP}/author",
    f"{GROUP}/author/outbox",
    f"{GROUP}/outbox",
    f"{GROUP}/outbox?before=99",
    f"{GROUP}/followers",
    f"{GROUP}/moderators",
    f"{GROUP}/p/1",
]


@pytest.fixture
async def stranger(site):
    async with httpx.AsyncClient(base_url=site.url) as client:
        yield client


async def nothing_of_it_is_there(client, other) -> None:
    host = str(client.base_url).partition("://")[2].rstrip("/")
    absent = (await client.get("/ap/c/absent-circle")).json()["title"]
    for path in EVERYWHERE:
        answer = await client.get(path)
        assert (answer.status_code, answer.json()["title"]) == (404, absent), path
    found = await client.get("/.well-known/webfinger", params={"resource": f"acct:{CIRCLE}@{host}"})
    assert found.status_code == 404
    assert (await other.follows()).status_code == 404
    assert (await client.post(f"{GROUP}/inbox", content=b"{}")).status_code == 404
    assert other.asked == []


@pytest.mark.parametrize(
    ("odd", "why"),
    [
        ({"key": STOLEN}, "not signed by a key of its actor"),
        ({"late": timedelta(hours=2)}, "another time"),
        ({"late": -timedelta(hours=2)}, "another time"),
        ({"sent": b'{"type": "Follow"}'}, None),
        ({"names": "(request-target) host date"}, "what matters is not signed"),
        ({"names": "date digest"}, "what matters is not signed"),
        ({"key_id": "https://elsewhere.example/users/alice#main-key"}, "another host"),
        ({"key_id": "{actor}#another-key"}, "not signed by a key of its actor"),
    ],
)
async def test_what_does_not_fit_changes_nothing(opened, cast, other, outbound, odd, why):
    if "key_id" in odd:
        odd = odd | {"key_id": odd["key_id"].format(actor=other.actor("alice"))}
    answer = await other.sends(other.follow(), **odd)

    assert answer.status_code == (401 if why else 403)
    assert why is None or why in answer.text
    assert await followers() == []


async def test_a_body_that_was_changed_on_the_way_is_refused(opened, cast, other, outbound):
    changed = json.dumps(other.follow(number=2)).encode()
    answer = await other.sends(other.follow(), sent=changed)

    assert (answer.status_code, answer.text) == (401, "the digest is of another body")


async def test_what_was_sent_to_one_circle_does_not_fit_another(opened, cast, other, outbound):
    """A request that was caught cannot be used anywhere else: its path is signed."""
    body = json.dumps(other.follow()).encode()
    headers = other.signed("post", "/ap/c/banking/inbox", body, "alice")
    async with httpx.AsyncClient(base_url=other.site) as client:
        answer = await client.post(f"{GROUP}/inbox", content=body, headers=headers)

    assert (answer.status_code, await followers()) == (401, [])


async def test_nobody_follows_in_anothers_name(opened, cast, other, outbound):
    """Bob signs well, with his own key; it is Alice who would follow."""
    answer = await other.sends(
        other.follow("alice"), "bob", key_id=f"{other.actor('bob')}#main-key"
    )

    assert (answer.status_code, await followers()) == (401, [])


async def test_nobody_ends_it_for_another(opened, cast, other, outbound):
    await other.follows("alice")
    undo = {"id": f"{other.actor('bob')}#undo", "type": "Undo", "actor": other.actor("bob"),
            "object": other.follow("alice")}  # fmt: skip
    await other.sends(undo, "bob")

    assert await followers() == [other.actor("alice")]


async def test_a_key_that_was_changed_is_asked_for_once_more(opened, cast, other, outbound):
    await other.follows()
    await other.ends()
    other.keys["alice"] = STOLEN
    assert (await other.follows(number=2)).status_code == 202
    asked = len(other.asked)
    await other.ends()

    assert (asked, len(other.asked)) == (2, 2)


@pytest.mark.parametrize(
    "changed",
    [
        {"id": "https://elsewhere.example/users/alice"},
        {"type": "Note"},
        {"publicKey": None},
        {"publicKey": {"id": "https://elsewhere.example/#k", "owner": "x", "publicKeyPem": "x"}},
        {"inbox": "https://elsewhere.example/inbox", "endpoints": {}},
        {"inbox": "http://10.0.0.1/inbox", "endpoints": {}},
        {"inbox": None, "endpoints": None},
    ],
)
async def test_a_document_that_names_another_host_or_nothing_is_no_actor(
    opened, cast, other, outbound, changed
):
    other.changed = changed
    answer = await other.follows()

    assert (answer.status_code, await followers()) == (401, [])


async def test_what_is_served_as_anything_else_is_no_actor(opened, cast, other, outbound):
    """Else whoever may leave a file on a host could speak for it."""
    other.served_as = "application/json"

    assert (await other.follows()).status_code == 401


async def test_one_that_cannot_be_had_is_not_asked_for_again_at_once(opened, cast, other, outbound):
    key = other.keys.pop("alice")
    for number in range(3):
        await other.sends(other.follow(number=number), key=key)

    assert len(other.asked) == 1


@pytest.mark.parametrize(
    "actor",
    [
        "http://127.0.0.1:1/users/alice",
        "https://127.0.0.1/users/alice",
        "https://169.254.169.254/latest",
        "https://[::1]/users/alice",
        "https://localhost/users/alice",
        "https://user:pass@elsewhere.example/",
        "https://elsewhere.example:8443/users/alice",
        "ftp://elsewhere.example/alice",
        "javascript:alert(1)",
        "",
        "https://elsewhere.example/" + "a" * 500,
    ],
)
async def test_no_address_inside_is_ever_fetched(opened, cast, other, monkeypatch, site, actor):
    """By the real rules of who is let out: none is trusted."""
    real = Outbound()
    monkeypatch.setattr(site.app.state, "outbound", real)
    try:
        wish = other.follow() | {"actor": actor, "id": f"{actor}#1"}
        answer = await other.sends(wish, key_id=f"{actor}#main-key")
    finally:
        await real.close()

    assert answer.status_code in {401, 403}
    assert (other.asked, await followers()) == ([], [])


async def test_our_own_host_is_never_asked(opened, cast, other, outbound, site):
    ourselves = f"{site.url}{GROUP}"
    wish = other.follow() | {"actor": ourselves, "id": f"{ourselves}#1"}
    answer = await other.sends(wish, key_id=f"{ourselves}#main-key")

    assert (answer.status_code, await followers()) == (403, [])


async def test_who_is_blocked_is_not_let_in_and_not_asked(
    opened, cast, other, outbound, monkeypatch
):
    blocked = replace(ours.settings(), federation_blocked=frozenset({"127.0.0.1"}))
    monkeypatch.setattr(ours, "settings", lambda: blocked)
    answer = await other.follows()

    assert (answer.status_code, other.asked, await followers()) == (403, [], [])


def test_a_blocked_domain_is_meant_with_all_below_it(monkeypatch):
    blocked = replace(ours.settings(), federation_blocked=frozenset({"bad.example"}))
    monkeypatch.setattr(ours, "settings", lambda: blocked)

    assert ours.is_blocked("bad.example")
    assert ours.is_blocked("a.bad.example:443")
    assert ours.is_blocked("BAD.example.")
    assert not ours.is_blocked("notbad.example")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"nonsense",
        b"[]",
        b"7",
        b'{"type":' * 13_000,
        b"\xff\xfe",
        b'{"type": []}',
        b'{"type": "Follow", "actor": {}}',
    ],
)
async def test_what_is_no_activity_is_no_fault(opened, cast, stranger, body):
    answer = await stranger.post(f"{GROUP}/inbox", content=body)

    assert answer.status_code in {202, 403, 422}


async def test_no_more_is_read_than_fits(opened, cast, stranger):
    answer = await stranger.post(f"{GROUP}/inbox", content=b" " * 200_000)

    assert answer.status_code == 413


async def test_too_many_at_once_are_asked_to_wait(opened, cast, other, outbound, monkeypatch):
    monkeypatch.setattr(door, "SENDING", Limit("federation-inbox-test", 1, 3600, 2))
    answers = [(await other.follows(number=number)).status_code for number in range(3)]

    assert answers == [202, 202, 429]


async def test_a_circle_whose_owner_did_not_open_it_is_absent(federating, cast, stranger, other):
    await nothing_of_it_is_there(stranger, other)


async def test_where_the_site_takes_no_part_it_is_absent_though_its_owner_opened_it(
    opened, cast, owner, stranger, other, monkeypatch, site
):
    off = replace(settings(), federation=False, url=site.url)
    monkeypatch.setattr(ours, "settings", lambda: off)

    await nothing_of_it_is_there(stranger, other)
    assert (await stranger.get("/.well-known/nodeinfo")).status_code == 404
    assert (await stranger.get("/ap/nodeinfo/2.1")).status_code == 404
    assert (await owner.sees(f"/c/{CIRCLE}/manage/federation")).status_code == 404
    assert "/manage/federation" not in (await owner.sees(f"/c/{CIRCLE}/manage")).text
    assert delivering.tickers(Outbound()) == []


@pytest.mark.parametrize("how", ["hidden", "guarded"])
async def test_a_circle_that_visitors_may_not_read_is_absent_at_once(
    opened, cast, owner, stranger, other, how
):
    place = await owner.place()
    if how == "hidden":
        await changing.change(place, name="珠江夜跑圈", name_en="", intro="", rules="",
                              posting="members", hidden=True)  # fmt: skip
    else:
        await changing.ask_for(place, {"read": Threshold(verified=True)})

    await nothing_of_it_is_there(stranger, other)


async def test_only_the_owner_opens_it_and_only_where_visitors_may_read(
    federating, cast, owner, editor, xiaolan
):
    for person in (editor, xiaolan, cast.moderator):
        with pytest.raises(NotAllowed):
            await opening.turn_on(await person.place())
        with pytest.raises(NotAllowed):
            await opening.turn_off(await person.place())
    await changing.ask_for(await owner.place(), {"read": Threshold(verified=True)})
    with pytest.raises(Conflict):
        await opening.turn_on(await owner.place())

    assert not await openings.is_on(cast.circle_id)


async def test_the_owner_sees_what_people_search_for_and_how_many_follow(
    federating, cast, owner, editor, other, outbound
):
    here = f"/c/{CIRCLE}/manage/federation"
    assert (await editor.sees(here)).status_code == 404
    assert here in (await owner.sees(f"/c/{CIRCLE}/manage")).text
    assert (await owner.sends(here, turn="on")).status_code == 303
    await other.follows()
    shown = (await owner.sees(here)).text
    assert f"@{CIRCLE}@{other.site.partition('://')[2]}" in shown
    assert "有 1 人在别的服务器上关注" in shown
    assert (await owner.sends(here, turn="off")).status_code == 303
    await told(outbound)

    assert "没有开启" in (await owner.sees(here)).text
    assert (await followers(), await servers()) == ([], 0)
    assert other.kinds == ["Delete", "Delete"]


async def test_where_it_is_not_possible_the_form_says_why(federating, cast, owner):
    here = f"/c/{CIRCLE}/manage/federation"
    await changing.ask_for(await owner.place(), {"read": Threshold(verified=True)})

    assert "只有所有人都能读的圈子" in (await owner.sees(here)).text
    refused = await owner.sends(here, turn="on")
    assert (refused.status_code, "只有所有人都能读的圈子" in refused.text) == (409, True)


async def test_it_says_what_kind_of_site_it_is(federating, cast, stranger):
    [link] = (await stranger.get("/.well-known/nodeinfo")).json()["links"]
    told_of = (await stranger.get(link["href"])).json()

    assert (told_of["software"]["name"], told_of["protocols"]) == ("quanzi", ["activitypub"])
    assert told_of["usage"] == {"users": {}}


async def test_what_waits_or_never_was_has_no_address(opened, cast, xiaolan, editor, stranger):
    planned = await editor.posts(
        "明天再说", publish_at=f"{clock.now() + timedelta(days=2):%Y-%m-%dT08:00}"
    )

    assert (await stranger.get(f"{GROUP}/p/{planned.post_id}")).status_code == 404
    assert (await stranger.get(f"{GROUP}/p/987654321")).status_code == 404


async def test_only_so_many_are_remembered(opened, cast, other, outbound, monkeypatch):
    monkeypatch.setattr(elsewhere, "MOST_KEPT", 1)
    await other.follows("alice")
    await other.follows("bob")

    assert list(elsewhere._known) == [other.actor("bob")]
    assert {ALICE_KEY, BOB_KEY} == set(other.keys.values())


@pytest.mark.parametrize(
    ("url", "fits"),
    [("https://quanzi.example", True), ("http://127.0.0.1:8000", True),
     ("http://quanzi.example", False), ("", False)],
)  # fmt: skip
def test_a_site_takes_part_only_by_an_address_that_stays(monkeypatch, url, fits):
    monkeypatch.setenv("QUANZI_URL", url)
    assert not _federation(), "off unless it is said"
    monkeypatch.setenv("QUANZI_FEDERATION", "on")
    if fits:
        assert _federation()
    else:
        with pytest.raises(WrongSetting, match="QUANZI_URL"):
            _federation()


def test_blocked_domains_are_read_from_a_line(monkeypatch):
    monkeypatch.setenv("QUANZI_FEDERATION_BLOCKED", "Bad.example, worse.example\nworst.example")
    assert domains("QUANZI_FEDERATION_BLOCKED") == {
        "bad.example", "worse.example", "worst.example"}  # fmt: skip
    monkeypatch.setenv("QUANZI_FEDERATION_BLOCKED", "https://bad.example/")
    with pytest.raises(WrongSetting, match="https"):
        domains("QUANZI_FEDERATION_BLOCKED")
