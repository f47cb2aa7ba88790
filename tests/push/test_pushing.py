"""What reaches a browser that is not looking, and what does not."""

import asyncio
import base64
import json
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from quanzi.circles import changing
from quanzi.circles.thresholds import Threshold
from quanzi.db.engine import rows
from quanzi.errors import Invalid
from quanzi.identity import sessions
from quanzi.notifications import preferences, pushing, telling, trimming
from quanzi.notifications.kinds import CHANNELS, SUBJECTS
from quanzi.outbound.posting import Outbound
from quanzi.posts import liking
from quanzi.push import keys, subscribing
from quanzi.push.sending import Sender
from tests.people import CIRCLE
from tests.push.pushes import Chrome, push_service


@pytest.fixture(autouse=True)
async def _by_our_own_hand(site, database):
    await site.tickers_rest()


@pytest.fixture
async def service():
    async with push_service() as made:
        yield made


@pytest.fixture
async def sender(service):
    outbound = Outbound(trusted=frozenset({service.netloc}))
    yield Sender(outbound, pushing.words)
    await outbound.close()


async def subscribed(person, service, name: str = "hers") -> Chrome:
    chrome = Chrome()
    await subscribing.subscribe(
        person.member_id, person.viewer.session, chrome.browser(service.endpoint(name)), "Chrome"
    )
    return chrome


async def told(sender, wait: bool = True) -> int:
    """The teller and the sender, ten seconds later."""
    while await telling.tell_due():
        pass
    if wait:
        await rows("update push_message set due_at = now() where due_at < now() + interval '15 s'")
    return await sender.send_due()


async def waiting() -> int:
    return int((await rows("select count(*) from push_message"))[0][0])


async def test_a_mention_reaches_her_phone_in_words_that_only_it_can_read(
    xiaolan, aqiang, service, sender
):
    chrome = await subscribed(xiaolan, service)
    post = await aqiang.posts("周三一起跑吗 @xiaolan")

    assert await told(sender) == 1

    [(path, headers, body)] = service.heard
    assert path == "/hers"
    said = chrome.opened(body)
    assert said["title"] == "阿强 提到了你"
    assert said["body"] == "周三一起跑吗 @xiaolan"
    assert said["path"] == f"/c/{CIRCLE}/p/{post.post_id}"
    assert "周三".encode() not in body
    assert headers["content-encoding"] == "aes128gcm"
    assert headers["ttl"] == "86400"
    assert len(headers["topic"]) <= 32
    assert said["tag"] == headers["topic"]
    assert await waiting() == 0


async def test_the_push_service_can_tell_who_sends(xiaolan, aqiang, service, sender):
    await subscribed(xiaolan, service)
    await aqiang.posts("@xiaolan")
    await told(sender)

    scheme, _, rest = service.heard[0][1]["authorization"].partition(" ")
    token, key = (part.split("=", 1)[1] for part in rest.split(", "))
    head, claims, signature = (
        base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)) for part in token.split(".")
    )
    assert scheme == "vapid"
    assert key == keys.public()
    assert json.loads(head)["alg"] == "ES256"
    assert json.loads(claims)["aud"] == f"http://{service.netloc}"
    point = base64.urlsafe_b64decode(key + "=" * (-len(key) % 4))
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    public.verify(
        encode_dss_signature(r, s), token.rpartition(".")[0].encode(), ec.ECDSA(hashes.SHA256())
    )


async def test_ten_likes_are_one_push(cast, xiaolan, service, sender):
    await subscribed(xiaolan, service)
    post = await xiaolan.posts()
    for person in (cast.aqiang, cast.owner, cast.editor):
        await liking.like(await person.place(), post.post_id)
        while await telling.tell_due():
            pass

    assert await told(sender) == 1
    assert len(service.heard) == 1


async def test_what_she_has_seen_on_an_open_page_is_not_pushed(xiaolan, aqiang, service, sender):
    await subscribed(xiaolan, service)
    await aqiang.posts("@xiaolan")
    while await telling.tell_due():
        pass
    assert await sender.send_due() == 0  # it waits
    await rows("update notice set seen_at = now()")
    await told(sender)

    assert service.heard == []
    assert await waiting() == 0


async def test_what_was_removed_or_may_no_longer_be_read_is_not_pushed(
    cast, xiaolan, aqiang, service, sender
):
    from quanzi.curation import removing

    await subscribed(xiaolan, service)
    gone = await aqiang.posts("先删掉 @xiaolan")
    await removing.remove(await aqiang.place(), gone.post_id)
    await aqiang.posts("只给实名的人看 @xiaolan")
    while await telling.tell_due():
        pass
    await changing.ask_for(await cast.owner.place(), {"read": Threshold(verified=True)})
    await told(sender)

    assert service.heard == []


async def test_who_does_not_want_pushes_of_this_gets_none(xiaolan, aqiang, service, sender):
    await subscribed(xiaolan, service)
    wanted = {(subject, way): way != "push" for subject in SUBJECTS for way in CHANNELS}
    await preferences.choose(xiaolan.member_id, wanted)
    await aqiang.posts("@xiaolan")

    assert await told(sender) == 0


async def test_signing_out_ends_what_that_browser_is_told(xiaolan, aqiang, service, sender):
    await subscribed(xiaolan, service)
    await sessions.end(xiaolan.viewer, xiaolan.viewer.session)
    await aqiang.posts("@xiaolan")

    assert await told(sender) == 0


async def test_a_session_that_ran_out_is_told_nothing(xiaolan, aqiang, service, sender):
    await subscribed(xiaolan, service)
    await rows("update session set idle_until = now() where id = $1", xiaolan.viewer.session)
    await aqiang.posts("@xiaolan")
    await told(sender)

    assert service.heard == []
    assert await subscribing.own(xiaolan.member_id) == []


async def test_a_browser_that_is_gone_is_let_go(xiaolan, aqiang, service, sender):
    await subscribed(xiaolan, service)
    service.answers = [(410, {})]
    await aqiang.posts("@xiaolan")
    await told(sender)

    assert await subscribing.own(xiaolan.member_id) == []
    assert await waiting() == 0


@pytest.mark.parametrize(
    ("status", "headers", "at_least"), [(429, {"retry-after": "300"}, 290), (503, {}, 10)]
)
async def test_a_busy_service_is_asked_again_later(
    xiaolan, aqiang, service, sender, status, headers, at_least
):
    await subscribed(xiaolan, service)
    service.answers = [(status, headers)]
    await aqiang.posts("@xiaolan")
    await told(sender)

    [line] = await rows("select due_at - now() as left, tries from push_message")
    assert line["left"] > timedelta(seconds=at_least)
    assert line["tries"] == 1
    await rows("update push_message set due_at = now()")
    assert await sender.send_due() == 1
    assert await waiting() == 0


async def test_a_service_that_never_answers_is_given_up_after_some_tries(
    xiaolan, aqiang, service, sender
):
    await subscribed(xiaolan, service)
    service.answers = [(500, {})] * 10
    await aqiang.posts("@xiaolan")
    await told(sender)
    for _ in range(10):
        await rows("update push_message set due_at = now()")
        await sender.send_due()

    assert await waiting() == 0
    assert len(service.heard) == 6
    assert len(await subscribing.own(xiaolan.member_id)) == 1


async def test_an_endless_answer_is_cut_off(xiaolan, aqiang, service, sender):
    await subscribed(xiaolan, service)
    service.answers = [(299, {})]
    await aqiang.posts("@xiaolan")
    await told(sender)

    assert await waiting() == 1


async def test_two_processes_send_it_once(xiaolan, aqiang, service, sender):
    await subscribed(xiaolan, service)
    await aqiang.posts("@xiaolan")
    while await telling.tell_due():
        pass
    await rows("update push_message set due_at = now()")

    await asyncio.gather(*(sender.send_due() for _ in range(4)))
    assert len(service.heard) == 1


async def test_who_signs_in_on_a_browser_takes_it_over(xiaolan, aqiang, service, sender):
    chrome = await subscribed(xiaolan, service)
    await subscribing.subscribe(
        aqiang.member_id, aqiang.viewer.session, chrome.browser(service.endpoint("hers")), ""
    )
    await aqiang.posts("@xiaolan")

    assert await told(sender) == 0
    assert await subscribing.own(xiaolan.member_id) == []


async def test_the_eleventh_browser_lets_the_oldest_go(xiaolan, service):
    for number in range(11):
        await subscribed(xiaolan, service, f"browser-{number}")

    names = [
        line["endpoint"].rsplit("/", 1)[1] for line in await subscribing.own(xiaolan.member_id)
    ]
    assert len(names) == 10
    assert "browser-0" not in names


KEYS = {
    "p256dh": base64.urlsafe_b64encode(Chrome().point).decode(),
    "auth": base64.urlsafe_b64encode(b"0" * 16).decode(),
}


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://push.example/x",
        "https://push.example:8443/x",
        "https://user@push.example/x",
        "https:///x",
        "javascript:alert(1)",
        "https://push.example/" + "x" * 3000,
    ],
)
async def test_where_nothing_is_ever_sent_is_not_even_kept(xiaolan, endpoint):
    answer = await xiaolan.sends("/me/push", endpoint=endpoint, **KEYS)

    assert answer.status_code == 422
    assert await subscribing.own(xiaolan.member_id) == []


async def test_she_subscribes_sees_the_device_and_ends_it(xiaolan, aqiang):
    answer = await xiaolan.sends("/me/push", endpoint="https://push.example/x", **KEYS)
    assert answer.status_code == 303
    [mine] = await subscribing.own(xiaolan.member_id)
    assert f'value="{mine["id"]}"' in (await xiaolan.sees("/me/settings/notices")).text

    await aqiang.sends("/me/push/end", id=str(mine["id"]))
    assert len(await subscribing.own(xiaolan.member_id)) == 1
    await xiaolan.sends("/me/push/end", id=str(mine["id"]))
    assert await subscribing.own(xiaolan.member_id) == []


async def test_keys_that_are_none_are_refused():
    with pytest.raises(Invalid):
        subscribing.read("https://push.example/x", "short", "shorter")


async def test_old_notices_go_and_new_ones_stay(xiaolan, aqiang):
    for age in (1, 181, 400):
        await rows(
            """insert into notice (member_id, kind, group_key, at)
               values ($1, 'follow', $2, now() - $3::int * interval '1 day')""",
            xiaolan.member_id,
            f"follow:{age}",
            age,
        )

    assert await trimming.trim_old() == 2
    assert await trimming.trim_old() == 0
    assert len(await rows("select 1 from notice")) == 1
