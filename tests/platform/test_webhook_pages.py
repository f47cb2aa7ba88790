"""Webhooks by forms alone, at the desk of their owners."""

import re
import uuid

import pytest

from quanzi.db.engine import rows
from quanzi.platform import hooks
from tests.people import CIRCLE, OTHER_CIRCLE
from tests.platform.receiver import added, sent, state

HERE = f"/c/{CIRCLE}/manage/webhooks"
SECRET = re.compile(r'value="(whsec_[\w+/=]+)"')


pytestmark = pytest.mark.usefixtures("resting")


async def test_she_adds_one_sees_the_secret_once_and_rotates_it(owner):
    assert HERE in (await owner.sees(f"/c/{CIRCLE}/manage")).text
    key = str(uuid.uuid4())
    answer = await owner.sends(HERE, url=" https://hook.example/in ", idempotency_key=key)
    secret = SECRET.search(answer.text)
    [made] = await rows("select id, url from webhook")
    again = await owner.sends(HERE, url=" https://hook.example/in ", idempotency_key=key)
    listed, one = await owner.sees(HERE), await owner.sees(f"{HERE}/{made['id']}")
    rotated = await owner.sends(f"{HERE}/{made['id']}/rotate", idempotency_key=str(uuid.uuid4()))

    assert secret
    assert made["url"] == "https://hook.example/in"
    assert SECRET.search(again.text)[1] == secret[1], "a second click loses nothing"
    assert len(await rows("select 1 from webhook")) == 1
    assert made["url"] in listed.text
    assert "whsec_" not in listed.text + one.text
    assert SECRET.search(rotated.text)[1] != secret[1]
    assert "旧密钥也一起签名" in rotated.text


async def test_a_rotation_pressed_twice_is_one_and_keeps_the_secret_that_programs_have(owner):
    hook, key = await added(owner), str(uuid.uuid4())
    [before] = await rows("select secret from webhook")
    first = await owner.sends(f"{HERE}/{hook}/rotate", idempotency_key=key)
    second = await owner.sends(f"{HERE}/{hook}/rotate", idempotency_key=key)

    [after] = await rows("select former_secret from webhook")
    assert SECRET.search(first.text)[1] == SECRET.search(second.text)[1]
    assert after["former_secret"] == before["secret"]


async def test_what_is_wrong_is_said_beside_the_field_and_nothing_typed_is_lost(owner):
    answer = await owner.sends(HERE, url="http://hook.example/my-own-path")

    assert answer.status_code == 422
    assert 'id="error-url"' in answer.text
    assert 'value="http://hook.example/my-own-path"' in answer.text
    for _ in range(hooks.MOST):
        await added(owner)
    full = await owner.sends(HERE, url="https://hook.example/")
    assert full.status_code == 409
    assert 'id="error-url"' in full.text


async def test_a_stranger_cannot_tell_that_there_are_webhooks(
    owner, editor, reviewer, xiaolan, maimai
):
    hook = await added(owner)
    for person in (editor, reviewer, xiaolan, maimai):
        for path in (HERE, f"{HERE}/{hook}"):
            assert (await person.sees(path)).status_code == 404
        for deed in ("pause", "remove", "rotate", "test", "deliveries/1/again"):
            assert (await person.sends(f"{HERE}/{hook}/{deed}")).status_code == 404
        assert "webhooks" not in (await person.sees(f"/c/{CIRCLE}/manage")).text
    foreign = f"/c/{OTHER_CIRCLE}/manage/webhooks/{hook}"
    assert (await maimai.sees(foreign)).status_code == 404
    assert await state(hook) == ("on", "")


async def test_a_test_message_goes_out_also_while_it_is_paused(owner, program, outbound):
    hook = await added(owner, program)
    await owner.sends(f"{HERE}/{hook}/pause")
    await owner.sends(f"{HERE}/{hook}/test")
    answer = await owner.sends(f"{HERE}/{hook}/test")
    assert "正在发送" in (await owner.sees(answer.headers["location"])).text
    await sent(outbound)

    [told] = program.told
    assert (told["type"], told["circle"], told["data"]) == ("webhook.ping", CIRCLE, {})
    page = (await owner.sees(f"{HERE}/{hook}")).text
    assert "webhook.ping" in page
    assert "已送达" in page
    assert "已暂停" in page


async def test_what_happened_while_it_was_paused_comes_when_it_is_resumed(
    owner, xiaolan, program, outbound
):
    hook = await added(owner, program)
    await owner.sends(f"{HERE}/{hook}/pause")
    await xiaolan.posts()
    assert await sent(outbound) == 0
    await owner.sends(f"{HERE}/{hook}/resume")
    await sent(outbound)

    assert len(program.heard) == 1


async def test_one_message_is_sent_again_with_its_id_by_a_press(owner, xiaolan, program, outbound):
    hook = await added(owner, program)
    await xiaolan.posts()
    await xiaolan.posts()
    await sent(outbound)
    first = (await rows("select id from webhook_delivery order by id"))[0]["id"]
    program.answers = [(500, {})]
    await owner.sends(f"{HERE}/{hook}/deliveries/{first}/again")
    await sent(outbound)
    failed = (await owner.sees(f"{HERE}/{hook}")).text
    await owner.sends(f"{HERE}/{hook}/deliveries/{first}/again")
    await sent(outbound)

    one, two, *again = program.ids
    assert again == [one, one]
    assert one != two
    assert program.heard[0][2] == program.heard[2][2], "the very same body"
    assert "对方回答 500" in failed
    assert "没有送达" in failed
    assert await state(hook) == ("on", "")


async def test_one_that_waits_for_its_next_attempt_is_tried_now(owner, xiaolan, program, outbound):
    hook = await added(owner, program)
    await xiaolan.posts()
    program.answers = [(500, {})]
    await sent(outbound)
    assert await sent(outbound) == 0
    [waiting] = await rows("select id from webhook_delivery")
    await owner.sends(f"{HERE}/{hook}/deliveries/{waiting['id']}/again")
    await sent(outbound)

    assert len(program.heard) == 2
    assert len(set(program.ids)) == 1


async def test_the_log_is_paged_by_key(owner):
    hook = await added(owner)
    await rows(
        """insert into webhook_delivery (circle_id, webhook_id, message, op, body, state)
           select w.circle_id, w.id, 'evt_' || n, 'post.published', '{}', 'delivered'
           from webhook w, generate_series(101, 140) n order by n"""
    )
    first = (await owner.sees(f"{HERE}/{hook}")).text
    older = re.search(r'rel="next" href="([^"]+)"', first)
    second = (await owner.sees(older[1])).text

    seen = re.findall(r"evt_(\d+)", first + second)
    assert seen == [str(n) for n in range(140, 100, -1)]
    assert 'rel="next"' not in second


async def test_one_that_ended_itself_is_asked_for_nothing_more(owner, program, outbound):
    hook = await added(owner, program)
    await rows("update webhook set state = 'ended', why = 'gone'")
    refused = await owner.sends(f"{HERE}/{hook}/test")
    await owner.sends(f"{HERE}/{hook}/resume")

    assert refused.status_code == 409
    assert await state(hook) == ("ended", "gone")
    assert "不再接收" in (await owner.sees(f"{HERE}/{hook}")).text
    await owner.sends(f"{HERE}/{hook}/remove")
    assert await rows("select 1 from webhook") == []
