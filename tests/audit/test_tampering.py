"""T27: whoever owns the database can change the log, and cannot hide it. The site's role cannot."""

from contextlib import asynccontextmanager, suppress
from pathlib import Path

import asyncpg
import pytest

from quanzi.audit import erasing, verifying, writing
from quanzi.audit.diagnosing import Why
from quanzi.db.engine import row, rows
from quanzi.db.transaction import transaction
from tests.audit.log import Over, anchor, chained_anew, tampering, written

ROLE = "quanzi_tests_app"
GRANTS = Path(verifying.__file__).with_name("separate_role.sql")

UP = "update audit_entry set seq = -seq where seq >= {0}"
SHIFTED = "update audit_entry set seq = -seq + {0} where seq < 0"


async def found(anchors=()) -> tuple[int, str]:
    fault = (await verifying.verify(anchors)).fault
    assert fault is not None, "nothing was found"
    assert str(fault.seq) in fault.said
    assert "\n" not in fault.said
    return fault.seq, fault.why


async def inserted(seq: int, before: str) -> None:
    await rows(UP.format(seq))
    await rows(SHIFTED.format(1))
    await rows(
        f"""insert into audit_entry select $1::bigint, at, 9, deed, circle_id, about, member_id, detail, salt,
                   detail_hash, {before}, hash from audit_entry where seq = $1::bigint - 1""",
        seq,
    )


async def test_a_log_that_nobody_touched_is_whole(database):
    await written(12)

    verdict = await verifying.verify([await anchor(5), await anchor(12)])

    assert verdict.fault is None
    assert (verdict.entries, verdict.seq, verdict.anchored) == (12, 12, 2)
    assert (await verifying.verify()).hash == verdict.hash


@pytest.mark.parametrize(
    "change",
    [
        "at = at - interval '1 day'",
        "at = 'infinity'",
        "at = '4000-01-01 BC'",
        "actor_id = 9",
        "actor_id = null",
        "deed = 'case.dismissed'",
        "circle_id = 4",
        "about = about || '0'",
        "member_id = null",
        "detail_hash = sha256('x')",
        "hash = sha256('x')",
        "before = sha256('x')",
        "before = ''",
    ],
)
async def test_an_altered_entry_is_found_whatever_of_it_was_altered(database, change):
    await written(12)
    async with tampering():
        await rows(f"update audit_entry set {change} where seq = 7")

        assert await found() == (7, Why.ALTERED)


async def test_what_moves_from_one_field_into_the_next_is_altered(database):
    await writing.write("a.b", actor_id=1, about="c")
    async with tampering():
        await rows("update audit_entry set deed = 'a', about = '.bc'")

        assert await found() == (1, Why.ALTERED)


async def test_an_altered_entry_with_a_hash_that_fits_again_is_found_by_the_next(database):
    await written(12)
    async with tampering():
        kept = await rows("select seq, before, hash from audit_entry where seq > 7")
        await rows("update audit_entry set actor_id = 9 where seq = 7")
        await chained_anew(7)
        for seq, before, made in kept:
            await rows(
                "update audit_entry set before = $2, hash = $3 where seq = $1", seq, before, made
            )

        assert await found() == (7, Why.ALTERED)


@pytest.mark.parametrize(
    "change",
    [
        "detail = jsonb_set(detail, '{reason}', '\"别的\"')",
        "detail = '{}'",
        "detail = null",
        "salt = null",
        "salt = sha256('x')",
    ],
)
async def test_an_altered_detail_is_found(database, change):
    await written(12)
    async with tampering():
        await rows(f"update audit_entry set {change} where seq = 7")

        assert await found() == (7, Why.DETAIL)


@pytest.mark.parametrize("seq", [1, 7])
async def test_a_deleted_entry_is_missed(database, seq):
    await written(12)
    async with tampering():
        await rows("delete from audit_entry where seq = $1", seq)

        assert await found() == (seq, Why.MISSING)


@pytest.mark.parametrize(("first", "last"), [(7, 7), (7, 9), (1, 1)])
async def test_deleted_entries_are_missed_though_the_rest_moved_up(database, first, last):
    await written(12)
    async with tampering():
        await rows("delete from audit_entry where seq between $1 and $2", first, last)
        await rows(UP.format(first))
        await rows(SHIFTED.format(first - last - 1))

        assert await found() == (first, Why.MISSING)


@pytest.mark.parametrize(("one", "other"), [(5, 8), (5, 6), (1, 12)])
async def test_two_swapped_entries_are_found_at_the_first(database, one, other):
    await written(12)
    async with tampering():
        await rows("update audit_entry set seq = -seq where seq in ($1, $2)", one, other)
        await rows("update audit_entry set seq = $1::bigint + $2 + seq where seq < 0", one, other)

        assert await found() == (one, Why.SWAPPED)


async def test_an_entry_that_was_only_moved_is_found_where_it_belongs(database):
    await written(12)
    async with tampering():
        await rows("update audit_entry set seq = 40 where seq = 7")

        assert await found() == (7, Why.SWAPPED)


async def test_an_inserted_entry_is_found(database):
    await written(12)
    async with tampering():
        await inserted(7, "sha256('made up')")

        assert await found() == (7, Why.INSERTED)


async def test_an_inserted_entry_that_fits_to_what_is_before_it_is_found(database):
    await written(12)
    async with tampering():
        await inserted(7, "hash")
        kept = await rows("select seq, before, hash from audit_entry where seq > 7")
        await chained_anew(7)
        for seq, before, made in kept:
            await rows(
                "update audit_entry set before = $2, hash = $3 where seq = $1", seq, before, made
            )

        assert await found() == (7, Why.INSERTED)


@pytest.mark.parametrize("seq", [0, -3])
async def test_an_entry_before_the_first_is_found(database, seq):
    await written(3)
    async with tampering():
        await rows(
            """insert into audit_entry select $1::bigint, at, actor_id, deed, circle_id, about, member_id, detail,
                   salt, detail_hash, before, hash from audit_entry where seq = 1""",
            seq,
        )

        assert await found() == (seq, Why.INSERTED)


@pytest.mark.parametrize("seq", [4, 7])
async def test_a_number_that_is_there_twice_is_found_also_where_two_pieces_meet(
    database, monkeypatch, seq
):
    monkeypatch.setattr(verifying, "AT_ONCE", 4)
    await written(12)
    async with tampering():
        await rows("alter table audit_entry drop constraint audit_entry_pkey")
        await rows("insert into audit_entry select * from audit_entry where seq = $1", seq)

        assert await found() == (seq, Why.INSERTED)


async def test_a_cut_end_is_found_by_the_anchor_and_by_nothing_else(database):
    await written(12)
    anchors = [await anchor(5), await anchor(11)]
    async with tampering():
        await rows("delete from audit_entry where seq > 8")

        assert (await verifying.verify(anchors[:1])).fault is None
        assert await found(anchors) == (9, Why.CUT)
        await rows("delete from audit_entry")
        assert await found(anchors) == (1, Why.CUT)


async def test_a_cut_end_that_grew_again_is_found_by_the_anchor(database):
    await written(12)
    anchors = [await anchor(5), await anchor(11)]
    async with tampering():
        await rows("delete from audit_entry where seq > 8")
        await rows("alter table audit_entry enable trigger all")
        await written(6)

        assert (await verifying.verify()).fault is None
        assert await found(anchors) == (6, Why.REBUILT)


@pytest.mark.parametrize("first", [1, 7])
async def test_a_rebuilt_chain_is_found_by_the_anchor_and_by_nothing_else(database, first):
    await written(12)
    anchors = [await anchor(5), await anchor(11)]
    async with tampering():
        await rows("update audit_entry set actor_id = 9 where seq = $1", first)
        await chained_anew(first)

        assert (await verifying.verify()).fault is None
        assert await found(anchors) == (1 if first == 1 else 6, Why.REBUILT)


async def test_the_latest_are_verified_alone(database):
    await written(12)
    assert (await verifying.latest(5)).entries == 5
    assert (await verifying.latest(50)).entries == 12
    async with tampering():
        await rows("update audit_entry set actor_id = 9 where seq = 7")

        assert (await verifying.latest(5)).fault is None
        assert (await verifying.latest(6)).fault


# As the site's own role, which owns nothing.


@asynccontextmanager
async def as_the_app():
    with suppress(Over):
        async with transaction():
            if not await rows("select 1 from pg_roles where rolname = $1", ROLE):
                await rows(f"create role {ROLE}")
            for statement in GRANTS.read_text().replace(':"app"', ROLE).split(";\n"):
                if statement.strip():
                    await rows(statement)
            await rows(f"set local role {ROLE}")
            yield
            raise Over


REFUSED = {
    "alter": "update audit_entry set actor_id = 9 where seq = 2",
    "alter a detail": "update audit_entry set detail = '{}' where seq = 2",
    "blank": "update audit_entry set detail = null, salt = null where seq = 2",
    "delete": "delete from audit_entry where seq = 2",
    "swap": "update audit_entry set seq = 5 - seq where seq in (2, 3)",
    "insert": "insert into audit_entry (seq, deed) values (2, 'x')",
    "insert what was": "insert into audit_entry (deed, at) values ('x', '2020-01-01')",
    "insert a hash": "insert into audit_entry (deed, before, hash) values ('x', '', '')",
    "cut the end": "delete from audit_entry where seq > 2",
    "cut all": "truncate audit_entry",
    "turn off": "alter table audit_entry disable trigger all",
    "turn off for itself": "set session_replication_role = replica",
    "another function": "create or replace function audit_entry_stays() returns trigger language sql as ''",
    "drop": "drop table audit_entry",
    "steps": "delete from migration",
}


@pytest.mark.parametrize("tamper", REFUSED)
async def test_the_site_s_role_cannot(database, tamper):
    await written(4)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with as_the_app():
            # Who erases a member says so first; that opens nothing here.
            await rows("select set_config('quanzi.erasing', '2', true)")
            await rows(REFUSED[tamper])

    assert (await verifying.verify()).entries == 4


async def test_the_site_s_role_can_do_its_work(database):
    await written(2)
    async with as_the_app():
        await written(2)
        assert await erasing.forget(2) == 4
        verdict = await verifying.verify()

    assert verdict.fault is None
    assert (verdict.entries, verdict.blanked) == (4, 4)


async def test_a_table_of_one_s_own_is_not_taken_for_the_log(database):
    await written(2)
    async with as_the_app():
        await rows("create temporary table audit_entry (seq bigint, hash bytea)")
        await rows("insert into audit_entry values (70, 'x')")
        await rows("insert into public.audit_entry (deed) values ('x')")
        found = await row("select max(seq) as seq from public.audit_entry")

    assert found
    assert found["seq"] == 3


# As the owner who does not turn anything off: a slip, or a statement that got in.


@pytest.mark.parametrize(
    "tamper",
    [
        *(REFUSED[name] for name in ("alter", "alter a detail", "blank", "delete", "swap")),
        *(REFUSED[name] for name in ("insert", "insert what was", "insert a hash", "cut all")),
    ],
)
async def test_nobody_tampers_by_a_slip(database, tamper):
    await written(4)

    with pytest.raises(asyncpg.RaiseError):
        await rows(tamper)


@pytest.mark.parametrize("also", ["actor_id = 9", "at = now()", "hash = ''", "member_id = null"])
async def test_erasing_is_no_pretext_for_more(database, also):
    await written(4)

    with pytest.raises(asyncpg.RaiseError):
        async with transaction():
            await rows("select set_config('quanzi.erasing', '2', true)")
            await rows(f"update audit_entry set detail = null, salt = null, {also}")
    with pytest.raises(asyncpg.RaiseError):
        async with transaction():
            await rows("select set_config('quanzi.erasing', '77', true)")
            await rows("update audit_entry set detail = null, salt = null")
