"""Sending what is due, a piece at a time: whatever stops in between goes on from there.

A piece is one transaction: who is in it, the row that says so, what the teller is to tell them, and
how far that was. Killed before the commit nothing of it has happened, after it all has; the key of
`circle_notice_sent` is the second wall against telling anybody twice.
"""

from dataclasses import dataclass

from quanzi.activity.concerning import concern_all
from quanzi.db.engine import row, rows
from quanzi.db.transaction import transaction
from quanzi.errors import NotFound
from quanzi.fans import segments
from quanzi.fans.conditions import Conditions
from quanzi.fans.walking import piece
from quanzi.jobs.ticker import Ticker
from quanzi.reaching import opening
from quanzi.reaching.sending import KIND

PIECE = 2_000
# Who waits to be told of something else is told first: a large notice goes by its own queue.
MOST_WAITING = 4_000
TAKEN = "30 seconds"


@dataclass(frozen=True, slots=True)
class Job:
    circle_id: int
    notice_id: int
    segment_id: int | None
    reached: int


def tickers() -> list[Ticker]:
    return [
        Ticker({"circle.notices": send_due}),
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
        await _end(job)
        return 1
    found = await piece(job.circle_id, asked, job.reached, stretch=PIECE)
    await _send(job, list(found.member_ids), found.reached)
    return found.walked + 1


async def _claimed() -> Job | None:
    found = await rows(
        f"""update circle_notice set state = 'sending', taken_until = now() + interval '{TAKEN}'
            where (circle_id, id) in (
                select circle_id, id from circle_notice
                where state in ('planned', 'sending') and send_at <= now()
                  and (taken_until is null or taken_until < now())
                order by send_at limit 1 for update skip locked)
            returning circle_id, id, segment_id, reached"""
    )
    return Job(*found[0]) if found else None


async def _asked(job: Job) -> Conditions:
    if job.segment_id is None:
        return segments.EVERYBODY
    return (await segments.one(job.circle_id, job.segment_id)).conditions


async def _send(job: Job, member_ids: list[int], reached: int | None) -> None:
    """Nothing when it was stopped, or another process has been at it meanwhile."""
    async with transaction():
        held = await rows(
            """select 1 from circle_notice where circle_id = $1 and id = $2 and state = 'sending'
               and reached = $3 for update""",
            job.circle_id,
            job.notice_id,
            job.reached,
        )
        if not held:
            return
        told = await rows(
            """insert into circle_notice_sent (circle_id, notice_id, member_id)
               select $1, $2, m.id from unnest($3::bigint[]) as m(id)
               where not exists (select 1 from circle_notice_mute u
                                 where u.circle_id = $1 and u.member_id = m.id)
               on conflict do nothing returning member_id""",
            job.circle_id,
            job.notice_id,
            member_ids,
        )
        await concern_all(
            [line["member_id"] for line in told],
            KIND,
            circle_id=job.circle_id,
            note=str(job.notice_id),
        )
        await rows(
            """update circle_notice set reached = coalesce($3, reached), sent = sent + $4,
                      taken_until = null, state = case when $3::bigint is null then 'sent' else state end,
                      ended_at = case when $3::bigint is null then now() end
               where circle_id = $1 and id = $2""",
            job.circle_id,
            job.notice_id,
            reached,
            len(told),
        )


async def _end(job: Job) -> None:
    await rows(
        """update circle_notice set state = 'stopped', ended_at = now(), taken_until = null
           where circle_id = $1 and id = $2 and state = 'sending'""",
        job.circle_id,
        job.notice_id,
    )
