"""What T26 runs in processes of its own: thousands of deeds about credit, many at once.

    python -m tests.faults.crediting SEED DEEDS

Which deeds is up to the seed; causes are few, so that many meet. It prints a line when it is done.
"""

import asyncio
import random
import sys
from datetime import UTC, datetime, timedelta

from asyncpg import DeadlockDetectedError

from quanzi.credit import expiring, ledger
from quanzi.credit.ledger import Cause
from quanzi.credit.rules import LIKED_STEPS
from quanzi.db.engine import close_pool, open_pool, rows
from quanzi.screening.categories import CATEGORIES
from tests.credit.first import FIRST

AT_ONCE = 20
CAUSES = 40
START = datetime(2026, 11, 1, 3, tzinfo=UTC)


async def main(seed: int, deeds: int) -> None:
    await open_pool(AT_ONCE)
    members = [line["id"] for line in await rows("select id from member order by id")]
    chance = random.Random(seed)
    planned = [chance.getrandbits(64) for _ in range(deeds)]

    async def work() -> None:
        while planned:
            await deed(random.Random(planned.pop()), members)

    await asyncio.gather(*(work() for _ in range(AT_ONCE)))
    await close_pool()
    sys.stdout.write("done\n")


async def deed(chance: random.Random, members: list[int]) -> None:
    member_id = chance.choice(members)
    kind = chance.random()
    try:
        if kind < 0.8:
            rule = chance.choice([*FIRST])
            steps = {"liked": LIKED_STEPS, "decision": tuple(CATEGORIES)}.get(rule, ("",))
            await ledger.enter(
                member_id,
                rule,
                Cause("post", 1, chance.randrange(CAUSES)),
                detail=chance.choice(steps),
                at=START + timedelta(hours=chance.randrange(24 * 20)),
            )
        elif kind < 0.97:
            found = await rows(
                """select id from credit_entry where member_id = $1
                   order by id offset $2 limit 1""",
                member_id,
                chance.randrange(CAUSES),
            )
            if found:
                await ledger.reverse(found[0]["id"], chance.choice(["removed", "overturned"]))
        else:
            await expiring.expire_due()
    except DeadlockDetectedError:
        raise SystemExit("two deeds waited for each other") from None


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), int(sys.argv[2])))
