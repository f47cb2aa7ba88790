"""What a partner's own program is sent, checked with a library that somebody else wrote."""

import asyncio
import base64

import pytest
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from quanzi.db.engine import rows
from quanzi.jobs.watch import Watch
from quanzi.platform import delivering, happened, hooks, queueing, signing, trimming
from tests.people import CIRCLE
from tests.platform.receiver import added, later, sent, state

pytestmark = pytest.mark.usefixtures("resting")


async def pause_of(hook: int) -> float:
    [found] = await rows(
        "select extract(epoch from due_at - now())::float as s from webhook where id = $1", hook
    )
    return found["s"]


async def test_a_new_post_is_told_signed_in_the_shape_of_the_events(
    cast, owner, xiaolan, program, outbound
):
    await xiaolan.posts("以前的事")
    hook = await added(owner, program)
    place = (await happened.after(cast.circle_id, "", 10)).next
    post = await xiaolan.posts("今晚七点")
    await sent(outbound)

    [(path, headers, body)] = program.heard
    told = Webhook(await hooks.secret_of(await owner.place(), hook)).verify(body, headers)
    [event] = (await happened.after(cast.circle_id, place, 10)).events
    assert path == "/hook"
    assert headers["content-type"] == "application/json"
    assert told["type"] == "post.published"
    assert told["circle"] == CIRCLE
    assert told["data"] == {"seq": event.seq, "op": event.op, "id": post.post_id, "version": 1}
    assert (await happened.after(cast.circle_id, told["place"], 10)).events == []
    assert "今晚" not in body.decode()


async def test_the_signature_fits_nothing_else(owner, xiaolan, program, outbound):
    hook = await added(owner, program)
    await xiaolan.posts()
    await sent(outbound)

    [(_, headers, body)] = program.heard
    good = Webhook(await hooks.secret_of(await owner.place(), hook))
    for headers_, body_ in (
        (headers, body + b" "),
        (headers | {"webhook-id": "evt_1"}, body),
        (headers | {"webhook-timestamp": str(int(headers["webhook-timestamp"]) + 1)}, body),
    ):
        with pytest.raises(WebhookVerificationError):
            good.verify(body_, headers_)


async def test_everything_comes_once_and_in_order(owner, xiaolan, program, outbound, monkeypatch):
    monkeypatch.setattr(queueing, "PIECE", 3)
    await added(owner, program)
    for _ in range(8):
        await xiaolan.posts()
    await sent(outbound)

    assert len(program.numbers) == 8
    assert program.numbers == sorted(set(program.numbers))
    assert await sent(outbound) == 0


async def test_what_comes_after_a_failed_one_waits_for_it(owner, xiaolan, program, outbound):
    hook = await added(owner, program)
    for _ in range(3):
        await xiaolan.posts()
    program.answers = [(500, {}), (302, {"location": "https://example.com/"})]
    await sent(outbound)
    assert len(program.heard) == 1
    assert 4 < await pause_of(hook) < 6
    await later()
    await sent(outbound)
    assert 26 < await pause_of(hook) < 34
    await later()
    await sent(outbound)

    assert len(program.heard) == 5, "a redirect is a failure and is not followed"
    first, again, once_more, *rest = program.ids
    assert first == again == once_more
    assert len({first, *rest}) == 3
    assert program.numbers == sorted(program.numbers)
    [log] = await rows("select attempts, status from webhook_delivery where message = $1", first)
    assert (log["attempts"], log["status"]) == (3, 204)


async def test_killed_after_it_was_sent_it_is_sent_again_with_the_same_id(
    owner, xiaolan, program, outbound, monkeypatch
):
    await added(owner, program)
    await xiaolan.posts()
    with monkeypatch.context() as killed:
        killed.setattr(delivering, "note", None)
        [claim] = await queueing.claimed(1)
        with pytest.raises(TypeError):
            await delivering.deliver(outbound, claim)
    assert await sent(outbound) == 0, "until it is clear that it has died nobody else takes it"
    await later()
    await sent(outbound)

    assert len(program.heard) == 2
    assert len(set(program.ids)) == 1


async def test_who_has_lost_it_writes_nothing_down(owner, xiaolan, program, outbound):
    hook = await added(owner, program)
    await xiaolan.posts()
    [lost] = await queueing.claimed(1)
    message = await queueing.next_of(lost)
    await later()
    [claim] = await queueing.claimed(1)
    await delivering.note(lost, message, None)
    assert await queueing.next_of(lost) is None
    await delivering.deliver(outbound, claim)

    [found] = await rows("select tries, due_at <= now() as due from webhook where id = $1", hook)
    assert (found["tries"], found["due"]) == (0, True)
    assert len(program.heard) == 1


async def test_a_slow_one_holds_up_no_other(owner, xiaolan, program, outbound):
    await added(owner, program, "/slow")
    await added(owner, program, "/fast")
    [couriers, _] = delivering.tickers(outbound)
    watch = Watch([couriers])
    couriers.start()
    watch.start()
    try:
        for count in range(1, 4):
            await xiaolan.posts()
            while [path for path, _, _ in program.heard].count("/fast") < count:
                await asyncio.sleep(0.02)
    finally:
        await watch.stop()
        await couriers.stop()

    assert [path for path, _, _ in program.heard].count("/slow") == 1


async def test_one_that_says_gone_is_ended_and_the_owner_hears_of_it(
    owner, xiaolan, program, outbound
):
    hook = await added(owner, program)
    await xiaolan.posts()
    await xiaolan.posts()
    program.answers = [(410, {})]
    await sent(outbound)
    await later()

    assert await sent(outbound) == 0
    assert len(program.heard) == 1
    assert await state(hook) == ("ended", "gone")
    [told] = await rows("select member_id, kind from concern where kind like 'webhook.%'")
    assert tuple(told) == (owner.member_id, "webhook.gone")


@pytest.mark.parametrize("status", [503, 429])
async def test_it_waits_as_long_as_it_is_asked_to(owner, xiaolan, program, outbound, status):
    hook = await added(owner, program)
    await xiaolan.posts()
    program.answers = [(status, {"retry-after": "300"})]
    await sent(outbound)

    assert 290 < await pause_of(hook) < 301


async def test_after_three_days_of_nothing_but_failure_it_is_paused_and_goes_on_when_resumed(
    owner, xiaolan, program, outbound
):
    hook = await added(owner, program)
    await xiaolan.posts()
    await xiaolan.posts()
    program.answers = [(500, {}), (500, {})]
    await sent(outbound)
    await rows("update webhook set failing_since = now() - interval '73 hours'")
    await later()
    await sent(outbound)

    assert await state(hook) == ("paused", "failing")
    [told] = await rows("select member_id from concern where kind = 'webhook.failing'")
    assert told["member_id"] == owner.member_id
    await xiaolan.posts()
    await later()
    assert await sent(outbound) == 0
    await hooks.resume(await owner.place(), hook)
    await sent(outbound)
    assert len(set(program.numbers)) == 3, "nothing is lost"


async def test_one_message_that_is_refused_for_hours_keeps_back_no_other(
    owner, xiaolan, program, outbound
):
    hook = await added(owner, program)
    for _ in range(3):
        await xiaolan.posts()
    program.answers = [(422, {})] * delivering.REFUSALS
    for _ in range(delivering.REFUSALS - 1):
        await sent(outbound)
        await later()
    assert len(set(program.ids)) == 1
    await sent(outbound)

    refused, *others = dict.fromkeys(program.ids)
    assert len(others) == 2
    log = await rows("select message, state, status from webhook_delivery order by id")
    assert [line["state"] for line in log] == ["failed", "delivered", "delivered"]
    assert (log[0]["message"], log[0]["status"]) == (refused, 422)
    assert await state(hook) == ("on", "")
    [known] = await rows("select id from webhook_delivery where message = $1", refused)
    await hooks.repeat(await owner.place(), hook, known["id"])
    await sent(outbound)
    assert program.ids[-1] == refused
    [now] = await rows("select state from webhook_delivery where message = $1", refused)
    assert now["state"] == "delivered"


@pytest.mark.parametrize("status", [401, 404, 429, 500])
async def test_what_says_nothing_of_the_message_is_waited_for_however_often(
    owner, xiaolan, program, outbound, status
):
    await added(owner, program)
    await xiaolan.posts()
    await xiaolan.posts()
    program.answers = [(status, {})] * (delivering.REFUSALS + 2)
    for _ in range(delivering.REFUSALS + 2):
        await sent(outbound)
        await later()

    assert len(set(program.ids)) == 1
    states = await rows("select state from webhook_delivery order by id")
    assert {line["state"] for line in states} == {"waiting"}


async def test_who_refuses_everything_loses_one_and_is_paused_after_three_days(
    owner, xiaolan, program, outbound
):
    hook = await added(owner, program)
    for _ in range(3):
        await xiaolan.posts()
    program.answers = [(400, {})] * 50
    for _ in range(delivering.REFUSALS):
        await sent(outbound)
        await later()
    await rows("update webhook set failing_since = now() - interval '73 hours'")
    await sent(outbound)

    assert await state(hook) == ("paused", "failing")
    states = await rows("select state from webhook_delivery order by id")
    assert [line["state"] for line in states] == ["failed", "waiting", "waiting"]


async def test_for_a_day_the_old_secret_signs_beside_the_new(owner, xiaolan, program, outbound):
    place = await owner.place()
    hook = await added(owner, program)
    old = Webhook(await hooks.secret_of(place, hook))
    await hooks.rotate(place, hook, key=hooks.uuid.uuid4())
    new = Webhook(await hooks.secret_of(place, hook))
    await xiaolan.posts()
    await sent(outbound)
    await rows("update webhook set former_until = now()")
    await xiaolan.posts()
    await sent(outbound)

    [(_, both, first), (_, one, second)] = program.heard
    assert old.verify(first, both) == new.verify(first, both)
    new.verify(second, one)
    with pytest.raises(WebhookVerificationError):
        old.verify(second, one)


async def test_the_log_goes_after_thirty_days_and_what_waits_stays(
    owner, xiaolan, program, outbound
):
    await added(owner, program)
    program.answers = [(204, {}), (500, {})]
    await xiaolan.posts()
    await xiaolan.posts()
    await sent(outbound)
    assert await trimming.trim_old() == 0
    await rows("update webhook_delivery set created_at = now() - interval '31 days'")

    assert await trimming.trim_old() == 1
    assert [line["state"] for line in await rows("select state from webhook_delivery")] == [
        "waiting"
    ]


async def test_a_signature_is_the_one_that_the_standard_gives_as_its_example():
    key = base64.b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    body = b'{"test": 2432232314}'
    signed = signing.headers("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body, [key])

    assert signing.shown(key) == "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    assert signed["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
