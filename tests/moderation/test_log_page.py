"""The audit log, read by admins and by nobody else."""

import pytest

from quanzi.audit import erasing, writing
from tests.people import CIRCLE, OTHER_CIRCLE

LOG = "/admin/log"


@pytest.fixture
async def admin(cast):
    return await cast.member("admin", "管理员", "admin")


async def decided(cast, number: int, *, circle_id: int = 0, kind: str = "post", **more) -> int:
    """悦跑审核 has taken away something of 阿强's."""
    circle = circle_id or cast.circle_id
    given = {"category": "fraud", "action": "remove", "measure": "mute", "reason": "骗大家转账"}
    return await writing.write(
        "case.decided",
        actor_id=cast.reviewer.member_id,
        circle_id=circle,
        about=f"{kind}:{circle}:{number}",
        member_id=cast.aqiang.member_id,
        detail=given | more,
    )


async def test_an_admin_reads_who_did_what_to_whom_and_why(cast, admin):
    await decided(cast, 17)

    page = (await admin.sees(LOG)).text

    for words in (
        'href="/m/joyrun-reviewer">悦跑审核',
        "决定了审核单",
        'href="/m/aqiang">阿强',
        f'href="/c/{CIRCLE}/p/17"',
        "诈骗 · 移除 · 在本圈禁言",
        "骗大家转账",
        f"?circle={CIRCLE}",
    ):
        assert words in page, words
    assert 'href="/admin/log"' in (await admin.sees("/")).text


async def test_to_everybody_else_there_is_no_log(cast, owner, xiaolan, visitor):
    await decided(cast, 17)

    for person in (owner, cast.reviewer, cast.moderator, xiaolan):
        assert (await person.sees(LOG)).status_code == 404
    assert (await visitor.get(LOG)).status_code == 303
    assert 'href="/admin/log"' not in (await cast.moderator.sees("/")).text


async def test_the_newest_comes_first_and_the_rest_by_the_page(cast, admin):
    for number in range(1, 61):
        await decided(cast, number)

    first = (await admin.sees(LOG)).text
    assert first.count('id="entry-') == 50
    assert first.index(f"/p/60{chr(34)}") < first.index(f"/p/59{chr(34)}")
    older = first.split('rel="next" href="')[1].split('"')[0]
    page = (await admin.sees(LOG + older)).text
    assert page.count('id="entry-') == 10
    assert 'rel="next"' not in page


async def test_of_one_circle_only_what_happened_there(cast, admin):
    await decided(cast, 1)
    for number in range(2, 60):
        await decided(cast, number, circle_id=cast.other_id)

    assert (await admin.sees(f"{LOG}?circle={CIRCLE}")).text.count('id="entry-') == 1
    page = (await admin.sees(f"{LOG}?circle={OTHER_CIRCLE}")).text
    assert page.count('id="entry-') == 50
    assert f"?circle={OTHER_CIRCLE}&amp;before=" in page
    wrong = await admin.sees(f"{LOG}?circle=nowhere")
    assert wrong.status_code == 422
    assert 'id="error-circle"' in wrong.text
    assert 'value="nowhere"' in wrong.text
    for before in ("x", "9" * 30, "-1"):
        assert (await admin.sees(f"{LOG}?before={before}")).status_code == 200


async def test_a_comment_is_linked_where_it_stands(cast, admin, xiaolan):
    post = (await xiaolan.posts()).post_id
    root = await cast.aqiang.says(post, "转账给我")
    reply = await cast.aqiang.says(post, "快转", reply_to=root.comment_id)
    await decided(cast, reply.comment_id, kind="comment")
    await decided(cast, 987654321, kind="comment")

    page = (await admin.sees(LOG)).text

    thread = f"/c/{CIRCLE}/p/{post}/t/{root.comment_id}#comment-{reply.comment_id}"
    assert f'href="{thread}"' in page
    assert "一条评论 987654321" in page


async def test_what_was_blanked_for_somebody_who_left_says_so(cast, admin):
    seq = await decided(cast, 17)
    await decided(cast, 18, reason="另一件")
    await erasing.forget(cast.aqiang.member_id)

    page = (await admin.sees(LOG)).text

    assert "骗大家转账" not in page
    assert page.count("当时写的文字已经清除") == 2
    assert f'id="entry-{seq}"' in page


async def test_what_the_site_does_by_itself_and_what_nobody_has_words_for_is_shown_too(admin):
    await writing.write("key.turned", actor_id=None, about="key:7", detail={"measure": ["odd"]})

    page = (await admin.sees(LOG)).text

    assert "系统 key.turned" in page
    assert "key 7" in page


async def test_words_of_a_reason_are_never_markup(cast, admin):
    await decided(cast, 17, reason="<img src=x onerror=alert(1)>")

    assert "<img src=x" not in (await admin.sees(LOG)).text
