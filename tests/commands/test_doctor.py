"""`quanzi doctor` finds each mistake that is planted here, and says in a line how to mend it."""

import json
import os
import resource
import stat
import time
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import asyncpg
import pytest

from quanzi.admin import remembered
from quanzi.commands.examining import database as database_checks
from quanzi.commands.examining import machine, outside, running
from quanzi.db.engine import rows
from quanzi.demo import loading
from quanzi.settings import MailServer, settings
from quanzi.web import proxies
from tests.faults.harness import run


@pytest.fixture
def set_to(monkeypatch):
    """As if the environment had said so."""

    def change(**what):
        changed = replace(settings(), **what)
        for module in (machine, outside, running, proxies, remembered, database_checks):
            monkeypatch.setattr(module, "settings", lambda: changed)

    return change


async def is_wrong(check, *words: str) -> None:
    good, said = await check()
    assert not good, said
    assert "\n" not in said
    for word in words:
        assert word in said, said


async def is_well(check) -> None:
    good, said = await check()
    assert good, said


# ── the machine ──


async def test_an_address_without_tls(set_to):
    set_to(url="http://quanzi.example")
    await is_wrong(machine.settings_in_use, "in the clear", "QUANZI_URL=https://quanzi.example")
    set_to(url="https://127.0.0.1")
    await is_wrong(machine.settings_in_use, "only this machine")
    set_to(url="https://quanzi.example")
    await is_well(machine.settings_in_use)
    set_to(url="http://127.0.0.1:8000")
    await is_well(machine.settings_in_use)


async def test_a_secret_that_is_too_short_or_that_others_can_read(set_to, tmp_path):
    set_to(secret=b"short")
    await is_wrong(machine.secrets, "secret has 5 bytes", "QUANZI_SECRET")
    set_to(pepper=b"")
    await is_wrong(machine.secrets, "pepper has 0 bytes")
    kept = tmp_path / "secret"
    kept.write_text("x" * 40)
    kept.chmod(0o644)
    set_to(var=tmp_path)
    await is_wrong(machine.secrets, "others can read", f"chmod 600 {kept}")
    kept.chmod(stat.S_IRUSR | stat.S_IWUSR)
    await is_well(machine.secrets)


async def test_too_few_descriptors_for_pages(monkeypatch):
    monkeypatch.setattr(resource, "getrlimit", lambda _: (1024, 1024))
    await is_wrong(machine.descriptors, "1,024 files", "LimitNOFILE")
    monkeypatch.setattr(resource, "getrlimit", lambda _: (1024, 524_288))
    await is_well(machine.descriptors)


async def test_a_disk_that_is_nearly_full(monkeypatch):
    await is_well(machine.disk)
    monkeypatch.setattr(
        machine.shutil, "disk_usage", lambda _: SimpleNamespace(free=machine.LEAST_FREE - 1)
    )
    await is_wrong(machine.disk, "0.5 GiB free", "make room under QUANZI_VAR")


async def test_a_folder_for_pictures_that_cannot_be_written_to(set_to, tmp_path):
    (tmp_path / "file").touch()
    set_to(media=tmp_path / "file")
    await is_wrong(machine.media, "cannot be written to", "QUANZI_MEDIA")
    set_to(media=tmp_path / "folder")
    await is_well(machine.media)


async def test_an_anchor_that_cannot_be_written(set_to, tmp_path):
    set_to(anchor=tmp_path)
    await is_wrong(machine.anchor, "cannot be written to", "QUANZI_ANCHOR")
    set_to(anchor=tmp_path / "away" / "anchors.log")
    await is_wrong(machine.anchor, "cannot be written to")
    set_to(anchor=tmp_path / "anchors.log")
    await is_well(machine.anchor)
    assert not (tmp_path / "anchors.log").exists()


# ── what it speaks to ──


async def test_valkey_that_is_away(set_to, monkeypatch):
    await is_well(outside.valkey)
    monkeypatch.setattr(
        "quanzi.live.lines.settings", lambda: replace(settings(), valkey_url="valkey://127.0.0.1:9")
    )
    await is_wrong(outside.valkey, "does not answer", "VALKEY_URL")


async def test_valkey_that_throws_away_what_must_stay():
    from quanzi.live import lines

    client = lines.connect()
    before = (await client.config_get("maxmemory-policy"))["maxmemory-policy"]
    try:
        await client.config_set("maxmemory-policy", "allkeys-lru")
        await is_wrong(outside.valkey, "allkeys-lru", "volatile-ttl")
    finally:
        await client.config_set("maxmemory-policy", before)
        await client.aclose()
    await is_well(outside.valkey)


async def test_a_mail_server_that_does_not_answer(set_to):
    set_to(mail=MailServer("127.0.0.1", 9, ""), url="https://quanzi.example")
    await is_wrong(outside.mail, "127.0.0.1:9 does not take letters", "QUANZI_MAIL")
    set_to(mail=MailServer("127.0.0.1", 9, ""), url="")
    await is_wrong(outside.mail, "set QUANZI_URL")
    set_to(mail=None, url="https://quanzi.example")
    await is_wrong(outside.mail, "QUANZI_MAIL is not set")
    set_to(mail=None, url="")
    await is_well(outside.mail)


async def test_nobody_whom_push_services_can_write_to(set_to):
    set_to(url="https://quanzi.example", push_contact="")
    await is_wrong(outside.push, "QUANZI_PUSH_CONTACT=mailto:")
    set_to(url="https://quanzi.example", push_contact="mailto:lin@example.org")
    await is_well(outside.push)


async def test_a_proxy_that_is_not_believed(set_to, tmp_path, monkeypatch):
    set_to(var=tmp_path)
    monkeypatch.setattr(proxies, "_said_at", -proxies.AGAIN_AFTER)
    for client, forwarded in (
        (("10.0.0.7", 4711), ""),  # nobody forwards
        (("93.184.215.14", 4711), "198.51.100.1"),  # a stranger who says so is no proxy
        (("192.168.1.5", 4711), "192.168.1.5"),  # a believed proxy's visitor
    ):
        proxies.look(client, forwarded)
    await is_well(outside.proxy)
    proxies.look(("10.0.0.7", 4711), "198.51.100.1")
    await is_wrong(outside.proxy, "10.0.0.7 forwards visitors", "FORWARDED_ALLOW_IPS=10.0.0.7")
    old = time.time() - outside.SEEN_WITHIN - 1
    os.utime(tmp_path / "unbelieved-proxy", (old, old))
    await is_well(outside.proxy)


# ── its own doings ──


async def test_jobs_that_stand_still(site, database):
    await site.tickers_rest()
    await is_well(running.jobs)
    await rows(
        """insert into letter (key, member_id, recipient, language, subject, text, html, next_at)
           values ('late', 1, 'a@example.org', 'en', 's', 't', 'h', now() - interval '20 minutes')"""
    )
    await is_wrong(running.jobs, "standing still: 1 letters since", "quanzi serve")


async def test_a_backup_that_is_too_old(set_to, tmp_path):
    set_to(var=tmp_path)
    await is_well(running.backup)
    remembered.note(tmp_path / "quanzi.tar")
    await is_well(running.backup)
    old = {"at": time.time() - running.OLDEST_BACKUP - 60, "file": "/backup/quanzi.tar"}
    (tmp_path / "last-backup").write_text(json.dumps(old))
    await is_wrong(running.backup, "days old", "quanzi.tar", "run `quanzi backup`")


async def test_the_demos_passwords_on_an_open_site(set_to, database, monkeypatch):
    async def known() -> bool:
        return True

    monkeypatch.setattr(loading, "has_demo_passwords", known)
    set_to(url="https://quanzi.example")
    await is_wrong(running.passwords, "everybody knows")
    set_to(url="http://127.0.0.1:8000")
    await is_well(running.passwords)


# ── the database ──


async def test_a_clock_that_is_wrong(database, monkeypatch):
    await is_well(database_checks.clock)
    monkeypatch.setattr(database_checks.time, "time", lambda: 1_000_000_000.0)
    await is_wrong(database_checks.clock, "NTP")


async def test_a_database_that_is_too_old():
    assert database_checks.judged_version(14_00_09) == (False, "PostgreSQL 14; use 15 or newer")
    assert database_checks.judged_version(15_00_00)[0]


@pytest.fixture
async def beside(database):
    """The run's server, for making what is wrong beside the site's own database."""
    connection = await asyncpg.connect(settings().database_url)
    made: list[str] = []
    yield connection, made
    for undo in reversed(made):
        await connection.execute(undo)
    await connection.close()


async def doctor(tmp_path: Path, url: str) -> tuple[int, str]:
    return await run(tmp_path, "doctor", DATABASE_URL=url, VALKEY_URL=settings().valkey_url)


def other(name: str, **also: str) -> str:
    """The address of another database, or of this one as somebody else."""
    head, _, query = settings().database_url.partition("?")
    base = head.rpartition("/")[0] + f"/{name}" if name else head
    if "role" in also:
        scheme, _, rest = base.partition("://")
        base = f"{scheme}://{also['role']}:{also.get('password', '')}@{rest.rpartition('@')[2]}"
    more = "&".join(filter(None, [query, also.get("more", "")]))
    return f"{base}?{more}" if more else base


async def test_a_database_that_does_not_answer(tmp_path):
    code, said = await doctor(tmp_path, "postgresql://quanzi@127.0.0.1:9/quanzi")

    assert code == 1
    assert "WRONG database: does not answer" in said
    assert "DATABASE_URL" in said
    assert "Traceback" not in said


async def test_a_database_with_another_alphabet_and_without_a_schema(tmp_path, beside):
    connection, made = beside
    await connection.execute(
        "create database narrow template template0 encoding 'SQL_ASCII' locale_provider libc locale 'C'"
    )
    made.append("drop database narrow with (force)")

    code, said = await doctor(tmp_path, other("narrow"))

    assert code == 1
    assert "WRONG text: its encoding is SQL_ASCII" in said
    assert "WRONG schema: missing" in said


async def test_a_database_that_cannot_be_written_to(tmp_path, beside):
    connection, made = beside
    await connection.execute("create role only_reads login password 'x'")
    made.append("drop role only_reads")
    await connection.execute("grant select on all tables in schema public to only_reads")
    made.append("drop owned by only_reads")
    await connection.execute("alter role only_reads set default_transaction_read_only = on")

    code, said = await doctor(tmp_path, other("", role="only_reads", password="x"))
    assert code == 1
    assert "WRONG rights: the database is read-only for only_reads" in said

    await connection.execute("alter role only_reads reset default_transaction_read_only")
    code, said = await doctor(tmp_path, other("", role="only_reads", password="x"))
    assert code == 1
    assert "WRONG rights: only_reads cannot write to" in said
    assert "separate_role.sql" in said


async def test_a_copy_that_is_none_or_of_another_database_or_away(set_to, beside):
    connection, made = beside
    await is_well(database_checks.replica)

    set_to(database_replica_url="postgresql://quanzi@127.0.0.1:9/quanzi")
    await is_wrong(database_checks.replica, "does not answer", "DATABASE_REPLICA_URL")

    set_to(database_replica_url=settings().database_url)
    await is_wrong(database_checks.replica, "is the database itself")

    await connection.execute("create database elsewhere")
    made.append("drop database elsewhere with (force)")
    there = await asyncpg.connect(other("elsewhere"))
    await there.execute(
        "create function quanzi_epoch() returns text language sql as 'select $$x$$'"
    )
    await there.close()
    set_to(database_replica_url=other("elsewhere"))
    await is_wrong(database_checks.replica, "another database", "pg_basebackup")


async def test_the_sites_own_role_could_change_the_audit_log(beside):
    connection, made = beside
    owner = await connection.fetchval("select current_user")
    await connection.execute("create role quanzi_app")
    made.append("drop role quanzi_app")
    await is_well(database_checks.rights)
    await connection.execute("alter table audit_entry owner to quanzi_app")
    try:
        await is_wrong(database_checks.rights, "could change the audit log", "docs/audit.md")
    finally:
        await connection.execute(f'alter table audit_entry owner to "{owner}"')
    await is_well(database_checks.rights)


async def test_indexes_that_were_sorted_by_another_version(beside):
    connection, _ = beside
    before = await connection.fetchrow(
        "select datcollversion, oid from pg_database where datname = current_database()"
    )
    await is_well(database_checks.text)
    if await connection.fetchval("select pg_database_collation_actual_version($1)", before["oid"]):
        await connection.execute(
            "update pg_database set datcollversion = '0.1' where oid = $1", before["oid"]
        )
        try:
            await is_wrong(database_checks.text, "reindex database", "refresh collation version")
        finally:
            await connection.execute(
                "update pg_database set datcollversion = $2 where oid = $1",
                before["oid"],
                before["datcollversion"],
            )


# ── a setting that cannot be read stops it in one line ──


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("QUANZI_SECRET", "short"),
        ("QUANZI_URL", "quanzi.example"),
        ("QUANZI_POOL", "many"),
        ("VALKEY_URL", "http://x"),
        ("QUANZI_SETUP", "no"),
    ],
)
async def test_a_wrong_setting_is_one_line(tmp_path, name, value):
    code, said = await run(
        tmp_path,
        "doctor",
        **{"DATABASE_URL": "postgresql://x", "VALKEY_URL": "valkey://x", name: value},
    )
    assert code == 1
    assert said.startswith("quanzi: ")
    assert name in said
    assert said.count("\n") == 1
