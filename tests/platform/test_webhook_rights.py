"""Who may have a circle's events sent away, where they may go, and what ends it."""

import uuid

import pytest

from quanzi.db.engine import rows
from quanzi.errors import Conflict, Invalid, NotAllowed, NotFound
from quanzi.identity import leaving, sessions
from quanzi.outbound.posting import Outbound
from quanzi.platform import hooks
from quanzi.posts import removing
from tests.people import OTHER_CIRCLE
from tests.platform.receiver import added, later, sent, state

pytestmark = pytest.mark.usefixtures("resting")


async def test_only_owners_add_and_touch_them(owner, editor, xiaolan, maimai):
    hook = await added(owner)
    for person in (editor, xiaolan, maimai):
        place = await person.place()
        for deed in (
            hooks.add(place, "https://hook.example/", key=uuid.uuid4()),
            hooks.secret_of(place, hook),
            hooks.rotate(place, hook, key=uuid.uuid4()),
            hooks.pause(place, hook),
            hooks.resume(place, hook),
            hooks.ping(place, hook),
            hooks.repeat(place, hook, 1),
            hooks.remove(place, hook),
        ):
            with pytest.raises(NotAllowed):
                await deed
    assert await state(hook) == ("on", "")


async def test_another_circles_owner_reaches_none_by_their_own_circle(owner, maimai):
    hook = await added(owner)
    place = await maimai.place(OTHER_CIRCLE)
    for deed in (
        hooks.secret_of(place, hook),
        hooks.rotate(place, hook, key=uuid.uuid4()),
        hooks.pause(place, hook),
        hooks.ping(place, hook),
        hooks.repeat(place, hook, 1),
    ):
        with pytest.raises(NotFound):
            await deed
    await hooks.remove(place, hook)
    assert await state(hook) == ("on", "")


@pytest.mark.parametrize(
    "url",
    ["", "hook.example", "http://hook.example/", "https://hook.example:8443/", "https://localhost/",
     "https://a:b@hook.example/", "https://127.0.0.1/", "https://10.0.0.7/x", "https://[::1]/",
     "https://169.254.169.254/latest/", "ftp://hook.example/", "https://" + "a" * 2000 + ".example/",
     "https://2130706433/", "javascript:alert(1)"],
)  # fmt: skip
async def test_an_address_that_is_not_outside_is_refused(owner, url):
    with pytest.raises(Invalid) as refused:
        await hooks.add(await owner.place(), url, key=uuid.uuid4())
    assert set(refused.value.fields) == {"url"}


async def test_a_name_that_leads_inside_is_never_connected_to(owner, xiaolan, program):
    """However its name was answered when it was added."""

    async def inside(host: str, port: int) -> list[str]:
        return ["93.184.216.34", "127.0.0.1"]

    hook = await added(owner)
    await xiaolan.posts()
    outbound = Outbound(resolve=inside)
    await sent(outbound)
    await outbound.close()

    [log] = await rows("select state, attempts, status from webhook_delivery")
    assert tuple(log) == ("waiting", 1, 0)
    assert await state(hook) == ("on", "")


async def test_a_long_answer_is_not_read_to_its_end_and_is_still_an_answer(
    owner, xiaolan, program, outbound
):
    await added(owner, program)
    await xiaolan.posts()
    program.answers = [(299, {})]
    await sent(outbound)

    assert (await rows("select state from webhook_delivery"))[0]["state"] == "delivered"


async def test_the_same_form_twice_adds_one_and_five_are_the_most(owner):
    place, key = await owner.place(), uuid.uuid4()
    first = await hooks.add(place, "https://hook.example/", key=key)
    assert await hooks.add(place, "https://hook.example/", key=key) == first
    for _ in range(hooks.MOST - 1):
        await added(owner)
    with pytest.raises(Conflict):
        await added(owner)


async def test_who_is_no_longer_an_owner_is_told_no_more_and_another_owner_takes_it_over(
    cast, owner, aqiang, xiaolan, program, outbound
):
    hook = await added(owner, program)
    await rows("update staff set role = 'editor' where member_id = $1", owner.member_id)
    await rows(
        """insert into staff (partner_id, member_id, role)
           select partner_id, $1, 'owner' from circle where id = $2""",
        aqiang.member_id,
        cast.circle_id,
    )
    await xiaolan.posts()
    await sent(outbound)

    assert program.heard == []
    assert await state(hook) == ("paused", "unowned")
    [told] = await rows("select member_id, kind from concern where kind like 'webhook.%'")
    assert tuple(told) == (aqiang.member_id, "webhook.unowned")
    await hooks.resume(await aqiang.place(), hook)
    await sent(outbound)
    assert len(program.heard) == 1


@pytest.mark.parametrize("how", ["suspended", "leaving"])
async def test_who_is_suspended_or_leaving_is_told_no_more(owner, xiaolan, program, outbound, how):
    hook = await added(owner, program)
    await xiaolan.posts()
    if how == "suspended":
        await sessions.suspend(owner.member_id)
    else:
        await leaving.leave(owner.viewer)
    await sent(outbound)

    assert program.heard == []
    assert (await state(hook))[0] == "paused"


async def test_the_words_of_a_post_are_never_sent_and_what_was_removed_stays_a_number(
    owner, xiaolan, program, outbound
):
    await added(owner, program)
    post = await xiaolan.posts("写错了的电话 13800138000")
    await removing.remove(await xiaolan.place(), post.post_id)
    await sent(outbound)

    assert [each["type"] for each in program.told] == ["post.published", "post.removed"]
    assert all(set(each["data"]) == {"seq", "op", "id", "version"} for each in program.told)
    assert not any(b"13800138000" in body for _, _, body in program.heard)


async def test_a_place_of_another_history_is_told_as_a_reset(owner, xiaolan, program, outbound):
    await added(owner, program)
    await rows("update webhook set epoch = 'before-a-restore'")
    await xiaolan.posts()
    await sent(outbound)
    await later()
    await xiaolan.posts()
    await sent(outbound)

    assert [each["type"] for each in program.told] == ["reset", "post.published"]


async def test_a_removed_one_hears_nothing_more_and_its_log_is_gone(
    owner, xiaolan, program, outbound
):
    hook = await added(owner, program)
    await xiaolan.posts()
    await sent(outbound)
    await hooks.remove(await owner.place(), hook)
    await xiaolan.posts()

    assert await sent(outbound) == 0
    assert await rows("select 1 from webhook_delivery") == []
