"""Series: a post that comes again. Starting one, ending it, agreeing to it."""

import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

import asyncpg

from quanzi.activity import once
from quanzi.circles.access import Place
from quanzi.db.engine import row, rows
from quanzi.db.transaction import transaction
from quanzi.errors import Conflict, Invalid, NotAllowed, NotFound, Said, said
from quanzi.planning import policy, repeating
from quanzi.planning.repeating import Rhythm
from quanzi.posts import drafts, emptying, holding, planned, vetting
from quanzi.posts import policy as posts

MOST_RUNNING = 50
MOST_PIN_HOURS = 744


@dataclass(frozen=True, slots=True)
class Wanted:
    body: str
    topics: tuple[str, ...]
    rhythm: Rhythm
    pin_hours: int = 0


@dataclass(frozen=True, slots=True)
class Series:
    circle_id: int
    id: int
    author_id: int
    author: str
    body: str
    topics: tuple[str, ...]
    pin_hours: int
    rhythm: Rhythm
    state: str
    why_ended: str
    made_until: date | None
    created_at: datetime


SERIES = """
    select s.*, m.name as author from plan_series s join member m on m.id = s.author_id
"""


async def start(place: Place, wanted: Wanted, *, key: uuid.UUID | None = None) -> int:
    """Its number. Its first posts are planned by `making.py` soon after. Raises NotAllowed, Invalid."""
    if not policy.can_plan(place) or place.member_id is None:
        raise NotAllowed
    _check(place, wanted)
    # What nobody is to see is refused here, and not every week anew.
    vetted = await vetting.vet(place, wanted.body, kind="post", topics=wanted.topics)
    if vetted.held:
        raise Invalid(body=said("这段文字要先审核，不能设成重复的。"))
    once_key = key or uuid.uuid4()
    async with transaction():
        before = await once.first_time(
            place.member_id, once_key, "series", place.circle.id, asdict(wanted)
        )
        if before is not None:
            return int(before)
        await rows("select 1 from circle where id = $1 for no key update", place.circle.id)
        [running] = await rows(
            "select count(*) as n from plan_series where circle_id = $1 and state <> 'ended'",
            place.circle.id,
        )
        if running["n"] >= MOST_RUNNING:
            raise Invalid(body=said("一个圈子最多 %(most)d 个重复计划。", most=MOST_RUNNING))
        made = await _insert(place, wanted, vetted.text)
        await once.answered(place.member_id, once_key, str(made))
    return made


async def end(place: Place, series_id: int) -> int:
    """How many posts that had been planned are taken back. Raises NotFound, NotAllowed."""
    async with transaction():
        await _locked(place, series_id)
        await rows(
            """update plan_series set state = 'ended', why_ended = 'by hand', version = version + 1
               where circle_id = $1 and id = $2""",
            place.circle.id,
            series_id,
        )
        return await take_back(place.circle.id, series_id, place.member_id)


async def agree(place: Place, series_id: int) -> None:
    """To all its days at once. Raises NotFound, NotAllowed, Conflict."""
    if not posts.can_approve(place):
        raise NotAllowed
    async with transaction():
        found = await _locked(place, series_id)
        if found.state != "asked":
            raise Conflict
        await rows(
            """update plan_series set state = 'running', approved = true, version = version + 1
               where circle_id = $1 and id = $2""",
            place.circle.id,
            series_id,
        )


async def take_back(circle_id: int, series_id: int, by: int | None) -> int:
    """Its posts that nobody has seen. They go for good: nobody wrote them one by one."""
    waiting = await rows(
        """select n.post_id from plan n join post p on p.circle_id = n.circle_id and p.id = n.post_id
           where n.circle_id = $1 and n.series_id = $2 and not n.over
             and p.state in ('scheduled', 'held')
           for update of p""",
        circle_id,
        series_id,
    )
    for line in waiting:
        await emptying.empty_post(circle_id, line["post_id"], by)
    return len(waiting)


async def running(circle_ids: Sequence[int]) -> list[Series]:
    """Also those that wait for an owner, the latest first."""
    found = await rows(
        f"""{SERIES} where s.circle_id = any($1::bigint[]) and s.state <> 'ended'
            order by s.id desc limit {MOST_RUNNING * 4}""",
        list(circle_ids),
    )
    return [made(line) for line in found]


async def one(place: Place, series_id: int) -> Series:
    """Raises NotFound."""
    found = await row(f"{SERIES} where s.circle_id = $1 and s.id = $2", place.circle.id, series_id)
    if found is None or not policy.can_plan(place):
        raise NotFound
    return made(found)


def made(line: asyncpg.Record) -> Series:
    rhythm = Rhythm(
        line["every"],
        line["minute"],
        line["first_day"],
        line["last_day"],
        repeating.from_bits(line["weekdays"]),
        line["month_day"],
    )
    names = ("circle_id", "id", "author_id", "author", "body", "pin_hours", "state", "why_ended",
             "made_until", "created_at")  # fmt: skip
    return Series(
        **{name: line[name] for name in names}, topics=tuple(line["topics"]), rhythm=rhythm
    )


def _check(place: Place, wanted: Wanted) -> None:
    wrong: dict[str, Said] = dict(drafts.body_faults(wanted.body))
    rhythm = wanted.rhythm
    if rhythm.every == "week" and not rhythm.weekdays:
        wrong["weekdays"] = said("至少选一天。")
    if rhythm.every == "month" and not 1 <= rhythm.month_day <= 31:  # noqa: PLR2004
        wrong["month_day"] = said("填 1 到 31。")
    if rhythm.every not in {"day", "week", "month"}:
        wrong["every"] = said("请选择多久一次。")
    if rhythm.last_day and rhythm.last_day < rhythm.first_day:
        wrong["last_day"] = said("结束的日子要在开始以后。")
    if not 0 <= wanted.pin_hours <= MOST_PIN_HOURS:
        wrong["pin_hours"] = said("最多填 %(most)d。", most=MOST_PIN_HOURS)
    if wrong:
        raise Invalid(**wrong)
    holding.with_links(place, wanted.body)


async def _insert(place: Place, wanted: Wanted, body: str) -> int:
    rhythm = wanted.rhythm
    made = await rows(
        """insert into plan_series (circle_id, author_id, body, topics, pin_hours, every, weekdays,
                                    month_day, minute, first_day, last_day, state)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) returning id""",
        place.circle.id,
        place.member_id,
        body,
        list(wanted.topics),
        wanted.pin_hours,
        rhythm.every,
        repeating.as_bits(rhythm.weekdays),
        rhythm.month_day,
        rhythm.minute,
        rhythm.first_day,
        rhythm.last_day,
        "asked" if posts.needs_approval(place) else "running",
    )
    if posts.needs_approval(place):
        await planned.tell_owners(place.circle.id, "series.asked", place.member_id)
    return int(made[0]["id"])


async def _locked(place: Place, series_id: int) -> Series:
    await rows(
        "select 1 from plan_series where circle_id = $1 and id = $2 for update",
        place.circle.id,
        series_id,
    )
    return await one(place, series_id)
