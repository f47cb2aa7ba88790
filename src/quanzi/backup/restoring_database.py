"""The database out of a backup, in one transaction: all of it, or it was never touched."""

import os
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, BinaryIO, cast

from quanzi.backup import programs
from quanzi.backup.archive import DUMP
from quanzi.backup.checking import Checked, Member
from quanzi.backup.failure import Damaged
from quanzi.backup.session import close, psql
from quanzi.backup.target import Target
from quanzi.db.migrating import LOCK

# A site that starts meanwhile waits for the same lock before it migrates.
BEGIN = f"""
\\set ON_ERROR_STOP on
begin;
set local client_min_messages = warning;
set local lock_timeout = '10s';
select pg_advisory_xact_lock({LOCK}) \\g /dev/null
do $$ begin
    if exists (select 1 from pg_stat_activity
               where datname = current_database() and application_name = 'quanzi') then
        raise exception 'a site came and uses this database; stop it first';
    end if;
end $$;
"""
STILL_EMPTY = """
do $$ begin
    if to_regclass('public.migration') is not null then
        raise exception 'somebody filled this database meanwhile';
    end if;
end $$;
"""
# Only what is in the way: extensions may belong to somebody else, and so may the schema.
CLEAR = """
do $$ begin
    -- Put together before the first of them runs: what is dropped takes with it what it owns.
    execute (
        select coalesce(string_agg(each.statement, ';'), '') from (
            select format('drop %s if exists public.%I cascade',
                          case relkind when 'v' then 'view' when 'm' then 'materialized view'
                               when 'S' then 'sequence' else 'table' end, relname) as statement
            from pg_class c where relnamespace = 'public'::regnamespace
              and relkind in ('r', 'p', 'v', 'm', 'S')
              and not exists (select 1 from pg_depend where objid = c.oid and deptype in ('e', 'i', 'a'))
            union all
            select format('drop routine if exists %s cascade', p.oid::regprocedure)
            from pg_proc p where pronamespace = 'public'::regnamespace
              and not exists (select 1 from pg_depend where objid = p.oid and deptype = 'e')
        ) each
    );
end $$;
"""
# Above every number that this database or the backup had, and, by the clock, above those that
# nobody remembers: a page must never take another past for its own.
RAISE = """
update public.history set generation = greatest(
    generation + 1, {former} + 1, extract(epoch from clock_timestamp())::bigint);
"""


def list_dump(file: BinaryIO, checked: Checked) -> None:
    """Whether pg_restore knows its way in it."""
    program, _ = programs.find("pg_restore", checked.manifest.dump)
    _at(file, checked.members[DUMP])
    done = subprocess.run([program, "--list"], check=False, stdin=file, capture_output=True)
    if done.returncode or b"TABLE DATA public member " not in done.stdout:
        raise Damaged(f"{DUMP} cannot be listed: {programs.last_line(done.stderr)}")


@contextmanager
def restored(
    file: BinaryIO,
    checked: Checked,
    goal: Target,
    *,
    rights: bool,
    told: Callable[[int, int], object],
) -> Iterator[None]:
    """Everything is there within the block, and stays when the block ends well. Raises Refused."""
    member = checked.members[DUMP]
    closing = [
        f"revoke execute on function {name} from public;" for name in checked.manifest.closed
    ]
    last = RAISE.format(former=goal.generation) + ("" if rights else "\n".join(closing))
    with psql(max(goal.server, checked.manifest.dump)) as session:
        session.say((BEGIN + (CLEAR if goal.filled else STILL_EMPTY)).encode())
        with _plain(file, checked, rights=rights) as dump:
            session.take(
                dump,
                # Where its child stands in the file, which it shares with us.
                lambda: told(os.lseek(file.fileno(), 0, os.SEEK_CUR) - member.offset, member.size),
                old=goal.server < 17,  # noqa: PLR2004
            )
        session.say(b"reset search_path;\n" + last.encode() + b"\n\\echo quanzi-ready\n")
        session.waits()
        yield
        session.commit()


@contextmanager
def _plain(file: BinaryIO, checked: Checked, *, rights: bool) -> Iterator[IO[bytes]]:
    """The dump as SQL. Raises Damaged at the end of the block when it was not whole."""
    program, _ = programs.find("pg_restore", checked.manifest.dump)
    _at(file, checked.members[DUMP])
    how = ["--no-owner", "--no-comments", *([] if rights else ["--no-privileges"])]
    with tempfile.TemporaryFile() as complaints:
        process = subprocess.Popen(
            [program, *how, "--file=-"], stdin=file, stdout=subprocess.PIPE, stderr=complaints
        )
        try:
            yield cast("IO[bytes]", process.stdout)
            code = process.wait()
        finally:
            process.kill()
            process.wait()
            close(process.stdout)
        if code:
            complaints.seek(0)
            raise Damaged(f"{DUMP}: {programs.last_line(complaints.read())}")


def _at(file: BinaryIO, member: Member) -> None:
    """For a child, which shares where we stand in it."""
    file.seek(member.offset)
    os.lseek(file.fileno(), member.offset, os.SEEK_SET)
