"""A file is tried row by row, agreed to, and brought in: each row once, as whoever brought it may."""

import asyncio
import csv
import io
import itertools
from datetime import timedelta

import pytest

from quanzi import clock
from quanzi.circles import banning
from quanzi.db.engine import row, rows
from quanzi.errors import Conflict, NotAllowed, NotFound
from quanzi.importing import (
    archive,
    bringing,
    claiming,
    reading,
    steering,
    sweeping,
    taking_in,
    trying,
)
from quanzi.notifications import wording
from quanzi.posts import due, withholding, writing
from quanzi.screening import pictures as looks
from quanzi.screening.looking import Seen
from tests.importing.brought import (
    HERE,
    a_csv,
    a_json,
    a_zip,
    all_is_brought,
    brings,
    brought,
    states,
    the_import,
    tried,
)
from tests.notifications.news import told, tray
from tests.people import CIRCLE, OTHER_CIRCLE
from tests.posts.test_planning import sets

THREE = a_csv({"body": "甲 #夜跑#"}, {"body": "乙"}, {"body": "丙"})


@pytest.fixture
def harmless(monkeypatch):
    async def look(names, *, within=None):
        return [Seen("sexual", 0.01, 7, "x") for _ in names]

    monkeypatch.setattr(looks, "look", look)


async def posts() -> list[tuple]:
    found = await rows("select body, state, publish_at from post order by id")
    return [tuple(line) for line in found]


async def test_a_dry_run_says_what_of_each_row_and_writes_no_post(editor):
    await editor.posts("已经有的")
    here = await tried(
        editor,
        a_csv(
            {"body": "好的", "publish_at": "", "pictures": ""},
            {"body": "好的", "publish_at": "", "pictures": ""},
            {"body": "已经有的", "publish_at": "", "pictures": ""},
            {"body": "长" * 5001, "publish_at": "", "pictures": ""},
            {"body": "", "publish_at": "", "pictures": "x.jpg"},
            {"body": "时间错", "publish_at": "明天", "pictures": ""},
            {"body": "你们都是傻逼", "publish_at": "", "pictures": ""},
            {"body": "晚了", "publish_at": "2001-01-01", "pictures": ""},
        ),
    )

    page = (await editor.sees(here)).text
    assert await states() == ["good", "double", "double", "wrong", "wrong", "wrong", "good", "good"]
    for words in ("和第 1 行一样", "圈子里已经有一样的帖子", "请删去 1 个", "写点什么再发吧",
                  "ZIP 里没有这张图片：x.jpg", "发布时间看不懂", "要先审核", "当作没有时间"):  # fmt: skip
        assert words in page
    counts = await the_import()
    assert [counts[name] for name in ("state", "rows", "good", "doubles", "wrong")] == [
        "tried",
        8,
        3,
        2,
        3,
    ]
    assert len(await posts()) == 1
    english = await editor.client.get(f"{here}?only=wrong", headers={"accept-language": "en"})
    assert "The ZIP has no such picture: x.jpg" in english.text
    assert "好的" not in english.text.split('id="lines"')[1]


async def test_as_drafts_they_wait_without_a_time(editor, visitor):
    tomorrow = (clock.now() + timedelta(days=1)).isoformat()
    await brought(
        editor, a_json([{"body": "甲", "topics": ["夜跑"]}, {"body": "乙", "publish_at": tomorrow}])
    )

    first, second = await posts()
    assert first == ("甲", "scheduled", None)
    assert second[1:] == (
        "scheduled",
        pytest.approx(clock.now() + timedelta(days=1), abs=timedelta(minutes=5)),
    )
    assert await row("select 1 from topic where name = '夜跑'")
    await rows("update post set publish_at = now() where publish_at is not null")
    assert await due.publish_due() == 1
    page = (await visitor.get(f"/c/{CIRCLE}")).text
    assert "乙" in page
    assert (await editor.sees(f"/c/{CIRCLE}")).status_code == 200
    post_id = (await row("select id from post where body = '甲'"))["id"]
    assert "草稿" in (await editor.sees(f"/c/{CIRCLE}/p/{post_id}")).text


async def test_at_a_pace_they_come_one_after_the_other_and_none_pretends_to_be_old(editor):
    await brought(
        editor, a_csv(*({"body": each, "published_at": "2020-05-01"} for each in "甲乙丙")), way="pace", every="30"
    )  # fmt: skip

    times = [at for _, _, at in await posts()]
    assert [later - sooner for sooner, later in itertools.pairwise(times)] == [
        timedelta(minutes=30)
    ] * 2
    assert times[0] > clock.now() + timedelta(minutes=25)
    assert await row("select 1 from post where published_at is not null") is None
    assert (await the_import())["state"] == "done"


async def test_when_it_first_appeared_is_written_below_if_that_was_asked(editor):
    await brought(editor, a_csv({"body": "甲", "published_at": "2020-05-01"}, {"body": "乙", "published_at": ""}), dated="on")  # fmt: skip

    assert [body for body, _, _ in await posts()] == ["甲\n\n（首发于 2020年5月1日）", "乙"]


async def test_pictures_come_from_the_zip(editor, harmless):
    await brought(
        editor,
        a_csv({"body": "图", "pictures": "b.jpg;A.jpg"}),
        a_zip("sub/a.jpg", "b.jpg"),
    )

    found = await rows("select width from image order by place")
    assert [line["width"] for line in found] == [601, 600]
    assert list(archive.folder().glob("*.zip")) == []


async def test_what_is_no_picture_fails_its_row_and_no_other(editor, harmless):
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("x.jpg", b"<svg/>")
    await brought(
        editor,
        a_csv({"body": "坏图", "pictures": "x.jpg"}, {"body": "好", "pictures": ""}),
        out.getvalue(),
    )

    assert await states() == ["failed", "made"]
    assert [body for body, _, _ in await posts()] == ["好"]


async def test_a_damaged_zip_fails_its_row_and_no_other(editor, harmless):
    packed = bytearray(a_zip("a.jpg"))
    packed[60:400] = bytes(340)
    await brought(
        editor,
        a_csv({"body": "坏包", "pictures": "a.jpg"}, {"body": "好", "pictures": ""}),
        bytes(packed),
    )

    assert await states() == ["failed", "made"]


async def test_after_a_restore_without_its_zip_the_rows_say_so(editor, harmless):
    lines = a_csv({"body": "图", "pictures": "a.jpg"}, {"body": "好", "pictures": ""})
    here = await tried(editor, lines, a_zip("a.jpg"))
    for file in archive.folder().glob("*.zip"):
        file.unlink()

    await editor.sends(f"{here}/start", way="drafts")
    await all_is_brought()
    assert await states() == ["failed", "made"]

    await editor.sends(f"/c/{CIRCLE}/manage/import/{(await the_import())['id']}/drop")
    await brings(editor, a_csv({"body": "图二", "pictures": "a.jpg"}), a_zip("a.jpg"))
    for file in archive.folder().glob("*.zip"):
        file.unlink()
    while await trying.try_some():
        pass
    assert (await states())[2:] == ["wrong"]


@pytest.mark.parametrize("odd", [r'[{"body": "a\ud800b"}]', r'[{"body": "a\u0000b"}]', r'[{"b\ud800ody": 1, "body": "x"}]',
    '[{"body": "x", "topics": [{"a": 1}, null, 5]}]', '[{"body": "x", "pictures": [["y"]]}]', '[{"body": 1e999}]',
    '[{"body": "x", "publish_at": "0001-01-01"}]', '[{"body": "x", "create_time": -99999999999999}]'])  # fmt: skip
async def test_odd_values_are_told_or_left_and_never_a_fault(editor, odd):
    answer = await brings(editor, odd.encode())

    assert answer.status_code in {303, 422}
    while await trying.try_some():
        pass


async def test_a_draft_that_would_have_to_be_looked_at_does_not_come_out_by_itself(editor):
    await brought(editor, a_csv({"body": "你们都是傻逼"}, {"body": "好"}))

    assert await states() == ["made", "made"]
    [held] = await rows("select circle_id, id from post where state = 'held'")
    assert await withholding.release(held["circle_id"], held["id"]) == 0
    [line] = await rows("select state, waits_for from post where id = $1", held["id"])
    assert tuple(line) == ("scheduled", "time")


async def test_at_a_pace_what_has_to_be_looked_at_is_held(editor):
    await brought(editor, a_csv({"body": "你们都是傻逼"}), way="pace", every="10")

    [(_, state, at)] = await posts()
    assert state == "held"
    assert at is not None


async def test_a_crash_at_any_row_goes_on_from_there_and_nothing_is_twice(editor, monkeypatch):
    lines = a_csv(*({"body": f"第 {n} 篇"} for n in range(9)))
    here = await tried(editor, lines)
    await editor.sends(f"{here}/start", way="drafts")
    real = writing.publish

    class Killed(BaseException):
        pass

    for crash in range(9):

        async def dies(place, draft, taken, vetted, *, at=crash):
            written = await real(place, draft, taken, vetted)
            if draft.body == f"第 {at} 篇":
                raise Killed
            return written

        monkeypatch.setattr(writing, "publish", dies)
        with pytest.raises(Killed):
            await bringing.bring_some()
        assert await bringing.bring_some() == 0, "somebody still works on it, as far as others know"
        await rows("update post_import set beat_at = now() - interval '3 minutes'")
        assert len(await posts()) == crash
    monkeypatch.setattr(writing, "publish", real)
    await all_is_brought()

    assert [body for body, _, _ in await posts()] == [f"第 {n} 篇" for n in range(9)]
    assert (await the_import())["made"] == 9


async def test_a_fault_in_one_row_keeps_no_other_out_and_a_database_away_fails_none(
    editor, monkeypatch
):
    here = await tried(editor, THREE)
    await editor.sends(f"{here}/start", way="drafts")
    real = writing.publish
    faults = [ConnectionError("away"), ZeroDivisionError()]

    async def fails(place, draft, taken, vetted):
        if draft.body == "乙" and faults:
            raise faults.pop(0)
        return await real(place, draft, taken, vetted)

    monkeypatch.setattr(writing, "publish", fails)
    with pytest.raises(ConnectionError):
        await bringing.bring_some()
    assert await states() == ["made", "good", "good"]
    await rows("update post_import set beat_at = null")
    await all_is_brought()
    assert await states() == ["made", "failed", "made"]


async def test_many_processes_bring_each_row_once(editor):
    here = await tried(editor, a_csv(*({"body": f"第 {n} 篇"} for n in range(30))))
    await editor.sends(f"{here}/start", way="drafts")

    async def works():
        for _ in range(20):
            await bringing.bring_some()

    await asyncio.gather(*(works() for _ in range(4)))

    assert sorted(body for body, _, _ in await posts()) == sorted(f"第 {n} 篇" for n in range(30))


async def test_the_same_file_again_is_all_doubles(editor):
    await brought(editor, THREE)
    await tried(editor, THREE)

    assert (await states())[3:] == ["double"] * 3


async def test_a_row_that_came_once_does_not_come_again_though_it_was_reworded_since(editor):
    await brought(editor, THREE)
    await rows("update post set body = body || '（改过）'")

    await brought(editor, THREE)

    assert (await states())[3:] == ["failed"] * 3
    assert len(await posts()) == 3


async def test_two_presses_bring_one_import(editor):
    answers = await asyncio.gather(*(brings(editor, THREE) for _ in range(4)))

    assert len({answer.headers["location"] for answer in answers}) == 1
    assert len(await rows("select 1 from post_import")) == 1


async def test_stopping_keeps_what_came_and_going_on_brings_the_rest(editor, monkeypatch):
    monkeypatch.setattr(claiming, "AT_ONCE", 2)
    here = await tried(editor, THREE)
    await editor.sends(f"{here}/start", way="pace", every="60")
    await bringing.bring_some()

    await editor.sends(f"{here}/stop")
    await all_is_brought()
    assert len(await posts()) == 2
    assert (await the_import())["state"] == "stopped"
    assert "继续导入剩下的 1 篇" in (await editor.sees(here)).text

    await editor.sends(f"{here}/start", way="drafts")
    await all_is_brought()
    assert [(body, at is None) for body, _, at in await posts()][2] == ("丙", True)
    assert (await the_import())["state"] == "done"


async def test_giving_up_deletes_the_file_and_its_words(editor):
    here = await tried(editor, THREE, a_zip("a.jpg"))
    assert len(list(archive.folder().glob("*.zip"))) == 1

    await editor.sends(f"{here}/drop")

    assert list(archive.folder().glob("*.zip")) == []
    assert {line["body"] for line in await rows("select body from post_import_row")} == {""}
    with pytest.raises(Conflict):
        await steering.start(
            await editor.place(), (await the_import())["id"], way="drafts", every=0, dated=False
        )


async def test_after_the_import_its_words_are_only_in_the_posts(editor):
    await brought(editor, THREE)

    assert {line["body"] for line in await rows("select body from post_import_row")} == {""}


async def test_who_loses_the_right_in_between_brings_in_nothing_more(editor, monkeypatch):
    monkeypatch.setattr(claiming, "AT_ONCE", 1)
    here = await tried(editor, THREE)
    await editor.sends(f"{here}/start", way="drafts")
    await bringing.bring_some()

    await rows("delete from staff where member_id = $1", editor.member_id)
    await all_is_brought()

    assert len(await posts()) == 1
    assert (await the_import())["state"] == "stopped"


async def test_who_is_muted_brings_in_nothing(editor, owner):
    here = await tried(editor, THREE)
    await editor.sends(f"{here}/start", way="drafts")
    await banning.ban(
        editor.member_id, 0, "mute", clock.now() + timedelta(days=1), reason="x", by=owner.member_id
    )

    await all_is_brought()

    assert await posts() == []
    assert (await the_import())["state"] == "stopped"


async def test_who_is_suspended_tries_nothing(editor):
    await brings(editor, THREE)
    await rows("update member set suspended_at = now() where id = $1", editor.member_id)

    await trying.try_some()

    assert (await the_import())["state"] == "stopped"


async def test_what_was_stopped_while_it_was_tried_is_tried_to_its_end_before_it_comes_in(
    editor, monkeypatch
):
    monkeypatch.setattr(claiming, "AT_ONCE", 1)
    here = (await brings(editor, THREE)).headers["location"]
    await trying.try_some()
    await rows("update member set suspended_at = now() where id = $1", editor.member_id)
    await trying.try_some()
    await rows("update member set suspended_at = null where id = $1", editor.member_id)
    assert (await the_import())["state"] == "stopped"

    await editor.sends(f"{here}/start", way="drafts")
    while await trying.try_some():
        pass
    assert ((await the_import())["state"], await states()) == ("tried", ["good"] * 3)
    await editor.sends(f"{here}/start", way="drafts")
    await all_is_brought()

    assert len(await posts()) == 3


@pytest.mark.parametrize("who", ["xiaolan", "reviewer", "analyst", "maimai", "moderator"])
async def test_to_others_there_is_no_such_page(cast, editor, who):
    here = await tried(editor, THREE)
    person = getattr(cast, who)

    for path in (HERE, here, f"{here}/progress", f"{here}/failures.csv"):
        assert (await person.sees(path)).status_code == 404
    for deed in ("start", "stop", "drop"):
        assert (await person.sends(f"{here}/{deed}", way="drafts")).status_code == 404
    assert (await brings(person, THREE)).status_code == 404


async def test_an_import_of_another_circle_is_not_found(editor, maimai):
    await tried(editor, THREE)
    import_id = (await the_import())["id"]

    there = await maimai.place(OTHER_CIRCLE)
    for asked in (reading.one(there, import_id), steering.drop(there, import_id)):
        with pytest.raises(NotFound):
            await asked
    with pytest.raises(NotAllowed):
        await taking_in.take_in(await maimai.place(), "x.csv", THREE, None, "en")


async def test_a_pace_that_takes_years_is_refused_with_what_was_chosen(editor):
    here = await tried(editor, a_csv(*({"body": f"第 {n} 篇"} for n in range(370))))

    answer = await editor.sends(f"{here}/start", way="pace", every="1440")

    assert answer.status_code == 422
    assert 'id="error-every"' in answer.text
    assert 'value="1440" selected' in answer.text
    assert (await the_import())["state"] == "tried"
    assert await row("select 1 from post_import_row where publish_at is not null") is None


async def test_what_did_not_come_in_is_a_csv_that_no_office_program_reckons(editor):
    here = await tried(
        editor,
        a_csv({"body": "=HYPERLINK(1)", "publish_at": "x"}, {"body": "好", "publish_at": ""}),
    )

    answer = await editor.sees(f"{here}/failures.csv")

    assert answer.headers["content-type"].startswith("text/csv")
    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(lines) == 2
    assert lines[1][0] == "1"
    assert lines[1][3] == "'=HYPERLINK(1)"


async def test_too_many_at_once_are_refused(editor):
    for n in range(3):
        assert (await brings(editor, a_csv({"body": f"第 {n} 个"}))).status_code == 303

    answer = await brings(editor, a_csv({"body": "第四个"}))
    assert answer.status_code == 422
    assert 'id="error-file"' in answer.text


async def test_what_nobody_went_on_with_is_given_up_after_a_week(editor):
    await tried(editor, THREE, a_zip("a.jpg"))
    await sweeping.sweep()
    assert (await the_import())["state"] == "tried"

    await rows("update post_import set asked_at = now() - interval '8 days'")
    await sweeping.sweep()

    assert (await the_import())["state"] == "dropped"
    assert list(archive.folder().glob("*.zip")) == []


async def test_progress_is_a_part_that_asks_again_until_it_is_over(editor):
    answer = await brings(editor, THREE)
    here = answer.headers["location"]
    assert 'hx-trigger="every 2s"' in (await editor.sees(here)).text

    while await trying.try_some():
        pass
    part = await editor.client.get(f"{here}/progress", headers={"hx-request": "true"})
    assert "every 2s" not in part.text
    assert "<html" not in part.text
    assert part.headers["hx-refresh"] == "true"


async def test_rights_to_links_and_pictures_are_asked_of_each_row(cast, editor):
    await rows(
        """update circle set thresholds = '{"link": {"verified": true}}' where id = $1""",
        cast.circle_id,
    )
    await tried(editor, a_csv({"body": "看 https://a.example/x"}, {"body": "好"}))

    # Staff are asked for nothing; the check is the one of every post.
    assert await states() == ["good", "good"]


async def test_an_owner_who_has_to_agree_hears_of_an_import_once(editor, owner, site):
    await site.tickers_rest()
    await sets(owner, approval=True)
    await brought(editor, THREE, way="pace", every="30")
    await told()

    found = [notice for notice in await tray(owner) if notice.kind.endswith(".asked")]
    assert [notice.kind for notice in found] == ["import.asked"]
    page = await owner.sees(wording.path(found[0]))
    assert page.status_code == 200
    assert "乙" in page.text
