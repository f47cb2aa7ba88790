"""Bringing in what was agreed to, row by row, each once: whatever stops in between goes on from there."""

import asyncio
import uuid
from contextlib import suppress
from dataclasses import dataclass

import asyncpg
import structlog

from quanzi import clock
from quanzi.circles.access import Place
from quanzi.db.engine import row, rows
from quanzi.db.faults import DATABASE_FAULTS
from quanzi.db.transaction import transaction
from quanzi.errors import Barred, Invalid, NotAllowed, Refusal, Said, said
from quanzi.importing import archive, claiming, notes
from quanzi.importing.claiming import Job
from quanzi.media import Picture
from quanzi.posts import drafts, pictures, vetting, writing
from quanzi.posts.drafts import Draft
from quanzi.screening import pictures as looks
from quanzi.web import i18n

log = structlog.get_logger()

# A name for the keys of rows, made by chance once.
SPACE = uuid.UUID("5d6f0c0e-6f0b-4a7c-9a58-6a0a2f9e6b11")
# The first look may have to wait for its process to start.
WITHIN = 20.0


class Stopped(Exception):
    """Somebody stopped the import, or has done this row."""


@dataclass(frozen=True, slots=True)
class Done:
    """`again`: it had been brought in before."""

    post_id: int
    again: bool


async def bring_some() -> int:
    """How many rows were dealt with."""
    job = await claiming.claim("running")
    if job is None:
        return 0
    for count in range(claiming.AT_ONCE):
        line = await _next(job)
        if line is None:
            await _end(job)
            return count + 1
        try:
            # Asked each time: who has lost the right a minute ago brings in nothing more.
            place = await claiming.place_of(job)
            await _bring(place, job, line)
        except Stopped:
            break
        except (NotAllowed, Barred) as refusal:
            await claiming.stop(job, claiming.reason(refusal))
            return count + 1
        except DATABASE_FAULTS:
            raise  # it is over soon, and whoever comes next tries this row again
        except Exception:
            # A fault of ours: one row must not keep the others out for ever.
            log.exception("import.row", job=job.id, row=line["number"])
            with suppress(Stopped):
                await _fail(job, line["number"], said("这一行出了问题，没有导入。"))
        await claiming.beat(job)
    await claiming.let_go(job)
    return claiming.AT_ONCE


async def _bring(place: Place, job: Job, line: asyncpg.Record) -> None:
    draft = _draft(place, job, line)
    try:
        files = await _files(job, line["pictures"])
        async with pictures.taken_in(files) as taken:
            done = await _publish(place, job, line["number"], draft, taken)
        if done.again:
            await pictures.discard_all(taken)
    except Invalid as wrong:
        await _fail(job, line["number"], next(iter(wrong.fields.values())))
    except (Barred, NotAllowed):
        raise
    except Refusal as refusal:
        await _fail(job, line["number"], refusal.sentence)


async def _publish(place: Place, job: Job, number: int, draft: Draft, taken: list[Picture]) -> Done:
    await looks.look([each.name for each in taken], within=WITHIN)
    vetted = await vetting.vet(
        place, draft.body, kind="post", shown=taken, topics=draft.topics, alts=draft.alts
    )
    async with transaction():
        await _lock(job, number)
        written = await writing.publish(place, draft, taken, vetted)
        await _count(job, number, "failed" if written.again else "made", written.post_id)
        if written.again:
            await _note(job, number, said("这一行以前已经导入过。"))
    return Done(written.post_id, written.again)


def _draft(place: Place, job: Job, line: asyncpg.Record) -> Draft:
    at = line["publish_at"]
    at = at if at and at > clock.now() else None
    body = line["body"]
    if job.dated and line["first_at"]:
        day = i18n.day(line["first_at"], job.language, place.circle.time_zone)
        below = "\n\n" + i18n.spoken(said("（首发于 %(day)s）", day=day), job.language)
        body = body[: drafts.LONGEST - len(below)] + below
    key = uuid.uuid5(SPACE, f"{job.circle_id}:{job.digest.hex()}:{line['number']}")
    topics = tuple(drafts.topics_in(body, line["topics"]))
    return Draft(body, topics, at, key=key, kept=at is None, one_of_many=True)


async def _files(job: Job, wanted: list[str]) -> list[bytes]:
    if not wanted:
        return []
    try:
        known = archive.names(archive.path_of(job.archive))
        return [
            await asyncio.to_thread(archive.picture, job.archive, known[name.lower()])
            for name in wanted
        ]
    except (KeyError, OSError):
        raise Invalid(images=said("它的图片在 ZIP 里读不出来。")) from None


async def _next(job: Job) -> asyncpg.Record | None:
    return await row(
        """select number, body, topics, pictures, publish_at, first_at from post_import_row
           where circle_id = $1 and import_id = $2 and state = 'good' order by number limit 1""",
        job.circle_id,
        job.id,
    )


async def _lock(job: Job, number: int) -> None:
    """Raises Stopped."""
    runs = await row(
        """select 1 from post_import i join post_import_row r
               on r.circle_id = i.circle_id and r.import_id = i.id
           where i.circle_id = $1 and i.id = $2 and i.state = 'running' and r.number = $3
             and r.state = 'good' for update""",
        job.circle_id,
        job.id,
        number,
    )
    if runs is None:
        raise Stopped


async def _fail(job: Job, number: int, why: Said) -> None:
    async with transaction():
        await _lock(job, number)
        await _count(job, number, "failed", None)
        await _note(job, number, why)


async def _count(job: Job, number: int, state: str, post_id: int | None) -> None:
    await rows(
        """update post_import_row set state = $4, post_id = $5
           where circle_id = $1 and import_id = $2 and number = $3""",
        job.circle_id,
        job.id,
        number,
        state,
        post_id,
    )
    await rows(
        f"update post_import set {state} = {state} + 1 where circle_id = $1 and id = $2",
        job.circle_id,
        job.id,
    )


async def _note(job: Job, number: int, why: Said) -> None:
    await rows(
        """update post_import_row set notes = $4
           where circle_id = $1 and import_id = $2 and number = $3""",
        job.circle_id,
        job.id,
        number,
        notes.packed([why]),
    )


async def _end(job: Job) -> None:
    async with transaction():
        runs = await row(
            """select 1 from post_import where circle_id = $1 and id = $2 and state = 'running'
               for update""",
            job.circle_id,
            job.id,
        )
        if runs is not None:
            await claiming.finish(job.circle_id, job.id, "done")
