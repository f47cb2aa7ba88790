"""Promises about how the two servers are set."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from valkey import Valkey

from quanzi.servers import Held, hold
from tests.servers.stage import ask


@pytest.fixture(scope="module")
def held(var: Path) -> Iterator[Held]:
    with hold(var, postgres=True, valkey=True) as held:
        yield held


async def test_a_fresh_folder_becomes_a_site_s_servers(held: Held) -> None:
    assert (
        await ask(held.database_url, "SELECT current_database() || current_user") == "quanziquanzi"
    )
    assert await ask(held.database_url, "SHOW server_encoding") == "UTF8"
    assert await ask(held.database_url, "SELECT lower('ÀÉ')") == "àé"
    with Valkey.from_url(held.valkey_url) as valkey:
        assert valkey.ping()


async def test_nothing_listens_beyond_the_folder(held: Held, var: Path) -> None:
    assert await ask(held.database_url, "SHOW listen_addresses") == ""
    assert (var / "postgres").stat().st_mode & 0o077 == 0
    for folder in ("postgres", "valkey"):
        assert (var / "run" / folder).stat().st_mode & 0o077 == 0
    with Valkey.from_url(held.valkey_url) as valkey:
        assert valkey.config_get("port") == {"port": "0"}


async def test_what_is_committed_is_on_the_disk(held: Held) -> None:
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):
        assert await ask(held.database_url, f"SHOW {setting}") == "on"


def test_valkey_keeps_nothing_and_never_drops_what_does_not_expire(held: Held) -> None:
    with Valkey.from_url(held.valkey_url) as valkey:
        told = valkey.config_get("save", "appendonly", "maxmemory-policy", "maxmemory")
    assert told == {
        "save": "",
        "appendonly": "no",
        "maxmemory-policy": "volatile-ttl",
        "maxmemory": str(64 * 1024 * 1024),
    }
