"""Finding circles, posts and people."""

import asyncio
import re
from datetime import timedelta

import pytest

from quanzi import clock
from quanzi.circles import changing, rising
from quanzi.circles import searching as circles
from quanzi.db.engine import rows
from quanzi.db.transaction import transaction
from quanzi.identity import signing_up
from quanzi.posts import editing, gathering, indexing, removing, searching, writing
from quanzi.posts.indexing import BUCKET
from quanzi.search import asking
from tests.people import CIRCLE


async def found(person, typed: str, kind: str = "posts") -> str:
    return (await person.get("/discover", params={"q": typed, "kind": kind})).text


def hits(page: str) -> list[int]:
    return [int(number) for number in re.findall(r'class="hit" href="/c/[\w-]+/p/(\d+)"', page)]


async def partner_of(cast) -> int:
    return (await rows("select partner_id from circle where id = $1", cast.circle_id))[0][0]


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


@pytest.mark.parametrize("seldom", [-1, 6_000])
async def test_what_stands_in_a_hidden_circle_takes_no_place_of_what_a_stranger_may_find(
    cast, owner, visitor, monkeypatch, seldom
):
    monkeypatch.setattr(gathering, "SELDOM", seldom)
    monkeypatch.setattr(searching, "ENOUGH", 25)
    other = await changing.opened(await partner_of(cast), "open", "fitness", "公开圈")
    [open_post] = await rows(
        """insert into post (circle_id, author_id, state, seq, body, published_at)
           values ($1, $2, 'published', 1, '公开的猫粮', now()) returning id""",
        other,
        cast.xiaolan.member_id,
    )
    await indexing.write(other, open_post["id"])
    for n in range(60):
        await owner.posts(f"悄悄的猫粮 {n}")
    await rows("update circle set hidden = true where id = $1", cast.circle_id)
    gathered = []
    real = gathering.Looking.newest_between

    async def counted(*arguments):
        gathered.append(await real(*arguments))
        return gathered[-1]

    monkeypatch.setattr(gathering.Looking, "newest_between", counted)

    assert hits(await found(visitor, "猫粮")) == [open_post["id"]]
    assert [len(some) for some in gathered] == [1]


async def test_a_circle_of_that_name_stands_above_one_that_only_speaks_of_it(cast, visitor):
    await rows("update circle set intro = '跑步 跑步 跑步 跑步'")
    for line in await rows("select id from circle"):
        await circles.write(line["id"])
    await changing.opened(await partner_of(cast), "run", "fitness", "跑步")

    page = await found(visitor, "跑步", "circles")

    assert page.index('href="/c/run"') < page.index(f'href="/c/{CIRCLE}"')


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


async def paged(person, typed: str, kind: str, pattern: str) -> list[str]:
    """What all pages together show, in their order."""
    path, seen = f"/discover?q={typed}&kind={kind}", []
    while path:
        page = (await person.get(path)).text
        seen += re.findall(pattern, page)
        more = re.search(r'rel="next" href="([^"]+)"', page)
        path = more[1].replace("&amp;", "&") if more else ""
    return seen


@pytest.mark.parametrize("typed", ["夜跑", "run"])
@pytest.mark.parametrize("seldom", [-1, 6_000])
async def test_all_pages_together_hold_every_post_once(cast, owner, visitor, monkeypatch, typed, seldom):  # fmt: skip
    """Whether they are asked for bucket by bucket or at once, and in however many stretches."""
    monkeypatch.setattr(gathering, "BUCKET", 7)
    monkeypatch.setattr(gathering, "WIDEST", 4)
    monkeypatch.setattr(gathering, "SELDOM", seldom)
    monkeypatch.setattr(searching, "ENOUGH", 25)
    written = [(await owner.posts(f"第 {n} 次夜跑 #夜跑# running")).post_id for n in range(70)]
    await rows("update post_search set bucket = post_id / 7")

    seen = await paged(visitor, typed, "posts", r'class="hit" href="/c/[\w-]+/p/(\d+)"')

    assert sorted(map(int, seen)) == sorted(written)


async def test_who_pages_on_misses_nothing_when_a_planned_post_comes_out_meanwhile(
    cast, owner, monkeypatch
):
    """Its number is old: it stands among those that were ranked for the first page."""
    monkeypatch.setattr(searching, "ENOUGH", 25)
    for n in range(10):
        await owner.posts(f"第 {n} 次夜跑")
    late = await owner.posts("迟到的夜跑", publish_at=(clock.now() + timedelta(days=1)).isoformat())
    for n in range(40):
        await owner.posts(f"再来 {n} 次夜跑")
    asked = asking.asked("夜跑")
    assert asked is not None
    page = await searching.find(asked, None, None)
    seen = [post.id for post in page.posts]
    async with transaction():
        await writing.bring_out(cast.circle_id, late.post_id, 1, None)
    while page.older:
        page = await searching.find(asked, None, page.older)
        seen += [post.id for post in page.posts]

    assert len(seen) == len(set(seen))
    assert len(seen) >= 50


@pytest.mark.parametrize("kind", ["circles", "people"])
async def test_all_pages_of_circles_and_people_hold_each_once(cast, visitor, kind):
    for n in range(45):
        if kind == "circles":
            await rows("update circle set name = '夜跑' where id = $1", cast.circle_id)
            await changing.opened(await partner_of(cast), f"run-{n}", "fitness", f"夜跑 {n}")
        else:
            await signing_up.create(f"run-{n}", f"夜跑 {n}", "a-good-password")
    pattern = r'href="/c/(run-\d+)"' if kind == "circles" else r'href="/m/(run-\d+)"'

    seen = await paged(visitor, "夜跑", kind, pattern)

    assert sorted(seen) == sorted(f"run-{n}" for n in range(45))


ODD = ["x", "1_2", "0_1_nan_1", "9_1_0.0_1", "-1_0_0_0", "1e9_1_1_1", f"0_{2**62}_0_0",
       f"{2**62}_{2**62}_0_0", "0_40000000000_0_0", "inf_1", "nan_1", "0.5_-1"]  # fmt: skip


@pytest.mark.parametrize("kind", ["posts", "circles", "people"])
@pytest.mark.parametrize("after", ODD)
async def test_an_odd_cursor_is_the_beginning(visitor, owner, after, kind):
    """However far it reaches: nobody waits for it."""
    written = await owner.posts("夜跑")

    async with asyncio.timeout(5):
        answer = await visitor.get("/discover", params={"q": "夜跑", "kind": kind, "after": after})

    assert answer.status_code == 200
    assert hits(answer.text) in ([written.post_id], [])


@pytest.mark.parametrize("sql", [gathering.EVERYWHERE, gathering.IN_BUCKETS, gathering.IN_NEWEST])
async def test_the_index_is_used_also_by_who_plans_for_all_words_at_once(cast, owner, sql):
    """A statement that is asked often is planned without its words, as here."""
    await rows(
        f"""insert into post_search select $1, n, now(), n / {BUCKET},
               case when n % 500 = 0 then '''猫粮'':1A'::tsvector else '''跑步'':1A'::tsvector end
           from generate_series(1, 60000) n""",
        cast.circle_id,
    )
    await rows("vacuum analyze post_search")
    query = asking.asked("猫粮")
    assert query is not None
    values = [query.query, 0, 60_000, False, None, 10, 12, 14]
    values = values[: max(int(n) for n in re.findall(r"\$(\d+)", sql))]
    async with transaction():
        await rows("set local plan_cache_mode = force_generic_plan")
        plan = "\n".join(line[0] for line in await rows(f"explain {sql}", *values))
        found = await rows(sql, *values)

    assert "Bitmap Index Scan on post_search_words" in plan
    assert "Seq Scan on post_search" not in plan
    assert len(found) == 10


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
