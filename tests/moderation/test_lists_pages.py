"""Word lists that people edit: nothing is put in force unseen, and nothing is lost."""

import json
import re

import pytest

from quanzi.db.engine import row, rows
from quanzi.errors import Conflict, Invalid, NotAllowed
from quanzi.moderation import setting_words, trying_words
from quanzi.screening import lists, sheets
from quanzi.screening.book import Book, starter
from quanzi.screening.comparing import compared
from quanzi.screening.samples import held
from quanzi.screening.words import Word

LISTS = "/admin/screening/lists"
FRAUD = f"{LISTS}/fraud"
NEW = Word("fraud", "躺平返现", 0.9)


@pytest.fixture(autouse=True)
def _nobody_remembers():
    lists.forget()
    yield
    lists.forget()


@pytest.fixture
async def admin(cast):
    return await cast.member("admin", "管理员", "admin")


def lines(category: str = "fraud", book: Book | None = None) -> str:
    words = (book or starter()).words
    return sheets.as_lines(word for word in words if word.category == category)


def area(page: str) -> str:
    return re.search(r'name="words"[^>]*>(.*?)</textarea>', page, re.DOTALL)[1]


def test_a_category_as_lines_reads_back_as_the_same_words():
    for category in ("fraud", "advertising", "other"):
        words = tuple(word for word in starter().words if word.category == category)
        assert sheets.from_lines(sheets.as_lines(words), category) == words
    odd = (Word("other", "'a,b\"", 0.5), Word("other", "+v", 0.2, frozenset({"sound", "whole"})))
    assert sheets.from_lines(sheets.as_lines(odd), "other") == odd


def test_lines_are_read_as_people_type_them():
    assert sheets.from_lines("\n刷单，0.85，sound whole\r\n 返利 , 0.2 \n", "fraud") == (
        Word("fraud", "刷单", 0.85, frozenset({"sound", "whole"})),
        Word("fraud", "返利", 0.2),
    )


@pytest.mark.parametrize(
    ("typed", "line"), [("刷单", 1), ("好,0.5\n刷单,2", 2), ("刷单,0.5,loud", 1), ('"刷单,0.5', 1)]
)
def test_a_line_that_will_not_do_is_named(typed, line):
    with pytest.raises(Invalid) as refused:
        sheets.from_lines(typed, "fraud")
    assert f"第 {line} 行" in str(refused.value.fields["words"])


def test_what_changed_is_told_apart_from_what_came_and_went():
    word, other = Word("fraud", "甲", 0.5), Word("fraud", "乙", 0.5)
    heavier = Word("fraud", "甲", 0.9)
    harmless = Word("fraud", "甲", 0, frozenset({"allow"}))

    changes = compared([word, other], [heavier, harmless])

    assert changes.changed == ((word, heavier),)
    assert changes.added == (harmless,)
    assert changes.removed == (other,)
    assert not compared([word], [word])


async def test_an_admin_adds_a_word_and_it_is_looked_for_and_written_down(admin):
    assert not held("快来躺平返现", await lists.current())

    answer = await admin.sends(
        FRAUD, words=lines() + "躺平返现,0.9\n", after="0", note="新骗局", q="", texts=""
    )

    assert answer.status_code == 303
    assert held("快来躺平返现", await lists.current())
    page = (await admin.sees(LISTS)).text
    many = sum(word.category == "fraud" for word in starter().words) + 1
    for words in ("新骗局", "第 1 版", "管理员", f"{many} 个词"):
        assert words in page, words
    entry = await row("select * from audit_entry order by seq desc limit 1")
    detail = json.loads(entry["detail"])
    assert (entry["deed"], entry["actor_id"]) == ("words.changed", admin.member_id)
    assert (detail["added"], detail["removed"], detail["reason"]) == (1, 0, "新骗局")


async def test_to_others_there_are_no_lists(cast, owner, xiaolan):
    for person in (owner, cast.reviewer, xiaolan):
        for path in (LISTS, FRAUD, f"{LISTS}.csv"):
            assert (await person.sees(path)).status_code == 404, path
        for path in (LISTS, FRAUD):
            assert (await person.sends(path, words="x", note="x")).status_code == 404
        with pytest.raises(NotAllowed):
            await setting_words.put_in_force(person.viewer, starter(), after=0, note="x")
    assert (await cast.moderator.sees(FRAUD)).status_code == 200
    assert (await cast.moderator.sees(f"{LISTS}/nonsense")).status_code == 404


async def test_searching_shows_some_words_and_saving_leaves_the_others(admin):
    page = (await admin.sees(f"{FRAUD}?q=刷单")).text
    shown = area(page).strip().splitlines()
    assert all("刷单" in line for line in shown)
    assert 1 < len(shown) < 50

    typed = area(page).replace("刷单,0.85,sound", "刷单,0.95,sound", 1)
    answer = await admin.sends(FRAUD, words=typed, after="0", note="更重", q="刷单")

    assert answer.status_code == 303
    [(was, now)] = compared(starter().words, (await lists.current()).words).changed
    assert (was.text, was.weight, now.weight) == ("刷单", 0.85, 0.95)
    assert len((await lists.current()).words) == len(starter().words)


async def test_trying_shows_what_is_found_and_lost_and_changes_nothing(admin):
    answer = await admin.sends(
        FRAUD,
        words=lines() + "躺平返现,0.9\n",
        after="0",
        note="",
        texts="快来躺平返现\n今晚七点海心沙见",
        **{"try": "yes"},
    )

    assert answer.status_code == 200
    for words in ("新增 1 个词", "现在放过，改后拦下", "照旧放过", "躺平返现,0.9"):
        assert words in answer.text, words
    assert (await lists.current()).version == 0


async def test_a_list_that_finds_less_is_put_in_force_only_by_who_has_seen_that(cast, admin):
    given = {"words": "无关紧要,0.9\n", "after": "0", "note": "清空"}

    first = await admin.sends(FRAUD, **given, anyway="yes")

    assert first.status_code == 422
    assert "试用样本后变差了" in first.text
    assert "不再拦下的样本" in first.text
    assert "清空" in first.text and "无关紧要" in area(first.text)
    assert (await lists.current()).version == 0
    mark = re.search(r'name="anyway" value="(\w+)"', first.text)[1]
    other = given | {"words": "无关紧要,0.8\n"}
    assert (await admin.sends(FRAUD, **other, anyway=mark)).status_code == 422
    assert (await admin.sends(FRAUD, **given, anyway=mark)).status_code == 303
    assert (await lists.current()).version == 1
    detail = (await row("select detail from audit_entry where deed = 'words.changed'"))["detail"]
    assert json.loads(detail)["anyway"] is True


async def test_a_wrong_line_is_told_beside_the_field_and_nothing_typed_is_lost(admin):
    answer = await admin.sends(
        FRAUD, words="刷单,0.85\n返利,很重\n", after="0", note="写了很久", texts="一段文字"
    )

    assert answer.status_code == 422
    assert "第 2 行：权重要是 0 到 1 的数" in answer.text
    assert area(answer.text) == "刷单,0.85\n返利,很重\n"
    assert "写了很久" in answer.text and "一段文字" in answer.text


async def test_who_comes_second_sees_what_is_in_force_and_decides(cast, admin):
    book = Book((*starter().words, NEW))
    await setting_words.put_in_force(cast.moderator.viewer, book, after=0, note="一")
    typed = lines() + "另一个骗局,0.9\n"

    answer = await admin.sends(FRAUD, words=typed, after="0", note="二")

    assert answer.status_code == 409
    assert "词表刚被别人改过" in answer.text
    assert "另一个骗局,0.9" in area(answer.text)
    assert "躺平返现,0.9" in answer.text
    assert 'name="after" value="1"' in answer.text
    assert (await admin.sends(FRAUD, words=typed, after="1", note="二")).status_code == 303
    with pytest.raises(Conflict):
        await setting_words.put_in_force(admin.viewer, book, after=1, note="三")


async def test_exporting_and_importing_gives_the_same_book(admin):
    answer = await admin.sees(f"{LISTS}.csv")

    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["content-type"].startswith("text/csv")
    assert sheets.from_csv(answer.text).words == starter().words


async def test_an_import_shows_first_what_it_would_add_change_and_remove(admin):
    word = starter().words[0]
    words = (NEW, Word(word.category, word.text, 0.51, word.flags), *starter().words[2:])
    sheet = sheets.as_csv(Book(words))

    tried = await admin.sends(
        LISTS, files={"file": ("words.csv", sheet.encode("gb18030"))}, after="0", **{"try": "y"}
    )

    assert tried.status_code == 200
    assert "新增 1 个词，改动 1 个，删去 1 个" in tried.text
    assert "躺平返现" in area(tried.text), "so that the file need not be chosen again"
    assert (await lists.current()).version == 0
    mark = re.search(r'name="anyway" value="(\w+)"', tried.text)
    done = await admin.sends(
        LISTS, words=sheet, after="0", note="导入", anyway=mark[1] if mark else ""
    )
    assert done.status_code == 303
    assert (await lists.current()).words == words


async def test_a_sheet_that_will_not_do_names_its_line(admin):
    answer = await admin.sends(LISTS, words="fraud,刷单,0.8\nnonsense,x,0.5", after="0", note="x")

    assert answer.status_code == 422
    assert "第 2 行：没有这个类别" in answer.text
    assert "nonsense,x,0.5" in area(answer.text)
    assert (await admin.sends(LISTS, words="", after="0", note="x")).status_code == 422


async def test_an_old_version_is_looked_at_and_put_back(admin):
    await setting_words.put_in_force(
        admin.viewer, Book((*starter().words, NEW)), after=0, note="加一个"
    )

    page = (await admin.sees(f"{LISTS}?version=0")).text
    assert "删去 1 个" in page
    assert "恢复第 0 版" in page
    assert (await admin.sees(f"{LISTS}?version=77")).status_code == 404
    without = await admin.sends(LISTS, restore="0", after="1", note="")
    assert without.status_code == 422
    assert (await admin.sends(LISTS, restore="0", after="1", note="退回")).status_code == 303

    assert (await lists.current()).version == 2
    assert (await lists.current()).words == starter().words
    exported = await admin.sees(f"{LISTS}.csv?version=1")
    assert "躺平返现" in exported.text


async def test_nobody_meets_a_version_that_was_rolled_back(admin, monkeypatch):
    async def fails(*given, **more):
        raise RuntimeError

    monkeypatch.setattr(setting_words.audit, "write", fails)
    with pytest.raises(RuntimeError):
        await setting_words.put_in_force(
            admin.viewer, Book((*starter().words, NEW)), after=0, note="x"
        )

    assert await rows("select 1 from screening_list") == []
    assert (await lists.current()).version == 0


def test_of_what_is_pasted_no_more_is_tried_than_a_page_can_show():
    texts = trying_words.pasted("\n".join(["长" * 2000] * 80))

    assert (len(texts), len(texts[0])) == (50, 1000)
