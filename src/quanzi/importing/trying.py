"""Looking at every row before anything is brought in: what would be refused, held, or twice."""

import hashlib
from collections.abc import Collection

import asyncpg

from quanzi import clock
from quanzi.circles import thresholds
from quanzi.circles.access import Place
from quanzi.db.engine import rows
from quanzi.db.transaction import transaction
from quanzi.errors import Invalid, Refusal, Said, said
from quanzi.importing import archive, claiming, notes
from quanzi.importing.claiming import Job
from quanzi.posts import drafts, holding, vetting
from quanzi.screening import verdicts
from quanzi.screening.categories import CATEGORIES
from quanzi.screening.verdicts import Piece

# The circle's latest posts are compared: more would keep others waiting.
COMPARED = 20_000


async def try_some() -> int:
    """How many rows were looked at."""
    job = await claiming.claim("trying")
    if job is None:
        return 0
    try:
        place = await claiming.place_of(job)
    except Refusal as refusal:
        await claiming.stop(job, claiming.reason(refusal))
        return 1
    waiting = await rows(
        f"""select number, body, topics, pictures, publish_at, notes from post_import_row
            where circle_id = $1 and import_id = $2 and state = 'new'
            order by number limit {claiming.AT_ONCE}""",
        job.circle_id,
        job.id,
    )
    if not waiting:
        await _end(job)
        return 1
    here = await _here_already(job, waiting)
    files = _files(job)
    for line in waiting:
        state, said_of = await _tried(place, line, files)
        twice = here.get(_digest(line["body"]))
        if twice is None:
            here[_digest(line["body"])] = _same_as(line["number"])
        elif state == "good":
            state, said_of = "double", [twice]
        await _write(job, line["number"], state, line["notes"], said_of)
    await claiming.let_go(job)
    return len(waiting)


async def _tried(
    place: Place, line: asyncpg.Record, files: Collection[str]
) -> tuple[str, list[Said]]:
    wrong = [*drafts.body_faults(line["body"]).values()]
    topics = drafts.topics_in(line["body"], line["topics"])
    if len(topics) > drafts.MOST_TOPICS:
        wrong.append(said("话题最多 %(most)d 个。", most=drafts.MOST_TOPICS))
    if line["publish_at"] and line["publish_at"] > clock.now() + drafts.FURTHEST:
        wrong.append(said("最远可以选到一年以后。"))
    wrong += _about_pictures(place, line["pictures"], files)
    try:
        holding.with_links(place, line["body"])
    except Invalid as refusal:
        wrong += refusal.fields.values()
    if wrong:
        return "wrong", wrong
    found = [said("计划的时间已经过了，当作没有时间。")] if _is_over(line) else []
    beside = "".join(f"\n#{name}#" for name in topics if f"#{name}#" not in line["body"])
    piece = Piece(
        "post", place.circle.id, place.member_id or 0, line["body"], vetting.harder(place),
        vetting.spared(place), beside=beside,
    )  # fmt: skip
    verdict = await verdicts.judge(piece)
    category = CATEGORIES.get(verdict.category, said("其他"))
    if verdict.action == "refuse":
        return "wrong", [said("疑似“%(category)s”，不能发布。", category=category)]
    if verdict.action == "hold":
        found.append(said("疑似“%(category)s”，要先审核。", category=category))
    elif verdict.action == "mask":
        found.append(said("有一部分会打上星号。"))
    elif verdict.action == "limit":
        found.append(said("只会在这个圈子里看得到。"))
    return "good", found


def _about_pictures(place: Place, wanted: list[str], files: Collection[str]) -> list[Said]:
    wrong = [
        said("ZIP 里没有这张图片：%(name)s", name=name[:60])
        for name in wanted
        if name.lower() not in files
    ][:3]
    if len(wanted) > drafts.MOST_IMAGES:
        wrong.append(
            said(
                "最多 %(most)d 张图片，你选了 %(now)d 张。",
                most=drafts.MOST_IMAGES,
                now=len(wanted),
            )
        )
    if wanted and thresholds.missing(place, "image") is not None:
        wrong.append(said("还不能在这个圈子发图片。"))
    return wrong


def _is_over(line: asyncpg.Record) -> bool:
    return line["publish_at"] is not None and line["publish_at"] <= clock.now()


async def _here_already(job: Job, waiting: Collection[asyncpg.Record]) -> dict[str, Said]:
    """Of these texts, those that the circle has, or that stand in the file before."""
    digests = [_digest(line["body"]) for line in waiting]
    here = await rows(
        f"""select distinct md5(body) as digest from (
                select body from post where circle_id = $1 and state <> 'removed'
                order by id desc limit {COMPARED}) latest where md5(body) = any($2::text[])""",
        job.circle_id,
        digests,
    )
    before = await rows(
        """select md5(body) as digest, min(number) as first from post_import_row
           where circle_id = $1 and import_id = $2 and number < $3 and body <> ''
             and md5(body) = any($4::text[]) group by md5(body)""",
        job.circle_id,
        job.id,
        min(line["number"] for line in waiting),
        digests,
    )
    found = {line["digest"]: _same_as(line["first"]) for line in before}
    return found | {line["digest"]: said("圈子里已经有一样的帖子。") for line in here}


def _same_as(number: int) -> Said:
    return said("和第 %(row)d 行一样。", row=number)


def _digest(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def _files(job: Job) -> Collection[str]:
    """Nothing where the file is gone, after a restore: then the rows say so."""
    try:
        return archive.names(archive.path_of(job.archive)) if job.archive else {}
    except Invalid:
        return {}


async def _write(job: Job, number: int, state: str, before: str, said_of: list[Said]) -> None:
    async with transaction():
        tried = await rows(
            """update post_import_row set state = $4, notes = $5
               where circle_id = $1 and import_id = $2 and number = $3 and state = 'new'
               returning number""",
            job.circle_id,
            job.id,
            number,
            state,
            notes.packed([*said_of, *notes.unpacked(before)]),
        )
        counted = {"good": "good", "wrong": "wrong", "double": "doubles"}[state]
        await rows(
            f"""update post_import set {counted} = {counted} + $3, beat_at = now()
                where circle_id = $1 and id = $2""",
            job.circle_id,
            job.id,
            len(tried),
        )


async def _end(job: Job) -> None:
    await rows(
        """update post_import set state = 'tried', beat_at = null
           where circle_id = $1 and id = $2 and state = 'trying'""",
        job.circle_id,
        job.id,
    )
