"""Leaving for good: closed at once, a week to change one's mind, then nothing is left."""

import asyncio
import time
import uuid

import pytest

from quanzi.audit import verifying
from quanzi.db.engine import row, rows
from quanzi.errors import Conflict, NotFound
from quanzi.identity import leaving, sessions, signing_in
from quanzi.people import following, profile
from quanzi.posts import liking, pictures
from quanzi.privacy import burying, erasing, making, taking
from quanzi.privacy.register import REGISTER, Fate
from tests.live.pages import LightPage
from tests.people import CIRCLE, PASSWORD
from tests.privacy.lives import commented, has_a_life, pictured, was_judged

CANARY = "kanarienvogel"


async def erased(member_id: int) -> None:
    """A week later, however many processes look."""
    await rows("update leaving set due_at = now() where member_id = $1", member_id)
    deadline = time.monotonic() + 30
    while await row("select 1 from leaving where member_id = $1", member_id):
        assert time.monotonic() < deadline
        await asyncio.gather(burying.bury_due(), burying.bury_due())
        await asyncio.sleep(0.01)


async def words_left(word: str) -> dict[str, int]:
    """In how many rows of which tables this word stands, in whatever column."""
    tables = await rows("select tablename from pg_tables where schemaname = 'public'")
    found = {}
    for (table,) in tables:
        lines = await rows(f"select count(*) as n from {table} t where t::text ilike '%{word}%'")
        found[table] = lines[0]["n"]
    return {table: n for table, n in found.items() if n}


async def comes_back(person, password: str = PASSWORD) -> str:
    """What the site says to who signs in again."""
    await person.client.get("/signin")
    page = (await person.client.get("/signin")).text
    token = page.split('name="_csrf_token" value="')[1].split('"')[0]
    answer = await person.client.post(
        "/signin", data={"_csrf_token": token, "handle": person.handle, "password": password}
    )
    return answer.text


async def test_at_once_every_door_is_closed_to_her_and_her_page_is_gone(cast, xiaolan, visitor):
    other = await cast.signed_in("xiaolan", xiaolan.member_id)

    answer = await xiaolan.sends("/me/data/erase", password=PASSWORD)

    assert (answer.status_code, answer.headers["location"]) == (303, "/left")
    assert "再见" in (await visitor.get("/left")).text
    assert (await other.client.get("/me/data")).status_code == 303
    assert (await visitor.get("/m/xiaolan")).status_code == 404
    assert await rows("select 1 from session where member_id = $1", xiaolan.member_id) == []
    kinds = await rows("select kind, subject from revocation")
    assert ("member", str(xiaolan.member_id)) in [tuple(line) for line in kinds]


async def test_pressed_twice_is_once_and_she_can_still_come_back(xiaolan):
    await asyncio.gather(*(erasing.erase(xiaolan.viewer, PASSWORD) for _ in range(3)))

    assert await leaving.keep(await answer_of(xiaolan), "")


async def test_a_wrong_password_changes_nothing_and_is_told_beside_the_field(xiaolan):
    answer = await xiaolan.sends("/me/data/erase", password="not-this-one")

    assert answer.status_code == 422
    assert 'id="error-password"' in answer.text
    assert await rows("select 1 from leaving") == []
    assert (await xiaolan.sees("/me/data")).status_code == 200


async def test_within_the_week_she_signs_in_and_stays(cast, xiaolan, visitor):
    await xiaolan.posts("还在")
    await xiaolan.sends("/me/data/erase", password=PASSWORD)

    page = await comes_back(xiaolan)
    assert "要留下账号吗" in page
    answer = await xiaolan.client.post(
        "/signin/keep",
        data={
            "_csrf_token": page.split('name="_csrf_token" value="')[1].split('"')[0],
            "answer": page.split('name="answer" value="')[1].split('"')[0],
            "next": "/me/data",
        },
    )

    assert (answer.status_code, answer.headers["location"]) == (303, "/me/data")
    assert (await xiaolan.sees("/me/data")).status_code == 200
    assert "还在" in (await visitor.get("/m/xiaolan")).text
    assert await burying.bury_due() == 0


async def test_who_does_not_know_the_password_learns_nothing(cast, xiaolan):
    await xiaolan.sends("/me/data/erase", password=PASSWORD)

    page = await comes_back(xiaolan, "not-this-one")
    assert "要留下账号吗" not in page
    assert "用户名或密码不对" in page


@pytest.mark.parametrize("answer", ["", "1", "1.2.3", "x.y.z", "1.99999999999.0", "９.9.9", "1.²."])
async def test_an_answer_that_nobody_was_given_keeps_nothing(cast, xiaolan, answer):
    await leaving.leave(xiaolan.viewer)

    with pytest.raises(NotFound):
        await leaving.keep(answer.replace("1", str(xiaolan.member_id), 1), "")


async def test_an_answer_is_good_for_one_leaving_only_and_not_for_others(cast, xiaolan, aqiang):
    await leaving.leave(xiaolan.viewer)
    await leaving.leave(aqiang.viewer)
    answer = await answer_of(xiaolan)
    foreign = answer.replace(str(xiaolan.member_id), str(aqiang.member_id), 1)
    with pytest.raises(NotFound):
        await leaving.keep(foreign, "")
    await leaving.keep(answer, "")
    await leaving.leave(xiaolan.viewer)

    with pytest.raises(NotFound):
        await leaving.keep(answer, "")


async def test_after_the_week_nobody_comes_back(cast, xiaolan):
    await leaving.leave(xiaolan.viewer)
    answer = await answer_of(xiaolan)
    await rows("update leaving set due_at = now(), taken_until = now() + interval '1 hour'")

    with pytest.raises(NotFound):
        await leaving.keep(answer, "")
    assert "用户名或密码不对" in await comes_back(xiaolan)


async def test_who_was_suspended_meanwhile_does_not_come_back_by_leaving(cast, xiaolan):
    await leaving.leave(xiaolan.viewer)
    answer = await answer_of(xiaolan)
    await sessions.suspend(xiaolan.member_id)

    assert "用户名或密码不对" in await comes_back(xiaolan)
    with pytest.raises(NotFound):
        await leaving.keep(answer, "")


async def test_before_the_week_is_over_nothing_is_erased(cast, xiaolan):
    await xiaolan.posts("还在")
    await leaving.leave(xiaolan.viewer)
    await rows("update leaving set due_at = due_at - interval '6 days 23 hours'")

    assert await burying.bury_due() == 0
    assert await rows("select 1 from post where body = '还在'")


async def test_afterwards_nothing_of_hers_is_left_anywhere(cast, aqiang, editor, visitor):
    leaver = await cast.member(f"{CANARY}-1", f"{CANARY} 小鸟")
    written = await has_a_life(cast, leaver, aqiang)
    await rows("update post set body = $1 where id = $2", f"{CANARY} 的帖子", written.post_id)
    await rows("update comment set body = $1 where author_id = $2", CANARY, leaver.member_id)
    await rows("update topic set name = $1 where post_id = $2", CANARY, written.post_id)
    # What somebody else wrote stays, also the name in it: that is said on the page.
    await rows(
        "update post set body = '一起跑吗' where author_id = $1 and state <> 'removed'",
        aqiang.member_id,
    )
    await rows(
        "delete from post_search where post_id in (select id from post where author_id = $1)",
        aqiang.member_id,
    )
    name = await pictured(cast, written.post_id)
    await was_judged(leaver, aqiang, f"{CANARY} 发广告")
    await every_text_of_the_member_is_the_canary(leaver.member_id)
    await taking.ask(leaver.viewer, "zh-Hans")
    made = (await rows("select state, file from data_export"))[0]
    while made["state"] in {"waiting", "making"}:
        await making.make_next()
        await asyncio.sleep(0.01)
        made = (await rows("select state, file from data_export"))[0]
    assert made["state"] == "ready"
    archive = made["file"]
    assert len(await words_left(CANARY)) >= 4

    await leaving.leave(leaver.viewer)
    await erased(leaver.member_id)

    assert await words_left(CANARY) == {}
    assert (await verifying.verify()).fault is None
    assert not any(name[2:] in file.name for file in pictures.store().root.rglob("*"))
    assert not taking.path_of(archive).exists()
    assert CANARY not in (await visitor.get(f"/c/{CIRCLE}")).text
    stone = await row("select * from member where id = $1", leaver.member_id)
    assert stone
    assert stone["name"] == "已注销"
    assert stone["handle"].startswith("deleted-")
    assert (await visitor.get(f"/m/{stone['handle']}")).status_code == 404


async def test_the_register_says_what_really_happens(cast, site, aqiang, xiaolan):
    """Each column's fate, by its rows before and after."""
    await site.tickers_rest()  # what concerns her is still to be told
    await has_a_life(cast, xiaolan, aqiang)
    await cast.moderator.decides((await xiaolan.posts("被删的")).post_id)
    await sessions.opened(xiaolan.member_id, "")
    await taking.ask(xiaolan.viewer, "zh-Hans")
    before = await rows_of(xiaolan.member_id)
    await leaving.leave(xiaolan.viewer)
    await erased(xiaolan.member_id)

    after = await rows_of(xiaolan.member_id)

    for column, decision in REGISTER.items():
        if decision.fate is Fate.GONE:
            assert after[column] == 0, column
        elif column not in {"post.removed_by", "comment.removed_by", "circle_event.actor_id"}:
            # Stones are removed by their author, which only adds to these three.
            assert after[column] == before[column], column
    bodies = await rows("select body from post where author_id = $1", xiaolan.member_id)
    assert {line["body"] for line in bodies} == {""}
    # What concerns somebody is told within the second, and then a notice.
    untouched = {column for column, n in before.items() if n == 0 and "concern." not in column}
    assert untouched <= {"leaving.member_id", "post.removed_by", "comment.removed_by"}


async def test_figures_are_true_afterwards_and_what_others_said_stands(cast, xiaolan, aqiang):
    theirs = await aqiang.posts("别人的帖子")
    await commented(aqiang, theirs.post_id, "自己说一句")
    await commented(xiaolan, theirs.post_id, "我的评论")
    await liking.like(await xiaolan.place(), theirs.post_id)
    await following.follow(xiaolan.viewer, "aqiang")
    await following.follow(aqiang.viewer, "xiaolan")

    await leaving.leave(xiaolan.viewer)
    await erased(xiaolan.member_id)

    found = await rows(
        "select kind, sum(n)::int as n from tally where subject_id = $1 group by kind",
        theirs.post_id,
    )
    assert {line["kind"]: line["n"] for line in found} == {"comments": 1, "likes": 0}
    who = await profile.profile("aqiang", None)
    assert (who.followers, who.following) == (0, 0)
    talk = (await aqiang.sees(f"/c/{CIRCLE}/p/{theirs.post_id}")).text
    assert "自己说一句" in talk
    assert "我的评论" not in talk


async def test_open_pages_drop_what_she_wrote(cast, site, xiaolan):
    for number in range(3):
        await xiaolan.posts(f"我的第 {number} 篇")
    page = LightPage(site.url, CIRCLE)
    await page.open()
    await leaving.leave(xiaolan.viewer)

    await erased(xiaolan.member_id)

    await page.reaches((await page.fresh()).seq, timeout=5)
    assert page.state.posts == {}
    await page.close()


async def test_a_long_life_goes_in_pieces_and_goes_on_where_it_was_cut_short(cast, xiaolan):
    await rows(
        """insert into post (circle_id, author_id, state, seq, body, published_at)
           select $1, $2, 'published', n, '第 ' || n || ' 篇', now()
           from generate_series(1, 120) n""",
        cast.circle_id,
        xiaolan.member_id,
    )
    await rows("update circle_head set head = 120 where circle_id = $1", cast.circle_id)
    await leaving.leave(xiaolan.viewer)
    await rows("update leaving set due_at = now()")

    await burying.bury_due()
    left = await row("select count(*) as n from post where state = 'published'")
    assert left
    # The site's own ticker may have taken her in the same moment.
    assert 120 - 2 * burying.AT_ONCE <= left["n"] < 120

    # A process that was killed still holds her for a while, and nobody else takes her.
    await rows("update leaving set taken_until = now() + interval '1 hour'")
    assert await burying.bury_due() == 0
    await rows("update leaving set taken_until = now() - interval '1 second'")
    await erased(xiaolan.member_id)
    assert await rows("select 1 from post where state = 'published'") == []


async def test_a_planned_post_of_hers_never_comes_out(cast, editor):
    from datetime import timedelta

    from quanzi import clock

    tomorrow = (clock.now() + timedelta(days=1)).isoformat()
    written = await editor.posts("明天见", publish_at=tomorrow)
    await leaving.leave(editor.viewer)
    await erased(editor.member_id)

    stone = await row("select state, body from post where id = $1", written.post_id)
    assert stone
    assert tuple(stone) == ("removed", "")


async def test_the_last_owner_of_a_partner_hands_over_first(cast, owner, editor):
    with pytest.raises(Conflict) as refused:
        await erasing.erase(owner.viewer, PASSWORD)
    assert "悦跑圈" in str(refused.value)
    page = (await owner.sees("/me/data/erase")).text
    assert "唯一的圈主" in page
    assert 'name="password"' not in page

    await rows("update staff set role = 'owner' where member_id = $1", editor.member_id)
    await erasing.erase(owner.viewer, PASSWORD)
    assert await row("select 1 from leaving where member_id = $1", owner.member_id)


async def test_of_two_owners_who_leave_at_once_one_stays(cast, owner, editor):
    await rows("update staff set role = 'owner' where member_id = $1", editor.member_id)

    answers = await asyncio.gather(
        *(erasing.erase(each.viewer, PASSWORD) for each in (owner, editor)), return_exceptions=True
    )

    assert sum(isinstance(answer, Conflict) for answer in answers) == 1


async def answer_of(person) -> str:
    """What the page would hold after the right password."""
    with pytest.raises(signing_in.Leaving) as back:
        await signing_in.sign_in(person.handle, PASSWORD, "")
    return back.value.answer


async def rows_of(member_id: int) -> dict[str, int]:
    found = {}
    for column in REGISTER:
        table, name = column.split(".")
        named = f"$1 = any({name})" if name.endswith("_ids") else f"{name} = $1"
        lines = await rows(f"select count(*) as n from {table} where {named}", member_id)
        found[column] = lines[0]["n"]
    return found


async def every_text_of_the_member_is_the_canary(member_id: int) -> None:
    """Also in columns that come one day: who adds one makes erasing forget it, too."""
    columns = await rows(
        """select column_name from information_schema.columns
           where table_name = 'member' and data_type in ('text', 'character varying')
             and column_name not in ('handle', 'platform_role')"""
    )
    for (column,) in columns:
        await rows(f"update member set {column} = $1 where id = $2", CANARY, member_id)


async def test_what_she_asked_the_platform_for_goes_with_its_picture(cast, owner):
    name = uuid.uuid4().hex
    await pictured_as(name)
    await rows(
        """insert into application (kind, applicant_id, partner_id, slug, name, category_slug, cover)
           select 'circle', $1, id, 'morning-run', '晨跑', 'fitness', $2 from partner
           where slug = 'joyrun'""",
        owner.member_id,
        name,
    )
    await leaving.leave(owner.viewer)

    await erased(owner.member_id)

    assert await rows("select 1 from application") == []
    assert not pictures.store().path(name, "l").exists()


async def pictured_as(name: str) -> None:
    for size in ("s", "m", "l"):
        file = pictures.store().path(name, size)
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.write_bytes(b"webp")
