"""The sheet of requests: read by spreadsheets as text, made as it is fetched, and written down."""

import csv
import io

import pytest

from quanzi.db.engine import rows
from quanzi.errors import NotAllowed
from quanzi.offering import sheet
from quanzi.offering.inbox import PAGE, Wanted
from tests.offering.shop import PHONE, WISH, asks, offers
from tests.people import CIRCLE

EXPORT = f"/c/{CIRCLE}/manage/services/requests/export"


async def read(text: str) -> list[dict[str, str]]:
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


async def test_of_one_service_each_question_is_a_column(editor, xiaolan):
    service_id = await offers(editor, "陪跑", PHONE, WISH)
    await asks(xiaolan, service_id, a_aaaaaaaa="+86 138 0000 0000")

    answer = await editor.sends(EXPORT, service=str(service_id))

    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert "attachment" in answer.headers["content-disposition"]
    assert answer.headers["cache-control"] == "no-store"
    [line] = await read(answer.content.decode())
    assert line["用户"] == "小兰"
    assert line["想说的"] == "想跑十公里"
    # A number that a spreadsheet would add up is a text there.
    assert line["电话"] == "'+86 138 0000 0000"


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+1", "-1", "@SUM(A1)", " =1+1", "\u3000=1", "\t=1", "\n=1", "=cmd|'/c calc'!A0"],
)
async def test_nothing_that_she_writes_is_worked_out(editor, xiaolan, cell):
    service_id = await offers(editor, "陪跑", WISH)
    await asks(xiaolan, service_id, a_bbbbbbbb=cell)

    [line] = await read((await editor.sends(EXPORT, service=str(service_id))).content.decode())

    assert line["想说的"].startswith("'")
    assert sheet.harmless(cell).startswith("'")


def test_what_is_harmless_stays_as_it_is():
    assert sheet.harmless("想跑=十公里") == "想跑=十公里"


async def test_all_services_stand_in_one_and_go_beyond_a_page(editor, xiaolan, monkeypatch):
    monkeypatch.setattr("quanzi.offering.requesting.MOST_OPEN", 100)
    service_id = await offers(editor, "陪跑", PHONE)
    for _ in range(PAGE + 5):
        await asks(xiaolan, service_id)

    lines = await read((await editor.sends(EXPORT)).content.decode())

    assert len(lines) == PAGE + 5
    assert len({line["编号"] for line in lines}) == PAGE + 5
    assert lines[0]["填写的内容"] == "电话：138 0000 0000"
    assert await read((await editor.sends(EXPORT, state="done")).content.decode()) == []


async def test_who_took_it_stands_in_the_log(editor, xiaolan, cast):
    service_id = await offers(editor, "陪跑", PHONE)
    await editor.sends(EXPORT, service=str(service_id), state="new")

    [entry] = await rows("select * from audit_entry where deed = 'requests.exported'")
    assert (entry["actor_id"], entry["circle_id"]) == (editor.member_id, cast.circle_id)
    assert entry["about"] == f"service:{cast.circle_id}:{service_id}"


async def test_nobody_else_takes_it_not_even_the_platform(cast, editor):
    for person in (cast.analyst, cast.reviewer, cast.moderator, cast.xiaolan):
        assert (await person.sends(EXPORT)).status_code == 404
        with pytest.raises(NotAllowed):
            await sheet.take(await person.place(), Wanted(), "en")
    assert await rows("select 1 from audit_entry where deed = 'requests.exported'") == []
