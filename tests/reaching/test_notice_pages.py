"""Writing a notice by forms alone: what is wrong is said beside the field, nothing typed is lost."""

import re

import pytest

from quanzi.db.engine import rows
from tests.fans.crowd import segment
from tests.people import CIRCLE
from tests.reaching.crowd import written

HERE = f"/c/{CIRCLE}/manage/notices"


@pytest.fixture(autouse=True)
async def resting(site, database):
    await site.tickers_rest()
    yield
    await site.tickers_work()


async def test_written_changed_seen_and_sent(editor):
    page = await editor.sends(f"{HERE}/new", title="周末约跑", body="海心沙集合", link="")
    here = page.headers["location"]
    assert "海心沙集合" in (await editor.sees(here)).text
    await editor.sends(here, title="周日约跑", body="海心沙集合", version="1")
    assert "周日约跑" in (await editor.sees(HERE)).text
    await editor.sends(f"{here}/send", version="2", send_at="")

    assert "收回" in (await editor.sees(here)).text
    assert (await rows("select state from circle_notice"))[0]["state"] == "planned"


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("title", {"title": ""}),
        ("title", {"title": "长" * 41}),
        ("body", {"body": " "}),
        ("body", {"body": "长" * 501}),
        ("link", {"link": "https://evil.example/"}),
        ("link", {"link": "/c/banking/p/1"}),
        ("link", {"link": f"/c/{CIRCLE}//evil.example"}),
        ("segment", {"segment": "987654321"}),
    ],
)
async def test_what_is_wrong_is_said_and_nothing_is_lost(editor, field, typed):
    good = {"title": "周末约跑", "body": "海心沙集合", "link": "", "segment": ""}
    answer = await editor.sends(f"{HERE}/new", **(good | typed))

    assert answer.status_code == 422
    assert f'id="error-{field}"' in answer.text
    if field != "body":
        assert "海心沙集合" in answer.text
    assert await rows("select 1 from circle_notice") == []


async def test_what_would_have_to_be_looked_at_is_not_sent_to_thousands(editor):
    answer = await editor.sends(f"{HERE}/new", title="通知", body="你们都是傻逼")

    assert answer.status_code == 422
    assert 'id="error-body"' in answer.text


async def test_pressed_twice_there_is_one(editor):
    form = (await editor.sees(f"{HERE}/new")).text
    key = re.search(r'name="idempotency_key" value="([^"]+)"', form)
    assert key
    for _ in range(2):
        await editor.sends(f"{HERE}/new", title="一次", body="话", idempotency_key=key[1])

    assert len(await rows("select 1 from circle_notice")) == 1


async def test_of_two_who_change_it_the_second_is_told(editor, owner):
    notice_id = await written(editor)
    await owner.sends(f"{HERE}/{notice_id}", title="圈主改的", body="话", version="1")
    answer = await editor.sends(f"{HERE}/{notice_id}", title="编辑改的", body="话", version="1")

    assert answer.status_code == 409
    assert 'value="编辑改的"' in answer.text
    assert (await rows("select title from circle_notice"))[0]["title"] == "圈主改的"


async def test_a_segment_that_a_notice_is_for_is_not_withdrawn_unsaid(cast, editor):
    segment_id = await segment(cast.circle_id, "老粉")
    await written(editor, segment_id=segment_id)
    answer = await editor.sends(
        f"/c/{CIRCLE}/manage/fans/segments/{segment_id}/withdraw", version="1"
    )

    assert answer.status_code in {409, 422}
    assert "周末约跑" in answer.text


async def test_an_empty_desk_says_so(editor):
    assert "还没有发过通知" in (await editor.sees(HERE)).text
