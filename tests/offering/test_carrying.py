"""Posts that carry a service: they show it as it is by now, and tell nobody what is not for them."""

import asyncio
from contextvars import Context
from datetime import timedelta

import pytest

from quanzi import clock
from quanzi.db.engine import row, rows
from quanzi.db.transaction import transaction
from quanzi.errors import Invalid, NotAllowed
from quanzi.offering import due, reading, showing
from quanzi.posts import carrying, editing
from quanzi.posts import reading as posts_reading
from tests.live.pages import LightPage, equal_fresh
from tests.locks import waits_for_a_lock
from tests.offering.shop import changes, drafted, found, offers
from tests.people import CIRCLE


async def page_of(visitor, post_id: int) -> str:
    return (await visitor.get(f"/c/{CIRCLE}/p/{post_id}")).text


async def retold() -> None:
    while await due.retell_due():
        pass


async def test_a_post_shows_the_services_card(editor, visitor):
    service_id = await offers(editor, price="¥99/次")

    post_id = (await editor.posts("来约", service=service_id)).post_id

    page = await page_of(visitor, post_id)
    assert "合作伙伴服务 · 悦跑圈" in page
    assert f'href="/c/{CIRCLE}/services/{service_id}"' in page
    assert "¥99/次" in page


async def test_what_has_ended_is_shown_as_ended_on_pages_that_are_open(cast, editor, visitor):
    service_id = await offers(editor)
    post_id = (await editor.posts("来约", service=service_id)).post_id
    page = LightPage(cast.url, CIRCLE)
    await page.open()

    await showing.end(await editor.place(), service_id)
    await retold()

    assert "已结束" in await page_of(visitor, post_id)
    fresh = await page.fresh()
    await page.reaches(fresh.seq)
    await equal_fresh([page])
    assert "已结束" in page.state.posts[post_id][2]
    await page.close()


async def test_it_is_not_said_to_be_edited(editor):
    service_id = await offers(editor)
    post_id = (await editor.posts("来约", service=service_id)).post_id

    await changes(editor, service_id, title="陪跑，新的")
    await retold()

    post = await row("select version, edited_at from post where id = $1", post_id)
    assert (post["version"], post["edited_at"]) == (2, None)
    assert await due.retell_due() == 0


async def test_more_posts_than_one_look_takes_are_all_told(editor, monkeypatch, site):
    await site.tickers_rest()
    monkeypatch.setattr(due, "POSTS_AT_ONCE", 2)
    service_id = await offers(editor)
    posts = [(await editor.posts(f"第 {n} 篇", service=service_id)).post_id for n in range(5)]

    await changes(editor, service_id, title="新的")
    await retold()

    told = await rows("select version from post where id = any($1::bigint[])", posts)
    assert {line["version"] for line in told} == {2}


async def test_when_it_is_for_some_by_now_nobody_learns_what_it_is(cast, editor, visitor):
    service_id = await offers(editor, "秘密的优惠")
    post_id = (await editor.posts("来约", service=service_id)).post_id

    await changes(editor, service_id, title="秘密的优惠", segment="followers")
    await retold()

    page = await page_of(visitor, post_id)
    assert "秘密的优惠" not in page
    assert "这项服务现在只给一部分人" in page


async def test_words_that_wait_for_such_a_post_are_still_put_in_force(cast, editor):
    service_id = await offers(editor)
    post_id = (await editor.posts("来约", service=service_id)).post_id
    await editing.edit(await editor.place(), post_id, "你们都是傻逼", 1)
    assert await editing.waits(await editor.place(), post_id)

    await changes(editor, service_id, title="新的")
    await retold()

    await editing.put_held_in_force(cast.circle_id, post_id)
    assert (await row("select body from post where id = $1", post_id))["body"] == "你们都是傻逼"


async def test_who_leaves_the_service_out_meanwhile_waits_and_is_waited_for(cast, editor, site):
    await site.tickers_rest()
    service_id = await offers(editor)
    at = (clock.now() + timedelta(days=1)).isoformat()
    post_id = (await editor.posts("来约", service=service_id, publish_at=at)).post_id
    await changes(editor, service_id, title="新的")

    async with transaction():
        await rows("select 1 from post where id = $1 for update", post_id)
        telling = asyncio.create_task(due.retell_due(), context=Context())
        await waits_for_a_lock(telling)
        assert await carrying.leave(await editor.place(), post_id)
    await telling

    assert await rows("select 1 from carried_service where post_id = $1", post_id) == []


async def test_a_post_that_comes_while_its_service_changes_shows_the_new_one(cast, editor, site):
    await site.tickers_rest()
    service_id = await offers(editor)

    async with transaction():
        await changes(editor, service_id, title="新的")
        posting = asyncio.create_task(editor.posts("来约", service=service_id), context=Context())
        await asyncio.wait([posting], timeout=1)
    post_id = (await posting).post_id
    await retold()

    carried = await row("select version from carried_service where post_id = $1", post_id)
    assert carried["version"] == (await found(editor, service_id)).version


@pytest.mark.parametrize("how", ["draft", "ended", "followers", "another", "none"])
async def test_what_everybody_cannot_see_is_not_carried(cast, editor, maimai, how):
    match how:
        case "draft":
            service_id = await drafted(editor)
        case "followers":
            service_id = await offers(editor, segment="followers")
        case "another":
            service_id = await offers(maimai, circle="banking")
        case "none":
            service_id = 987_654
        case _:
            service_id = await offers(editor)
            await showing.end(await editor.place(), service_id)

    with pytest.raises(Invalid) as wrong:
        await editor.posts("来约", service=service_id)
    assert set(wrong.value.fields) == {"service"}
    assert await rows("select 1 from post") == []


async def test_only_who_speaks_for_the_partner_lets_a_post_carry_one(editor, xiaolan):
    service_id = await offers(editor)

    with pytest.raises(NotAllowed):
        await xiaolan.posts("来约", service=service_id)
    assert 'name="service"' in (await editor.sees(f"/c/{CIRCLE}")).text
    assert 'name="service"' not in (await xiaolan.sees(f"/c/{CIRCLE}")).text


async def test_a_service_that_waits_is_offered_though_nothing_is_shown_yet(cast, editor):
    service_id = await offers(editor, starts_at="2030-01-01T08:00")

    assert f'<option value="{service_id}"' in (await editor.sees(f"/c/{CIRCLE}")).text
    assert (await editor.posts("先说一声", service=service_id)).post_id


async def test_the_composer_sends_it_and_shows_it_again_when_refused(editor):
    service_id = await offers(editor)

    wrong = await editor.sends(f"/c/{CIRCLE}/posts", body="", service=str(service_id))
    assert f'<option value="{service_id}" selected>' in wrong.text
    await editor.sends(f"/c/{CIRCLE}/posts", body="来约", service=str(service_id))
    assert await rows("select 1 from carried_service where service_id = $1", service_id)


async def test_the_planner_learns_until_when_a_posts_service_is_shown(cast, editor):
    lasting = await offers(editor, "一直")
    ending = await offers(editor, "到期", ends_at="2030-01-01T08:00")
    over = await offers(editor, "结束")
    posts = {
        name: (await editor.posts(name, service=service_id)).post_id
        for name, service_id in (("lasting", lasting), ("ending", ending), ("over", over))
    }
    plain = (await editor.posts("没有服务")).post_id
    await showing.end(await editor.place(), over)

    until = await reading.shown_until(cast.circle_id, [*posts.values(), plain])

    assert until[posts["lasting"]] is None
    assert until[posts["ending"]].isoformat() == "2030-01-01T00:00:00+00:00"
    assert until[posts["over"]] is not None
    assert plain not in until


async def test_an_editor_gives_a_post_that_is_out_another_service_and_takes_it_away(
    cast, editor, site
):
    first, second = await offers(editor, "陪跑"), await offers(editor, "试鞋")
    post_id = (await editor.posts("来约", service=first)).post_id
    page = LightPage(site.url, CIRCLE)
    await page.open()

    form = (await editor.sees(f"/c/{CIRCLE}/p/{post_id}/edit")).text
    assert f'<option value="{first}" selected>' in form
    await editor.sends(
        f"/c/{CIRCLE}/p/{post_id}/edit", body="来约", version="1", service=str(second)
    )
    post = await posts_reading.one(await editor.place(), post_id)
    assert (post.service.id, post.version) == (second, 2)
    await page.reaches((await page.fresh()).seq, timeout=5)
    await equal_fresh([page])

    await editor.sends(f"/c/{CIRCLE}/p/{post_id}/edit", body="来约", version="2", service="")
    assert (await posts_reading.one(await editor.place(), post_id)).service is None
    await page.reaches((await page.fresh()).seq, timeout=5)
    await equal_fresh([page])
    await page.close()


async def test_an_edit_that_says_nothing_of_a_service_leaves_it(editor):
    service_id = await offers(editor)
    post_id = (await editor.posts("来约", service=service_id)).post_id

    await editing.edit(await editor.place(), post_id, "来约吧", 1)

    assert (await posts_reading.one(await editor.place(), post_id)).service.id == service_id


async def test_a_service_that_is_not_for_everybody_is_refused_and_the_old_one_stays(editor):
    service_id, other = await offers(editor), await offers(editor, segment="followers")
    post_id = (await editor.posts("来约", service=service_id)).post_id

    with pytest.raises(Invalid) as refused:
        await editing.edit(await editor.place(), post_id, "来约", 1, service=other)

    assert set(refused.value.fields) == {"service"}
    assert (await posts_reading.one(await editor.place(), post_id)).service.id == service_id


async def test_a_member_s_own_post_gets_no_service(xiaolan, editor):
    service_id = await offers(editor)
    post_id = (await xiaolan.posts("我的话")).post_id

    with pytest.raises(NotAllowed):
        await editing.edit(await xiaolan.place(), post_id, "我的话", 1, service=service_id)
    assert 'name="service"' not in (await xiaolan.sees(f"/c/{CIRCLE}/p/{post_id}/edit")).text
