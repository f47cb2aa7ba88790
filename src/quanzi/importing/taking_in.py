"""Taking in a file: read at once, so that only its rows are kept; they are tried in the background."""

import asyncio
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from quanzi.circles.access import Place
from quanzi.db.engine import rows
from quanzi.db.transaction import transaction
from quanzi.errors import Invalid, NotAllowed, said
from quanzi.importing import archive, files, notes, policy
from quanzi.importing.columns import Line
from quanzi.posts import drafts

MOST_OPEN = 3
LONGEST_NAME = 120
EXCERPT = 80


async def take_in(
    place: Place, name: str, content: bytes, pictures: bytes | None, language: str
) -> int:
    """The import's id; of one that is not over yet, when it is the same file. Raises NotAllowed; Invalid
    under `file` or `pictures`.
    """
    if not policy.can_import(place) or place.viewer is None:
        raise NotAllowed
    lines = await asyncio.to_thread(files.read, content, place.circle.time_zone)
    kept = await archive.keep(pictures) if pictures else ""
    file = _File(name, hashlib.sha256(content).digest(), kept, language)
    try:
        async with transaction():
            before = await _open_one(place, file)
            import_id = before or await _insert(place, file, lines)
    except BaseException:
        archive.forget(kept)
        raise
    if before:
        archive.forget(kept)
    return import_id


@dataclass(frozen=True, slots=True)
class _File:
    name: str
    digest: bytes
    archive: str
    language: str


async def _open_one(place: Place, file: _File) -> int | None:
    """Raises Invalid when too many wait already. Two presses of one button come one after the other."""
    await rows("select 1 from member where id = $1 for no key update", place.member_id)
    waiting = await rows(
        """select id, digest from post_import where circle_id = $1
           and state in ('trying', 'tried', 'running', 'stopped') order by id""",
        place.circle.id,
    )
    for line in waiting:
        if line["digest"] == file.digest:
            return int(line["id"])
    if len(waiting) >= MOST_OPEN:
        raise Invalid(
            file=said("这里已有 %(n)d 个导入没有结束，请先完成或放弃一个。", n=len(waiting))
        )
    return None


async def _insert(place: Place, file: _File, lines: Sequence[Line]) -> int:
    [made] = await rows(
        """insert into post_import (circle_id, member_id, name, digest, language, archive, rows)
           values ($1, $2, $3, $4, $5, $6, $7) returning id""",
        place.circle.id,
        place.member_id,
        " ".join(drafts.clean(file.name).split())[-LONGEST_NAME:] or "?",
        file.digest,
        file.language,
        file.archive,
        len(lines),
    )
    await _insert_rows(place.circle.id, made["id"], lines)
    return int(made["id"])


async def _insert_rows(circle_id: int, import_id: int, lines: Sequence[Line]) -> None:
    for line in lines:
        await rows(
            """insert into post_import_row (circle_id, import_id, number, state, body, topics, pictures,
                                            publish_at, first_at, excerpt, notes)
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)""",
            circle_id,
            import_id,
            line.number,
            "wrong" if line.wrong else "new",
            line.body,
            line.topics,
            list(line.pictures),
            line.publish_at,
            line.first_at,
            " ".join(line.body.split())[:EXCERPT],
            notes.packed([*line.wrong, *line.notes]),
        )
    await rows(
        """update post_import i set wrong = (select count(*) from post_import_row r
               where r.circle_id = i.circle_id and r.import_id = i.id and r.state = 'wrong')
           where i.circle_id = $1 and i.id = $2""",
        circle_id,
        import_id,
    )
