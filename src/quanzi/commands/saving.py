"""`quanzi backup` and `quanzi restore`."""

import asyncio
import contextlib
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import asyncpg
import click

from quanzi.commands.backing import backed
from quanzi.commands.failure import Failed
from quanzi.settings import settings

if TYPE_CHECKING:
    from quanzi.backup.restoring import Restored

QUIET = 0.2


def backup(file: Path, *, force: bool) -> None:
    file = file.absolute()
    with backed():
        from quanzi.admin import remembered  # noqa: PLC0415 - settings come first
        from quanzi.backup import making  # noqa: PLC0415 - settings come first
        from quanzi.backup.failure import Refused  # noqa: PLC0415

        progress = _Progress()
        try:
            checked = asyncio.run(making.make(file, progress.tell, force=force))
        except (Refused, asyncpg.PostgresError) as why:
            raise Failed(f"No backup was made: {_sentence(why)}") from why
        except OSError as why:
            raise Failed(f"No backup was made: {file}: {why.strerror or why}.") from why
        finally:
            progress.end()
        with contextlib.suppress(OSError):  # a folder of the site's that cannot be written to
            remembered.note(file)
    counts = checked.manifest.counts
    click.echo(
        f"{file}: {file.stat().st_size / 2**20:,.1f} MiB, read back and good. "
        f"{counts['members']:,} members, {counts['posts']:,} posts, {counts['pictures']:,} pictures. "
        "It holds the site's keys: keep it as secret as the site."
    )


def restore(file: Path, *, replace: bool, yes: bool, logs: Sequence[Path]) -> None:
    with backed():
        from quanzi.backup.failure import Damaged, Refused  # noqa: PLC0415 - settings come first
        from quanzi.backup.restoring import Unfinished  # noqa: PLC0415

        progress = _Progress()
        try:
            done = asyncio.run(_restored(file, logs, progress, replace=replace, yes=yes))
        except Damaged as why:
            raise Failed(f"{file} is damaged, nothing was restored: {_sentence(why)}") from why
        except (Refused, OSError, asyncpg.PostgresError) as why:
            raise Failed(f"Nothing was restored: {_sentence(why)}") from why
        except Unfinished as why:
            raise Failed(
                f"The site was restored, but could not be looked at: {_sentence(why)} "
                "Run `quanzi migrate` and `quanzi audit verify`."
            ) from why
        finally:
            progress.end()
        _report(done)


async def _restored(
    file: Path, logs: Sequence[Path], progress: "_Progress", *, replace: bool, yes: bool
) -> "Restored":
    from quanzi.backup import afterwards, restoring, target  # noqa: PLC0415 - settings come first

    with file.open("rb") as opened:
        checked = restoring.checked(opened, progress.tell)
        goal = await target.examined(replace=replace)
        progress.end()
        if goal.filled and not yes:
            click.confirm(
                f"Everything in this database and under {settings().var} becomes what it was at "
                f"{checked.manifest.made_at}. Go on?",
                abort=True,
                err=True,
            )
        erased = {member for log in logs for member in afterwards.erased_in(log)}
        return await restoring.restore(opened, checked, goal, erased, progress.tell)


def _report(done: "Restored") -> None:
    made = done.manifest
    click.echo(
        f"Restored: the site as it was at {made.made_at}, with {made.counts['members']:,} members, "
        f"{made.counts['posts']:,} posts and {made.counts['pictures']:,} pictures; "
        f"epoch {done.epoch}, before {made.epoch}."
    )
    for folder in done.kept:
        click.echo(f"What lay there before is kept in {folder}; delete it when you are sure.")
    if done.missing_roles:
        click.echo(
            f"Rights of {', '.join(done.missing_roles)} were left out, since there is no such role "
            "here: make it and run src/quanzi/audit/separate_role.sql (docs/audit.md)."
        )
    _report_erased(done)
    if done.lost > 0:
        click.echo(f"audit: an anchor knows {done.lost:,} later entries, which this past lacks.")
    fault = done.verdict.fault
    if fault is None:
        click.echo(
            f"audit: {done.verdict.entries:,} entries are as they were written, "
            f"{done.verdict.anchored:,} anchors agree."
        )
    if not done.gaps:
        click.echo("numbers: every circle's log is whole.")
    wrong = [fault.said] if fault is not None else []
    if done.gaps:
        wrong.append(f"Circles with gaps in their numbers: {', '.join(map(str, done.gaps))}.")
    if wrong:
        raise Failed(f"It was restored, and is not as it should be: {' '.join(wrong)}")


def _report_erased(done: "Restored") -> None:
    if done.erased:
        click.echo(
            f"erased: members {', '.join(map(str, done.erased))} came back with the backup; "
            "the site erases them again when it starts."
        )
    click.echo(
        f"erased: who was erased after {done.manifest.made_at} and is not named above came back. "
        "The site's log says member.erased for each; docs/privacy.md says what to do."
    )


def _sentence(why: BaseException) -> str:
    return f"{str(why).splitlines()[0].rstrip('.')}." if str(why) else f"{type(why).__name__}."


class _Progress:
    """One line on a terminal, written over; nothing anywhere else."""

    def __init__(self) -> None:
        self._shown = sys.stderr.isatty()
        self._last = 0.0
        self._open = False

    def tell(self, what: str, done: int, of: int) -> None:
        now = time.monotonic()
        if not self._shown or (now - self._last < QUIET and done != of):
            return
        self._last, self._open = now, True
        much = f"{done * 100 // of} %" if of else f"{done:,}"
        click.echo(f"\r{what}: {much}\x1b[K", nl=False, err=True)

    def end(self) -> None:
        if self._open:
            click.echo("\r\x1b[K", nl=False, err=True)
            self._open = False
