"""Making what was asked for: a ZIP with JSON for machines, a page for people, and the pictures."""

import asyncio
import secrets
from contextlib import aclosing
from dataclasses import dataclass
from pathlib import Path

import structlog

from quanzi import clock
from quanzi.db.engine import row, rows
from quanzi.db.transaction import transaction
from quanzi.privacy.parcel import packed
from quanzi.privacy.parts import PARTS
from quanzi.privacy.taking import KEPT, folder, path_of

log = structlog.get_logger()

# Nothing heard of its maker for so long: it has died, and another begins anew.
SILENT = "1 minute"
IS_DUE = f"""data_export where (state = 'waiting'
             or (state = 'making' and beat_at < now() - interval '{SILENT}'))"""
OLD_SECONDS = 8 * 24 * 3600


@dataclass(frozen=True, slots=True)
class _Job:
    id: int
    member_id: int
    language: str
    file: str


async def make_next() -> int:
    """Make one that waits; 1 when there was one."""
    job = await _claimed()
    if job is None:
        return 0
    part = path_of(job.file).with_suffix(".part")
    try:
        part.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        async with aclosing(packed(part, job.member_id, job.language)) as packing:
            async for done in packing:
                await _beat(job, done)
        await _hand_over(job, part)
    except Exception:
        log.exception("export.failed", export=job.id)
        await _fail(job)
    finally:
        part.unlink(missing_ok=True)
    return 1


async def sweep() -> int:
    """Throw away what is older than its time, and what a killed process left behind."""
    gone = await rows("delete from data_export where ends_at <= now() returning file")
    for line in gone:
        path_of(line["file"]).unlink(missing_ok=True)
    await asyncio.to_thread(_sweep_folder)
    return len(gone)


async def forget(member_id: int) -> None:
    """With all that was made for this member: they leave."""
    gone = await rows("delete from data_export where member_id = $1 returning file", member_id)
    for line in gone:
        path_of(line["file"]).unlink(missing_ok=True)


async def _claimed() -> _Job | None:
    found = await row(
        f"""update data_export set state = 'making', beat_at = now(), done = 0, parts = $1, file = $2
            where id = (select id from {IS_DUE}
                        order by asked_at limit 1 for update skip locked)
            returning id, member_id, language, file""",
        len(PARTS),
        secrets.token_hex(16),
    )
    return _Job(*found) if found else None


async def _beat(job: _Job, done: int) -> None:
    await rows(
        "update data_export set beat_at = now(), done = $3 where id = $1 and file = $2",
        job.id,
        job.file,
        done,
    )


async def _hand_over(job: _Job, part: Path) -> None:
    """Ready, in place of the one before; unless another has taken over, or the member has left."""
    size = (await asyncio.to_thread(part.stat)).st_size
    async with transaction():
        ready = await rows(
            f"""update data_export set state = 'ready', bytes = $3,
                       ends_at = now() + interval '{KEPT}'
                where id = $1 and file = $2 and state = 'making' returning id""",
            job.id,
            job.file,
            size,
        )
        if not ready:
            return
        # Before the commit: who is told that it is ready can fetch it.
        await asyncio.to_thread(part.rename, path_of(job.file))
        before = await rows(
            "delete from data_export where member_id = $1 and id < $2 returning file",
            job.member_id,
            job.id,
        )
    for line in before:
        path_of(line["file"]).unlink(missing_ok=True)


async def _fail(job: _Job) -> None:
    await rows(
        f"""update data_export set state = 'failed', ends_at = now() + interval '{KEPT}'
            where id = $1 and file = $2 and state = 'making'""",
        job.id,
        job.file,
    )


def _sweep_folder() -> None:
    oldest = clock.now().timestamp() - OLD_SECONDS
    for file in folder().glob("*"):
        if file.stat().st_mtime < oldest:
            file.unlink(missing_ok=True)
