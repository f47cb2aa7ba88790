"""A site out of a backup: nothing is changed before all of the file has been found good.

Files are laid beside their places, the database is filled in one transaction; when both are there
the files are moved, which takes a blink, and the transaction commits. What goes wrong before that
leaves everything as it was.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import asyncpg

from quanzi import clock
from quanzi.activity import reading
from quanzi.audit import anchors
from quanzi.audit.anchors import Anchor
from quanzi.audit.verifying import Verdict
from quanzi.backup import afterwards, placing
from quanzi.backup.checking import Checked, check
from quanzi.backup.failure import Refused
from quanzi.backup.making import Told
from quanzi.backup.manifest import Manifest
from quanzi.backup.restoring_database import list_dump, restored
from quanzi.backup.target import Target
from quanzi.db.engine import rows
from quanzi.db.migrating import MigrationFailed, known, migrate
from quanzi.settings import settings


@dataclass(slots=True)
class Restored:
    """`missing_roles`: were given rights, and are not on this server. `kept`: where old things lie."""

    manifest: Manifest
    verdict: Verdict
    gaps: list[int]
    lost: int
    erased: list[int]
    epoch: str
    kept: list[Path]
    missing_roles: list[str]


class Unfinished(Exception):
    """The site is restored; what is done afterwards was not done to its end."""


def checked(file: BinaryIO, told: Told) -> Checked:
    """Raises Damaged; Refused for a backup that knows more than this program."""
    found = check(file, lambda done, of: told("checking", done, of))
    newer = sorted(set(found.manifest.steps) - set(known()))
    if newer:
        raise Refused(
            f"it was made by a newer Quanzi ({found.manifest.quanzi}): "
            f"this program does not know {newer[0]}"
        )
    list_dump(file, found)
    return found


async def restore(
    file: BinaryIO, found: Checked, goal: Target, erased: Collection[int], told: Told
) -> Restored:
    """Into what `target.examined` has seen. Raises Refused, or OSError for a disk that is full."""
    manifest, former = found.manifest, _former_anchors()
    missing = await _missing_roles(manifest)
    when = clock.now().strftime("%Y%m%dT%H%M%SZ")
    with placing.beside(file, found, lambda done, of: told("files", done, of)) as place:
        placed = None
        try:
            with restored(
                file,
                found,
                goal,
                rights=not missing,
                told=lambda done, of: told("database", done, of),
            ):
                placed = place(when)
        except BaseException:
            if placed is not None:
                placed.undo()
            raise
    settings.cache_clear()
    try:
        return await _looked_at(manifest, former, {*erased, *goal.erased}, placed.former, missing)
    except (asyncpg.PostgresError, OSError, MigrationFailed, anchors.Unreadable) as why:
        raise Unfinished(str(why)) from why


async def _looked_at(
    manifest: Manifest,
    former: Sequence[Anchor],
    erased: Collection[int],
    kept: list[Path],
    missing_roles: list[str],
) -> Restored:
    await migrate()
    verdict = await afterwards.verdict()
    lost = afterwards.lost(former, manifest)
    again = await afterwards.erase_again(erased)
    await afterwards.write_down(manifest, lost)
    return Restored(
        manifest=manifest,
        verdict=verdict,
        gaps=await afterwards.gaps(),
        lost=lost,
        erased=again,
        epoch=await reading.epoch(),
        kept=kept,
        missing_roles=missing_roles,
    )


async def _missing_roles(manifest: Manifest) -> list[str]:
    there = await rows(
        "select rolname from pg_roles where rolname = any($1::text[])", manifest.roles
    )
    return sorted(set(manifest.roles) - {line["rolname"] for line in there})


def _former_anchors() -> list[Anchor]:
    """What the outside knows of the past that is being left; unreadable is as good as nothing."""
    try:
        return anchors.read(settings().anchor) if settings().anchor.exists() else []
    except anchors.Unreadable:
        return []
