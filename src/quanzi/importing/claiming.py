"""One process works on an import at a time, some rows, and lets others have a turn.

Which rows are done stands in the rows: whoever takes over goes on where the other fell.
"""

import asyncio
from dataclasses import dataclass
from functools import partial

from quanzi.circles import access, thresholds
from quanzi.circles.access import Place
from quanzi.db.engine import row, rows
from quanzi.db.transaction import after_commit
from quanzi.errors import Barred, NotAllowed, NotFound, Refusal, Said, said
from quanzi.identity import sessions
from quanzi.importing import archive, notes, policy

# Nothing heard of who works for so long: they have died.
SILENT = "2 minutes"
AT_ONCE = 20
IS_FREE = f"post_import where (beat_at is null or beat_at < now() - interval '{SILENT}')"


@dataclass(frozen=True, slots=True)
class Job:
    circle_id: int
    id: int
    member_id: int
    slug: str
    digest: bytes
    language: str
    archive: str
    way: str
    dated: bool


async def claim(state: str) -> Job | None:
    """An import in this state that nobody works on; who waited longest comes first."""
    found = await row(
        f"""update post_import i set beat_at = now() where (circle_id, id) = (
                select circle_id, id from {IS_FREE} and state = $1
                order by beat_at nulls first, asked_at limit 1 for update skip locked)
            returning circle_id, id, member_id,
                (select slug from circle c where c.id = i.circle_id), digest, language, archive, way,
                dated""",
        state,
    )
    return Job(*found) if found else None


async def beat(job: Job) -> None:
    await rows(
        "update post_import set beat_at = now() where circle_id = $1 and id = $2",
        job.circle_id,
        job.id,
    )


async def let_go(job: Job) -> None:
    """For whoever comes next, when there is something left to do."""
    await rows(
        "update post_import set beat_at = null where circle_id = $1 and id = $2",
        job.circle_id,
        job.id,
    )


async def place_of(job: Job) -> Place:
    """Where its member brings posts in, with the rights that they have now. Raises NotAllowed, Barred."""
    try:
        place = await access.place(job.slug, sessions.absent(job.member_id))
    except NotFound:
        raise NotAllowed from None
    if not policy.can_import(place) or await _is_suspended(job.member_id):
        raise NotAllowed
    thresholds.ask(place, "post")
    return place


async def _is_suspended(member_id: int) -> bool:
    found = await row("select 1 from member where id = $1 and suspended_at is not null", member_id)
    return found is not None


async def stop(job: Job, why: Said) -> None:
    await rows(
        """update post_import set state = 'stopped', beat_at = null, why = $3
           where circle_id = $1 and id = $2 and state in ('trying', 'running')""",
        job.circle_id,
        job.id,
        notes.packed([why]),
    )


def reason(refusal: Refusal) -> Said:
    """Why somebody may not bring in anything now."""
    if isinstance(refusal, Barred):
        return refusal.sentence
    return said("导入的人已经不能在这个圈子发帖，所以停下了。")


async def finish(circle_id: int, import_id: int, state: str) -> None:
    """Its words and its pictures' file go; what is left says how it went. In a transaction."""
    ended = await rows(
        """update post_import set state = $3, ended_at = now(), beat_at = null, archive = ''
           where circle_id = $1 and id = $2 and state not in ('done', 'dropped')
           returning (select archive from post_import b
                      where b.circle_id = $1 and b.id = $2) as archive""",
        circle_id,
        import_id,
        state,
    )
    await rows(
        """update post_import_row set body = '', topics = '', pictures = '{}'
           where circle_id = $1 and import_id = $2 and body <> ''""",
        circle_id,
        import_id,
    )
    for line in ended:
        after_commit(partial(_forget, line["archive"]))


async def _forget(name: str) -> None:
    await asyncio.to_thread(archive.forget, name)
