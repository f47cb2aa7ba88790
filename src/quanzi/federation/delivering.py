"""Telling other servers what is to be told: some at once, each in its order, none waiting for another.

An errand is asked for, done outside of any transaction, and what came of it is written down. Killed in
between it is done again, and every activity in it has the id that it had: at least once.
"""

import asyncio
import time
from collections.abc import Mapping
from functools import partial
from typing import Any

import structlog
from prometheus_client import Counter

from quanzi.db.engine import rows
from quanzi.db.transaction import transaction
from quanzi.federation import elsewhere, keys, opening, ours, queueing, signatures
from quanzi.federation.news import Letter
from quanzi.federation.queueing import Claim, Errand
from quanzi.jobs.couriers import Couriers
from quanzi.jobs.ticker import Ticker
from quanzi.outbound import pausing
from quanzi.outbound.posting import Answer, NotReached, Outbound

log = structlog.get_logger()

TURN = 8.0
SECONDS = 10.0
# With nothing but failure for so long it is forgotten, with all who follow from there.
PATIENCE = "7 days"
GONE = 410
# It has understood that it does not want this one: the next may still be welcome.
REFUSED = frozenset({400, 405, 413, 415, 422})
AGENT = "Quanzi"
SENT = Counter("quanzi_federation_total", "Activities to other servers", ["outcome"])


def tickers(outbound: Outbound) -> list[Ticker]:
    if not ours.federates():
        return []
    return [
        Couriers(
            "federation",
            f"select from {queueing.IS_DUE}",
            queueing.claimed,
            partial(deliver, outbound),
        ),
        Ticker({"federation.closed": opening.close_due}, every=5.0),
    ]


async def deliver(outbound: Outbound, claim: Claim) -> None:
    """All that is to be told now, until it fails or its turn is over."""
    over = time.monotonic() + TURN
    while time.monotonic() < over:
        errand = await queueing.next_of(claim)
        if errand is None:
            break
        await note(claim, errand, await _do(outbound, errand))
    await queueing.release(claim)


async def note(claim: Claim, errand: Errand, answer: Answer | None) -> None:
    """What came of it; nothing when another process has it by now."""
    status = answer.status if answer else 0
    async with transaction():
        server = await queueing.held(claim)
        if server is None:
            return
        if status == GONE or not is_welcome(errand.inbox):
            await _forget(claim)
        elif _arrived(status) or status in REFUSED:
            await _done(claim, errand)
        else:
            await _put_off(claim, errand, answer.headers if answer else {})


def is_welcome(inbox: str) -> bool:
    """Not one that the operator has blocked meanwhile."""
    return not ours.is_blocked(elsewhere.netloc(inbox))


async def _do(outbound: Outbound, errand: Errand) -> Answer | None:
    """The last answer, or the first that was not a yes; None: it was not reached, or not in time."""
    answer: Answer | None = None
    if not is_welcome(errand.inbox):
        return answer
    for letter in errand.letters:
        answer = await _post(outbound, errand, letter)
        arrived = answer is not None and _arrived(answer.status)
        SENT.labels("arrived" if arrived else "failed").inc()
        if answer is None or not (arrived or answer.status in REFUSED):
            break
    return answer


async def _post(outbound: Outbound, errand: Errand, letter: Letter) -> Answer | None:
    key = await asyncio.to_thread(keys.private, errand.private_key)
    headers = signatures.signed("POST", errand.inbox, letter.body, ours.key_id(letter.actor), key)
    headers["user-agent"] = f"{AGENT} (+{ours.origin()})"
    try:
        return await outbound.post(errand.inbox, headers, letter.body, seconds=SECONDS, whole=False)
    except NotReached as why:
        log.info("federation.not_reached", inbox=errand.inbox, why=str(why))
        return None


async def _done(claim: Claim, errand: Errand) -> None:
    if errand.accepts:
        await rows(
            """update federated_follower set accepted = true
               where circle_id = $1 and actor = $2 and follow = $3""",
            claim.circle_id,
            *errand.accepts,
        )
    elif errand.seq >= 0:
        await queueing.moved_on(claim, errand.seq)
    else:
        await _forget(claim)
        return
    await rows(
        """update federated_server
           set tries = 0, failing_since = null, due_at = least(due_at, now())
           where circle_id = $1 and id = $2""",
        claim.circle_id,
        claim.server_id,
    )


async def _put_off(claim: Claim, errand: Errand, headers: Mapping[str, Any]) -> None:
    [now] = await rows(
        f"""update federated_server
            set tries = tries + 1, failing_since = coalesce(failing_since, now()),
                due_at = now() + $3 * interval '1 second'
            where circle_id = $1 and id = $2
            returning failing_since < now() - interval '{PATIENCE}' as too_long""",
        claim.circle_id,
        claim.server_id,
        pausing.pause(errand.tries, headers),
    )
    if now["too_long"]:
        await _forget(claim)


async def _forget(claim: Claim) -> None:
    """With all who follow from there."""
    await rows(
        "delete from federated_server where circle_id = $1 and id = $2",
        claim.circle_id,
        claim.server_id,
    )


def _arrived(status: int) -> bool:
    return 200 <= status < 300  # noqa: PLR2004
