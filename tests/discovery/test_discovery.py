"""Finding circles, posts and people."""

import re

import pytest

from quanzi.circles import changing, rising
from quanzi.db.engine import rows
from quanzi.posts import editing, removing, searching
from quanzi.search import asking
from tests.people import CIRCLE


async def found(person, typed: str, kind: str = "posts") -> str:
    return (await person.get("/discover", params={"q": typed, "kind": kind})).text


def hits(page: str) -> list[int]:
    return [int(number) for number in re.findall(r'class="hit" href="/c/[\w-]+/p/(\d+)"', page)]


async def test_xiaolan_finds_a_post_by_two_characters(xiaolan, owner):
    written = await owner.posts("周末海心沙夜跑，新手友好")
    await owner.posts("别的事")

    page = await found(xiaolan.client, "夜跑")

    assert hits(page) == [written.post_id]
    assert "<mark>夜跑</mark>" in page


@pytest.mark.parametrize(("body", "typed"), [("学理财", "理財"), ("學理財", "理财")])
async def test_traditional_and_simplified_find_each_other(visitor, owner, body, typed):
    written = await owner.posts(body)

    assert hits(await found(visitor, typed)) == [written.post_id]


async def test_a_removed_post_is_not_found_and_leaves_no_words(visitor, owner):
    written = await owner.posts("要删的猫粮")
    await removing.remove(await owner.place(), written.post_id)

    assert hits(await found(visitor, "猫粮")) == []
    assert await rows("select 1 from post_search") == []


async def test_an_edit_moves_the_post_to_its_new_words(visitor, owner):
    written = await owner.posts("猫粮")
    await editing.edit(await owner.place(), written.post_id, "狗粮", 1)

    assert hits(await found(visitor, "猫粮")) == []
    assert hits(await found(visitor, "狗粮")) == [written.post_id]


async def test_topics_beside_the_text_are_found_also_after_an_edit(visitor, owner):
    written = await owner.posts("一张照片", topics="猫粮")
    await editing.edit(await owner.place(), written.post_id, "两张照片", 1)

    assert hits(await found(visitor, "猫粮")) == [written.post_id]


async def test_a_post_that_waits_is_not_found_before_its_time(visitor, editor):
    from datetime import timedelta

    from quanzi import clock

    await editor.posts("明天的猫粮", publish_at=(clock.now() + timedelta(days=1)).isoformat())

    assert hits(await found(visitor, "猫粮")) == []


async def test_a_stranger_finds_nothing_of_a_hidden_circle_and_staff_do(
    cast, owner, aqiang, visitor
):
    written = await owner.posts("悄悄的猫粮")
    await changing.change(
        await owner.place(), name="秘密圈", name_en="", intro="猫粮", rules="", posting="members",
        hidden=True,
    )  # fmt: skip

    for client in (visitor, aqiang.client):
        for kind in ("all", "posts", "circles"):
            page = await found(client, "猫粮", kind)
            assert "悄悄" not in page
            assert "秘密圈" not in page
    assert hits(await found(owner.client, "猫粮")) == [written.post_id]
    assert "秘密圈" in await found(cast.moderator.client, "秘密", "circles")


async def test_circles_are_found_by_name_and_by_partner(visitor, cast):
    assert f'href="/c/{CIRCLE}"' in await found(visitor, "夜跑", "circles")
    assert f'href="/c/{CIRCLE}"' in await found(visitor, "悦跑", "all")
    assert f'href="/c/{CIRCLE}"' in await found(visitor, "night", "circles")


async def test_people_are_found_by_name_and_handle_unless_suspended(cast, visitor):
    from quanzi.identity import searching as members

    while await members.write_missing():
        pass
    assert "/m/xiaolan" in await found(visitor, "小兰", "people")
    assert "/m/xiaolan" in await found(visitor, "xiao", "people")
    await rows("update member set suspended_at = now() where handle = 'xiaolan'")
    assert "/m/xiaolan" not in await found(visitor, "小兰", "people")


async def test_what_was_typed_is_shown_again_as_it_was(visitor, cast):
    page = await found(visitor, '"><script>alert(1)</script>', "all")

    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


async def test_all_pages_together_hold_every_find_once(cast, owner, visitor, monkeypatch):
    """Also when they lie in many stretches of posts."""
    monkeypatch.setattr(searching, "BUCKET", 7)
    monkeypatch.setattr(searching, "STRETCHES", (1, 2, 4))
    monkeypatch.setattr(searching, "ENOUGH", 5)
    written = [(await owner.posts(f"第 {n} 次夜跑 #夜跑#")).post_id for n in range(70)]
    await rows("update post_search set bucket = post_id / 7")

    path, seen = "/discover?q=夜跑&kind=posts", []
    while path:
        page = (await visitor.get(path)).text
        seen += hits(page)
        more = re.search(r'rel="next" href="([^"]+)"', page)
        path = more[1].replace("&amp;", "&") if more else ""

    assert sorted(seen) == sorted(written)


@pytest.mark.parametrize("after", ["x", "1_2", "0_1_nan_1", "9_1_0.0_1", "-1_0_0_0", "1e9_1_1_1"])
async def test_an_odd_cursor_is_the_beginning(visitor, owner, after):
    written = await owner.posts("夜跑")

    answer = await visitor.get("/discover", params={"q": "夜跑", "kind": "posts", "after": after})

    assert answer.status_code == 200
    assert hits(answer.text) in ([written.post_id], [])


async def test_the_index_is_used(cast, owner):
    await rows(
        f"""insert into post_search select 1, n, now(), n / {searching.BUCKET},
               case when n % 500 = 0 then '''猫粮'':1A'::tsvector else '''跑步'':1A'::tsvector end
           from generate_series(1, 60000) n"""
    )
    await rows("vacuum analyze post_search")
    plan = await rows(
        "explain select * from post_search s where s.words @@ $1::text::tsquery and s.bucket between 12 and 14",
        asking.asked("猫粮").query,
    )

    assert "post_search_words" in "\n".join(line[0] for line in plan)


async def test_circles_that_gain_followers_rise(cast, visitor, xiaolan):
    await rows("insert into follow (circle_id, member_id) values ($1, $2)", cast.circle_id, xiaolan.member_id)  # fmt: skip
    await rows("delete from rising")

    assert await rising.count_due() == 1
    assert await rising.count_due() == 0
    page = (await visitor.get("/discover")).text
    assert "正在升温" in page
    assert "本周 +1 人" in page


async def test_who_searches_without_end_is_asked_to_wait(visitor, cast):
    answers = [
        (await visitor.get("/discover", params={"q": f"跑{n}"})).status_code for n in range(40)
    ]

    assert 429 in answers
    assert set(answers) <= {200, 429}
