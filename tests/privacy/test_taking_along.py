"""Taking one's data along: all of it, only one's own, one at a time, gone after a week."""

import asyncio
import io
import json
import zipfile
from datetime import timedelta

import pytest

from quanzi import clock
from quanzi.db.engine import row, rows
from quanzi.errors import Conflict, NotFound
from quanzi.privacy import making, taking
from quanzi.privacy.parts import PARTS
from tests.privacy.lives import has_a_life, pictured


async def fetched(person) -> zipfile.ZipFile:
    """As her browser does it: ask, wait, download."""
    await person.sends("/me/data/export")
    for _ in range(200):
        await making.make_next()
        page = (await person.sees("/me/data")).text
        if "/me/data/exports/" in page:
            break
        await asyncio.sleep(0.05)
    address = page.split('href="/me/data/exports/')[1].split('"')[0]
    answer = await person.sees(f"/me/data/exports/{address}")
    assert answer.headers["content-type"] == "application/zip"
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["cache-control"] == "no-store"
    return zipfile.ZipFile(io.BytesIO(answer.content))


async def test_she_gets_everything_of_hers_for_machines_and_to_read(cast, xiaolan, aqiang):
    written = await has_a_life(cast, xiaolan, aqiang)
    name = await pictured(cast, written.post_id)

    parcel = await fetched(xiaolan)

    parts = {n: json.loads(parcel.read(f"{n}.json")) for n in PARTS}
    assert {n for n, lines in parts.items() if not lines} == set()
    assert parts["profile"][0]["handle"] == "xiaolan"
    assert parts["posts"][0]["body"] == "我的帖子 #夜跑#"
    assert parts["posts"][0]["topics"] == ["夜跑"]
    assert parts["comments"][0]["body"] == "我的评论"
    assert parts["following"][0]["handle"] == "aqiang"
    # What was decided and why, not who did, nor what they said among themselves.
    judged, *_ = parts["decisions"]
    assert judged.keys() == {"at", "deed", "circle", "about", "reason"}
    assert (judged["deed"], judged["reason"]) == ("case.decided", "广告")
    assert parcel.read(f"pictures/{name}.webp") == b"webp"
    page = parcel.read("index.html").decode()
    for shown in ("我的帖子", "我的评论", f'src="pictures/{name}.webp"', "posts.json"):
        assert shown in page
    assert "<script" not in page


async def test_what_she_typed_is_no_markup_in_the_page_she_reads(cast, xiaolan):
    await xiaolan.posts("<script>alert(1)</script>")

    page = (await fetched(xiaolan)).read("index.html").decode()
    assert "<script" not in page
    assert "&lt;script&gt;" in page


async def test_nothing_secret_and_nobody_elses_words_are_in_it(cast, xiaolan, aqiang):
    await has_a_life(cast, xiaolan, aqiang)
    await aqiang.posts("别人的话 @xiaolan")

    parcel = await fetched(xiaolan)

    everything = "".join(parcel.read(n).decode() for n in parcel.namelist() if "pictures" not in n)
    assert "别人的话" not in everything
    assert "argon2" not in everything
    assert xiaolan.token not in everything


async def test_a_mention_in_a_circle_that_she_may_not_know_stays_unknown(cast, xiaolan, editor):
    await editor.posts("说给 @xiaolan 听")
    await rows("update circle set hidden = true where id = $1", cast.circle_id)

    parcel = await fetched(xiaolan)
    assert json.loads(parcel.read("mentions.json")) == []


async def test_a_long_life_is_written_whole(cast, xiaolan):
    await rows(
        """insert into post (circle_id, author_id, state, seq, body, published_at)
           select $1, $2, 'published', n, '第 ' || n || ' 篇', now()
           from generate_series(1, 1234) n""",
        cast.circle_id,
        xiaolan.member_id,
    )

    parcel = await fetched(xiaolan)

    posts = json.loads(parcel.read("posts.json"))
    assert [post["body"] for post in posts] == [f"第 {n} 篇" for n in range(1, 1235)]
    assert "最近的 500 条" in parcel.read("index.html").decode()


async def test_it_speaks_the_language_she_asked_in(cast, xiaolan):
    await xiaolan.sees("/me/data?lang=en")

    page = (await fetched(xiaolan)).read("index.html").decode()
    assert "My data" in page


async def test_somebody_elses_is_not_found(cast, xiaolan, aqiang, visitor):
    await fetched(xiaolan)
    found = await row("select id from data_export")
    assert found

    assert (await aqiang.sees(f"/me/data/exports/{found['id']}")).status_code == 404
    assert (await visitor.get(f"/me/data/exports/{found['id']}")).status_code == 303
    with pytest.raises(NotFound):
        await taking.fetched(aqiang.viewer, found["id"])


async def test_one_at_a_time_and_she_sees_how_far_it_is(cast, xiaolan):
    await rows(
        """insert into data_export (member_id, language, state, done, parts, beat_at)
           values ($1, 'zh-Hans', 'making', 5, 13, now())""",
        xiaolan.member_id,
    )

    with pytest.raises(Conflict):
        await taking.ask(xiaolan.viewer, "zh-Hans")
    assert (await xiaolan.sends("/me/data/export")).status_code == 409
    for path in ("/me/data", "/me/data/progress"):
        assert 'max="13" value="5"' in (await xiaolan.sees(path)).text


async def test_two_presses_at_once_are_one_export(cast, xiaolan):
    answers = await asyncio.gather(
        *(taking.ask(xiaolan.viewer, "zh-Hans") for _ in range(6)), return_exceptions=True
    )

    assert sum(isinstance(answer, int) for answer in answers) == 1


async def test_a_new_one_takes_the_place_of_the_old(cast, xiaolan):
    await fetched(xiaolan)
    before = await row("select id, file from data_export")
    assert before
    await fetched(xiaolan)
    while (now := await rows("select id, file, state from data_export"))[0]["state"] != "ready":
        await making.make_next()

    assert len(now) == 1
    assert now[0]["id"] > before["id"]
    assert not taking.path_of(before["file"]).exists()


async def test_after_a_week_it_is_gone_from_the_page_and_the_disk(cast, xiaolan):
    await fetched(xiaolan)
    found = await row("select id, file, ends_at from data_export")
    assert found
    week = timedelta(days=7)
    assert abs(found["ends_at"] - clock.now() - week) < timedelta(minutes=1)
    await rows("update data_export set ends_at = now()")

    assert (await xiaolan.sees(f"/me/data/exports/{found['id']}")).status_code == 404
    await making.sweep()
    assert not taking.path_of(found["file"]).exists()
    assert await rows("select 1 from data_export") == []


async def test_what_a_killed_process_left_is_made_anew_by_another(cast, xiaolan):
    await rows(
        """insert into data_export (member_id, language, state, file, beat_at)
           values ($1, 'zh-Hans', 'making', 'left-behind', now() - interval '2 minutes')""",
        xiaolan.member_id,
    )
    for _ in range(100):
        await making.make_next()
        found = await row("select state, file from data_export")
        assert found
        if found["state"] == "ready":
            break
        await asyncio.sleep(0.05)

    assert found["state"] == "ready"
    assert found["file"] != "left-behind"
    assert list(taking.folder().glob("*.part")) == []


async def test_one_that_fails_says_so_and_can_be_asked_for_again(cast, xiaolan, monkeypatch):
    broken = {
        **PARTS,
        "posts": PARTS["posts"].__class__(PARTS["posts"].title, "select 1 / 0, $1::bigint"),
    }
    monkeypatch.setattr("quanzi.privacy.parcel.PARTS", broken)
    await taking.ask(xiaolan.viewer, "zh-Hans")
    for _ in range(100):
        await making.make_next()
        if (await row("select 1 from data_export where state = 'failed'")) is not None:
            break
        await asyncio.sleep(0.05)

    assert "没有准备成功" in (await xiaolan.sees("/me/data")).text
    monkeypatch.undo()
    await fetched(xiaolan)


async def test_her_data_is_ready_within_a_minute_though_she_wrote_a_lot(cast, xiaolan):
    """The promise of 60 s, with room: twenty thousand comments and likes."""
    await rows(
        """insert into post (circle_id, author_id, state, seq, body, published_at)
           values ($1, $2, 'published', 1, '一', now())""",
        cast.circle_id,
        xiaolan.member_id,
    )
    post = await row("select id from post")
    assert post
    await rows(
        """insert into comment (circle_id, post_id, author_id, body)
           select $1, $2, $3, '评论 ' || n from generate_series(1, 20000) n""",
        cast.circle_id,
        post["id"],
        xiaolan.member_id,
    )
    began = clock.now()

    parcel = await fetched(xiaolan)

    assert len(json.loads(parcel.read("comments.json"))) == 20_000
    assert (clock.now() - began).total_seconds() < 20
