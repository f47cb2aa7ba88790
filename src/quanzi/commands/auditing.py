"""`quanzi audit verify`: the whole log against its own chain and the anchors outside."""

import asyncio
import sys
from pathlib import Path

import asyncpg
import click

from quanzi.audit import anchors
from quanzi.audit.anchors import Anchor
from quanzi.commands.backing import backed
from quanzi.commands.failure import Failed
from quanzi.settings import settings


def verify(file: Path | None) -> None:
    with backed():
        try:
            asyncio.run(_verify(file))
        except (OSError, asyncpg.PostgresError) as why:
            raise Failed(f"The audit log could not be verified: {why}") from why


async def _verify(file: Path | None) -> None:
    from quanzi.audit import anchoring, verifying  # noqa: PLC0415 - settings come first
    from quanzi.db.engine import close_pool, open_pool  # noqa: PLC0415

    # Before the first entry is read: what is anchored meanwhile is no cut.
    known = _anchors(file)
    await open_pool(2)
    try:
        length, _ = await anchoring.head()
        with click.progressbar(
            length=length, label="audit", file=sys.stderr, hidden=not sys.stderr.isatty()
        ) as bar:
            verdict = await verifying.verify(known, told=bar.update)
    finally:
        await close_pool()
    if verdict.fault is not None:
        raise Failed(verdict.fault.said)
    click.echo(
        f"{verdict.entries:,} entries{_erased(verdict.blanked)}, head {verdict.hash.hex()}, "
        f"{verdict.anchored:,} anchors agree."
    )


def _anchors(file: Path | None) -> list[Anchor]:
    file = file or settings().anchor
    try:
        return anchors.read(file) if file.exists() else []
    except anchors.Unreadable as why:
        raise Failed(f"{why}.".capitalize()) from why


def _erased(blanked: int) -> str:
    return f" ({blanked:,} without their words, for who was erased)" if blanked else ""
