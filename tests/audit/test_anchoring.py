"""What the log ends with is said outside of it, every ten minutes, by whoever is first."""

import asyncio
import json
import stat
from dataclasses import replace
from datetime import timedelta

import pytest
import structlog

from quanzi.audit import anchoring, anchors, verifying
from quanzi.audit.diagnosing import Why
from quanzi.commands import auditing
from quanzi.commands.failure import Failed
from quanzi.db import engine
from quanzi.db.engine import rows
from quanzi.settings import settings
from tests.audit.log import tampering, written


@pytest.fixture
async def file(database, site, tmp_path, monkeypatch):
    await site.tickers_rest()
    there = tmp_path / "elsewhere" / "anchors.log"
    monkeypatch.setattr(anchoring, "settings", lambda: replace(settings(), anchor=there))
    yield there
    await site.tickers_work()


def ten_minutes_pass(file) -> None:
    moved = [replace(a, at=a.at - timedelta(minutes=11)) for a in anchors.read(file)]
    file.write_text("".join(f"{each}\n" for each in moved))


async def test_the_first_entry_is_anchored_and_an_empty_log_is_not(file):
    assert await anchoring.anchor_due() == 0
    await written(3)

    with structlog.testing.capture_logs() as logged:
        assert await anchoring.anchor_due() == 1

    seq, made = await anchoring.head()
    [line] = [json.loads(each) for each in file.read_text().splitlines()]
    assert (line["seq"], line["hash"]) == (seq, made.hex()) == (3, made.hex())
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    [said] = logged
    assert (said["event"], said["seq"], said["hash"]) == ("audit.anchor", 3, made.hex())


async def test_a_line_of_the_site_s_log_is_an_anchor_too(file, tmp_path):
    await written(3)
    with structlog.testing.capture_logs() as logged:
        await anchoring.anchor_due()
    shipped = tmp_path / "shipped.log"
    shipped.write_text(json.dumps(logged[0]) + "\n")

    assert anchors.read(shipped) == anchors.read(file)


async def test_another_follows_after_ten_minutes_when_the_log_has_moved_on(file):
    await written(1)
    assert await anchoring.anchor_due() == 1
    await written(1)
    assert await anchoring.anchor_due() == 0
    ten_minutes_pass(file)

    assert await anchoring.anchor_due() == 1
    ten_minutes_pass(file)
    assert await anchoring.anchor_due() == 0
    assert [anchor.seq for anchor in anchors.read(file)] == [1, 2]
    assert (await verifying.verify(anchors.read(file))).anchored == 2


async def test_of_many_processes_that_look_at_once_one_puts_it_down(file):
    await written(1)
    done = await asyncio.gather(*(anchoring.anchor_due() for _ in range(12)))
    assert sum(done) == 1
    await written(1)
    ten_minutes_pass(file)

    done = await asyncio.gather(*(anchoring.anchor_due() for _ in range(12)))
    assert sum(done) == 1
    assert len(anchors.read(file)) == 2


async def test_a_line_that_a_full_disk_cut_short_does_not_spoil_the_next(file):
    await written(1)
    file.parent.mkdir()
    file.write_text('{"seq": 1, "ha')

    assert await anchoring.anchor_due() == 1
    assert file.read_text().splitlines()[0] == '{"seq": 1, "ha'
    assert anchors.last(file).seq == 1
    with pytest.raises(anchors.Unreadable, match="line 1"):
        anchors.read(file)


async def test_an_alarm_is_logged_when_what_was_anchored_is_no_longer_so(file):
    await written(3)
    await anchoring.anchor_due()
    ten_minutes_pass(file)
    async with tampering():
        await rows("delete from audit_entry where seq > 1")
        with structlog.testing.capture_logs() as logged:
            await anchoring.anchor_due()

        assert [line["event"] for line in logged] == ["audit.differs", "audit.anchor"]
        # And the cut is still found afterwards.
        fault = (await verifying.verify(anchors.read(file))).fault
        assert (fault.seq, fault.why) == (2, Why.CUT)


@pytest.fixture
def verifies(monkeypatch):
    async def nothing(*_) -> None:
        """The tests' own pool goes on."""

    monkeypatch.setattr(engine, "open_pool", nothing)
    monkeypatch.setattr(engine, "close_pool", nothing)
    return auditing._verify


async def test_the_command_says_in_one_line_that_all_is_well(file, verifies, capsys):
    await written(3)
    await anchoring.anchor_due()

    capsys.readouterr()
    await verifies(file)

    _, made = await anchoring.head()
    assert capsys.readouterr().out == f"3 entries, head {made.hex()}, 1 anchors agree.\n"


async def test_the_command_names_the_first_bad_entry_in_one_line(file, verifies):
    await written(3)
    await anchoring.anchor_due()
    async with tampering():
        await rows("update audit_entry set actor_id = 9 where seq = 2")
        with pytest.raises(Failed) as refused:
            await verifies(file)
        assert str(refused.value) == "Entry 2: altered."
        await rows("delete from audit_entry where seq > 1")
        with pytest.raises(Failed) as refused:
            await verifies(file)
        assert str(refused.value).startswith("Entry 2: cut off")


async def test_the_command_does_not_pass_over_a_line_that_it_cannot_read(file, verifies):
    await written(1)
    file.parent.mkdir()
    file.write_text("nothing\n")

    with pytest.raises(Failed, match="ine 1 of"):
        await verifies(file)
