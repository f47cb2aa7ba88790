"""How many followers meet conditions: exactly where that is quick, and about where it is not."""

from dataclasses import dataclass

from asyncpg import QueryCanceledError

from quanzi.activity import tallying
from quanzi.db.engine import row, rows
from quanzi.db.transaction import transaction
from quanzi.fans.conditions import Conditions
from quanzi.fans.matching import where
from quanzi.fans.walking import piece

EXACT = 10_000
# A form waits for the figure; what takes longer is estimated from some of them.
PATIENCE_MS = 1_500
SPOTS, AT_A_SPOT = 20, 1_000


@dataclass(frozen=True, slots=True)
class Counted:
    n: int
    about: bool = False


async def counted(circle_id: int, conditions: Conditions) -> Counted:
    """Not inside a transaction: what is not done in time takes its transaction with it."""
    try:
        exact = await _within_patience(circle_id, conditions)
    except QueryCanceledError:
        exact = None
    if exact is not None and exact <= EXACT:
        return Counted(exact)
    return Counted(max(await _estimated(circle_id, conditions), exact or 0), about=True)


async def _within_patience(circle_id: int, conditions: Conditions) -> int:
    asked, values = where(conditions, circle_id, 1)
    async with transaction():
        await rows(f"set local statement_timeout = {PATIENCE_MS}")
        found = await row(
            f"select count(*) as n from (select 1 from follow f where {asked} limit {EXACT + 1}) one",
            *values,
        )
    return int(found["n"]) if found else 0


async def _estimated(circle_id: int, conditions: Conditions) -> int:
    """By some followers from all over: who came early has a low number, who came late a high one."""
    ends = await row(
        "select min(member_id) as low, max(member_id) as high from follow where circle_id = $1",
        circle_id,
    )
    if ends is None or ends["low"] is None:
        return 0
    step = (ends["high"] - ends["low"]) // SPOTS + 1
    found = walked = 0
    for spot in range(SPOTS):
        after = ends["low"] - 1 + spot * step
        here = await piece(circle_id, conditions, after, stretch=AT_A_SPOT)
        found, walked = found + len(here.member_ids), walked + here.walked
    followers = await tallying.followers(circle_id)
    return round(followers * found / walked) if walked else 0
