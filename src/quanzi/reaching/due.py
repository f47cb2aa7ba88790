"""Sending what is due, a piece at a time: whatever stops in between goes on from there.

A piece is one transaction: who is in it, the row that says so, what the teller is to tell them, and
how far that was. Killed before the commit nothing of it has happened, after it all has; the key of
`circle_notice_sent` is the second wall against telling anybody twice.
"""

from dataclasses import dataclass, replace

from quanzi.db.engine import row, rows
from quanzi.db.transaction import transaction
from quanzi.errors import NotFound
from quanzi.fans import segments
from quanzi.fans.conditions import Conditions
from quanzi.fans.walking import piece
from quanzi.jobs.ticker import Ticker
from quanzi.jobs.watch import Due, Watched
from quanzi.reaching import greeting, missing, opening, telling

PIECE = 2_000
# Who waits to be told of something else is told first: a large notice goes by its own queue.
MOST_WAITING = 4_000
# A piece takes a tenth of a second; who died with it in hand is waited for that long.
TAKEN = "10 seconds"
IS_DUE = """circle_notice where state in ('planned', 'sending', 'on') and send_at <= now()
            and (taken_until is null or taken_until < now())"""


@dataclass(frozen=True, slots=True)
class Job:
    circle_id: int
    notice_id: int
    author_id: int
    segment_id: int | None
    occasion: str
    silent_days: int
    reached: int


def tickers() -> list[Ticker]:
    return [
        Watched({"circle.notices": Due(f"select from {IS_DUE}", send_due)}),
        Watched({"circle.newcomers": Due(greeting.CAME, greeting.greet_due)}),
        Ticker({"circle.notices.opened": opening.write_down}, every=5.0),
    ]


async def send_due() -> int:
    """How many followers were gone through, and one more for a notice that has come to its end."""
    waiting = await row(
        "select count(*) as n from (select 1 from concern limit $1) c", MOST_WAITING
    )
    if waiting and waiting["n"] >= MOST_WAITING:
        return 0
    job = await _claimed()
    if job is None:
        return 0
    try:
        asked = await _asked(job)
    except NotFound:
        # Its segment was withdrawn: there is nobody that it is for.
        await missing.set_aside(job.circle_id, job.notice_id, "notice-segment")
        return 1
    if await _hindered(job):
        return 1
    found = await piece(job.circle_id, asked, job.reached, stretch=PIECE)
    await _send(job, list(found.member_ids), found.reached)
    return found.walked + 1


async def _claimed() -> Job | None:
    found = await rows(
        f"""update circle_notice
            set state = case state when 'planned' then 'sending' else state end,
                taken_until = now() + interval '{TAKEN}'
            where (circle_id, id) in (
                select circle_id, id from {IS_DUE}
                order by send_at limit 1 for update skip locked)
            returning circle_id, id, author_id, segment_id, occasion, silent_days, reached"""
    )
    return Job(*found[0]) if found else None


async def _asked(job: Job) -> Conditions:
    asked = segments.EVERYBODY
    if job.segment_id is not None:
        asked = (await segments.one(job.circle_id, job.segment_id)).conditions
    if job.occasion == "silent":
        asked = replace(asked, silent_for=max(asked.silent_for, job.silent_days))
    return asked


async def _hindered(job: Job) -> bool:
    """Asked before it begins: half of the followers told and half not would be worse."""
    found = await missing.hindrance(job.circle_id, job.author_id) if job.reached == 0 else None
    if found is None:
        return False
    if found.until is not None:
        await missing.wait(job.circle_id, job.notice_id, found.until)
    else:
        await missing.set_aside(job.circle_id, job.notice_id, found.why or "notice-author")
    return True


async def _send(job: Job, member_ids: list[int], reached: int | None) -> None:
    """Nothing when it was stopped, or another process has been at it meanwhile. One that calls back
    begins anew a day later, at the same time of the day.
    """
    async with transaction():
        held = await rows(
            """select 1 from circle_notice where circle_id = $1 and id = $2
               and state in ('sending', 'on') and reached = $3 for update""",
            job.circle_id,
            job.notice_id,
            job.reached,
        )
        if not held:
            return
        told = await telling.tell(job.circle_id, job.notice_id, member_ids, occasion=job.occasion)
        await rows(
            """update circle_notice n
               set sent = sent + $4, taken_until = null,
                   reached = coalesce($3, case state when 'on' then 0 else reached end),
                   send_at = case when state = 'on' and $3::bigint is null then (
                       select ((now() at time zone c.time_zone)::date + 1
                               + (n.send_at at time zone c.time_zone)::time) at time zone c.time_zone
                       from circle c where c.id = $1) else send_at end,
                   ended_at = case when state = 'sending' and $3::bigint is null then now() end,
                   state = case when state = 'sending' and $3::bigint is null then 'sent' else state end
               where circle_id = $1 and id = $2""",
            job.circle_id,
            job.notice_id,
            reached,
            told,
        )
