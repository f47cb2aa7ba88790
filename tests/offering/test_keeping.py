"""What was answered is kept for so long as was said, and then it is gone; that it was stays."""

import json
import zipfile

from quanzi.db.engine import row, rows
from quanzi.offering import answering, forgetting, inbox
from quanzi.privacy import making, taking
from tests.offering.shop import PHONE, asks, offers
from tests.people import CIRCLE, PASSWORD
from tests.privacy.test_erasing import erased, words_left

NUMBER = "138 0000 0000"


async def test_the_time_is_told_before_she_sends_and_kept_after(editor, xiaolan):
    service_id = await offers(editor, "陪跑", PHONE, kept_days="30")
    assert "保存 30 天后自动删除" in (await xiaolan.sees(f"/c/{CIRCLE}/services/{service_id}")).text

    request_id = await asks(xiaolan, service_id)

    asked = await inbox.own(xiaolan.viewer, request_id)
    assert (asked.keeps_until - asked.created_at).days == 30


async def test_when_it_is_over_the_answers_go_and_the_row_stays(editor, xiaolan, aqiang):
    service_id = await offers(editor, "陪跑", PHONE)
    old, young = await asks(xiaolan, service_id), await asks(aqiang, service_id)
    await answering.answer(await editor.place(), old, "accepted", note="到时候打 13800000000")
    await rows(
        "update service_request set keeps_until = now() - interval '1 second' where id = $1", old
    )

    while await forgetting.erase_due():
        pass

    gone = await inbox.one(await editor.place(), old)
    assert (gone.state, gone.answers, gone.note) == ("accepted", (), "")
    assert gone.erased_at is not None
    assert (await inbox.own(aqiang.viewer, young)).answers[0].text == NUMBER
    assert "填写的内容已经在" in (await xiaolan.sees(f"/me/requests/{old}")).text


async def test_a_longer_time_for_the_service_is_none_for_what_was_sent_before(editor, xiaolan):
    from tests.offering.shop import changes

    service_id = await offers(editor, "陪跑", PHONE, kept_days="7")
    request_id = await asks(xiaolan, service_id)
    before = (await inbox.own(xiaolan.viewer, request_id)).keeps_until

    await changes(editor, service_id, kept_days="365")

    assert (await inbox.own(xiaolan.viewer, request_id)).keeps_until == before


async def test_a_word_that_comes_after_it_was_erased_is_not_kept(editor, xiaolan):
    request_id = await asks(xiaolan, await offers(editor, "陪跑", PHONE))
    await rows("update service_request set keeps_until = now() where id = $1", request_id)
    await forgetting.erase_due()

    await answering.answer(await editor.place(), request_id, "accepted", note="她住天河")

    assert (await inbox.own(xiaolan.viewer, request_id)).note == ""


async def test_who_leaves_takes_what_they_wrote_along(cast, editor, xiaolan):
    service_id = await offers(editor, "陪跑", PHONE)
    waits, done = await asks(xiaolan, service_id), await asks(xiaolan, service_id)
    await answering.answer(await editor.place(), done, "accepted", note="kanarienvogel")

    await xiaolan.sends("/me/data/erase", password=PASSWORD)
    await erased(xiaolan.member_id)

    assert await words_left(NUMBER) == {}
    assert await words_left("kanarienvogel") == {}
    states = await rows("select id, state from service_request order by id")
    assert [tuple(line) for line in states] == [(waits, "withdrawn"), (done, "accepted")]


async def test_it_is_in_what_she_takes_along(editor, xiaolan):
    request_id = await asks(xiaolan, await offers(editor, "陪跑", PHONE))
    await answering.answer(await editor.place(), request_id, "accepted", note="周五见")
    await taking.ask(xiaolan.viewer, "zh-Hans")
    while await making.make_next():
        pass

    file = await row("select file from data_export where member_id = $1", xiaolan.member_id)
    with zipfile.ZipFile(taking.path_of(file["file"])) as parcel:
        [name] = [each for each in parcel.namelist() if each.endswith("service-requests.json")]
        [kept] = json.loads(parcel.read(name))
    assert (kept["service"], kept["note"], kept["state"]) == ("陪跑", "周五见", "accepted")
    assert NUMBER in kept["answers"]
