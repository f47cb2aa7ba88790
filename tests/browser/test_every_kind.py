"""P8, T14: an open page and its frames make what a fresh load makes, for every kind of event and
every audience. A kind or an audience that the program knows and this file does not fails the suite.

A page follows one numbered log, its circle's; what a member's own stream tells rides along, and is
compared with it.
"""

import itertools
import uuid
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from quanzi import clock
from quanzi.app import drawers
from quanzi.circles import changing
from quanzi.curation import composing, digesting, due, pinning, removing
from quanzi.db.engine import rows
from quanzi.db.transaction import transaction
from quanzi.live.log import Audience
from quanzi.offering import due as offering_due
from quanzi.offering import showing
from quanzi.posts import commenting, drafts, editing, withholding
from quanzi.posts import due as posts_due
from quanzi.posts import removing as taking_away
from quanzi.web.i18n import LANGUAGES
from tests.browser.pages import equals_a_fresh_load, is_live, reaches
from tests.collections.shelf import made
from tests.faults.lengths import LONG
from tests.moderation.words import HELD
from tests.offering.shop import offers
from tests.people import CIRCLE
from tests.web.pictures import a_jpeg

HOME = f"/c/{CIRCLE}"
SHANGHAI = ZoneInfo("Asia/Shanghai")


async def a_plain_post(cast):
    return (await cast.xiaolan.posts("今晚七点 #夜跑# 见\n\nhttps://run.example.com/")).seq


async def a_post_with_pictures(cast):
    files = [("images", (f"{n}.jpg", a_jpeg(90, 60), "image/jpeg")) for n in range(4)]
    answer = await cast.editor.sends(f"{HOME}/posts", files=files, body="四张图")
    assert answer.status_code == 303
    return await _head(cast)


async def a_post_at_its_time(cast):
    written = await cast.editor.posts(
        "到点就发", publish_at=f"{datetime.now(SHANGHAI) + timedelta(minutes=5):%Y-%m-%dT%H:%M}"
    )
    assert written.seq is None
    await rows("update post set publish_at = now() where id = $1", written.post_id)
    await posts_due.publish_due()
    return await _head(cast)


async def an_edit(cast):
    written = await cast.xiaolan.posts("第一版")
    return await editing.edit(await cast.xiaolan.place(), written.post_id, "第二版 #改过#", 1)


async def an_edit_of_what_is_pinned(cast):
    written = await cast.editor.posts("路线 A")
    await pinning.pin(await cast.editor.place(), written.post_id)
    return await editing.edit(await cast.editor.place(), written.post_id, "路线 B", 1)


async def a_removal(cast):
    written = await cast.xiaolan.posts("说错了")
    return await removing.remove(await cast.xiaolan.place(), written.post_id)


async def something_put_back(cast):
    first = await cast.xiaolan.posts("又回来了")
    await cast.xiaolan.posts("后来的")
    await cast.reviewer.decides(first.post_id)
    return await withholding.put_back(cast.circle_id, first.post_id, None)


async def a_post_that_was_held(cast):
    held = await cast.xiaolan.posts(HELD)
    await cast.xiaolan.posts("后来的")
    return await withholding.release(cast.circle_id, held.post_id)


async def a_decision_against_what_is_pinned(cast):
    written = await cast.xiaolan.posts("置顶了又被移除")
    await pinning.pin(await cast.editor.place(), written.post_id)
    await cast.reviewer.decides(written.post_id)
    return await _head(cast)


async def a_service_put_up_and_another_ended(cast):
    ended = await offers(cast.editor, "试鞋")
    await offers(cast.editor, "陪跑", price="¥99/次")
    return await showing.end(await cast.editor.place(), ended)


async def a_service_for_some(cast):
    await offers(cast.editor, "给粉丝的", segment="followers")
    return await _head(cast)


async def a_service_that_a_post_carries_ended(cast):
    service_id = await offers(cast.editor)
    await cast.editor.posts("来约", service=service_id)
    await showing.end(await cast.editor.place(), service_id)
    while await offering_due.retell_due():
        pass
    return await _head(cast)


async def a_comment_put_back(cast):
    post_id = await _post(cast)
    first = await _says(cast.aqiang, post_id, "说过的话")
    await _says(cast.xiaolan, post_id, "后来的话")
    await cast.reviewer.decides(post_id, first.comment_id)
    return await withholding.put_comment_back(cast.circle_id, post_id, first.comment_id, None)


async def a_reply_put_back_with_what_it_answers(cast):
    post_id = await _post(cast)
    first = await _says(cast.aqiang, post_id, "几点？")
    reply = await _says(cast.xiaolan, post_id, "七点", reply_to=first.comment_id)
    await cast.reviewer.decides(post_id, first.comment_id)
    await cast.reviewer.decides(post_id, reply.comment_id)
    return await withholding.put_comment_back(cast.circle_id, post_id, reply.comment_id, None)


async def stars_over_a_comment(cast):
    post_id = await _post(cast)
    first = await _says(cast.aqiang, post_id, "我的电话一三八")
    async with transaction():
        await editing.reword(cast.circle_id, post_id, first.comment_id, "我的电话***", edit=False)
    return await _head(cast)


async def a_post_put_back_on_its_own_page(cast):
    post_id = await _post(cast)
    await _says(cast.aqiang, post_id, "说过的话")
    await cast.reviewer.decides(post_id)
    return await withholding.put_back(cast.circle_id, post_id, None)


async def a_reply_put_back_among_others(cast):
    post_id = await _post(cast)
    first = await _says(cast.aqiang, post_id, "几点？")
    reply = await _says(cast.xiaolan, post_id, "七点", reply_to=first.comment_id)
    await _says(cast.editor, post_id, "八点", reply_to=first.comment_id)
    await cast.reviewer.decides(post_id, reply.comment_id)
    return await withholding.put_comment_back(cast.circle_id, post_id, reply.comment_id, None)


async def a_removal_of_what_is_pinned(cast):
    written = await cast.editor.posts("置顶了又删")
    await pinning.pin(await cast.editor.place(), written.post_id)
    return await removing.remove(await cast.editor.place(), written.post_id)


async def a_post_that_is_pinned_at_once(cast):
    draft = drafts.read(
        body="发布并置顶", topics="", publish_at="", pin=True, pin_until="", key="",
        time_zone="Asia/Shanghai",
    )  # fmt: skip
    await composing.compose(await cast.editor.place(), draft)
    return await _head(cast)


async def pins_that_change_places(cast):
    place = await cast.editor.place()
    first, second = await cast.editor.posts("一"), await cast.editor.posts("二")
    await pinning.pin(place, first.post_id, slot=1)
    await pinning.pin(place, second.post_id, slot=2)
    return await pinning.pin(place, second.post_id, slot=1)


async def a_pin_that_ends(cast):
    written = await cast.editor.posts("只置顶一会儿")
    await pinning.pin(
        await cast.editor.place(), written.post_id, ends_at=clock.now() + timedelta(minutes=5)
    )
    await rows("update pin set starts_at = now() - interval '2 hours', ends_at = now()")
    await due.turn_due()
    return await _head(cast)


async def another_name(cast):
    return await changing.change(
        await cast.owner.place(), name="珠江晨跑圈", name_en="Morning Run", intro="早起的人",
        rules="慢慢跑", posting="staff", hidden=False,
    )  # fmt: skip


async def a_post_that_is_held_up(cast):
    return await digesting.digest(await cast.editor.place(), await _post(cast))


async def a_post_that_is_held_up_no_longer(cast):
    place, post_id = await cast.editor.place(), await _post(cast)
    await pinning.pin(place, post_id)
    await digesting.digest(place, post_id)
    return await digesting.undigest(place, post_id)


async def a_collection_that_comes_out(cast):
    await made(cast.editor, "路线", await _post(cast))
    return await _head(cast)


async def a_comment(cast):
    return (await _says(cast.aqiang, await _post(cast), "我也去 @xiaolan")).seq


async def a_reply(cast):
    post_id = await _post(cast)
    first = await _says(cast.aqiang, post_id, "几点？")
    await _says(cast.editor, post_id, "另一个话题")
    return (await _says(cast.xiaolan, post_id, "七点", reply_to=first.comment_id)).seq


async def a_comment_taken_away(cast):
    post_id = await _post(cast)
    said = await _says(cast.aqiang, post_id, "说错了")
    return await taking_away.remove_comment(await cast.aqiang.place(), post_id, said.comment_id)


async def a_comment_taken_away_from_over_its_replies(cast):
    post_id = await _post(cast)
    first = await _says(cast.aqiang, post_id, "说错了")
    await _says(cast.xiaolan, post_id, "没关系", reply_to=first.comment_id)
    return await taking_away.remove_comment(await cast.aqiang.place(), post_id, first.comment_id)


async def the_last_reply_taken_away_from_under_a_stone(cast):
    post_id = await _post(cast)
    first = await _says(cast.aqiang, post_id, "说错了")
    reply = await _says(cast.xiaolan, post_id, "没关系", reply_to=first.comment_id)
    await taking_away.remove_comment(await cast.aqiang.place(), post_id, first.comment_id)
    return await taking_away.remove_comment(await cast.xiaolan.place(), post_id, reply.comment_id)


SCENES = {
    "post.published": [
        a_plain_post,
        a_post_with_pictures,
        a_post_at_its_time,
        a_post_that_was_held,
    ],
    "post.edited": [an_edit, an_edit_of_what_is_pinned],
    "post.removed": [
        a_removal,
        a_removal_of_what_is_pinned,
        a_decision_against_what_is_pinned,
    ],
    "post.restored": [something_put_back, a_post_put_back_on_its_own_page],
    "pins.changed": [a_post_that_is_pinned_at_once, pins_that_change_places, a_pin_that_ends],
    "digest.changed": [a_post_that_is_held_up, a_post_that_is_held_up_no_longer],
    # On its own page: tests/browser/test_collections.py.
    "collection.changed": [a_collection_that_comes_out],
    "circle.changed": [another_name],
    "services.changed": [
        a_service_put_up_and_another_ended,
        a_service_for_some,
        a_service_that_a_post_carries_ended,
    ],
    "comment.published": [a_comment, a_reply],
    "comment.removed": [
        a_comment_taken_away,
        a_comment_taken_away_from_over_its_replies,
        the_last_reply_taken_away_from_under_a_stone,
    ],
    "comment.edited": [stars_over_a_comment],
    "comment.restored": [
        a_comment_put_back,
        a_reply_put_back_among_others,
        a_reply_put_back_with_what_it_answers,
    ],
}


# Who is told the same bytes (`live.log.Audience`): by language, and on a circle's page or a post's.
# For each a browser, and somebody of another standing.
AUDIENCES = {
    ("zh-Hans", "circle"): ("zh-CN", "xiaolan"),
    ("en", "circle"): ("en-GB", ""),
    ("zh-Hans", "post"): ("zh-CN", "aqiang"),
    ("zh-Hant", "circle"): ("zh-TW", "editor"),
    ("zh-Hant", "post"): ("zh-TW", "reviewer"),
    ("en", "post"): ("en-GB", ""),
}


def audiences_of(op, scene) -> list[tuple[str, str]]:
    """All of them in the long form; else the scenes of a kind share them, so that all have been."""
    every = list(AUDIENCES)
    if LONG or len(SCENES[op]) == 1:
        return every
    half = len(every) // 2
    return every[half:] if SCENES[op].index(scene) % 2 else every[:half]


def test_every_kind_of_event_has_its_scenes():
    assert set(SCENES) == drawers().ops


def test_every_audience_has_its_page():
    assert set(AUDIENCES) == set(itertools.product(LANGUAGES, ("circle", "post")))
    # Pages of one collection alone are told more: tests/browser/test_collections.py compares them.
    assert Audience._fields == ("language", "post_id", "collection_id")
    for op, scenes in SCENES.items():
        seen = {each for scene in scenes for each in audiences_of(op, scene)}
        assert seen == set(AUDIENCES), op


@pytest.mark.parametrize(
    ("op", "scene"),
    [(op, scene) for op, scenes in SCENES.items() for scene in scenes],
    ids=lambda value: value if isinstance(value, str) else value.__name__,
)
async def test_an_open_page_becomes_what_a_fresh_load_is(opens, cast, op, scene):
    old = await cast.xiaolan.posts("早就在这里的")
    places = {"circle": HOME, "post": f"{HOME}/p/{old.post_id}"}
    pages = []
    for language, place in audiences_of(op, scene):
        locale, who = AUDIENCES[language, place]
        person = getattr(cast, who) if who else None
        pages.append(await opens(places[place], person, locale=locale))
        assert await pages[-1].get_attribute("html", "lang") == language
    for page in pages:
        await is_live(page)

    seq = await scene(cast)

    told = await rows(
        "select 1 from circle_event where circle_id = $1 and op = $2", cast.circle_id, op
    )
    assert told, f"the scene is about {op}"
    for page in pages:
        await reaches(page, seq)
        await equals_a_fresh_load(page)


async def _post(cast) -> int:
    """The post that has been there all along: one of the open pages is its own."""
    return (await rows("select min(id) as id from post"))[0]["id"]


async def _says(person, post_id, body, reply_to=None):
    return await commenting.comment(
        await person.place(), post_id, body, reply_to=reply_to, key=uuid.uuid4()
    )


async def _head(cast) -> int:
    found = await rows("select head from circle_head where circle_id = $1", cast.circle_id)
    return found[0]["head"]
