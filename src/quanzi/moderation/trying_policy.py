"""What another policy would have made of the last week, before it is put in force.

Of every text in which the machine found something there is a verdict with all its findings, so the
week is weighed again without reading a text. Of what nothing was found in there is none: no policy
would have touched it.
"""

import asyncio
import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import asyncpg

from quanzi.circles.readable import open_to_all
from quanzi.db.engine import row, rows
from quanzi.screening import policies, policy
from quanzi.screening.categories import CATEGORIES
from quanzi.screening.policies import PLATFORM
from quanzi.screening.policy import Policy, as_findings, stricter

DAYS = 7
MOST_VERDICTS = 20_000
EXAMPLES, LOOKED_FOR, EXCERPT = 5, 200, 40
WEEK = f"""screening_verdict where at > now() - interval '{DAYS} days'
           and kind in ('post', 'comment', 'edit') and findings <> '[]'"""
Counts = Mapping[str, tuple[int, int]]
Holds = Callable[[int], Policy]


@dataclass(frozen=True, slots=True)
class Example:
    """Something that still stands, and what would happen to it now and then."""

    slug: str
    post_id: int
    thread_id: int
    comment_id: int
    excerpt: str
    now: str
    wished: str


@dataclass(frozen=True, slots=True)
class Effect:
    """`looked`: at so many verdicts, of `of`. By action, how many now and under what is wished; the
    same for each category of which there was something. `examples`: of what would change.
    """

    looked: int
    of: int
    actions: Counts
    categories: Mapping[str, Counts]
    changed: int
    examples: Sequence[Example]


async def effect(circle_id: int, made: Policy) -> Effect:
    """`circle_id` 0: for the platform, whose circles stay as much stricter as they are."""
    of = await _how_many(circle_id)
    every = -(-of // MOST_VERDICTS) if of else 1
    verdicts = await _verdicts(circle_id, every)
    now, wished = await _both(circle_id, made, {line["circle_id"] for line in verdicts})
    changed, counted = await asyncio.to_thread(_weighed, verdicts, now, wished)
    actions, categories = counted
    return Effect(
        looked=len(verdicts),
        of=of,
        actions=actions,
        categories=categories,
        changed=len(changed),
        examples=await _examples(circle_id, changed),
    )


async def _how_many(circle_id: int) -> int:
    here, given = _here(circle_id, 1)
    found = await row(f"select count(*)::int as n from {WEEK} {here}", *given)
    return int(found["n"]) if found else 0


async def _verdicts(circle_id: int, every: int) -> Sequence[asyncpg.Record]:
    """The latest first."""
    here, given = _here(circle_id, 3)
    return await rows(
        f"""select id, circle_id, harder, findings from {WEEK} {here}
            and id % $1 = 0 order by at desc limit $2""",
        every,
        MOST_VERDICTS,
        *given,
    )


def _here(circle_id: int, number: int) -> tuple[str, tuple[int, ...]]:
    """A condition of its own for a circle, so that the index is used that begins with it."""
    return (f"and circle_id = ${number}", (circle_id,)) if circle_id else ("", ())


async def _both(circle_id: int, made: Policy, circles: set[int]) -> tuple[Holds, Holds]:
    """What holds in each of these circles, and what would."""
    floor = (await policies.own(PLATFORM)).policy
    own = await policies.of_circles([*circles, circle_id])
    then = {**own, circle_id: made} if circle_id else own
    return _holding(floor, own), _holding(floor if circle_id else made, then)


def _holding(floor: Policy, own: Mapping[int, Policy]) -> Holds:
    made = {circle_id: stricter(floor, wished) for circle_id, wished in own.items()}
    return lambda circle_id: made.get(circle_id, floor)


Changed = list[tuple[int, str, str]]


def _weighed(
    verdicts: Sequence[asyncpg.Record], now: Holds, wished: Holds
) -> tuple[Changed, tuple[Counts, Mapping[str, Counts]]]:
    changed: Changed = []
    before: Counter[tuple[str, str]] = Counter()
    after: Counter[tuple[str, str]] = Counter()
    for line in verdicts:
        found = as_findings(json.loads(line["findings"]))
        was = policy.outcome(now(line["circle_id"]), found, harder=line["harder"])
        then = policy.outcome(wished(line["circle_id"]), found, harder=line["harder"])
        before[was.category, was.action] += 1
        after[then.category, then.action] += 1
        if was.action != then.action:
            changed.append((line["id"], was.action, then.action))
    return changed, _counted(before, after)


def _counted(
    before: Counter[tuple[str, str]], after: Counter[tuple[str, str]]
) -> tuple[Counts, Mapping[str, Counts]]:
    categories = {
        category: {a: (before[category, a], after[category, a]) for a in policy.ACTIONS}
        for category in CATEGORIES
    }
    names = {category for category, _ in (*before, *after)}
    actions = {
        a: (sum(before[c, a] for c in names), sum(after[c, a] for c in names))
        for a in policy.ACTIONS
    }
    there = {name: counts for name, counts in categories.items() if any(map(any, counts.values()))}
    return actions, there


async def _examples(circle_id: int, changed: Changed) -> Sequence[Example]:
    """For the platform only what everybody may read."""
    some = list(islice(changed, LOOKED_FOR))
    found = await rows(
        f"""select c.slug, v.post_id, coalesce(t.root_id, t.id, 0) as thread_id, v.comment_id,
                   coalesce(t.body, p.body) as excerpt, k.now, k.wished
            from unnest($1::bigint[], $2::text[], $3::text[]) with ordinality
                as k(id, now, wished, n)
            join screening_verdict v on v.id = k.id and v.kind <> 'edit'
            join circle c on c.id = v.circle_id and ($4 <> 0 or {open_to_all("c")})
            join post p on p.circle_id = v.circle_id and p.id = v.post_id and p.state = 'published'
            left join comment t on t.circle_id = v.circle_id and t.id = v.comment_id
                and t.state = 'published'
            where v.comment_id = 0 or t.id is not null
            order by k.n limit {EXAMPLES}""",
        [each[0] for each in some],
        [each[1] for each in some],
        [each[2] for each in some],
        circle_id,
    )
    return [Example(**{**line, "excerpt": _beginning(line["excerpt"])}) for line in found]


def _beginning(body: str) -> str:
    words = " ".join(body.split())
    return words[:EXCERPT] + ("…" if len(words) > EXCERPT else "")
