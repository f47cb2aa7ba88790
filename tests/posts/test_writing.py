"""Publishing."""

import asyncio
import uuid
from datetime import timedelta

import pytest

from quanzi import clock
from quanzi.db.engine import row, rows
from quanzi.errors import Invalid, NotAllowed
from quanzi.posts import due
from tests.people import CIRCLE, OTHER_CIRCLE


async def test_a_member_posts_and_everyone_reads_it(xiaolan, visitor):
    answer = await xiaolan.sends(f"/c/{CIRCLE}/posts", body="今晚七点，海心沙见 #夜跑#")

    assert answer.status_code == 303
    page = await visitor.get(f"/c/{CIRCLE}")
    assert "海心沙见" in page.text
    assert 'class="topic"' in page.text


async def test_a_visitor_is_asked_to_sign_in_and_keeps_the_words(visitor):
    await visitor.get("/signin")
    answer = await visitor.post(f"/c/{CIRCLE}/posts", data={"body": "我写了很久"})

    assert answer.status_code == 401
    assert "我写了很久" in answer.text


async def test_in_a_circle_of_the_partners_words_a_member_cannot_post(cast, xiaolan):
    await rows("update circle set posting = 'staff' where id = $1", cast.circle_id)

    with pytest.raises(NotAllowed):
        await xiaolan.posts()


async def test_the_same_form_twice_is_one_post(xiaolan, cast):
    key = str(uuid.uuid4())

    answers = await asyncio.gather(
        *(xiaolan.sends(f"/c/{CIRCLE}/posts", body="双击", idempotency_key=key) for _ in range(8))
    )

    assert {answer.status_code for answer in answers} == {303}
    assert await _count("post") == 1
    assert await _count("circle_event") == 1


async def test_a_used_key_with_other_words_is_refused_and_the_words_stay(xiaolan):
    key = str(uuid.uuid4())
    await xiaolan.sends(f"/c/{CIRCLE}/posts", body="第一篇", idempotency_key=key)

    answer = await xiaolan.sends(f"/c/{CIRCLE}/posts", body="另一篇", idempotency_key=key)

    assert answer.status_code == 422
    assert "另一篇" in answer.text
    assert await _count("post") == 1


@pytest.mark.parametrize(
    ("body", "says"), [("", "写点什么"), (" \n ", "写点什么"), ("长" * 5001, "删去 1 个")]
)
async def test_a_body_that_will_not_do_is_told_beside_the_field(xiaolan, body, says):
    answer = await xiaolan.sends(f"/c/{CIRCLE}/posts", body=body)

    assert answer.status_code == 422
    assert says in answer.text
    assert 'id="error-body"' in answer.text
    assert body.strip() in answer.text


async def test_five_thousand_characters_are_allowed(xiaolan):
    assert (await xiaolan.posts("长" * 5000)).seq == 1


async def test_numbers_are_dense_when_many_post_at_once(cast, xiaolan, aqiang, editor):
    people = [xiaolan, aqiang, editor] * 10
    await asyncio.gather(*(person.posts(f"第 {n} 篇") for n, person in enumerate(people)))

    found = await rows(
        "select seq from circle_event where circle_id = $1 order by seq", cast.circle_id
    )
    assert [line["seq"] for line in found] == list(range(1, 31))


async def test_a_planned_post_is_not_seen_before_its_time_and_comes_out_once(cast, editor, xiaolan):
    tomorrow = (clock.now() + timedelta(days=1)).isoformat()
    written = await editor.posts("明天见", publish_at=tomorrow)

    assert written.seq is None
    assert (await xiaolan.sees(f"/c/{CIRCLE}/p/{written.post_id}")).status_code == 404
    await rows("update post set publish_at = now() - interval '1 second'")
    await asyncio.gather(*(due.publish_due() for _ in range(4)))
    assert (await xiaolan.sees(f"/c/{CIRCLE}/p/{written.post_id}")).status_code == 200
    assert await _count("circle_event") == 1


async def test_a_member_cannot_plan_or_pin_by_sending_the_fields(xiaolan):
    tomorrow = (clock.now() + timedelta(days=1)).isoformat()

    for more in ({"publish_at": tomorrow}, {"pin": True}):
        with pytest.raises(NotAllowed):
            await xiaolan.posts(**more)
    assert await _count("post") == 0


@pytest.mark.parametrize("typed", ["2020-01-01T00:00", "soon", "2999-01-01T00:00"])
async def test_a_time_that_will_not_do_is_told_beside_its_field(editor, typed):
    with pytest.raises(Invalid) as refused:
        await editor.posts(publish_at=typed)

    assert refused.value.fields.keys() == {"publish_at"}


async def test_a_post_ticked_to_be_pinned_is_pinned_in_the_same_breath(cast, editor):
    answer = await editor.sends(f"/c/{CIRCLE}/posts", body="本周路线", pin="on")

    assert answer.status_code == 303
    found = await row("select state from pin where circle_id = $1", cast.circle_id)
    assert found is not None
    assert found["state"] == "shown"


async def test_when_all_slots_are_taken_neither_post_nor_pin_is_made(cast, editor):
    for number in range(3):
        await editor.sends(f"/c/{CIRCLE}/posts", body=f"第 {number} 篇", pin="on")

    answer = await editor.sends(f"/c/{CIRCLE}/posts", body="第四篇", pin="on")

    assert answer.status_code == 422
    assert 'id="error-pin"' in answer.text
    assert "第四篇" in answer.text
    assert await _count("post") == 3


async def test_the_owner_of_another_partner_cannot_post_for_this_one(maimai, cast):
    await rows("update circle set posting = 'staff' where id = $1", cast.circle_id)

    with pytest.raises(NotAllowed):
        await maimai.posts(circle=CIRCLE)
    assert (await maimai.posts(circle=OTHER_CIRCLE)).seq == 1


async def test_an_unknown_circle_is_a_clear_page(xiaolan):
    answer = await xiaolan.sends("/c/no-such-circle/posts", body="有人吗")

    assert answer.status_code == 404
    assert "有人吗" in answer.text


async def _count(table: str) -> int:
    found = await row(f"select count(*) as n from {table}")
    return int(found["n"]) if found else 0
