"""`quanzi credit check`: accounts recounted from their ledger."""

import pytest

from quanzi.commands import crediting
from quanzi.commands.failure import Failed
from quanzi.db import engine
from quanzi.db.engine import rows
from tests.credit.test_ledger import against


async def test_it_says_that_all_agree_and_which_one_does_not(xiaolan, aqiang, monkeypatch, capsys):
    async def nothing(*_) -> None:
        """The tests' own pool goes on."""

    monkeypatch.setattr(engine, "open_pool", nothing)
    monkeypatch.setattr(engine, "close_pool", nothing)
    await against(xiaolan)
    await against(aqiang)

    await crediting._check()
    assert "2 accounts agree" in capsys.readouterr().out
    await rows("update credit_account set total = 5 where member_id = $1", aqiang.member_id)
    with pytest.raises(Failed):
        await crediting._check()
    assert f"Member {aqiang.member_id}: the account says +5, the entries say -30." in (
        capsys.readouterr().out
    )
